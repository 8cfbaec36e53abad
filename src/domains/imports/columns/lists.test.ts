import { describe, expect, test } from 'vitest';
import { watchDuplicates } from './duplicates.ts';
import { checkMapping } from './mapping.ts';
import { readUnit } from './read-unit.ts';
import { recognise } from './recognise.ts';
import { proposeValueMap, tallyValues } from './values.ts';

const person = {
	memberNumber: null,
	familyName: 'Valmorin',
	givenName: 'Gérard',
	email: 'g@courrier.example',
};

describe('the same person twice in a list', () => {
	test('shows by her number, however written', () => {
		const watch = watchDuplicates();
		expect(watch.see(2, { ...person, memberNumber: 'A-042' })).toBeNull();
		expect(watch.see(3, { ...person, memberNumber: 'a 042', email: null })).toEqual({
			code: 'member_number',
			firstLine: 2,
		});
		expect(watch.see(4, { ...person, memberNumber: '42', email: null })).toBeNull();
		expect(watch.see(5, { ...person, memberNumber: '042', email: null })).toBeNull();
	});
	test('shows by her address and name, in any order and case', () => {
		const watch = watchDuplicates();
		watch.see(2, person);
		expect(watch.see(9, { ...person, familyName: 'GERARD', givenName: 'valmorin' })).toEqual({
			code: 'email_and_name',
			firstLine: 2,
		});
	});
	test('is not a couple who share an address', () => {
		const watch = watchDuplicates();
		watch.see(2, person);
		expect(watch.see(3, { ...person, givenName: 'Josiane' })).toEqual({ code: 'shared_email', firstLine: 2 });
	});
	test('is not two people whose number is a sign', () => {
		const watch = watchDuplicates();
		watch.see(2, { ...person, memberNumber: '#', email: null });
		expect(watch.see(3, { ...person, memberNumber: '#', email: null })).toBeNull();
	});
	test('is not two people without address', () => {
		const watch = watchDuplicates();
		watch.see(2, { ...person, email: null });
		expect(watch.see(3, { ...person, email: null })).toBeNull();
	});
});

describe('the values of a column', () => {
	test('are counted, then proposed to the organisation’s own words', () => {
		const tally = tallyValues();
		for (const cell of ['Adhérent', 'ADHERENT', 'Sympathisante', '', 'adhérent ', 'Jeune']) tally.add(cell);
		const { values, tooMany } = tally.list();
		expect(values).toEqual([
			{ folded: 'adherent', written: 'Adhérent', lines: 3 },
			{ folded: 'sympathisante', written: 'Sympathisante', lines: 1 },
			{ folded: 'jeune', written: 'Jeune', lines: 1 },
		]);
		expect(tooMany).toBe(false);
		const choices = [
			{ key: 'full', names: ['adhérent·e'] },
			{ key: 'friend', names: ['Sympathisant·es'] },
		];
		expect(proposeValueMap(values, choices)).toEqual({ adherent: 'full', sympathisante: 'friend' });
	});
	test('stop being choices when there are too many', () => {
		const tally = tallyValues();
		for (let at = 0; at < 300; at++) tally.add(`valeur ${at}`);
		expect(tally.list()).toMatchObject({ tooMany: true, values: { length: 200 } });
	});
});

test('a list of units is read', () => {
	const guesses = recognise('units', ['Code', 'Nom', 'Type', 'Parent', 'Communes couvertes', 'Site'], []);
	const checked = checkMapping(
		'units',
		guesses,
		guesses.map(({ field }) => field),
	);
	if (!checked.ok) throw new Error();
	const cells = [
		'001',
		'Section de Villebrume',
		'Section',
		"Val d'Orsande",
		'X01001, X01002',
		'villebrume.example',
	];
	expect(readUnit(cells, checked.mapping, { kind: { section: 'local' } })).toEqual({
		ok: true,
		value: {
			code: '001',
			name: 'Section de Villebrume',
			kind: 'local',
			parentCode: null,
			parentName: "Val d'Orsande",
			communes: ['X01001', 'X01002'],
			email: null,
			website: 'https://villebrume.example',
		},
	});
	expect(readUnit(['1', ''], checked.mapping, { kind: {} })).toMatchObject({ ok: false, otherwise: null });
});
