import * as v from 'valibot';
import { type Operation, operation, plainVerb } from '#platform/domain.ts';
import { done, nothing, reads, subject, writes } from '../api-shapes.ts';
import { showSubject } from '../elsewhere.ts';
import { bringsMax, follow, listSubjects, showAtHome, unfollow } from '../follow.ts';
import {
	addSubject,
	MoveSubjectForm,
	moveSubject,
	renameSubject,
	restoreSubject,
	retireSubject,
	SubjectForm,
} from './keep.ts';
import { MergeForm, mergeSubject, partSubject } from './merge.ts';
import { subjectsKept } from './read.ts';

const named = v.object({ id: v.string(), name: v.string() });
const far = { distance: v.number(), place: v.nullable(v.string()) };

/** A token with a code of the second factor beside it, for who keeps the list. */
const sees = { gate: 'office', rule: 'groups.subject_keeper.see', scope: 'groups:read' } as const;
const keeps = { ...sees, scope: 'groups:write', audit: true } as const;
const written = v.strictObject({
	name_fr: SubjectForm.entries.name_fr,
	name_en: SubjectForm.entries.name_en,
});
const atHome =
	(isWanted: boolean): Operation['act'] =>
	async (viewer, _input, { slug }) => {
		await showAtHome(viewer, slug!, isWanted);
		return { slug: slug! };
	};

/** What programs may do with subjects: read and follow them, and keep the list. */
export const api: Record<string, Operation> = {
	'GET /api/v1/subjects': operation({
		...reads,
		rule: 'groups.circle.see',
		summary: 'Subjects, those that the person follows first',
		input: nothing,
		output: v.object({
			items: v.array(
				v.object({
					...subject.entries,
					followed: v.boolean(),
					inFeed: v.boolean(),
					retired: v.boolean(),
					groups: v.number(),
				}),
			),
		}),
		act: async (viewer) => ({ items: await listSubjects(viewer) }),
	}),
	'PUT /api/v1/subjects/[slug]/home': operation({
		...writes,
		summary: 'Let what is said elsewhere of a subject that one follows come to the home feed',
		input: nothing,
		output: v.object({ slug: v.string() }),
		act: atHome(true),
	}),
	'DELETE /api/v1/subjects/[slug]/home': operation({
		...writes,
		summary: 'Keep what is said elsewhere of a subject out of the home feed',
		input: nothing,
		output: v.object({ slug: v.string() }),
		act: atHome(false),
	}),
	'PUT /api/v1/subjects/[slug]/follow': operation({
		...writes,
		summary: 'Follow a subject: what one brings, whether others read it, whether it comes to the home feed',
		input: v.strictObject({
			brings: v.optional(v.pipe(v.string(), v.maxLength(bringsMax, 'groups.brings_long')), ''),
			shown: v.optional(v.boolean(), false),
			in_feed: v.optional(v.boolean(), false),
		}),
		output: v.object({ slug: v.string() }),
		act: async (viewer, { brings, shown, in_feed }, { slug }) => {
			await follow(viewer, slug!, { brings, shown: shown ? 'on' : '', in_feed: in_feed ? 'on' : '' });
			return { slug: slug! };
		},
	}),
	'DELETE /api/v1/subjects/[slug]/follow': operation({
		...writes,
		summary: 'Stop following a subject',
		input: nothing,
		output: v.object({ slug: v.string() }),
		act: async (viewer, _input, { slug }) => {
			await unfollow(viewer, slug!);
			return { slug: slug! };
		},
	}),
	'GET /api/v1/subjects/kept': operation({
		...sees,
		summary: 'Every subject with what hangs on it, for who keeps the list',
		input: nothing,
		output: v.object({
			items: v.array(
				v.object({ ...subject.entries, retired: v.boolean(), groups: v.number(), followers: v.number() }),
			),
		}),
		act: async (viewer) => ({ items: (await subjectsKept(viewer)).subjects }),
	}),
	'POST /api/v1/subjects': operation({
		...keeps,
		summary: 'Add a subject to the list',
		status: 201,
		input: written,
		output: done,
		act: async (viewer, input) => ({ id: await addSubject(viewer, input) }),
	}),
	'PATCH /api/v1/subjects/[id]': operation({
		...keeps,
		summary: 'Rename a subject; its address stays',
		input: written,
		output: done,
		act: async (viewer, input, { id }) => {
			await renameSubject(viewer, id!, input);
			return { id: id! };
		},
	}),
	'POST /api/v1/subjects/[id]/move': operation({
		...keeps,
		summary: 'Move a subject one place up or down the list',
		input: v.strictObject({ direction: MoveSubjectForm.entries.direction }),
		output: done,
		act: async (viewer, { direction }, { id }) => {
			await moveSubject(viewer, { id: id!, direction });
			return { id: id! };
		},
	}),
	'PUT /api/v1/subjects/[id]/retirement': plainVerb(
		{
			...keeps,
			summary: 'Take a subject off the list',
		},
		(viewer, id) => retireSubject(viewer, { id }),
	),
	'DELETE /api/v1/subjects/[id]/retirement': plainVerb(
		{
			...keeps,
			summary: 'Put a subject back on the list',
		},
		(viewer, id) => restoreSubject(viewer, { id }),
	),
	'POST /api/v1/subjects/[id]/merge': operation({
		...keeps,
		summary: 'Make one subject of two: its groups, followers and posts go to the other',
		input: v.strictObject(MergeForm.entries),
		output: done,
		act: async (viewer, { into }, { id }) => {
			await mergeSubject(viewer, id!, into);
			return { id: into };
		},
	}),
	'DELETE /api/v1/subjects/[id]/merge': plainVerb(
		{
			...keeps,
			summary:
				'Tell apart two subjects that were made one less than seven days ago: the one merged comes back',
		},
		(viewer, id) => partSubject(viewer, { id }),
	),
	'GET /api/v1/subjects/merged': operation({
		...sees,
		summary: 'Subjects made one with another that can still be told apart, and until when',
		input: nothing,
		output: v.object({
			items: v.array(v.object({ ...subject.entries, into: subject, until: v.string() })),
		}),
		act: async (viewer) => ({ items: (await subjectsKept(viewer)).merged }),
	}),
	'GET /api/v1/subjects/[id]': operation({
		...reads,
		rule: 'groups.circle.see',
		summary: 'One subject: what one follows of it, and the groups and people found by it, the farthest first',
		input: nothing,
		output: v.object({
			...subject.entries,
			retired: v.boolean(),
			mine: v.nullable(v.object({ brings: v.string(), shown: v.boolean(), inFeed: v.boolean() })),
			groups: v.array(v.object({ ...named.entries, purpose: v.string(), ...far })),
			people: v.array(v.object({ ...named.entries, brings: v.string(), ...far })),
		}),
		act: async (viewer, _input, { id }) => {
			const { subject: one, ...rest } = await showSubject(viewer, id!);
			return { ...one, ...rest };
		},
	}),
};
