import { describe, expect, test } from 'vitest';
import { type AsItLeaves, nameAsItLeaves, type Occasion } from './as-it-leaves.ts';

const settled: AsItLeaves = {
	...{ title: 'Fête du quai', known: 'Goûter du quai' },
	...{ isShown: true, isOpen: true, isOff: false, isAhead: true, comes: true, waits: false },
};
const says = (about: Occasion, more: Partial<AsItLeaves> = {}) =>
	nameAsItLeaves(about, { ...settled, ...more });
const occasions: Occasion[] = ['confirm', 'seated', 'changed', 'cancelled', 'reminder'];
const said = (more: Partial<AsItLeaves>) => occasions.filter((one) => says(one, more) !== null);

describe('a mail that leaves late says only what is still true', () => {
	const cases: [string, Partial<AsItLeaves>, Occasion[]][] = [
		['of what goes on as it was', {}, ['confirm', 'seated', 'changed', 'reminder']],
		['of what was called off, that alone', { isOff: true, isOpen: false }, ['cancelled']],
		['of what is public no more, nothing', { isOpen: false }, []],
		[
			'to who waits for a seat, neither that they have one nor a reminder',
			{ waits: true },
			['confirm', 'changed'],
		],
		['to who gave their place back, their link alone', { comes: false }, ['confirm']],
		['to who gave it back, nothing of what is called off', { comes: false, isOff: true, isOpen: false }, []],
		['once it began, no reminder', { isAhead: false }, ['confirm', 'seated', 'changed']],
	];
	test.each(cases)('%s', (_, now, expected) => {
		expect(said(now)).toEqual(expected);
	});

	test('under its own name where anybody may read it, else under the one they were told', () => {
		expect(says('changed')).toBe('Fête du quai');
		expect(says('changed', { isShown: false })).toBe('Goûter du quai');
		expect(says('cancelled', { isShown: false, isOpen: false, isOff: true })).toBe('Goûter du quai');
	});

	test('never told its name and may not read it: nothing is said, whatever happens to it', () => {
		expect(said({ isShown: false, known: null })).toEqual([]);
		expect(said({ isShown: false, known: null, isOff: true, isOpen: false })).toEqual([]);
		expect(said({ isShown: true, title: '' })).toEqual([]);
	});

	const bit = (n: number, at: number) => ((n >> at) & 1) === 1;
	test.each(Array.from({ length: 32 }, (_, n) => n))('not called off, whatever else is so (%i)', (n) => {
		const [isShown, isOpen, isAhead, comes, waits] = [0, 1, 2, 3, 4].map((at) => bit(n, at)) as boolean[];
		const all = said({ isShown, isOpen, isAhead, comes, waits } as Partial<AsItLeaves>);
		expect(all).not.toContain('cancelled');
		expect(all.includes('reminder')).toBe(Boolean(isOpen && isAhead && comes && !waits));
		expect(all.includes('confirm')).toBe(isOpen);
	});
});
