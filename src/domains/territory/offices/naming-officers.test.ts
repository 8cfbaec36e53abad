import { afterEach, expect, test } from 'vitest';
import { house, wordsOf } from '#platform/house.ts';
import { parse } from '#platform/http/form.ts';
import { sql } from '#platform/sql.ts';
import { type CastName, idOf, type UnitKey } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { faults, journal, refused, scene, told, toldOf } from '#tests/traces.ts';
import { AppointForm, appoint, EndTermForm, endTerm } from './appoint.ts';
import { officeAt } from './offices.fixture.ts';

stage();

const terms = ['territory.term', 'territory.claim'];
const name = async (by: CastName, person: string, unit: UnitKey, key: string, until?: Date) =>
	appoint(await as(by), { unit: idOf(unit), person: idOf(person), office: await officeAt(unit, key), until });
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);

afterEach(() =>
	scene(
		sql`delete from territory.term where id not in (select id from territory.term where starts_at = '2025-02-01')`,
	),
);

test('who is named is told, and nobody else; the journal says who, whom, where, which office, until when', async () => {
	const until = inDays(200);
	const term = await name('yamina', 'odile', 'villebrume', 'treasurer', until);
	expect(await toldOf('term_started')).toEqual(['odile']);
	expect(await journal('territory.appoint')).toEqual([
		{
			actor: idOf('yamina'),
			subject: idOf('odile'),
			unit: idOf('villebrume'),
			reason: null,
			detail: { office: 'treasurer', term, until: until.toISOString() },
		},
	]);
	await endTerm(await as('yamina'), { term, why: 'Fin de la campagne' });
	expect(await toldOf('term_ended')).toEqual(['odile']);
	expect((await journal('territory.end_term')).at(-1)).toMatchObject({
		actor: idOf('yamina'),
		subject: idOf('odile'),
		reason: 'Fin de la campagne',
	});
});

test('each refusal of a name says why, and nothing moved', async () => {
	const by = (who: CastName, person: string, unit: UnitKey, key: string, until?: Date) =>
		refused(terms, () => name(who, person, unit, key, until));
	expect(await by('yamina', 'ines', 'villebrume', 'treasurer')).toBe(
		'Invalid: person territory.term_elsewhere',
	);
	expect(await by('yamina', 'nobody', 'villebrume', 'treasurer')).toBe(
		'Invalid: person territory.term_elsewhere',
	);
	expect(await by('yamina', 'mathis', 'villebrume', 'treasurer')).toBe(
		'Invalid: person territory.term_members_only',
	);
	expect(await by('yamina', 'lucien', 'villebrume', 'treasurer')).toBe(
		'Invalid: person territory.term_members_only',
	);
	expect(await by('yamina', 'odile', 'villebrume', 'treasurer', inDays(-1))).toBe(
		'Invalid: until territory.term_until_past',
	);
	expect(await by('yamina', 'samuel', 'villebrume', 'secretary')).toBe('Conflict: territory.term_already');
	expect(await by('yamina', 'ines', 'valdorsande', 'secretary')).toBe('Forbidden: territory.term_from_above');
	expect(await by('bertrand', 'bertrand', 'national', 'moderator')).toBe(
		'Forbidden: territory.term_not_oneself',
	);
	expect(await by('samuel', 'odile', 'villebrume', 'treasurer')).toBe('Forbidden');
	expect(await by('thibaud', 'odile', 'villebrume', 'treasurer')).toBe('NotFound');
});

test('an office of another level, or one that was closed, is not filled', async () => {
	const elsewhere = await officeAt('valdorsande', 'moderator');
	const give = (office: string) =>
		refused(terms, async () =>
			appoint(await as('yamina'), { unit: idOf('villebrume'), person: idOf('odile'), office }),
		);
	expect(await give(elsewhere)).toBe('Invalid: office territory.office_unknown');
	const treasurer = await officeAt('villebrume', 'treasurer');
	await scene(sql`update territory.office set retired_at = now() where id = ${treasurer}::uuid`);
	expect(await give(treasurer)).toBe('Invalid: office territory.office_unknown');
	await scene(sql`update territory.office set retired_at = null where id = ${treasurer}::uuid`);
});

test('a place that closed has no officers to name, and looks as if it never was', async () => {
	await scene(sql`update territory.unit set closed_at = now() where id = ${idOf('castelmauve')}`);
	expect(await refused(terms, () => name('yamina', 'noemie', 'castelmauve', 'treasurer'))).toBe('NotFound');
	await scene(sql`update territory.unit set closed_at = null where id = ${idOf('castelmauve')}`);
});

