import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cover, emptyDrawing, levelGlyph, levelTone, portrait } from './signs.ts';

test('the same section always gets the same cover, and another one another cover', () => {
	expect(cover('s1')).toBe(cover('s1'));
	expect(cover('s1')).not.toBe(cover('s2'));
});

test('drawings carry no style and no colour of their own', () => {
	for (const svg of [cover('s1'), portrait('Odile Fabrègat'), emptyDrawing(), levelGlyph(1)]) {
		expect(svg).not.toMatch(/style=|fill="#|url\(|NaN/);
	}
});

test('a cover stays light on the wire', () => {
	expect(cover('s1', 720, 240).length).toBeLessThan(40_000);
});

test('a portrait shows the initials of names as they are written', () => {
	const initials = (name: string) => />([^<>]*)<\/text>/.exec(portrait(name))?.[1];
	expect(['Odile Fabrègat', 'Jean-Luc de l’Étang', 'awa dieynaud', 'Élodie', 'Ly'].map(initials)).toEqual([
		'OF',
		'JL',
		'AD',
		'É',
		'L',
	]);
});

test('a name can never become markup', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary' }), (name) => {
			const svg = portrait(`<b>"'&${name}`);
			expect(svg.match(/</g)).toHaveLength(
				svg.match(/<(?:svg|rect|circle|g|text|\/g|\/text|\/svg)/g)?.length ?? 0,
			);
			expect(svg.split('"').length % 2).toBe(1);
		}),
	);
});

test('the closest level and the widest one keep their colour whatever the number of levels', () => {
	expect([2, 3, 4, 5].map((n) => levelTone(0, n))).toEqual(Array(4).fill('tone-0'));
	expect([2, 3, 4, 5].map((n) => levelTone(n - 1, n))).toEqual(Array(4).fill('tone-top'));
	expect(new Set([0, 1, 2, 3, 4].map((d) => levelTone(d, 5))).size).toBe(5);
});

test('the level that speaks is the only bold one', () => {
	for (let depth = 1; depth < 4; depth++)
		expect(levelGlyph(depth, 4).match(/stroke-width="2.3"/g)).toHaveLength(1);
	expect(levelGlyph(0, 4)).toContain('r="3.4"');
});
