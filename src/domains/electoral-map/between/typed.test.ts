import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { journal, scene } from '#tests/traces.ts';
import { layTowns, layVillebrume, townLike } from '../sheet/towns.fixture.ts';
import { clearEntries, counted, figures, openBy, opening, roundsAt, stationAt } from './between.fixture.ts';

stage();

const people = {} as Record<CastName, Browser>;
beforeAll(async () => {
	await layVillebrume();
	await layTowns(townLike('X01002'));
	for (const name of ['odile', 'samuel', 'yamina', 'gerard', 'ines', 'leontine', 'driss', 'fanny'] as const)
		people[name] = await browser(name);
});
let tally = '';
beforeEach(async () => {
	await clearEntries();
	tally = await openBy(people.yamina);
});
const type = (who: CastName, n: number, ours: number, changed = {}) =>
	people[who].post(`${stationAt(tally, n)}?/enter`, figures(ours, changed));
const clear = (who: CastName, n: number) => people[who].post(`${stationAt(tally, n)}?/clear`);
const row = () =>
	asSystem('test', (tx) =>
		tx.one<{ settled: string | null; voters: number | null; entries: number }>(sql`select settled, voters,
			(select count(*)::int from electoral_map.tally_entry where tally_entry.key = tally_station.key) as entries
			from electoral_map.tally_station where key = 'X01001_0001'`),
	);

describe('a figure', () => {
	const wrong: [string, string | string[], string, string?][] = [
		['registered', '', 'entry_number'],
		['registered', '-5', 'entry_number'],
		['registered', '1000000', 'entry_number'],
		['registered', '1e3', 'entry_number'],
		['voters', 'six cents', 'entry_number'],
		['voters', '600,5', 'entry_number'],
		['blank', '٣', 'entry_number'],
		['spoilt', '0x5', 'entry_number'],
		['registered', '599', 'entry_voters_over', 'voters'],
		['blank', '596', 'entry_blank_over', 'blank'],
		['spoilt', '591', 'entry_blank_over', 'blank'],
		['blank', '11', 'entry_sum', 'votes.0'],
		['votes[]', ['200', ''], 'entry_number', 'votes.1'],
		['votes[]', ['-1', '586'], 'entry_number', 'votes.0'],
		['votes[]', ['200', '386'], 'entry_sum', 'votes.0'],
		['votes[]', ['200', '385', '0'], 'entry_sum', 'votes.0'],
	];
	test('that no ballot box gives is refused at its field, and all that was typed is kept', async () => {
		for (const [name, value, key, field = name] of wrong) {
			const { status, form } = await type('odile', 1, 200, { [name]: value });
			expect([name, value, status, form?.problems[0]]).toEqual([
				...[name, value, 422],
				`${field} electoral-map.${key}`,
			]);
			const { 'votes[]': votes, ...rest } = figures(200, { [name]: value } as never);
			expect(form?.values).toMatchObject({ ...rest, votes });
		}
		expect(await row()).toMatchObject({ entries: 0, settled: null });
		const { status, form } = await type('odile', 1, 200, { 'votes[]': [] });
		expect([status, form?.values]).toMatchObject([422, { voters: '600' }]);
	});

	test('typed with spaces, of any kind, is the same figure', async () => {
		await type('odile', 1, 200, { registered: '1 000', voters: ' 600 ' });
		await type('gerard', 1, 200, { registered: '1\u202f000', voters: '6\u00a000' });
		expect(await row()).toMatchObject({ settled: 'agreed', voters: 600 });
	});

	test('that only one of the five differs in is another count', async () => {
		await type('odile', 1, 200);
		for (const [n, changed] of [
			{ registered: '1001' },
			{ blank: '9', spoilt: '6' },
			{ voters: '601', spoilt: '6' },
			{ 'votes[]': ['385', '200'] },
		].entries()) {
			await type('gerard', 1, 200, changed);
			expect([n, (await row())?.settled]).toEqual([n, null]);
		}
	});

	test('of nobody at all, and of everybody, is a count like another', async () => {
		const none = { voters: '0', blank: '0', spoilt: '0', 'votes[]': ['0', '0'] };
		const full = { voters: '1000', blank: '1000', spoilt: '0', 'votes[]': ['0', '0'] };
		for (const who of ['odile', 'gerard'] as const) {
			await type(who, 1, 0, none);
			await type(who, 2, 0, full);
		}
		expect((await counted()).map(({ ours }) => ours)).toEqual([0, 0]);
		expect((await people.odile.get('/carte?ou=X01001&scrutin=2026_muni_t2')).status).toBe(200);
	});
});

