import * as v from 'valibot';
import { formVerb, type Operation, operation, plainVerb } from '#platform/domain.ts';
import { sentFile } from '#platform/files/sent.ts';
import { idText } from '#platform/text/typed.ts';
import { oneOf } from '../around/one-of.ts';
import { endFeed, makeFeed, NothingForm } from '../calendar/feed.ts';
import { nearby, rings } from '../near/near.ts';
import { showReport } from '../report/report.ts';
import {
	dropPicture,
	PICTURES,
	pictureWords,
	ReportForm,
	saveReport,
	TurnForm,
	withdrawReport,
} from '../report/write.ts';
import { type Arrival, doorList } from './list.ts';
import { CodeForm, TickForm, tick, tickByCode, UntickForm, untick, WalkInForm, walkIn } from './tick.ts';

const reads = { gate: 'network', scope: 'events:read' } as const;
const atDoor = { gate: 'office', scope: 'events:write', rule: 'events.door.tick' } as const;
const tells = { gate: 'office', scope: 'events:write', rule: 'events.event.tell', audit: true } as const;
const done = v.object({ id: v.string() });
const path = '/api/v1/events/[id]';

const arrival = v.object({
	id: v.string(),
	kind: v.string(),
	name: v.string(),
	answer: v.nullable(v.string()),
	waiting: v.boolean(),
	guests: v.number(),
	/** When they were ticked; null when they were not. */
	at: v.nullable(v.string()),
	brought: v.number(),
});
const description = v.pipe(
	pictureWords,
	v.description('What is on it, for who does not see it; empty when it adds nothing to the words'),
);
const photo = sentFile('profiles.photo_not_picture', { description });
/** A photo that is there already, and what is now said of it. */
const picture = v.strictObject({ id: idText, description });
const told = ({ id, kind, name, answer, waiting, guests, at, brought }: Arrival) => ({
	...{ id, kind, name, answer, waiting, guests, brought },
	at: at?.toISOString() ?? null,
});

/** Verbs of the door of an event, of what is told afterwards, of one's own calendar, of what is near. */
export const doorApi: Record<string, Operation> = {
	[`GET ${path}/attendance`]: operation({
		...atDoor,
		scope: 'events:read',
		rule: 'events.door.see',
		summary: 'Who is expected at an event and who is there, by name',
		input: v.object({ q: v.optional(v.pipe(v.string(), v.maxLength(60, 'app.invalid_value')), '') }),
		output: v.object({ present: v.number(), walkIns: v.number(), items: v.array(arrival) }),
		act: async (viewer, { q }, params) => {
			const { door, arrivals } = await doorList(viewer, params.id!, q);
			return { present: door.present, walkIns: door.walkIns, items: arrivals.map(told) };
		},
	}),
	[`POST ${path}/attendance`]: operation({
		...atDoor,
		summary: 'Tick somebody who is there; twice is once',
		input: v.strictObject(TickForm.entries),
		output: done,
		act: async (viewer, input, params) => {
			await tick(viewer, params.id!, input);
			return { id: input.person };
		},
	}),
	[`DELETE ${path}/attendance`]: operation({
		...atDoor,
		summary: 'Take a tick back',
		input: v.strictObject(UntickForm.entries),
		output: done,
		act: async (viewer, input, params) => {
			await untick(viewer, params.id!, input);
			return { id: input.person };
		},
	}),
	[`POST ${path}/attendance/code`]: operation({
		...atDoor,
		summary: 'Tick the person of a code; that of another event is refused',
		input: v.strictObject(CodeForm.entries),
		output: v.object({ name: v.string(), again: v.boolean() }),
		act: (viewer, input, params) => tickByCode(viewer, params.id!, input),
	}),
	[`POST ${path}/attendance/walk-ins`]: formVerb(
		{
			...atDoor,
			summary: 'Count people whom nobody knows by name',
		},
		WalkInForm,
		walkIn,
	),
	[`GET ${path}/report`]: operation({
		...reads,
		gate: 'anyone',
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
	'GET /api/v1/nearby-events': operation({
		...reads,
		rule: 'events.event.see',
		summary: 'Events to come around the person, closest first',
		input: v.object({}),
		output: v.object({
			items: v.array(
				v.object({ id: v.string(), title: v.string(), startsAt: v.string(), ring: v.picklist(rings) }),
			),
		}),
		act: async (viewer) => ({
			items: (await nearby(viewer)).events.map(({ id, title, startsAt, ring }) => ({
				...{ id, title, ring },
				startsAt: startsAt.toISOString(),
			})),
		}),
	}),
	'POST /api/v1/calendar': operation({
		...reads,
		scope: 'events:write',
		summary: 'Make the secret address of one’s own calendar, or a new one; the one before ends',
		status: 201,
		input: NothingForm,
		output: v.object({ path: v.string() }),
		act: async (viewer) => ({ path: `/calendrier/${await makeFeed(viewer)}.ics` }),
	}),
	'DELETE /api/v1/calendar': operation({
		...reads,
		scope: 'events:write',
		summary: 'End one’s own calendar',
		input: NothingForm,
		output: v.object({ ended: v.boolean() }),
		act: async (viewer) => ({ ended: (await endFeed(viewer)) > 0 }),
	}),
};
