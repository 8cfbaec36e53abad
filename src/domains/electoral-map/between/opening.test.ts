import { beforeAll, beforeEach, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { stage } from '#tests/stage.ts';
import { faults, refused } from '#tests/traces.ts';
import { SayForm } from '../loading/settle.ts';
import { layTowns, layVillebrume, townLike } from '../sheet/towns.fixture.ts';
import { clearEntries, layOfficial, opening, roundsAt } from './between.fixture.ts';

stage();

const tables = ['electoral_map.tally', 'electoral_map.tally_station'];
let yamina: Browser;
beforeAll(async () => {
	await layVillebrume();
	await layTowns(townLike('X01002'));
	yamina = await browser('yamina');
});
beforeEach(() => clearEntries());
const open = (more: Record<string, string> = {}) => yamina.post(`${roundsAt}?/open`, { ...opening, ...more });
const problemsOf = async (more: Record<string, string> = {}) => {
	let found: string[] = [];
	const why = await refused(tables, async () => {
		found = (await open(more)).form?.problems ?? [];
	});
	expect(why).toBe('done');
	return found;
};

test('an entry of a round whose official figures are there already is not opened, and what was typed stays', async () => {
	await layOfficial('X01001_0001');
	expect(await problemsOf()).toEqual(['place electoral-map.tally_official']);
	const page = await open();
	expect(page.field('lists')).toContain('Le Pont des voisins');
	expect(page.field('place')).toBe('X01001');
	expect((await open({ place: 'X01002' })).to).toContain('/carte/saisie/');
});

test('a ground of more stations than a page can hold is refused, and says how many it can', async () => {
	const stations = (from: number, to: number) =>
		asSystem('test', (tx) =>
			tx.run(sql`insert into electoral_map.count (source_id, key, commune, registered, voters, blank, spoilt, valid, votes, slate)
				select count.source_id, 'X01001_' || lpad(n::text, 4, '0'), 'X01001', 1000, 600, 10, 5, 585, count.votes, count.slate
				from electoral_map.count join electoral_map.source on source.id = count.source_id
				cross join generate_series(${from}::int, ${to}::int) as n
				where count.key = 'X01001_0001' and source.state = 'current' on conflict do nothing`),
		);
	await stations(1001, 4100);
	const page = await open();
	expect(page.form!.problems).toEqual(['place electoral-map.tally_too_wide']);
	expect(page.main).toMatch(/3.000/);
	await asSystem('test', (tx) =>
		tx.run(sql`delete from electoral_map.count where key >= 'X01001_1001' and commune = 'X01001'`),
	);
	expect((await open()).to).toContain('/carte/saisie/');
});

test('the round of a file is said as the map writes it, or not at all', () => {
	for (const election of ['2026_muni_t2', '1999_euro_t1', ''])
		expect([election, faults(SayForm, { election })]).toEqual([election, []]);
	for (const election of [
		'2026',
		'2126_muni_t1',
		'2026_MUNI_t1',
		'2026_muni',
		'2026_muni_t12',
		"2026_muni_t1'--",
		'2026_m_t1',
	])
		expect([election, faults(SayForm, { election })]).toEqual([
			election,
			['election electoral-map.sending_election_shape'],
		]);
});
