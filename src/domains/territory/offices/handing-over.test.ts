import { beforeEach, expect, test } from 'vitest';
import { sql } from '#platform/sql.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { faults, journal, refused, scene, told, toldOf } from '#tests/traces.ts';
import { acceptHandover, cancelHandover, confirmHandover, ProposeForm, proposeHandover } from './handover.ts';
import { handoverPage, ownTerms } from './handover-page.ts';

stage();

const tables = ['territory.handover', 'territory.term'];
const term = idOf('samuel term');
const propose = async (person = idOf('odile'), who: CastName = 'samuel') =>
	proposeHandover(await as(who), { term, person, note: 'Les clés sont à la mairie.' });
const accepted = async () => {
	const handover = await propose();
	await acceptHandover(await as('odile'), { handover });
	return handover;
};
const holders = async () =>
	(await ownTerms(await as('odile'))).map(({ until, provisional }) => ({ until, provisional }));

beforeEach(() =>
	scene(
		sql`delete from territory.handover`,
		sql`delete from notices.notice`,
		sql`delete from territory.term where person_id = ${idOf('odile')}`,
		sql`update territory.term set ends_at = null, ended_by = null, provisional = false where id = ${term}`,
	),
);

test('each step tells the other one, and is written in the journal', async () => {
	const handover = await propose();
	expect(await toldOf('handover_proposed')).toEqual(['odile']);
	await acceptHandover(await as('odile'), { handover });
	expect(await toldOf('handover_accepted')).toEqual(['samuel']);
	await confirmHandover(await as('samuel'), { handover });
	expect(await toldOf('handover_confirmed')).toEqual(['odile']);
	// Once: it says that the office is theirs.
	expect(await toldOf('term_started')).toEqual([]);
	const said = async (step: string) =>
		(await journal(`territory.handover_${step}`)).map(({ actor, subject, unit }) => [actor, subject, unit]);
	const [samuel, odile, unit] = [idOf('samuel'), idOf('odile'), idOf('villebrume')];
	expect([await said('propose'), await said('accept'), await said('confirm')]).toEqual([
		[[samuel, odile, unit]],
		[[odile, samuel, unit]],
		[[samuel, odile, unit]],
	]);
});

test('each refusal of a proposal says why, and nothing was proposed', async () => {
	const to = (person: string) => refused(tables, () => propose(idOf(person)));
	expect(await to('samuel')).toBe('Invalid: person territory.handover_oneself');
	expect(await to('ines')).toBe('Invalid: person territory.term_elsewhere');
	expect(await to('mathis')).toBe('Invalid: person territory.term_members_only');
	expect(await to('josiane')).toBe('Invalid: person territory.term_elsewhere');
	expect(await refused(tables, () => propose(idOf('odile'), 'yamina'))).toBe('Forbidden');
	await scene(sql`insert into territory.term (id, person_id, unit_id, office_id)
		select ${idOf('second')}, ${idOf('odile')}, unit_id, office_id from territory.term where id = ${term}`);
	expect(await to('odile')).toBe('Invalid: person territory.term_already');
});

test('a second proposal waits for the first to end, or to be stopped', async () => {
	const first = await propose();
	expect(await refused(tables, () => propose(idOf('gerard')))).toBe('Conflict: territory.handover_open');
	await cancelHandover(await as('samuel'), { handover: first });
	expect(await told(propose(idOf('gerard')))).toBe('done');
});

test('confirmed too early, twice, or once stopped, it says which', async () => {
	const early = await propose();
	const samuel = await as('samuel');
	const confirm = (handover: string) => confirmHandover(samuel, { handover });
	expect(await refused(tables, () => confirm(early))).toBe('Conflict: territory.handover_not_accepted');
	await cancelHandover(await as('samuel'), { handover: early });
	expect(await refused(tables, () => confirm(early))).toBe('Conflict: territory.handover_cancelled');
	expect(await refused(tables, async () => acceptHandover(await as('odile'), { handover: early }))).toBe(
		'Conflict: territory.handover_cancelled',
	);
	const handover = await accepted();
	await confirm(handover);
	expect(await refused(tables, () => confirm(handover))).toBe('Conflict: territory.handover_done');
	expect(await refused(tables, async () => cancelHandover(await as('odile'), { handover }))).toBe(
		'Conflict: territory.handover_done',
	);
});

test('accepted twice it is accepted once, at the first instant', async () => {
	const handover = await propose();
	const at = async () => (await handoverPage(await as('samuel'), handover)).accepted_at;
	await acceptHandover(await as('odile'), { handover });
	const first = await at();
	await acceptHandover(await as('odile'), { handover });
	expect(await at()).toEqual(first);
});

test('a term that ran out meanwhile has nothing left to pass', async () => {
	const handover = await accepted();
	const samuel = await as('samuel');
	await scene(sql`update territory.term set ends_at = now() - interval '1 minute' where id = ${term}`);
	expect(await refused(tables, () => confirmHandover(samuel, { handover }))).toBe(
		'Conflict: territory.term_over',
	);
});

test('a successor who is no longer a member in good standing does not begin', async () => {
	const handover = await accepted();
	const paid = (until: string | null) =>
		scene(sql`update people.membership set paid_until = ${until}::date where person_id = ${idOf('odile')}`);
	await paid('2020-01-01');
	expect(await refused(tables, async () => confirmHandover(await as('samuel'), { handover }))).toBe(
		'Invalid: handover territory.term_members_only',
	);
	await paid(null);
	expect((await as('samuel')).officer).toBe(true);
});

test('what was provisional, or had an end, stays so for the successor', async () => {
	await scene(
		sql`update territory.term set provisional = true, ends_at = '2030-06-30T21:59:59Z' where id = ${term}`,
	);
	await confirmHandover(await as('samuel'), { handover: await accepted() });
	expect(await holders()).toEqual([{ provisional: true, until: new Date('2030-06-30T21:59:59Z') }]);
});

test('confirmed and stopped at once, one of the two holds', async () => {
	const handover = await accepted();
	const [confirmed, stopped] = await Promise.all([
		told(confirmHandover(await as('samuel'), { handover })),
		told(cancelHandover(await as('odile'), { handover })),
	]);
	expect([confirmed, stopped]).toContain('done');
	expect([confirmed, stopped].filter((one) => one !== 'done')).toEqual([
		confirmed === 'done' ? 'Conflict: territory.handover_done' : 'Conflict: territory.handover_cancelled',
	]);
	expect((await holders()).length).toBe(confirmed === 'done' ? 1 : 0);
});

test('who names officers there reads it, and has none of its steps', async () => {
	const handover = await accepted();
	const page = await handoverPage(await as('yamina'), handover);
	expect(page.mine).toBe('other');
	expect(page.may).toEqual({ see: true, accept: false, confirm: false, cancel: false });
	expect(page.passes).toMatchObject({ contacts: true, page: true, claims: 0 });
});

test('the form asks for somebody, and keeps the note short', () => {
	expect(faults(ProposeForm, { term })).toEqual(['person territory.handover_choose']);
	expect(faults(ProposeForm, { term, person: idOf('odile'), note: 'x'.repeat(1001) })).toEqual([
		'note territory.office_too_long',
	]);
	expect(faults(ProposeForm, { term, person: idOf('odile') })).toEqual([]);
});
