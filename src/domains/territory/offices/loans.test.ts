import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { asSystem, read } from '#platform/db.ts';
import { list, sql } from '#platform/sql.ts';
import { idOf, type UnitKey, units } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { powers as allPowers, neverLent } from '../blueprint.ts';
import { appoint, endTerm } from './appoint.ts';
import { endLoan, lend, lendable } from './loans.ts';
import { officeAt } from './offices.fixture.ts';

stage();

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
const villebrume = idOf('villebrume');
const loan = {
	unit: villebrume,
	person: idOf('odile'),
	powers: ['members.welcome', 'unit.edit'],
	until: inDays(30),
};
const heldBy = (name: string) =>
	asSystem('test', (tx) =>
		tx.many<{ power: string; unit_id: string }>(
			sql`select distinct power, unit_id from territory.held_power where person_id = ${idOf(name)}`,
		),
	);
const powersOf = async (name: string) => (await heldBy(name)).map(({ power }) => power).toSorted();

beforeEach(() =>
	asSystem('test', async (tx) => {
		await tx.run(sql`delete from territory.loan`);
		await tx.run(
			sql`delete from territory.term where person_id = ${idOf('samuel')} and id <> ${idOf('samuel term')}`,
		);
		await tx.run(sql`update territory.term set ends_at = null where id = ${idOf('samuel term')}`);
	}),
);

test('a secretary lends two powers to a member, who acts with them, and takes them back', async () => {
	const id = await lend(await as('samuel'), loan);
	expect(await powersOf('odile')).toEqual(['members.welcome', 'unit.edit']);
	expect((await as('odile')).officer).toBe(true);
	await endLoan(await as('samuel'), { loan: id });
	expect(await powersOf('odile')).toEqual([]);
	expect(await outcome(endLoan(await as('samuel'), { loan: id }))).toBe('Conflict');
});

test('the borrower loses everything the instant the lender’s office ends, and it does not come back', async () => {
	await lend(await as('samuel'), loan);
	await endTerm(await as('yamina'), { term: idOf('samuel term'), why: '' });
	expect(await powersOf('odile')).toEqual([]);
	expect((await as('odile')).officer).toBe(false);
	await appoint(await as('yamina'), {
		unit: villebrume,
		person: idOf('samuel'),
		office: await officeAt('villebrume', 'secretary'),
	});
	expect(await powersOf('odile')).toEqual([]);
});

test('a suspended lender lends nothing', async () => {
	await lend(await as('samuel'), loan);
	await asSystem('test', (tx) =>
		tx.run(sql`insert into people.suspension (id, person_id) values (${idOf('pause')}, ${idOf('samuel')})`),
	);
	expect(await powersOf('odile')).toEqual([]);
	await asSystem('test', (tx) => tx.run(sql`delete from people.suspension where id = ${idOf('pause')}`));
	expect((await powersOf('odile')).length).toBe(2);
});

test('never more than one holds, never beyond, never what is not lent', async () => {
	const samuel = await as('samuel');
	const refused = async (change: Partial<typeof loan>) => outcome(lend(samuel, { ...loan, ...change }));
	expect(await refused({ powers: ['claims.decide'] })).toBe('Invalid');
	expect(await refused({ powers: ['no.such_power'] })).toBe('Invalid');
	expect(await refused({ unit: idOf('montclairval') })).toBe('Forbidden');
	expect(await refused({ until: inDays(-1) })).toBe('Invalid');
	expect(await refused({ until: inDays(400) })).toBe('Invalid');
	expect(await refused({ person: idOf('samuel') })).toBe('Invalid');
	for (const name of ['mathis', 'thibaud', 'josiane', 'awa', 'nobody'])
		expect([name, await refused({ person: idOf(name) })]).toEqual([name, 'Invalid']);
	await asSystem('test', (tx) =>
		tx.run(sql`update territory.term set ends_at = ${inDays(10)} where id = ${idOf('samuel term')}`),
	);
	expect(await refused({})).toBe('Invalid');
	expect(typeof (await lend(samuel, { ...loan, until: inDays(9) }))).toBe('string');
	for (const power of neverLent) {
		expect([power, await outcome(lend(await as('yamina'), { ...loan, powers: [power] }))]).toEqual([
			power,
			'Invalid',
		]);
	}
});

