import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { asSystem, read } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { browser } from '#tests/browse.ts';
import { idOf, units } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { refused, scene } from '#tests/traces.ts';
import { sectionsFor } from '../units/card.ts';
import { coverZones, setCoverage } from '../units/coverage.ts';
import { findCommunes, frenchZones, loadZones } from './index.ts';

stage();

/** A France of six departments: the three cities with districts, an island, an overseas land, and a homonym. */
const kept = /^(75|69|13|2A|974|988|93)/;
beforeAll(async () => {
	const zones = (await Array.fromAsync(frenchZones())).filter(
		({ kind, code }) => !kind.endsWith('commune') || kept.test(code),
	);
	await asSystem('zones', (tx) =>
		loadZones(
			tx,
			zones.filter(({ kind, code }) => !kind.startsWith('municipal') || kept.test(code)),
		),
	);
}, 60_000);

const found = async (typed: string) => findCommunes(await as('visitor'), typed);
const first = async (typed: string) => (await found(typed))[0]?.name;

describe('what people type for where they live', () => {
	test.each([
		['Paris 13e', 'Paris 13e Arrondissement'],
		['paris 13', 'Paris 13e Arrondissement'],
		['PARIS 20E ARRONDISSEMENT', 'Paris 20e Arrondissement'],
		['Lyon 3e', 'Lyon 3e Arrondissement'],
		['lyon 3', 'Lyon 3e Arrondissement'],
		['Marseille 8e', 'Marseille 8e Arrondissement'],
		['75116', 'Paris 16e Arrondissement'],
		['Paris 75013', 'Paris 13e Arrondissement'],
		['13008 Marseille', 'Marseille 8e Arrondissement'],
		['ajaccio', 'Ajaccio'],
		['20000', 'Ajaccio'],
		['noumea', 'Nouméa'],
		['98800', 'Nouméa'],
		['St Denis 97400', 'Saint-Denis'],
		['l’ile-saint-denis', 'L’Île-Saint-Denis'],
	])('%s is %s', async (typed, name) => {
		expect((await first(typed))?.replaceAll("'", '’')).toBe(name);
	});

	test('two places of one name are told apart by their department', async () => {
		const places = (await found('Saint-Denis')).filter(({ name }) => name === 'Saint-Denis');
		expect(places.map(({ within }) => within).toSorted()).toEqual(['La Réunion', 'Seine-Saint-Denis']);
		expect(new Set(places.map(({ id }) => id)).size).toBe(2);
	});

	test('nothing is proposed twice, and never more than eight', async () => {
		for (const typed of ['paris', 'lyon', 'saint', '13', 'marseille 1']) {
			const ids = (await found(typed)).map(({ id }) => id);
			expect([typed, ids.length]).toEqual([typed, new Set(ids).size]);
			expect(ids.length).toBeLessThanOrEqual(8);
		}
	});

	test('the field of the page gets the same, for a visitor too, and nothing for signs that are no name', async () => {
		const visitor = await browser('visitor');
		const page = async (typed: string) =>
			(await visitor.get(`/communes?q=${encodeURIComponent(typed)}`)).html;
		expect(await page('Paris 13e')).toContain('Paris 13e Arrondissement');
		for (const nasty of ['%', "'; drop table territory.zone --", '<script>', '\u0000'])
			expect(JSON.parse((await page(nasty)) || '[]')).toEqual([]);
	});
});

