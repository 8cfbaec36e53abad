import * as v from 'valibot';
import { type Operation, operation, plainVerb } from '#platform/domain.ts';
import { house, wordsOf } from '#platform/house.ts';
import { ChoicesForm, choicesOf, choose } from './choices.ts';
import { devicesOf, forgetDevice } from './devices.ts';
import { keepQuiet, QuietForm, quietOf } from './quiet.ts';
import { type Notice, notices, open, readAll } from './read.ts';
import { sentenceOf } from './sentence.ts';

const nothing = v.object({});
const notice = v.object({
	id: v.string(),
	type: v.string(),
	text: v.string(),
	at: v.string(),
	readAt: v.nullable(v.string()),
	href: v.string(),
});
const table = v.object({
	scope: v.string(),
	name: v.string(),
	cells: v.array(
		v.object({
			category: v.string(),
			channel: v.string(),
			rhythm: v.string(),
			offered: v.array(v.string()),
		}),
	),
});
const hours = v.object({ from: v.string(), until: v.string() });

const reads = { gate: 'network', scope: 'notices:read' } as const;
const writes = { gate: 'network', scope: 'notices:write' } as const;

export const api: Record<string, Operation> = {
	'GET /api/v1/notices': operation({
		...reads,
		summary: 'Notices of the person: those not read yet, then the others, latest first',
		input: v.object({ cursor: v.optional(v.pipe(v.string(), v.maxLength(100))) }),
		output: v.object({ items: v.array(notice), next: v.nullable(v.string()) }),
		act: async (viewer, { cursor }) => {
			const words = wordsOf(await house(), viewer.language);
			const { fresh, earlier, next } = await notices(viewer, cursor ?? null);
			const told = (one: Notice) => ({ ...one, text: sentenceOf(words, one) });
			return { items: [...fresh, ...earlier].map(told), next };
		},
	}),
	'POST /api/v1/notices/[id]/reading': operation({
		...writes,
		summary: 'Mark one notice read; gives where it leads',
		input: nothing,
		output: v.object({ href: v.string() }),
		act: async (viewer, _input, params) => ({ href: await open(viewer, params.id!) }),
	}),
	'POST /api/v1/notices/reading': operation({
		...writes,
		summary: 'Mark all notices read, up to an instant',
		input: v.strictObject({ until: v.pipe(v.string(), v.isoTimestamp('app.invalid_value')) }),
		output: nothing,
		act: async (viewer, { until }) => {
			await readAll(viewer, new Date(until));
			return {};
		},
	}),
	'GET /api/v1/notices/choices': operation({
		...reads,
		summary:
			'What reaches the person, by which way and when: for everything, then apart for a unit or a group',
		input: nothing,
		output: v.object({ items: v.array(table), quiet: hours }),
		act: async (viewer) => ({
			items: (await choicesOf(viewer)).map(({ kind, id, name, rows }) => ({
				scope: kind === 'all' ? 'all' : `${kind}:${id}`,
				name,
				cells: rows.flatMap(({ category, cells }) => cells.map((cell) => ({ category, ...cell }))),
			})),
			quiet: await quietOf(viewer),
		}),
	}),
	'PUT /api/v1/notices/choices': operation({
		...writes,
		summary: 'Choose some cells, written `category.channel.rhythm`; `usual` takes a choice back',
		input: v.strictObject(ChoicesForm.entries),
		output: nothing,
		act: async (viewer, input) => {
			await choose(viewer, input);
			return {};
		},
	}),
	'GET /api/v1/notices/devices': operation({
		...reads,
		summary:
			'Telephones and browsers where the person is told at once; a device is added by itself, on its page',
		input: nothing,
		output: v.object({ items: v.array(v.object({ id: v.string(), name: v.string(), at: v.string() })) }),
		act: async (viewer) => ({ items: await devicesOf(viewer) }),
	}),
	'DELETE /api/v1/notices/devices/[id]': plainVerb(
		{ ...writes, summary: 'Tell a device no more' },
		(viewer, id) => forgetDevice(viewer, { id }),
	),
	'PUT /api/v1/notices/quiet': operation({
		...writes,
		summary: 'Choose the hours in which nothing is sent; empty for none',
		input: QuietForm,
		output: hours,
		act: async (viewer, input) => {
			await keepQuiet(viewer, input);
			return quietOf(viewer);
		},
	}),
};
