import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Browser, browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { journal, meeting, told } from '#tests/traces.ts';
import { layVillebrume } from '../sheet/towns.fixture.ts';
import { betweenApi } from './api.ts';
import { clearEntries, counted, figures, openBy, roundsAt, stationAt } from './between.fixture.ts';
import { turnTally } from './open.ts';

stage();

const people = {} as Record<CastName, Browser>;
beforeAll(async () => {
	await layVillebrume();
	for (const name of ['odile', 'samuel', 'yamina', 'leontine', 'driss', 'mathis'] as const)
		people[name] = await browser(name);
});
let tally = '';
beforeEach(async () => {
	await clearEntries();
	tally = await openBy(people.yamina);
});
const idIn = (at: string) => at.split('/').at(-1) ?? '';
const turn = (who: CastName, at: string, how: string) => people[who].post(`${at}?/turn`, { turn: how });
const settle = async (at: string, n: number, ours: number) => {
	for (const who of ['odile', 'samuel'] as const)
		await people[who].post(`${stationAt(at, n)}?/enter`, figures(ours));
};
const byProgram = async (who: CastName) =>
	told(
		betweenApi['PUT /api/v1/map/tallies/[id]/stations/[key]']!.act(
			await as(who),
			{ registered: 1000, voters: 600, blank: 10, spoilt: 5, votes: [200, 385] },
			{ id: idIn(tally), key: 'X01001_0001' },
		),
	);

describe('an entry that was withdrawn', () => {
	test('does not exist for who typed in it: page, station, form, program, lists', async () => {
		await settle(tally, 1, 200);
		await turn('yamina', tally, 'withdraw');
		for (const at of [tally, stationAt(tally, 1)])
			expect([at, (await people.odile.get(at)).status]).toEqual([at, 404]);
		expect((await people.odile.post(`${stationAt(tally, 2)}?/enter`, figures(200))).status).toBe(404);
		expect((await people.odile.post(`${stationAt(tally, 2)}?/clear`)).status).toBe(404);
		expect((await turn('odile', tally, 'resume')).status).toBe(404);
		expect(await byProgram('odile')).toBe('NotFound');
		const listed = await people.odile.send('GET', '/api/v1/map/tallies');
		expect(JSON.parse(listed.html)).toEqual({ items: [] });
		expect((await people.odile.get('/carte/saisie')).main).not.toContain('Fédération');
	});

	test('is still there for who answers for its ground, who is told why nobody types', async () => {
		await turn('yamina', tally, 'withdraw');
		expect((await people.yamina.get(tally)).status).toBe(200);
		expect(await byProgram('yamina')).toBe('Conflict: electoral-map.entry_closed');
		// The region stands above the federation: it answers for it too.
		expect((await turn('leontine', tally, 'resume')).to).toBe(tally);
		expect((await people.odile.get(tally)).status).toBe(200);
	});

	test('leaves its place to another one, and does not come back beside it', async () => {
		await settle(tally, 1, 200);
		await turn('yamina', tally, 'withdraw');
		const other = await openBy(people.samuel, { unit: idOf('villebrume') });
		expect(other).toContain('/carte/saisie/');
		await settle(other, 1, 300);
		const refused = await turn('yamina', tally, 'resume');
		expect(refused.form?.problems).toEqual([' electoral-map.tally_already']);
		expect(refused.main).toContain('Une saisie de ce tour est déjà ouverte ici');
		expect(await counted()).toMatchObject([{ ours: 300 }]);
		await turn('samuel', other, 'withdraw');
		await turn('yamina', tally, 'resume');
		expect(await counted()).toMatchObject([{ ours: 200 }]);
	});

	test('and another one, brought back at the same instant: one of the two is', async () => {
		await turn('yamina', tally, 'withdraw');
		const other = await openBy(people.samuel, { unit: idOf('villebrume') });
		await turn('samuel', other, 'withdraw');
		const [yamina, samuel] = [await as('yamina'), await as('samuel')];
		const said = await meeting(
			'electoral_map.tally',
			() => told(turnTally(yamina, idIn(tally), 'resume')),
			() => told(turnTally(samuel, idIn(other), 'resume')),
		);
		expect(said.toSorted()).toEqual(['Conflict: electoral-map.tally_already', 'done']);
	});
});

describe('an entry that was closed', () => {
	test('keeps its town: nobody opens another', async () => {
		await turn('yamina', tally, 'close');
		expect(await openBy(people.samuel, { unit: idOf('villebrume') })).toContain('tally_already');
		expect(await byProgram('odile')).toBe('Conflict: electoral-map.entry_closed');
	});

	test('is not emptied station by station, and says what was typed is kept', async () => {
		await settle(tally, 1, 200);
		await turn('yamina', tally, 'close');
		const cleared = await people.yamina.post(`${stationAt(tally, 1)}?/clear`);
		expect(cleared.form?.problems).toEqual([' electoral-map.entry_closed']);
		const typed = await people.odile.post(`${stationAt(tally, 2)}?/enter`, figures(201));
		expect(typed.form?.values).toMatchObject({ voters: '600', votes: ['201', '384'] });
		expect(await counted()).toHaveLength(1);
	});

	test('twice, it is closed once and written once in the journal', async () => {
		const before = (await journal('electoral-map.tally_close')).length;
		for (let n = 0; n < 3; n++) await turn('yamina', tally, 'close');
		const lines = (await journal('electoral-map.tally_close')).slice(before);
		expect(lines).toMatchObject([{ actor: idOf('yamina'), subject: idIn(tally) }]);
	});

	test('by nobody from elsewhere: officer of another federation, sympathiser, a turn that is none', async () => {
		for (const who of ['driss', 'mathis'] as const)
			expect([who, (await turn(who, tally, 'close')).status]).toEqual([who, 404]);
		expect((await turn('yamina', tally, 'burn')).form?.problems).toHaveLength(1);
		expect((await people.yamina.get(tally)).main).toContain('0 bureau sur 14');
		expect((await people.driss.get(roundsAt)).main).not.toContain('Villebrume');
	});
});