describe('which section is here', () => {
	const idFor = async (typed: string) => (await found(typed))[0]!.id;
	const here = async (typed: string) => {
		const visitor = await as('visitor');
		const id = await idFor(typed);
		return (await read(visitor, (tx) => sectionsFor(tx, visitor, id))).map(({ name }) => name);
	};
	const covers = async (unit: 'villebrume' | 'montclairval' | 'valdorsande', ...typed: string[]) => {
		const who = await as(unit === 'valdorsande' ? 'bertrand' : 'yamina');
		await setCoverage(who, idOf(unit), await Promise.all(typed.map(idFor)));
	};
	beforeEach(() => scene(sql`delete from territory.coverage`));

	test('a section of a whole city answers for each of its districts', async () => {
		await covers('villebrume', 'lyon');
		for (const typed of ['lyon', 'Lyon 3e', '69009'])
			expect([typed, await here(typed)]).toEqual([typed, [units.villebrume.name]]);
		expect(await here('Marseille 8e')).toEqual([]);
	});

	test('sections of districts answer for the city, all of them; each district has its own', async () => {
		await covers('villebrume', 'Paris 13e');
		await covers('montclairval', 'Paris 20e');
		expect((await here('paris')).toSorted()).toEqual([units.montclairval.name, units.villebrume.name]);
		expect(await here('Paris 20e')).toEqual([units.montclairval.name]);
	});

	test('a district without its own is answered by who covers the city', async () => {
		await covers('villebrume', 'Paris 13e');
		await covers('valdorsande', 'paris');
		expect([await here('Paris 13e'), await here('Paris 14e')]).toEqual([
			[units.villebrume.name],
			[units.valdorsande.name],
		]);
	});

	test('two sections that cover one place are both given, and a closed one is not', async () => {
		await covers('villebrume', 'ajaccio');
		await covers('montclairval', 'ajaccio');
		expect((await here('ajaccio')).toSorted()).toEqual([units.montclairval.name, units.villebrume.name]);
		await scene(sql`update territory.unit set closed_at = now() where unit.id = ${idOf('montclairval')}`);
		expect(await here('ajaccio')).toEqual([units.villebrume.name]);
		await scene(sql`update territory.unit set closed_at = null where unit.id = ${idOf('montclairval')}`);
	});

	test('a homonym is never covered by mistake: the island’s Saint-Denis is not the other', async () => {
		await covers('villebrume', 'Saint-Denis 974');
		expect([await here('Saint-Denis 974'), await here('Saint-Denis 93')]).toEqual([
			[units.villebrume.name],
			[],
		]);
	});

	test('who answers for a section does not draw its borders; an unknown zone changes nothing', async () => {
		const covered = ['territory.coverage'];
		const id = await idFor('ajaccio');
		const [samuel, yamina, driss] = [await as('samuel'), await as('yamina'), await as('driss')];
		expect(await refused(covered, () => setCoverage(samuel, idOf('villebrume'), [id]))).toBe('Forbidden');
		expect(await refused(covered, () => setCoverage(driss, idOf('villebrume'), [id]))).toBe('Forbidden');
		for (const zone of ['commune:0', '', "x' or true --"])
			expect(await refused(covered, () => setCoverage(yamina, idOf('villebrume'), [id, zone]))).toBe(
				'Invalid: zones territory.zone_unknown',
			);
		const typed = (commune: string) => coverZones(yamina, idOf('villebrume'), { zones: [''], commune });
		expect(await refused(covered, () => typed('zzqxwv'))).toBe('Invalid: zones territory.zone_unknown');
		await typed('Paris 13e');
		expect(await here('Paris 13e')).toEqual([units.villebrume.name]);
	});

	test('two officers cover one place at once: what one of them chose, whole', async () => {
		const [paris, lyon] = [await idFor('Paris 13e'), await idFor('lyon')];
		const [yamina, bertrand] = [await as('yamina'), await as('bertrand')];
		await Promise.all([
			setCoverage(yamina, idOf('villebrume'), [paris]),
			setCoverage(bertrand, idOf('villebrume'), [lyon]),
		]);
		const zones = await asSystem('test', (tx) =>
			tx.many<{ zone_id: string }>(sql`select zone_id from territory.coverage`),
		);
		expect([[paris], [lyon]]).toContainEqual(zones.map(({ zone_id }) => zone_id));
	});
});
