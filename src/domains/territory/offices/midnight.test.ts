import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { asSystem, type Tx } from '#platform/db.ts';
import { parse } from '#platform/http/parse.ts';
import { sql } from '#platform/sql.ts';
import { formatDate } from '#platform/wording/dates.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { faults, scene, told } from '#tests/traces.ts';
import { standClaims } from '../jobs.ts';
import { dueBefore } from '../watch/late.ts';
import { AppointForm, appoint } from './appoint.ts';
import { LoanForm, lend } from './loans.ts';
import { officeAt } from './offices.fixture.ts';

stage();

const unit = idOf('castelmauve');
/** The server's own clock says this; its database goes on with the real one. */
const itIs = (instant: string) => vi.useFakeTimers({ toFake: ['Date'], now: new Date(instant) });
afterEach(() => vi.useRealTimers());
beforeEach(() =>
	scene(
		sql`delete from territory.claim`,
		sql`delete from territory.loan`,
		sql`delete from territory.term where unit_id = ${unit}`,
	),
);

const powersOf = async (tx: Tx, name: CastName) =>
	(await tx.one<{ n: number }>(
		sql`select count(*)::int as n from territory.held_power where held_power.person_id = ${idOf(name)}`,
	))!.n;
const typed = async (until: string) =>
	parse(AppointForm, {
		unit,
		person: idOf('noemie'),
		office: await officeAt('castelmauve', 'treasurer'),
		until,
	});
const endOf = async (table: 'term' | 'loan', id: string) =>
	(await asSystem('test', (tx) =>
		tx.one<{ at: Date }>(sql`select ends_at as at from ${sql.ref(`territory.${table}`)} where id = ${id}`),
	))!.at;

describe('a term until a day', () => {
	test('that is still today on a server in UTC, and over in Paris, is refused', async () => {
		const [yesterday, today] = [await typed('2030-07-14'), await typed('2030-07-15')];
		const yamina = await as('yamina');
		// Half past midnight in Paris: the server's own calendar is a day behind.
		itIs('2030-07-14T22:30:00Z');
		expect(await told(appoint(yamina, yesterday))).toBe('Invalid: until territory.term_until_past');
		const term = await appoint({ ...yamina }, today);
		expect((await endOf('term', term)).toISOString()).toBe('2030-07-15T21:59:59.000Z');
	});

	test('may end tonight, until the last minute of the day', async () => {
		const tonight = await typed('2030-01-31');
		itIs('2030-01-31T22:59:00Z');
		const term = await appoint(await as('yamina'), tonight);
		const end = await endOf('term', term);
		const shown = formatDate(end, 'dateTime', 'fr', { now: new Date() });
		expect(shown.replaceAll('\u00a0', ' ')).toBe('jeudi 31 janvier à 23 h 59');
	});

	test('is written without a day that is none, and without a day when nothing was typed', async () => {
		const whole = { unit, person: idOf('noemie'), office: idOf('an office') };
		for (const until of ['2030-02-30', '31/12/2030', '2030-12-31T10:00', 'ce soir'])
			expect([until, faults(AppointForm, { ...whole, until })]).toEqual([
				until,
				['until territory.office_day_shape'],
			]);
		expect(faults(AppointForm, { ...whole, until: '' })).toEqual([]);
	});

	test('gives its powers until that very instant and nothing at it, whoever asks', async () => {
		const term = await appoint(await as('yamina'), await typed(''));
		const at = (when: ReturnType<typeof sql>) =>
			asSystem('test', async (tx) => {
				await tx.run(sql`update territory.term set ${when} where id = ${term}`);
				return powersOf(tx, 'noemie');
			});
		const all = await at(sql`ends_at = null`);
		expect(all).toBeGreaterThan(0);
		expect(await at(sql`ends_at = now() + interval '1 microsecond'`)).toBe(all);
		expect(await at(sql`ends_at = now()`)).toBe(0);
		expect(await at(sql`ends_at = null, starts_at = now()`)).toBe(all);
		expect(await at(sql`starts_at = now() + interval '1 microsecond'`)).toBe(0);
	});
});

describe('a loan until a day', () => {
	const form = (until: string) =>
		parse(LoanForm, {
			unit: idOf('villebrume'),
			person: idOf('odile'),
			powers: ['unit.edit'],
			until,
		});

	test('ends with that day in Paris, across a change of hour too', async () => {
		const samuel = await as('samuel');
		itIs('2030-10-20T08:00:00Z');
		const winter = await lend({ ...samuel }, form('2030-10-28'));
		expect((await endOf('loan', winter)).toISOString()).toBe('2030-10-28T22:59:59.000Z');
		const summer = await lend({ ...samuel }, form('2030-10-26'));
		expect((await endOf('loan', summer)).toISOString()).toBe('2030-10-26T21:59:59.000Z');
		expect(await told(lend({ ...samuel }, form('2030-10-19')))).toBe(
			'Invalid: until territory.term_until_past',
		);
	});

	test('acts until its last microsecond, not at it', async () => {
		const loan = await lend(await as('samuel'), {
			...form('2030-01-01'),
			until: new Date(Date.now() + 60_000),
		});
		const at = (end: ReturnType<typeof sql>) =>
			asSystem('test', async (tx) => {
				await tx.run(sql`update territory.loan set ends_at = ${end} where id = ${loan}`);
				return powersOf(tx, 'odile');
			});
		expect(await at(sql`now() + interval '1 microsecond'`)).toBe(1);
		expect(await at(sql`now()`)).toBe(0);
	});
});

describe('fourteen days of silence', () => {
	const offeredAt = (instant: string) =>
		scene(sql`insert into territory.claim (id, unit_id, office_id, person_id, made_at)
			select ${idOf(`offer ${instant}`)}, ${unit}, office.id, ${idOf('noemie')}, ${instant}::timestamptz
			from territory.office join territory.unit on unit.kind_id = office.kind_id
			where unit.id = ${unit} and office.key = 'secretary'`);

	test.each([
		['with no change of hour', '2026-06-01T08:00:00Z', '2026-06-15T08:00:00Z'],
		['over the night of twenty-five hours', '2026-10-20T08:00:00Z', '2026-11-03T08:00:00Z'],
		['over the night of twenty-three hours', '2026-03-20T23:30:00Z', '2026-04-03T23:30:00Z'],
		['over a leap day', '2028-02-20T12:00:00Z', '2028-03-05T12:00:00Z'],
	])('are fourteen times twenty-four hours, to the second: %s', async (_, made, due) => {
		await offeredAt(made);
		expect(await standClaims(new Date(Date.parse(due) - 1))).toBe(0);
		expect(await standClaims(new Date(due))).toBe(1);
		expect(await standClaims(new Date(due))).toBe(0);
	});
});

test('what waits is late after its days, not before, and at the instant itself it still is not', async () => {
	const late = (age: string) =>
		asSystem('test', async (tx) => {
			const row = await tx.one<{ late: boolean }>(
				sql`select now() - ${age}::interval < ${dueBefore} as late`,
			);
			return row!.late;
		});
	expect([await late('6 days 23:59:59'), await late('7 days'), await late('7 days 00:00:01')]).toEqual([
		false,
		false,
		true,
	]);
});
