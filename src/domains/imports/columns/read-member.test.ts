import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withFixes } from './line.ts';
import { checkMapping, type Mapping } from './mapping.ts';
import { readMember } from './read-member.ts';
import { recognise } from './recognise.ts';

const maps = {
	membershipType: { adherente: 'adherent', sympathisant: 'friend', divers: null },
	today: '2026-11-22',
};

function map(header: string[]): Mapping<'members'> {
	const guesses = recognise('members', header, []);
	const result = checkMapping(
		'members',
		guesses,
		guesses.map(({ field }) => field),
	);
	if (!result.ok) throw new Error(JSON.stringify(result.problems));
	return result.mapping;
}

const MAPPING = map([
	'N° adhérent',
	'NOM',
	'PRENOM',
	'courriel',
	'Tel portable',
	'CP',
	"Date d'adhésion",
	"Type d'adhésion",
	"À jour jusqu'au",
]);
const GOOD = [
	'00042',
	'PÉLISSONNE',
	'josiane',
	'Josiane.P@Courrier.example',
	'06 39 98 00 00',
	'07 999',
	'12/03/2019',
	'Adhérente',
	'2026',
];

describe('a line of the list', () => {
	test('is read whole and tidied, zeros kept', () => {
		expect(readMember(GOOD, MAPPING, maps)).toEqual({
			ok: true,
			value: {
				memberNumber: '00042',
				familyName: 'Pélissonne',
				givenName: 'Josiane',
				email: 'josiane.p@courrier.example',
				phone: '+33639980000',
				postcode: '07999',
				commune: null,
				communeCode: null,
				unit: null,
				unitCode: null,
				membershipType: 'adherent',
				memberSince: '2019-03-12',
				paidUntil: '2026-12-31',
			},
		});
	});

	test('tells all that is wrong at once, with corrections that make the line sound', () => {
		const cells = [
			'6,12E+08',
			'Valmorin',
			'Gérard',
			'gerard@courrier,example',
			'08 36 65 65 65',
			'0799',
			'03/25/2019',
			'Ami',
			'',
		];
		const reading = readMember(cells, MAPPING, maps);
		if (reading.ok) throw new Error();
		expect(reading.problems.map(({ field, code, fix }) => [field, code, fix])).toEqual([
			['memberNumber', 'number_spoilt', null],
			['email', 'email_format', 'gerard@courrier.example'],
			['phone', 'phone_special', null],
			['postcode', 'postcode_format', null],
			['membershipType', 'value_unmapped', null],
			['memberSince', 'date_order', '25/03/2019'],
		]);
		expect(reading.otherwise).toMatchObject({ familyName: 'Valmorin', email: null, memberSince: null });
		const again = readMember(withFixes(cells, MAPPING, reading.problems), MAPPING, maps);
		expect(!again.ok && again.problems.map(({ field }) => field)).toEqual([
			'memberNumber',
			'phone',
			'postcode',
			'membershipType',
		]);
	});

	test('without a name is refused', () => {
		const reading = readMember(GOOD.with(1, ' – '), MAPPING, maps);
		expect(reading).toMatchObject({
			ok: false,
			otherwise: null,
			problems: [{ field: 'familyName', code: 'name_missing' }],
		});
	});

	test('that we exported ourselves comes back as it was', () => {
		expect(readMember(GOOD.with(0, "'-042"), MAPPING, maps)).toMatchObject({
			ok: true,
			value: { memberNumber: '-042' },
		});
	});

	test('that is too short has no value for the rest', () => {
		expect(readMember(['1', 'Valmorin'], MAPPING, maps)).toMatchObject({
			ok: true,
			value: { email: null, paidUntil: null },
		});
	});

	test('with one column for the whole name, once', () => {
		const whole = map(['Nom Prénom', 'Mail']);
		expect(readMember(['DUPONT Jean-Pierre', ''], whole, maps)).toMatchObject({
			ok: true,
			value: { familyName: 'Dupont', givenName: 'Jean-Pierre' },
		});
		expect(readMember(['', ''], whole, maps)).toMatchObject({
			ok: false,
			problems: [{ field: 'fullName', code: 'name_missing' }],
		});
	});

	test('a value said to become nothing is no problem', () => {
		expect(readMember(GOOD.with(7, 'DIVERS'), MAPPING, maps)).toMatchObject({
			ok: true,
			value: { membershipType: null },
		});
		expect(readMember(GOOD.with(7, 'constructor'), MAPPING, maps)).toMatchObject({ ok: false });
	});
});

test('whatever the cells hold, reading never throws, and corrections bring nothing worse', () => {
	const cell = fc.oneof(
		fc.string({ unit: 'grapheme', maxLength: 30 }),
		fc.constantFrom(...GOOD, 'a@b,c', '31/02/2019', '+33'),
	);
	fc.assert(
		fc.property(fc.array(cell, { maxLength: 10 }), (cells) => {
			const reading = readMember(cells, MAPPING, maps);
			if (reading.ok) return;
			for (const problem of reading.problems.filter(({ fix }) => fix !== null)) {
				const again = readMember(withFixes(cells, MAPPING, [problem]), MAPPING, maps);
				const left = again.ok ? [] : again.problems.map(({ field }) => field);
				expect([problem, left.includes(problem.field)]).toEqual([problem, false]);
			}
		}),
		{ numRuns: 1000 },
	);
});
