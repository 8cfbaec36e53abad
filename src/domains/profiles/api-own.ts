import * as v from 'valibot';
import { type Operation, operation } from '#platform/domain.ts';
import { notFound } from '#platform/errors.ts';
import { fileFrom, fileText } from '#platform/files/sent.ts';
import { idText } from '#platform/text/typed.ts';
import type { Viewer } from '#platform/viewer.ts';
import { AboutForm, ownLines, ReachForm, saveAbout, saveReach, text as words } from './edit.ts';
import { saveList } from './lines.ts';
import { PhotoForm, removePhoto, savePhoto } from './photo.ts';
import { audiences } from './policy.ts';
import { rowKinds } from './show.ts';
import { whoOpenedMe, whoSeesMe } from './watchers.ts';

const reads = { gate: 'network', scope: 'me:read', rule: 'profiles.field.edit' } as const;
const writes = { ...reads, scope: 'me:write' } as const;

const noun = v.nullable(v.record(v.string(), v.unknown()));
const text = v.optional(v.string());
const own = v.object({
	lines: v.array(
		v.object({
			id: v.string(),
			kind: v.string(),
			value: v.object({ text, place: text, url: text, description: text }),
			started: v.nullable(v.number()),
			ended: v.nullable(v.number()),
			audience: v.picklist(audiences),
		}),
	),
	phone: v.nullable(v.string()),
});
const year = v.optional(
	v.nullable(
		v.pipe(
			v.number('profiles.year_shape'),
			v.integer('profiles.year_shape'),
			v.minValue(1900, 'profiles.year_shape'),
			v.maxValue(2100, 'profiles.year_shape'),
		),
	),
	null,
);
const line = v.pipe(
	v.strictObject({
		id: v.optional(idText),
		text: v.optional(words(120), ''),
		place: v.optional(words(120), ''),
		url: v.optional(words(500), ''),
		since: year,
		until: year,
		audience: v.picklist(audiences, 'app.invalid_value'),
	}),
	v.forward(
		v.check(({ text: said, url }) => Boolean(said || url), 'profiles.text_needed'),
		['text'],
	),
);

/** Done, and the profile as its person now reads it. */
const then = (viewer: Viewer, act: Promise<unknown>) => act.then(() => ownLines(viewer));

/** One's own profile: each form of its pages, for programs. */
export const ownApi: Record<string, Operation> = {
	'GET /api/v1/me/profile': operation({
		...reads,
		summary: 'What the person wrote on their profile, with who reads each line, and their telephone',
		input: v.object({}),
		output: own,
		act: (viewer) => ownLines(viewer),
	}),
	'PUT /api/v1/me/profile/about': operation({
		...writes,
		summary: 'Say a few words about oneself, and to whom; empty takes them away',
		input: v.strictObject(AboutForm.entries),
		output: own,
		act: (viewer, input) => then(viewer, saveAbout(viewer, input)),
	}),
	'PUT /api/v1/me/profile/reach': operation({
		...writes,
		summary:
			'Keep the telephone, empty for none; say who may open it, the e-mail address, and who reads the units',
		input: v.strictObject(ReachForm.entries),
		output: own,
		act: (viewer, input) => then(viewer, saveReach(viewer, input)),
	}),
	'PUT /api/v1/me/profile/lines/[kind]': operation({
		...writes,
		summary:
			'Write the lines of one kind (mandate, responsibility, interest, skill, link) as they should be: those without id are new, those left out go',
		input: v.strictObject({ items: v.pipe(v.array(line), v.maxLength(20, 'profiles.too_many')) }),
		output: own,
		act: async (viewer, { items }, params) => {
			const kind = rowKinds.find((one) => one === params.kind);
			if (!kind) throw notFound();
			return then(viewer, saveList(viewer, kind, items));
		},
	}),
	'PUT /api/v1/me/profile/photo': operation({
		...writes,
		rate: 'upload',
		summary:
			'Put a picture on the profile: its bytes in base64; without, change what is said of it and who sees it',
		input: v.strictObject({
			photo: v.optional(fileText('profiles.photo_not_picture'), ''),
			description: PhotoForm.entries.description,
			audience: PhotoForm.entries.audience,
		}),
		output: own,
		act: (viewer, { photo, ...said }) => then(viewer, savePhoto(viewer, { ...said, photo: fileFrom(photo) })),
	}),
	'DELETE /api/v1/me/profile/photo': operation({
		...writes,
		summary: 'Take the picture of the profile away, for everybody',
		input: v.object({}),
		output: own,
		act: (viewer) => then(viewer, removePhoto(viewer)),
	}),
	'GET /api/v1/me/watchers': operation({
		gate: 'network',
		scope: 'me:read',
		summary: 'Which offices reach the person’s record now, and what was opened of it within a year',
		input: v.object({}),
		output: v.object({
			watchers: v.array(
				v.object({
					...{ personId: v.string(), name: v.string(), unit: v.string(), office: noun },
					...{ sees: v.boolean(), contacts: v.boolean() },
				}),
			),
			openings: v.array(
				v.object({
					...{ at: v.string(), by: v.nullable(v.string()), byId: v.nullable(v.string()), what: v.string() },
					...{ byOffice: v.boolean(), office: noun, unit: v.nullable(v.string()), reason: v.string() },
				}),
			),
		}),
		act: async (viewer) => ({ watchers: await whoSeesMe(viewer), openings: await whoOpenedMe(viewer) }),
	}),
};