test('somebody may keep an office that they hold already from higher up, as no power is new', async () => {
	expect(await told(name('yamina', 'yamina', 'montclairval', 'treasurer'))).toBe('done');
	expect(await refused(terms, () => name('bertrand', 'bertrand', 'pontsarvan', 'secretary'))).toBe(
		'Forbidden: territory.term_not_oneself',
	);
});

test('named twice at once, by two people, somebody holds the office once', async () => {
	const both = await Promise.all([
		told(name('yamina', 'odile', 'villebrume', 'treasurer')),
		told(name('sabrina', 'odile', 'villebrume', 'treasurer')),
	]);
	expect(both.toSorted()).toEqual(['Conflict: territory.term_already', 'done']);
});

test('the same form sent twice names once, and gives the same term', async () => {
	const key = 'one request';
	const send = async () =>
		appoint(
			{ ...(await as('yamina')), requestKey: key },
			{ unit: idOf('villebrume'), person: idOf('odile'), office: await officeAt('villebrume', 'treasurer') },
		);
	const before = (await journal('territory.appoint')).length;
	const [one, two] = await Promise.all([send(), send()]);
	expect(one).toBe(two);
	expect((await journal('territory.appoint')).length).toBe(before + 1);
});

test('a term is over once: the second end says so, whoever sends it', async () => {
	const term = await name('yamina', 'odile', 'villebrume', 'treasurer');
	const both = await Promise.all([
		told(endTerm(await as('yamina'), { term, why: '' })),
		told(endTerm(await as('odile'), { term, why: 'Je déménage' })),
	]);
	expect(both.toSorted()).toEqual(['Conflict: territory.term_over', 'done']);
	expect(await refused(terms, async () => endTerm(await as('yamina'), { term, why: '' }))).toBe(
		'Conflict: territory.term_over',
	);
});

test('the last person who keeps the levels cannot leave; once another came, they can', async () => {
	const leave = async () => endTerm(await as('bertrand'), { term: idOf('bertrand term'), why: '' });
	expect(await refused(terms, leave)).toBe('Conflict: territory.term_last_keeper');
	await name('bertrand', 'fanny', 'national', 'web_officer');
	expect(await told(leave())).toBe('done');
	await scene(sql`update territory.term set ends_at = null where id = ${idOf('bertrand term')}`);
});

test('the forms ask for a person, an office and a day that exists', () => {
	const whole = { unit: idOf('villebrume'), person: idOf('odile'), office: idOf('x') };
	expect(faults(AppointForm, whole)).toEqual([]);
	expect(faults(AppointForm, { unit: idOf('villebrume') })).toEqual([
		'person territory.term_choose_person',
		'office territory.term_choose_office',
	]);
	expect(faults(AppointForm, { ...whole, unit: 'Villebrume' })).toEqual(['unit app.invalid_value']);
	for (const until of ['31/12/2026', '2026-13-01', '2026-02-30', '2027-02-29', 'demain', '2026-1-1'])
		expect([until, faults(AppointForm, { ...whole, until })]).toEqual([
			until,
			['until territory.office_day_shape'],
		]);
	expect(faults(AppointForm, { ...whole, until: '2028-02-29' })).toEqual([]);
	expect(parse(AppointForm, { ...whole, until: '' }).until).toBeUndefined();
	expect(faults(EndTermForm, { term: idOf('x'), why: 'a'.repeat(301) })).toEqual([
		'why territory.office_too_long',
	]);
	expect(parse(EndTermForm, { term: idOf('x') }).why).toBe('');
});

test('a term until the last day of the year ends that evening where people live, winter and summer', async () => {
	const { date } = wordsOf(await house());
	const now = new Date('2026-11-22T12:00:00Z');
	const last = (until: string) =>
		parse(AppointForm, { unit: idOf('v'), person: idOf('o'), office: idOf('x'), until }).until!;
	expect(date(last('2026-12-31'), 'short', { now })).toBe('31 déc.');
	expect(date(last('2026-07-14'), 'dateTime', { now })).toContain('14 juil');
	expect(last('2026-12-31').toISOString()).toBe('2026-12-31T22:59:59.000Z');
	expect(last('2026-07-14').toISOString()).toBe('2026-07-14T21:59:59.000Z');
});