describe('people who type', () => {
	test('of two towns: each sees the stations of their own, types there, and nowhere else', async () => {
		await scene(sql`delete from electoral_map.tally`);
		tally = await openBy(people.yamina, { place: idOf('valdorsande') });
		const there = `${tally}/X01002_0001`;
		expect((await people.yamina.get(tally)).main).toContain('0 bureau sur 28');
		expect((await people.odile.get(tally)).html).not.toContain('X01002');
		expect((await people.ines.get(tally)).html).not.toContain('X01001');
		expect((await people.odile.get(there)).status).toBe(404);
		expect((await people.odile.post(`${there}?/enter`, figures(200))).status).toBe(404);
		expect((await people.ines.post(`${there}?/enter`, figures(200))).status).toBe(303);
		expect((await type('ines', 1, 200)).status).toBe(404);
		const kept = await asSystem('test', (tx) =>
			tx.many(sql`select key, by_name as name from electoral_map.tally_entry`),
		);
		expect(kept).toEqual([{ key: 'X01002_0001', name: 'Inès Ouarzal' }]);
	});

	test('correct what they typed as often as they need: it stays one entry, the last', async () => {
		for (const ours of [190, 195, 200, 200]) await type('odile', 1, ours);
		expect((await row())?.entries).toBe(1);
		await type('gerard', 1, 195);
		expect((await row())?.settled).toBeNull();
		await type('gerard', 1, 200);
		expect((await row())?.settled).toBe('agreed');
	});

	test('of three, two agree: the third one’s slip is no matter', async () => {
		await type('odile', 1, 210);
		await type('gerard', 1, 200);
		await type('samuel', 1, 200);
		expect(await counted()).toMatchObject([{ ours: 200 }]);
		expect((await people.odile.get(stationAt(tally, 1))).main).toContain('385');
	});

	test('find no correction once it is settled, their own included; what they typed is not lost', async () => {
		for (const who of ['odile', 'gerard'] as const) await type(who, 1, 200);
		for (const who of ['odile', 'gerard', 'yamina'] as const) {
			const { status, form } = await type(who, 1, 201);
			expect([who, status, form?.problems]).toEqual([who, 409, [' electoral-map.entry_settled']]);
			expect(form?.values).toMatchObject({ votes: ['201', '384'] });
		}
		expect(await counted()).toMatchObject([{ ours: 200 }]);
	});

	test('are led to the next station they have to type, and told when none is left', async () => {
		const next = async (who: CastName, n: number) =>
			(await type(who, n, 200)).to?.match(/_(\d+)\?/)?.[1]?.replace(/^0+/, '');
		expect(await next('odile', 14)).toBe('1');
		expect(await next('odile', 2)).toBe('3');
		expect(await next('odile', 1)).toBe('3');
		for (let n = 3; n <= 12; n++) await next('odile', n);
		expect(await next('odile', 13)).toBe('13');
	});
});

describe('an officer', () => {
	test('above decides as well, once two differ; one beside, or of elsewhere, finds nothing', async () => {
		await type('odile', 1, 200);
		await type('gerard', 1, 210);
		for (const who of ['driss', 'fanny'] as const) {
			expect([who, (await type(who, 1, 205)).status]).toEqual([who, 404]);
			expect([who, (await clear(who, 1)).status]).toEqual([who, 404]);
		}
		expect((await row())?.entries).toBe(2);
		await type('leontine', 1, 205);
		expect((await row())?.settled).toBe('decided');
		const [line] = (await journal('electoral-map.tally_decide')).slice(-1);
		expect(line).toMatchObject({ actor: idOf('leontine'), detail: { station: 'X01001_0001' } });
	});

	test('who agrees with one of the two settles it as two people do: that is no decision', async () => {
		const before = (await journal('electoral-map.tally_decide')).length;
		await type('odile', 1, 200);
		await type('gerard', 1, 210);
		await type('yamina', 1, 210);
		expect((await row())?.settled).toBe('agreed');
		expect((await journal('electoral-map.tally_decide')).length).toBe(before);
	});

	test('empties a station: who typed types anew, from nothing; emptied twice, it is once in the journal', async () => {
		for (const who of ['odile', 'gerard'] as const) await type(who, 1, 200);
		const before = (await journal('electoral-map.tally_clear')).length;
		for (let n = 0; n < 2; n++) await clear('yamina', 1);
		expect((await journal('electoral-map.tally_clear')).length).toBe(before + 1);
		expect(await row()).toEqual({ settled: null, voters: null, entries: 0 });
		expect((await people.odile.get(stationAt(tally, 1))).field('voters')).toBe('');
		expect((await clear('yamina', 99)).status).toBe(404);
	});

	test('opens a round with what they typed kept when it is refused', async () => {
		const typed = { ...opening, lists: 'A\nB\nA', year: '2027' };
		const { form } = await people.yamina.post(`${roundsAt}?/open`, typed);
		expect(form?.problems).toEqual(['lists electoral-map.tally_lists_twice']);
		expect(form?.values).toMatchObject({ lists: 'A\r\nB\r\nA', year: '2027' });
		const many = Array.from({ length: 61 }, (_, n) => `Liste ${n}`).join('\n');
		for (const [changed, key] of [
			[{ lists: many }, 'lists electoral-map.tally_lists_many'],
			[{ kind: 'plebiscite' }, 'kind electoral-map.tally_kind'],
			[{ round: '3' }, 'round electoral-map.tally_round'],
			[{ year: '1899' }, 'year electoral-map.tally_year'],
			[{ place: 'X01003' }, 'place electoral-map.tally_no_stations'],
			[{ place: '75056' }, 'place electoral-map.tally_no_place'],
			[{ place: idOf('villebrume') }, 'place electoral-map.tally_no_place'],
			[{ place: '2026_muni' }, 'place electoral-map.tally_no_place'],
		] as const)
			expect(await openBy(people.yamina, { year: '2027', ...changed })).toContain(key);
		expect(await openBy(people.driss, { year: '2027' })).not.toContain('/carte/saisie/');
	});
});
