import { expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { welcome } from '../belonging/welcome.ts';
import { territoryPrivacy } from '../privacy.ts';
import { officesApi } from './api.ts';
import { candidates } from './candidates.ts';
import { claim, decideClaim } from './claims.ts';
import { acceptHandover, proposeHandover } from './handover.ts';
import { handoverPage, ownTerms } from './handover-page.ts';
import { bureauOf, officesToFill } from './queries.ts';
import { claimsToDecide, ownHandovers, unitsWithoutOfficer } from './responsibilities.ts';
import { twentyMinutes } from './twenty-minutes.ts';

stage();

const castelmauve = idOf('castelmauve');

test('a unit says that it has nobody, and who leads it otherwise', async () => {
	const bare = await bureauOf(await as('noemie'), castelmauve);
	expect([bare.unit.led, bare.unit.may.claim, bare.officers]).toEqual([false, true, []]);
	const led = await bureauOf(await as('odile'), idOf('villebrume'));
	expect([led.unit.led, led.unit.may.claim]).toEqual([true, false]);
	expect(led.officers.map(({ personId }) => personId)).toEqual([idOf('samuel')]);
	expect(led.past.map(({ personId }) => personId)).toEqual([idOf('gerard')]);
	for (const name of ['visitor', 'awa', 'thibaud', 'josiane'] as const) {
		expect([name, await outcome(bureauOf(await as(name), castelmauve))]).toEqual([name, 'NotFound']);
	}
	expect(await outcome(bureauOf(await as('odile'), idOf('nowhere')))).toBe('NotFound');
});

test('each officer sees the units without officer of their own territory', async () => {
	const names = async (who: Parameters<typeof as>[0], after: string | null = null) =>
		(await unitsWithoutOfficer(await as(who), after)).rows.map(({ id }) => id);
	expect(await names('yamina')).toEqual([castelmauve, idOf('montclairval')]);
	expect((await unitsWithoutOfficer(await as('yamina'))).count).toBe(2);
	expect(await names('driss')).toEqual([]);
	expect((await names('sabrina')).length).toBe(3);
	for (const name of ['odile', 'samuel', 'visitor'] as const)
		expect([name, await names(name)]).toEqual([name, []]);
	expect((await unitsWithoutOfficer(await as('yamina', { factor: false }))).count).toBe(0);
	expect(await names('yamina', 'not a cursor')).toEqual([castelmauve, idOf('montclairval')]);
});

test('the week shows three things at most, each closes, and then all is done', async () => {
	const id = await claim(await as('noemie'), { unit: castelmauve, reason: 'Pour les marchés' });
	const before = await twentyMinutes(await as('yamina'));
	expect(before.tasks.map(({ kind }) => kind)).toEqual(['claim', 'newcomer']);
	expect((await claimsToDecide(await as('yamina'))).count).toBe(1);
	expect((await claimsToDecide(await as('driss'))).count).toBe(0);
	await decideClaim(await as('yamina'), { claim: id, answer: 'refuse', decision: 'Parlons-nous d’abord' });
	await welcome(await as('samuel'), idOf('villebrume'), { person: idOf('mathis'), greeting: '' });
	expect(await twentyMinutes(await as('yamina'))).toEqual({ tasks: [], count: 0 });
	expect(await twentyMinutes(await as('samuel', { factor: false }))).toEqual({ tasks: [], count: 0 });
	await asSystem('test', (tx) =>
		tx.run(sql`update territory.attachment set welcomed_at = null where unit_id = ${idOf('villebrume')}`),
	);
	const many = await twentyMinutes(await as('samuel'));
	expect([many.tasks.length, many.count > 3]).toEqual([3, true]);
});

test('a handover shows what passes to its two people, and waits for the right one', async () => {
	const [term] = await ownTerms(await as('samuel'));
	const id = await proposeHandover(await as('samuel'), { term: term!.id, person: idOf('odile'), note: '' });
	const page = await handoverPage(await as('odile'), id);
	expect([page.mine, page.passes.people > 0, page.passes.powers.includes('unit.edit')]).toEqual([
		'to',
		true,
		true,
	]);
	expect((await twentyMinutes(await as('odile'))).tasks.map(({ kind }) => kind)).toEqual(['handover']);
	expect((await twentyMinutes(await as('samuel'))).tasks.map(({ kind }) => kind)).not.toContain('handover');
	await acceptHandover(await as('odile'), { handover: id });
	expect((await ownHandovers(await as('samuel')))[0]!.accepted).toBe(true);
	for (const name of ['ines', 'mathis', 'driss', 'visitor'] as const) {
		expect([name, await outcome(handoverPage(await as(name), id))]).toEqual([name, 'NotFound']);
	}
});

test('people are found by name among those one may see, in the unit or below', async () => {
	const found = async (who: Parameters<typeof as>[0], text: string, unit = 'villebrume') =>
		(await candidates(await as(who), idOf(unit), text)).map(({ id }) => id);
	expect(await found('samuel', 'fabreg')).toEqual([idOf('odile')]);
	expect(await found('bertrand', 'FABRÈG', 'valdorsande')).toEqual([idOf('odile')]);
	expect(await found('samuel', 'ouarzal', 'montclairval')).toEqual([]);
	expect(await found('driss', 'fabreg', 'valdorsande')).toEqual([]);
	expect(await candidates(await as('samuel'), 'no unit', 'fabreg')).toEqual([]);
	expect([await found('samuel', ''), await found('samuel', '%'), await found('visitor', 'fabreg')]).toEqual([
		[],
		[],
		[],
	]);
	expect(await outcome(officesToFill(await as('odile'), idOf('villebrume')))).toBe('NotFound');
	expect((await officesToFill(await as('yamina'), idOf('villebrume'))).length).toBe(2);
	expect((await officesToFill(await as('yamina'), idOf('valdorsande'))).length).toBe(2);
});

test('the API lists officers, takes a claim, and says one’s powers', async () => {
	const call = async (
		name: keyof typeof officesApi,
		who: Parameters<typeof as>[0],
		input: object,
		params: Record<string, string> = {},
	) => officesApi[name].act(await as(who), input as never, params);
	const officers = (await call(
		'GET /api/v1/units/[id]/officers',
		'odile',
		{},
		{ id: idOf('villebrume') },
	)) as { officers: { person: { name: string } }[] };
	expect(officers.officers.length).toBe(1);
	expect(Object.keys(officers.officers[0]!)).not.toContain('personId');
	const { id } = (await call(
		'POST /api/v1/units/[id]/claim',
		'noemie',
		{ reason: '' },
		{ id: castelmauve },
	)) as { id: string };
	expect(
		await outcome(
			call('POST /api/v1/claims/[id]/decide', 'odile', { answer: 'grant', decision: '' }, { id }),
		),
	).toBe('NotFound');
	await call('POST /api/v1/claims/[id]/decide', 'yamina', { answer: 'refuse', decision: '' }, { id });
	const { held } = (await call('GET /api/v1/powers', 'samuel', {})) as { held: { power: string }[] };
	expect(held.map(({ power }) => power)).toContain('unit.edit');
	expect(await call('GET /api/v1/powers', 'odile', {})).toEqual({ held: [] });
});

test('a person takes away everything about their offices, and leaves nothing but the history', async () => {
	await asSystem('test', (tx) =>
		tx.run(sql`insert into territory.loan (id, lender_id, borrower_id, unit_id, powers, ends_at)
		values (${idOf('a loan')}, ${idOf('samuel')}, ${idOf('odile')}, ${idOf('villebrume')}, '{unit.edit}', now() + interval '3 days')`),
	);
	const gathered = await asSystem('test', (tx) => territoryPrivacy.gather(tx, idOf('samuel')));
	expect(Object.keys(gathered)).toEqual(
		expect.arrayContaining(['offices', 'claims', 'handovers', 'loans', 'belonging', 'invitations']),
	);
	expect([gathered.offices!.length, gathered.handovers!.length, gathered.loans!.length]).toEqual([1, 1, 1]);
	await asSystem('erasure', (tx) => territoryPrivacy.erase(tx, idOf('samuel')));
	const after = await asSystem('test', (tx) => territoryPrivacy.gather(tx, idOf('samuel')));
	expect([after.handovers, after.loans, after.claims, after.belonging]).toEqual([[], [], [], []]);
	expect((after.offices as { ends_at: Date | null }[])[0]!.ends_at).not.toBe(null);
	const later = new Date(Date.now() + 4 * 365 * 86_400_000);
	const dry = await asSystem('test', (tx) => territoryPrivacy.retain!(tx, later, true));
	expect(dry['territory.claim']).toBeGreaterThan(0);
	expect(await asSystem('test', (tx) => territoryPrivacy.retain!(tx, later, false))).toEqual(dry);
	expect((await asSystem('test', (tx) => territoryPrivacy.retain!(tx, later, true)))['territory.claim']).toBe(
		0,
	);
});
