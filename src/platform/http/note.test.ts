import type { RequestEvent } from '@sveltejs/kit';
import { expect, test } from 'vitest';
import { takeNote } from './form.ts';

const taken = (note: string) => {
	const cookies = { get: () => note, delete: () => {} } as unknown as RequestEvent['cookies'];
	return takeNote({ cookies });
};

test('a note that we left is read, its way to undo with it', () => {
	const note = {
		say: 'feed.published',
		args: { n: 3 },
		undo: { action: '/fil?/undo', fields: { id: 'x' } },
	};
	expect(taken(JSON.stringify(note))).toEqual(note);
});

test.each([
	'',
	'{',
	'null',
	'[]',
	'{"say":1}',
	'{"say":"constructor"}',
	'{"say":"feed.published","args":{"n":{}}}',
	'{"say":"feed.published","undo":"x"}',
	'{"undo":{"action":"/x"}}',
])('a note that a browser made up says nothing: %s', (note) => {
	expect(taken(note)?.say).toBeUndefined();
	expect(taken(note)?.undo).toBeUndefined();
});
