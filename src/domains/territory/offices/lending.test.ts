import { beforeEach, expect, test } from 'vitest';
import { listen } from '#platform/listen.ts';
import { sql } from '#platform/sql.ts';
import { type CastName, cast, idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { faults, journal, refused, scene, told, toldOf } from '#tests/traces.ts';
import { endLoan, LoanForm, lend, lendableAt } from './loans.ts';
import { ownLoans } from './responsibilities.ts';

stage();

const loans = ['territory.loan'];
const day = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * day);
const gift = (change: object = {}) => ({
	unit: idOf('villebrume'),
	person: idOf('odile'),
	powers: ['unit.edit'],
	until: inDays(30),
	...change,
});
const lends = async (by: CastName, change: object = {}) => lend(await as(by), gift(change));

beforeEach(() =>
	scene(
		sql`delete from territory.loan`,
		sql`update territory.term set ends_at = null where id = ${idOf('samuel term')}`,
	),
);

test('who borrows is told, the lender is not told of their own act, and the journal keeps what was lent', async () => {
	const until = inDays(30);
	const loan = await lends('samuel', { powers: ['unit.edit', 'unit.edit', 'members.welcome'], until });
	expect(await toldOf('loan_started')).toEqual(['odile']);
	expect(await journal('territory.lend')).toEqual([
		{
			actor: idOf('samuel'),
			subject: idOf('odile'),
			unit: idOf('villebrume'),
			reason: null,
			detail: { loan, powers: 'unit.edit members.welcome', until: until.toISOString() },
		},
	]);
	await endLoan(await as('samuel'), { loan });
	expect(await toldOf('loan_ended')).toEqual(['odile']);
	expect((await journal('territory.end_loan')).at(-1)).toMatchObject({
		actor: idOf('samuel'),
		subject: idOf('odile'),
		detail: { loan },
	});
});

test('each refusal of a loan says why, and nothing was lent', async () => {
	const by = (who: CastName, change: object) => refused(loans, () => lends(who, change));
	expect(await by('samuel', { powers: ['claims.decide'] })).toBe('Invalid: powers territory.loan_not_yours');
	expect(await by('yamina', { powers: ['offices.appoint'] })).toBe(
		'Invalid: powers territory.loan_not_yours',
	);
	expect(await by('samuel', { until: undefined })).toBe('Invalid: until territory.loan_until_needed');
	expect(await by('samuel', { until: inDays(-1) })).toBe('Invalid: until territory.term_until_past');
	expect(await by('samuel', { until: inDays(367) })).toBe('Invalid: until territory.loan_until_year');
	expect(await by('samuel', { person: idOf('samuel') })).toBe('Invalid: person territory.loan_oneself');
	expect(await by('samuel', { person: idOf('mathis') })).toBe('Invalid: person territory.loan_members_only');
	expect(await by('samuel', { person: idOf('thibaud') })).toBe('Invalid: person territory.loan_members_only');
	expect(await by('samuel', { person: idOf('nobody') })).toBe('Invalid: person territory.loan_members_only');
	expect(await by('odile', {})).toBe('Forbidden');
	expect(await by('thibaud', {})).toBe('NotFound');
	await scene(sql`update territory.term set ends_at = ${inDays(10)} where id = ${idOf('samuel term')}`);
	expect(await by('samuel', { until: inDays(11) })).toBe('Invalid: until territory.loan_until_term');
	expect(await told(lends('samuel', { until: inDays(9) }))).toBe('done');
});

test('a loan goes to the last day of the year allowed, not a day more', async () => {
	expect(await told(lends('samuel', { until: inDays(365.9) }))).toBe('done');
	expect(await refused(loans, () => lends('samuel', { until: inDays(366.1) }))).toBe(
		'Invalid: until territory.loan_until_year',
	);
});

