import { describe, expect, test } from 'vitest';
import { lexicons, wording } from '#platform/wording/index.ts';
import { neverLent, powers, usual } from './blueprint.ts';

describe('the structure offered at first', () => {
	const every = usual.kinds.flatMap(({ key, offices }) => offices.map((office) => ({ at: key, ...office })));

	test('gives no power that does not exist, and none twice to one office', () => {
		for (const { at, key, powers: given } of every) {
			expect([at, key, given.filter((power) => !(powers as readonly string[]).includes(power))]).toEqual([
				at,
				key,
				[],
			]);
			expect([at, key, new Set(given).size]).toEqual([at, key, given.length]);
		}
	});

	test('leaves no power without somebody at the top who may hold it, and somebody there keeps the rest', () => {
		const top = every
			.filter(({ at }) => at === usual.kinds.at(-1)!.key)
			.flatMap(({ powers: given }) => given);
		expect(powers.filter((power) => !top.includes(power))).toEqual([]);
		for (const power of ['settings.edit', 'kinds.edit', 'gates.edit'] as const)
			expect([power, every.filter(({ powers: given }) => given.includes(power)).map(({ at }) => at)]).toEqual(
				[power, ['national']],
			);
	});

	test('has one office that leads each level: without it, the unit has nobody', () => {
		for (const { key } of usual.kinds)
			expect([key, every.filter(({ at, leads }) => at === key && leads)]).toEqual([key, [expect.anything()]]);
	});

	test('never lends what takes people’s data out, or changes who holds power', () => {
		expect(neverLent.filter((power) => !(powers as readonly string[]).includes(power))).toEqual([]);
		for (const power of powers.filter((one) => /export|appoint|kinds|gates|settings/.test(one)))
			expect(neverLent).toContain(power);
	});

	test.each(['epicene', 'doublets', 'middot', 'masculine'] as const)(
		'is named in both languages, one and many, with no form left empty: %s',
		(inclusive) => {
			const house = {
				name: 'Essai',
				language: 'fr',
				address: 'tu',
				inclusive,
				lexicon: lexicons.coopol,
			} as const;
			const names = [...usual.kinds, ...every, ...usual.memberships].map(({ name }) => name);
			const said = (['fr', 'en'] as const).flatMap((language) => {
				const words = wording(house, undefined, language);
				return names.flatMap((name) =>
					(['one', 'many', 'a', 'the'] as const).map((slot) => words.noun(name, slot)),
				);
			});
			expect(said.filter((text) => !/^\p{L}[\p{L}\p{Pd}’' ·,()-]+$/u.test(text))).toEqual([]);
		},
	);

	test('grants membership by kinds of which one at least is offered to who comes', () => {
		expect(new Set(usual.memberships.map(({ grants }) => grants))).toEqual(
			new Set(['member', 'sympathiser']),
		);
		expect(usual.memberships.some(({ offered }) => offered)).toBe(true);
	});
});
