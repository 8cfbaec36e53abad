import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readFullName, readName } from './names.ts';

describe('a name', () => {
	test.each([
		['DUPONT', 'Dupont'],
		['jean-pierre', 'Jean-Pierre'],
		['JEAN - PIERRE', 'Jean-Pierre'],
		['Le Goff', 'Le Goff'],
		['LE GOFF', 'Le Goff'],
		['DE LA TOUR', 'de La Tour'],
		["D'ORSANDE", "d'Orsande"],
		['D’ORSANDE', 'd’Orsande'],
		["O'BRIEN", "O'Brien"],
		["N'GUESSAN", "N'Guessan"],
		['MCDONALD', 'McDonald'],
		['McDonald', 'McDonald'],
		['VAN DER BERG', 'Van der Berg'],
		['ÉLOÏSE', 'Éloïse'],
		['de Villepin', 'de Villepin'],
		['Νίκος', 'Νίκος'],
		['Łukasz', 'Łukasz'],
		['E\u0301loi\u200bse\u202e', 'Éloise'],
		['NULL', 'Null'],
		['李', '李'],
	])('%s becomes %s', (written, read) => expect(readName(written)).toEqual({ value: read }));

	test('is asked about when it is not one, or passes for another', () => {
		expect(readName('0612345678').problem?.code).toBe('name_not_a_name');
		expect(readName('a@b.fr').problem?.code).toBe('name_not_a_name');
		expect(readName('Dup\u043ent').problem?.code).toBe('name_mixed_scripts');
		expect(readName('GÃ©rard')).toEqual({
			value: 'GÃ©rard',
			problem: { code: 'text_broken', fix: 'Gérard', otherwise: 'as_written' },
		});
		expect(readName('G\ufffdrard').problem).toMatchObject({ code: 'text_broken', fix: null });
	});
});

describe('a whole name', () => {
	test.each([
		['DUPONT Jean-Pierre', 'Dupont', 'Jean-Pierre'],
		['Jean-Pierre DUPONT', 'Dupont', 'Jean-Pierre'],
		['Mme LE GOFF Anne', 'Le Goff', 'Anne'],
		['Anne de LA TOUR', 'de La Tour', 'Anne'],
		['Dupont, Jean', 'Dupont', 'Jean'],
		['McDONALD Ann', 'McDonald', 'Ann'],
	])('%s has two parts', (written, familyName, givenName) => {
		expect(readFullName(written)).toEqual({ value: { familyName, givenName } });
	});

	test.each([
		['DUPONT JEAN', 'Dupont, Jean'],
		['DE LA TOUR ANNE', 'de La Tour, Anne'],
		['Jean Dupont', 'Dupont, Jean'],
		['Jean de La Tour', 'de La Tour, Jean'],
	])('%s is ambiguous: we propose %s', (written, fix) => {
		const { value, problem } = readFullName(written);
		expect(problem).toEqual({ code: 'name_order', fix, otherwise: 'as_written' });
		expect(readFullName(fix)).toEqual({ value });
	});

	test('alone, a word is not a whole name', () =>
		expect(readFullName('Cher').problem?.otherwise).toBe('refused'));
});

test('a name read is read the same again', () => {
	const letters = fc.stringMatching(/^[a-zA-ZéÉçÇ' -]{1,20}$/);
	fc.assert(
		fc.property(letters, (text) => {
			const { value } = readName(text);
			if (value !== null) expect(readName(value).value).toBe(value);
		}),
	);
});
