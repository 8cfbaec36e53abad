import * as v from 'valibot';
import { formVerb, type Operation, operation, plainVerb } from '#platform/domain.ts';
import { fileFrom, fileText } from '#platform/files/sent.ts';
import { BlocsForm, keepBlocs, labelsOf } from './blocs.ts';
import { showSending } from './officer.ts';
import { receive } from './receive.ts';
import { dropSending, place, SayForm, sayOf } from './settle.ts';

const base = '/api/v1/map';
const one = `${base}/sendings/[id]`;
const loads = { gate: 'app:map-files', scope: 'map', rule: 'electoral-map.source.see' } as const;
const settles = { ...loads, rule: 'electoral-map.sending.settle', audit: true } as const;
const family = v.nullable(v.string());

/** How a file comes to the map: each form of those pages, for programs. */
export const sendApi: Record<string, Operation> = {
	[`POST ${base}/sendings`]: operation({
		...loads,
		rate: 'upload',
		audit: true,
		summary:
			'Send a file of results or of the ground, its bytes in base64; it is looked through, and nothing is shown yet',
		status: 202,
		input: v.strictObject({
			file: v.optional(fileText('electoral-map.sending_no_file'), ''),
			name: v.optional(v.pipe(v.string(), v.maxLength(200, 'app.invalid_value')), ''),
		}),
		output: v.object({ id: v.string() }),
		act: async (viewer, { file, name }) => ({ id: await receive(viewer, { file: fileFrom(file, name) }) }),
	}),
	[`GET ${one}`]: operation({
		...loads,
		rule: 'electoral-map.sending.see',
		summary: 'A file that was sent: what it was taken for, how far it is, what is asked',
		input: v.object({}),
		output: v.object({
			...{ id: v.string(), file_name: v.string(), kind: v.nullable(v.string()), state: v.string() },
			...{ vintage: v.string(), election: v.string(), ask: v.nullable(v.string()) },
			...{ done: v.number(), total: v.number(), created_at: v.string() },
		}),
		act: (viewer, _input, { id }) => showSending(viewer, id!),
	}),
	[`PUT ${one}/answer`]: formVerb(
		{ ...settles, summary: 'Answer what a file does not say of itself: its vintage or its election' },
		SayForm,
		sayOf,
	),
	[`PUT ${one}/placement`]: plainVerb(
		{ ...settles, summary: 'Put a file that was looked through in place of the one shown' },
		place,
	),
	[`DELETE ${one}`]: plainVerb(
		{ ...settles, summary: 'Throw a file away that is not in place' },
		dropSending,
	),
	[`GET ${base}/blocs`]: operation({
		...loads,
		summary: 'Labels of a round that is loaded, those with most votes first, and where each is placed',
		input: v.object({ election: BlocsForm.entries.election }),
		output: v.object({
			items: v.array(v.object({ label: v.string(), votes: v.number(), family, usual: family })),
		}),
		act: async (viewer, { election }) => ({ items: await labelsOf(viewer, election) }),
	}),
	[`PUT ${base}/blocs`]: operation({
		...loads,
		audit: true,
		summary: 'Say where labels of a round are placed, in the same order; empty for as the house has it',
		input: v.strictObject(BlocsForm.entries),
		output: v.object({ labels: v.number() }),
		act: async (viewer, input) => {
			await keepBlocs(viewer, input);
			return { labels: input.label.length };
		},
	}),
};