test('what was lent cannot be lent again', async () => {
	await lend(await as('samuel'), loan);
	const odile = { ...(await as('odile')), secondFactor: true };
	expect(await read(odile, (tx) => lendable(tx, odile, villebrume))).toEqual([]);
	expect(await outcome(lend(odile, { ...loan, person: idOf('ines') }))).toBe('Forbidden');
});

test('only its lender, its borrower and who names officers above see and end a loan', async () => {
	const id = await lend(await as('samuel'), loan);
	for (const name of ['mathis', 'ines', 'driss', 'leontine', 'visitor'] as const) {
		expect([name, await outcome(endLoan(await as(name), { loan: id }))]).toEqual([name, 'NotFound']);
	}
	expect(await outcome(endLoan(await as('yamina', { factor: false }), { loan: id }))).toBe('NotFound');
	await endLoan(await as('yamina'), { loan: id });
	const again = await lend(await as('samuel'), loan);
	await endLoan(await as('odile'), { loan: again });
	expect(await outcome(lend(await as('samuel', { factor: false }), loan))).toBe('Forbidden');
	expect(await outcome(lend(await as('odile'), loan))).toBe('Forbidden');
});

test('whatever the terms and loans, nobody borrows more than the lender holds there now', async () => {
	const people = ['odile', 'samuel', 'yamina', 'ines', 'fanny'];
	const places = Object.keys(units) as UnitKey[];
	const instant = fc.integer({ min: -5, max: 5 });
	const term = fc.record({
		who: fc.constantFrom(...people),
		at: fc.constantFrom(...places),
		from: instant,
		to: fc.option(instant),
		office: fc.integer({ min: 0, max: 2 }),
	});
	const lent = fc.record({
		from: fc.constantFrom(...people),
		to: fc.constantFrom(...people),
		at: fc.constantFrom(...places),
		end: instant,
		powers: fc.subarray([...allPowers], { minLength: 1 }),
	});
	const runs = Number(process.env.COOPOL_RUNS ?? 40);
	await fc.assert(
		fc.asyncProperty(
			fc.array(term, { maxLength: 8 }),
			fc.array(lent, { minLength: 1, maxLength: 8 }),
			async (terms, lents) => {
				const excess = await asSystem('test', async (tx) => {
					await tx.run(sql`delete from territory.loan`);
					await tx.run(
						sql`delete from territory.term where not (person_id = any (${list(['sabrina', 'bertrand'].map(idOf), 'uuid')}))`,
					);
					for (const [index, { who, at, from, to, office }] of terms.entries()) {
						await tx.run(sql`insert into territory.term (id, person_id, unit_id, office_id, starts_at, ends_at)
						select ${idOf(`t${index}`)}, ${idOf(who)}, unit.id, office.id, ${inDays(from)}, ${to === null ? null : inDays(to)}::timestamptz
						from territory.unit join territory.office on office.kind_id = unit.kind_id
						where unit.id = ${idOf(at)} order by office.position offset ${office} limit 1 on conflict do nothing`);
					}
					for (const [index, { from, to, at, end, powers }] of lents.entries()) {
						await tx.run(sql`insert into territory.loan (id, lender_id, borrower_id, unit_id, powers, starts_at, ends_at)
						values (${idOf(`l${index}`)}, ${idOf(from)}, ${idOf(to)}, ${idOf(at)}, ${list(powers, 'text')}, ${inDays(-6)}, ${inDays(end)})`);
					}
					return tx.many(sql`select got.person_id, got.power from territory.held_power as got
					join territory.unit as place on place.id = got.unit_id
					where got.lent and not exists (select from territory.loan
						join territory.held_power as own on own.person_id = loan.lender_id and not own.lent
						where loan.borrower_id = got.person_id and loan.unit_id = got.unit_id and loan.ends_at > now()
							and got.power = any (loan.powers) and own.power = got.power and own.unit_id = any (place.ancestors))`);
				});
				expect(excess).toEqual([]);
			},
		),
		{ numRuns: runs },
	);
});
