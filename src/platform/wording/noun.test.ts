import { describe, expect, test } from 'vitest';
import { type Forms, fixedForms, type Inclusive } from './house.ts';
import { noun, type Slot } from './noun.ts';

const person = (one_m: string, one_f: string, more: Partial<Forms> = {}): Forms => ({
	one_m,
	one_f,
	one_n: '',
	many_m: `${one_m}s`,
	many_f: `${one_f}s`,
	many_n: '',
	gender: 'n',
	...more,
});
const neighbour = person('voisin', 'voisine');
const squire = person('écuyer', 'écuyère');
const pupil = person('élève', 'élève');
const flatmate = person('colocataire', 'colocataire');
const en = { one: 'neighbour', many: 'neighbours' };

function said(fr: Forms, slot: Slot, inclusive: Inclusive, address: 'tu' | 'vous' = 'tu') {
	return noun({ fr, en }, slot, 'fr', { inclusive, address });
}

describe('the four ways of writing', () => {
	test.each([
		['epicene', 'un voisin ou une voisine', 'voisins et voisines'],
		['doublets', 'un voisin ou une voisine', 'voisins et voisines'],
		['middot', 'un ou une voisin·e', 'voisin·es'],
		['masculine', 'un voisin', 'voisins'],
	] as const)('%s', (inclusive, one, many) => {
		expect(said(neighbour, 'a', inclusive)).toBe(one);
		expect(said(neighbour, 'many', inclusive)).toBe(many);
	});

	test('épicène uses the neutral word when the organisation has one', () => {
		const named = person('voisin', 'voisine', {
			one_n: 'personne du quartier',
			many_n: 'gens du quartier',
			gender_n: 'f',
		});
		expect(said(named, 'the', 'epicene')).toBe('la personne du quartier');
		expect(said(named, 'your', 'epicene')).toBe('tes gens du quartier');
	});

	test('a word that serves everyone is said once', () => {
		expect(said(flatmate, 'a', 'doublets')).toBe('un ou une colocataire');
		expect(said(flatmate, 'many', 'middot')).toBe('colocataires');
		expect(said(pupil, 'the', 'epicene')).toBe('l’élève');
		expect(said(pupil, 'this', 'epicene')).toBe('cet ou cette élève');
	});

	test('words too different for a middle dot fall back to the doublet', () => {
		expect(said(person('roi', 'reine'), 'one', 'middot')).toBe('roi ou reine');
		expect(said(person('facteur', 'factrice'), 'many', 'middot')).toBe('facteur·rices');
	});
});

test('elision follows the sound', () => {
	expect(said(squire, 'de', 'doublets')).toBe('d’écuyer ou d’écuyère');
	expect(said(squire, 'de_many', 'doublets')).toBe('d’écuyers et d’écuyères');
	expect(said(fixedForms('habitude', 'habitudes', 'f'), 'the', 'epicene')).toBe('l’habitude');
	expect(said(fixedForms('hameau', 'hameaux', 'm'), 'of', 'epicene')).toBe('du hameau');
	expect(said({ ...fixedForms('hune', 'hunes', 'f'), aspirate: true }, 'the', 'epicene')).toBe('la hune');
});

test('a fixed noun takes its own articles in every setting', () => {
	const island = fixedForms('île', 'îles', 'f');
	const slots: Slot[] = [
		'one',
		'many',
		'a',
		'the',
		'de',
		'of',
		'to',
		'this',
		'no',
		'my',
		'your',
		'your_one',
		'de_many',
	];
	for (const inclusive of ['epicene', 'doublets', 'middot', 'masculine'] as const) {
		expect(slots.map((slot) => said(island, slot, inclusive)).join(', ')).toBe(
			'île, îles, une île, l’île, d’île, de l’île, à l’île, cette île, aucune île, mes îles, tes îles, ton île, d’îles',
		);
	}
	expect(said(island, 'your_one', 'epicene', 'vous')).toBe('votre île');
	expect(said(fixedForms('ville', 'villes', 'f'), 'your_one', 'epicene')).toBe('ta ville');
});

test('English articles', () => {
	const manner = { inclusive: 'epicene', address: 'tu' } as const;
	const words = (one: string) => noun({ fr: neighbour, en: { one, many: `${one}s` } }, 'a', 'en', manner);
	expect(['island', 'union', 'hour', 'neighbour'].map(words)).toEqual([
		'an island',
		'a union',
		'an hour',
		'a neighbour',
	]);
});
