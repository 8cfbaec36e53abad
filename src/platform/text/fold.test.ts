import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold, initials } from './fold.ts';
import { TRUE_NAMES } from './true-names.fixture.ts';

describe('searching without accents', () => {
	it.each([
		['Cœur d’Élan', "coeur d'elan"],
		['STRASSE Straße', 'strasse strasse'],
		['Łódź', 'lodz'],
		['ÞÓR Ægir', 'thor aegir'],
		['İstanbul Iğdır', 'istanbul igdir'],
		['Nguyễn', 'nguyen'],
		['Saint‑Étienne – Nord', 'saint-etienne - nord'],
		['Νίκος', 'νικοσ'],
		['Елена Ёлкина', 'елена елкина'],
		['مَرْيَم', 'مريم'],
		['שָׂרָה', 'שרה'],
		['ガ', 'ガ'],
		['이영희', '이영희'],
		['ไก่', 'ไก่'],
		['a\u200Bb\u00ADc', 'abc'],
	])('%s is found as %s', (text, folded) => expect(fold(text)).toBe(folded));

	it('folding a folded text changes nothing', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (text) => fold(fold(text)) === fold(text)),
			{
				numRuns: 1_000,
			},
		);
		expect(TRUE_NAMES.filter((name) => fold(fold(name)) !== fold(name))).toEqual([]);
	});

	it('capitals and decomposed accents do not matter', () => {
		for (const name of ['Éloïse', 'Çelik', 'Ñandú']) {
			expect(fold(name.normalize('NFD'))).toBe(fold(name.toUpperCase()));
		}
	});
});

describe('initials', () => {
	it.each([
		['Marie Curie', 'MC'],
		['jean-paul de la tour', 'JT'],
		["d'Almeida", 'D'],
		['王小明', '王'],
		['(née) «Zoé» 3', 'NZ'],
		['', ''],
		['12 3', ''],
	])('%s → %s', (name, letters) => expect(initials(name)).toBe(letters));

	it('every true name has some', () => {
		expect(TRUE_NAMES.filter((name) => initials(name) === '')).toEqual([]);
	});
});
