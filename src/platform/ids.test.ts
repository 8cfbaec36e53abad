import { expect, test } from 'vitest';
import { isId, newId } from './ids.ts';

test('ids made one after the other sort as they were made, in any list and in the database', () => {
	const made = Array.from({ length: 200 }, (_, n) => newId(1_760_000_000_000 + n));
	expect(made.toSorted()).toEqual(made);
});

test('an id tells its instant to the millisecond, and is a UUID of version 7 to other programs', () => {
	const at = Date.UTC(2026, 10, 24, 18, 30, 0, 123);
	const id = newId(at);
	expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(at);
	expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('thousands made in the same millisecond are all different', () => {
	const made = Array.from({ length: 20_000 }, () => newId(0));
	expect(new Set(made).size).toBe(made.length);
});

test('what has not the shape of our ids is none: nothing typed in an address passes for one', () => {
	const id = newId();
	expect(isId(id)).toBe(true);
	for (const text of [
		'',
		null,
		undefined,
		id.toUpperCase(),
		` ${id}`,
		`${id}\n`,
		id.slice(1),
		`{${id}}`,
		id.replaceAll('-', ''),
		`${id}' or true`,
	])
		expect([text, isId(text)]).toEqual([text, false]);
});
