import type * as v from 'valibot';
import { expect, test } from 'vitest';
import { parse } from '#platform/http/form.ts';
import { themeFrom } from '#ui/theme.ts';
import { blueprintFrom, LevelsForm, levelsFrom, usualLevels } from './founding/levels.ts';
import { ColourForm, NameForm } from './identity.ts';
import { EntryForm } from './lexicon.ts';
import { favicon, keptFor } from './look.ts';
import { OidcForm } from './oidc.ts';

const problem = <S extends v.GenericSchema>(schema: S, input: unknown) => {
	try {
		return parse(schema, input);
	} catch (error) {
		return (error as { problems: { field: string; key: string }[] }).problems.map(
			({ field, key }) => `${field}: ${key}`,
		);
	}
};

test('any colour is taken, and always gives a theme; what is no colour is said', () => {
	for (const colour of ['#000', 'FFF', '#ffff00', '7A1FA2', ' #00616c ']) {
		const taken = problem(ColourForm, { colour }) as { colour: string };
		expect(taken.colour).toMatch(/^#[0-9a-f]{6}$/);
		expect(() => themeFrom(taken.colour)).not.toThrow();
	}
	for (const colour of ['', 'red', '#12345', '#1234567', 'url(x)', '#00000g', 12, undefined]) {
		expect(problem(ColourForm, { colour })).toEqual(['colour: admin.colour_shape']);
	}
});

test('a name is one plain line', () => {
	expect(problem(NameForm, { name: ' La  Rive\u202e\ncommune ' })).toMatchObject({ name: 'La Rive commune' });
	expect(problem(NameForm, { name: '   ' })).toEqual(['name: admin.name_missing']);
	expect(problem(NameForm, { name: 'x'.repeat(10_000) })).toEqual(['name: admin.name_long']);
});

test('a noun takes no brace, tag, control sign, nor a book', () => {
	const noun = { gender: 'f', one_f: 'amie' };
	for (const bad of ['{x}', '<b>', 'a\u202eb', 'a\0b'])
		expect(problem(EntryForm, { ...noun, one_f: bad })).toEqual(['one_f: territory.kind_word_signs']);
	expect(problem(EntryForm, { ...noun, one_f: 'x'.repeat(61) })).toEqual([
		'one_f: territory.kind_word_too_long',
	]);
	expect(problem(EntryForm, { ...noun, gender: 'x' })).toEqual(['gender: territory.kind_choose_gender']);
});

test('a sign-in service is reached over https, without credentials in its address', () => {
	const sound = { issuer: 'https://id.rive.example', clientId: 'coopol', label: 'Compte', version: '' };
	expect(problem(OidcForm, sound)).toMatchObject(sound);
	for (const issuer of [
		'http://id.rive.example',
		'javascript:alert(1)',
		'https://a:b@id.example',
		'https://id.example/?x=1',
		'id.example',
		'',
	]) {
		expect(problem(OidcForm, { ...sound, issuer })).toEqual(['issuer: admin.oidc_issuer']);
	}
});

const rows = (...names: string[]) => parse(LevelsForm, { one: names });

test('two to five levels are laid, the widest first; English follows when nobody wrote it', () => {
	expect(levelsFrom(rows('union', 'syndicat', '')).map(({ one, en_many }) => [one, en_many])).toEqual([
		['union', 'unions'],
		['syndicat', 'syndicats'],
	]);
	for (const count of [2, 3, 4, 5]) {
		const { kinds } = blueprintFrom(levelsFrom(rows(...['a', 'b', 'c', 'd', 'e'].slice(0, count))), 'union');
		expect(kinds.map(({ name }) => name.fr.one_f).toReversed()).toEqual(
			['a', 'b', 'c', 'd', 'e'].slice(0, count),
		);
		expect(new Set(kinds.map(({ key }) => key)).size).toBe(count);
		expect(
			kinds
				.at(-1)!
				.offices.some(({ powers }) => powers.includes('settings.edit') && powers.includes('kinds.edit')),
		).toBe(true);
		expect(kinds.every(({ offices }) => offices.some(({ leads }) => leads))).toBe(true);
	}
	expect(blueprintFrom(usualLevels, 'coopol').kinds.map(({ key }) => key)).toEqual([
		'section',
		'federation',
		'region',
		'national',
	]);
	expect(blueprintFrom(usualLevels, 'union').memberships.map(({ key }) => key)).toEqual([
		'member',
		'sympathiser',
	]);
});

test('levels that cannot be are said at their row', () => {
	const said = (work: () => unknown) => {
		try {
			return work();
		} catch (error) {
			return (error as { problems: unknown[] }).problems;
		}
	};
	expect(said(() => levelsFrom(rows('seul')))).toEqual([{ field: 'one-0', key: 'admin.found_levels_two' }]);
	expect(said(() => levelsFrom(rows()))).toEqual([{ field: 'one-0', key: 'admin.found_levels_two' }]);
	expect(said(() => levelsFrom(rows('a', '', 'A', 'b')))).toEqual([
		{ field: 'one-2', key: 'admin.found_level_twice' },
	]);
	expect(said(() => levelsFrom(parse(LevelsForm, { one: ['a', 'b', ''], many: ['', '', 'c'] })))).toEqual([
		{ field: 'one-2', key: 'admin.found_level_missing' },
	]);
	expect(problem(LevelsForm, { one: ['a', 'b', 'c', 'd', 'e', 'f'] })).toEqual(['one: app.invalid_value']);
	expect(problem(LevelsForm, { one: ['{a}'] })).toEqual(['one.0: admin.found_word_signs']);
});

test('the sign in the tab follows the colour and is kept for its version only', () => {
	expect(favicon('#7a1fa2')).toContain('<rect width="32" height="32" rx="8"');
	expect(favicon('#7a1fa2')).not.toBe(favicon('#00616c'));
	const house = { themeVersion: 'abc' } as never;
	expect(keptFor(house, '?abc')).toContain('immutable');
	expect(keptFor(house, '?old')).not.toContain('immutable');
});
