import * as v from 'valibot';
import { type Operation, operation, plainVerb } from '#platform/domain.ts';
import { sentFile } from '#platform/files/sent.ts';
import { idText } from '#platform/text/typed.ts';
import { oneOf } from '../around/one-of.ts';
import { showReport } from './report.ts';
import {
	dropPicture,
	PICTURES,
	pictureWords,
	ReportForm,
	saveReport,
	TurnForm,
	withdrawReport,
} from './write.ts';

const tells = { gate: 'office', scope: 'events:write', rule: 'events.event.tell', audit: true } as const;
const done = v.object({ id: v.string() });
const path = '/api/v1/events/[id]';

const description = v.pipe(
	pictureWords,
	v.description('What is on it, for who does not see it; empty when it adds nothing to the words'),
);
const photo = sentFile('profiles.photo_not_picture', { description });
/** A photo that is there already, and what is now said of it. */
const picture = v.strictObject({ id: idText, description });

/** What is told of an event afterwards, for programs. */
export const reportApi: Record<string, Operation> = {
	[`GET ${path}/report`]: operation({
		gate: 'anyone',
		scope: 'events:read',
		rule: 'events.event.see',
		summary: 'What is told of an event afterwards',
		input: v.object({}),
		output: v.object({
			text: v.string(),
			counted: v.nullable(v.number()),
			publishedAt: v.nullable(v.string()),
			version: v.string(),
			pictures: v.array(v.object({ id: v.string(), description: v.string() })),
		}),
		act: async (viewer, _, params) => {
			const { published_at, ...report } = await showReport(viewer, params.id!);
			return { ...report, publishedAt: published_at?.toISOString() ?? null };
		},
	}),
	[`PUT ${path}/report`]: operation({
		...tells,
		files: true,
		summary:
			'Tell of an event, published or not, with the version that was read; add up to four photos, say again what is on those there',
		input: v.strictObject({
			text: ReportForm.entries.text,
			counted: ReportForm.entries.counted,
			version: ReportForm.entries.version,
			photos: v.optional(v.pipe(v.array(photo), v.maxLength(4, 'events.report_photos_many')), []),
			pictures: v.optional(v.pipe(v.array(picture), v.maxLength(PICTURES, 'app.invalid_value')), []),
			publish: v.optional(v.boolean('app.invalid_value'), false),
		}),
		output: done,
		act: async (viewer, { publish, photos, pictures, ...words }, params) => {
			const files = {
				photos: photos.map(({ sent }) => sent),
				descriptions: photos.map(({ description }) => description),
				pictures: pictures.map(({ id }) => id),
				described: pictures.map(({ description }) => description),
			};
			await saveReport(viewer, params.id!, { ...words, ...files }, publish);
			return { id: params.id! };
		},
	}),
	[`DELETE ${path}/report`]: operation({
		...tells,
		summary: 'Show what was told no more; the text stays',
		input: TurnForm,
		output: done,
		act: async (viewer, _, params) => {
			await withdrawReport(viewer, params.id!);
			return { id: params.id! };
		},
	}),
	[`DELETE ${path}/report/pictures/[picture]`]: plainVerb(
		{ ...tells, summary: 'Take a photo away from what is told of an event' },
		(viewer, event, params) => dropPicture(viewer, event, { id: oneOf(params, 'picture') }),
	),
};
