import { expect, test } from 'vitest';
import { kept } from './kept.ts';

test('an answer is made once, and the oldest is forgotten when there are too many', () => {
	const made: string[] = [];
	const shout = kept(2, (text: string) => {
		made.push(text);
		return text.toUpperCase();
	});
	expect(['a', 'b', 'a', 'c', 'b', 'a'].map((text) => shout(text))).toEqual(['A', 'B', 'A', 'C', 'B', 'A']);
	expect(made).toEqual(['a', 'b', 'c', 'a']);
});

test('arguments that read alike side by side are not taken for one another', () => {
	const pair = kept(9, (a: string, b: string) => [a, b]);
	pair('ab', 'c');
	expect(pair('a', 'bc')).toEqual(['a', 'bc']);
});