test('the page of loans shows each side the other’s name, and which powers still act', async () => {
	await lends('samuel', { powers: ['unit.edit', 'members.welcome'] });
	const mine = async (who: CastName) =>
		(await ownLoans(await as(who))).map(({ mine, other, powers, acting }) => [
			mine,
			other,
			powers.length,
			acting.length,
		]);
	expect(await mine('samuel')).toEqual([['lender', cast.odile.name, 2, 2]]);
	expect(await mine('odile')).toEqual([['borrower', cast.samuel.name, 2, 2]]);
	for (const other of ['yamina', 'mathis', 'ines', 'visitor'] as const)
		expect([other, await ownLoans(await as(other))]).toEqual([other, []]);
	await scene(
		sql`update territory.office set powers = array_remove(powers, 'unit.edit') where key = 'secretary' and kind_id = (select kind_id from territory.unit where id = ${idOf('villebrume')})`,
	);
	expect(await mine('odile')).toEqual([['borrower', cast.samuel.name, 2, 1]]);
	await scene(
		sql`update territory.office set powers = powers || 'unit.edit'::text where key = 'secretary' and kind_id = (select kind_id from territory.unit where id = ${idOf('villebrume')})`,
	);
});

test('a loan that expired acts no more, is in no list, and cannot be ended again', async () => {
	const loan = await lends('samuel');
	await scene(sql`update territory.loan set ends_at = now() - interval '1 second'`);
	expect([await ownLoans(await as('samuel')), (await as('odile')).officer]).toEqual([[], false]);
	expect(await refused(loans, async () => endLoan(await as('samuel'), { loan }))).toBe(
		'Conflict: territory.loan_over',
	);
});

test('taken back and given back at once, it ends once, and who borrowed hears it on open pages', async () => {
	const loan = await lends('samuel');
	const heard: string[] = [];
	const stop = await listen('roles', (id) => heard.push(id));
	const both = await Promise.all([
		told(endLoan(await as('samuel'), { loan })),
		told(endLoan(await as('odile'), { loan })),
	]);
	expect(both.toSorted()).toEqual(['Conflict: territory.loan_over', 'done']);
	await expect.poll(() => heard).toEqual([idOf('odile')]);
	await stop();
});

test('the form sent twice lends once', async () => {
	const send = async () => lend({ ...(await as('samuel')), requestKey: 'same' }, gift());
	const [one, two] = [await send(), await send()];
	expect(two).toBe(one);
	expect((await ownLoans(await as('samuel'))).length).toBe(1);
});

test('only what one holds by an office of one’s own is offered to be lent', async () => {
	const offered = async (who: CastName, unit: string) =>
		(await lendableAt(await as(who), idOf(unit))).map(({ power }) => power);
	expect(await offered('samuel', 'villebrume')).toEqual([
		'event.create',
		'members.contact',
		'members.import',
		'members.see',
		'members.welcome',
		'message.unit',
		'mission.create',
		'posts.moderate',
		'unit.edit',
		'unit.speak',
	]);
	expect(await offered('samuel', 'montclairval')).toEqual([]);
	expect(await offered('yamina', 'villebrume')).not.toContain('offices.appoint');
	expect(await offered('gerard', 'villebrume')).toEqual([]);
});

test('the form asks for a person, at least one power, and a real day', () => {
	const whole = {
		unit: idOf('villebrume'),
		person: idOf('odile'),
		powers: ['unit.edit'],
		until: '2027-01-31',
	};
	expect(faults(LoanForm, whole)).toEqual([]);
	expect(faults(LoanForm, { unit: whole.unit })).toEqual([
		'person territory.loan_choose_person',
		'powers territory.loan_choose_powers',
	]);
	expect(faults(LoanForm, { ...whole, powers: Array(61).fill('unit.edit') })).toEqual([
		'powers app.invalid_value',
	]);
	expect(faults(LoanForm, { ...whole, until: '2027-02-30' })).toEqual(['until territory.office_day_shape']);
});
