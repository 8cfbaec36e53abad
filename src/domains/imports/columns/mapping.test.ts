import { describe, expect, test } from 'vitest';
import { checkMapping } from './mapping.ts';
import { recognise } from './recognise.ts';

describe('the columns of a list of units', () => {
	test.each([
		['code', 'Code'],
		['name', 'Nom de la section'],
		['kind', 'Type'],
		['parentCode', 'Code parent'],
		['parentName', 'Rattachée à'],
		['communes', 'Communes couvertes'],
		['communes', 'Codes INSEE'],
		['email', 'Courriel'],
		['website', 'Site internet'],
	])('%s is recognised: %s', (field, name) => {
		expect(recognise('units', [name], [])).toMatchObject([{ field, certainty: 'sure' }]);
	});
});

describe('what the person chooses', () => {
	const guesses = recognise('members', ['Nom', 'Mail', 'x'], []);
	test('is accepted when sound', () => {
		const result = checkMapping('members', guesses, ['familyName', 'email', null]);
		expect(result).toEqual({ ok: true, mapping: { columns: { familyName: 0, email: 1 } } });
	});
	test('is refused with all that is wrong', () => {
		expect(checkMapping('members', guesses, ['email', 'email', 'religion'])).toEqual({
			ok: false,
			problems: [
				{ code: 'unknown_field', column: 2 },
				{ code: 'field_twice', field: 'email', columns: [0, 1] },
				{ code: 'field_missing', oneOf: ['familyName', 'fullName'] },
			],
		});
	});
});
