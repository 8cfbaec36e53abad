import { beforeEach, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { saveSetting } from '#platform/settings.ts';
import { sql } from '#platform/sql.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { faults, journal, refused, scene, told, toldOf } from '#tests/traces.ts';
import { jobs, standClaims } from '../jobs.ts';
import { ClaimForm, claim, DecideForm, decideClaim, withdrawClaim } from './claims.ts';
import { bureauOf } from './queries.ts';
import { claimsToDecide } from './responsibilities.ts';

stage();

const unit = idOf('castelmauve');
const tables = ['territory.claim', 'territory.term'];
const offer = async (who: CastName = 'noemie') => claim(await as(who), { unit, reason: 'Pour les marchés' });
const answer = async (who: CastName, id: string, yes: boolean, decision = '') =>
	decideClaim(await as(who), { claim: id, answer: yes ? 'grant' : 'refuse', decision });
const later = (days: number) => new Date(Date.now() + days * 86_400_000);

beforeEach(() =>
	scene(
		sql`delete from territory.claim`,
		sql`delete from notices.notice`,
		sql`delete from territory.term where unit_id = ${unit}`,
	),
);

test('an offer reaches who decides just above, and nobody further up nor beside', async () => {
	await offer();
	expect(await toldOf('claim_made')).toEqual(['yamina']);
	expect((await journal('territory.claim')).at(-1)).toMatchObject({ actor: idOf('noemie'), unit });
});

test('where the level above has nobody who decides, the next one is told', async () => {
	await scene(sql`update territory.term set ends_at = now() where id = ${idOf('yamina term')}`);
	await offer();
	expect(await toldOf('claim_made')).toEqual(['leontine']);
	await scene(sql`update territory.term set ends_at = null where id = ${idOf('yamina term')}`);
});

test('the answer goes to who offered, with the words of the decision, and only to them', async () => {
	const id = await offer();
	await answer('yamina', id, false, 'Parlons-nous d’abord');
	expect(await toldOf('claim_decided')).toEqual(['noemie']);
	expect((await journal('territory.claim_refuse')).at(-1)).toEqual({
		actor: idOf('yamina'),
		subject: idOf('noemie'),
		unit,
		reason: 'Parlons-nous d’abord',
		detail: { claim: id },
	});
	expect((await bureauOf(await as('noemie'), unit)).unit.led).toBe(false);
	expect(await told(offer())).toBe('done');
});

test('each refusal says why, and nothing moved', async () => {
	const id = await offer();
	expect(await refused(tables, () => offer())).toBe('Conflict: territory.claim_already');
	expect(await refused(tables, () => offer('odile'))).toBe('Forbidden');
	expect(await refused(tables, () => offer('thibaud'))).toBe('NotFound');
	expect(await refused(tables, () => answer('driss', id, true))).toBe('NotFound');
	await withdrawClaim(await as('noemie'), { claim: id });
	expect(await refused(tables, () => answer('yamina', id, true))).toBe(
		'Conflict: territory.claim_decided_already',
	);
	expect(await refused(tables, async () => withdrawClaim(await as('noemie'), { claim: id }))).toBe(
		'Forbidden: territory.claim_decided_already',
	);
});

test('an offer to a place that somebody leads since is refused when it is granted', async () => {
	const id = await offer();
	await scene(sql`insert into territory.term (id, person_id, unit_id, office_id)
		select ${idOf('late')}, ${idOf('ines')}, unit.id, office.id from territory.unit
		join territory.office on office.kind_id = unit.kind_id and office.leads where unit.id = ${unit}`);
	expect(await refused(tables, () => answer('yamina', id, true))).toBe('Conflict: territory.claim_taken');
});

test('who stopped being a member before the answer is not put in the office', async () => {
	const id = await offer();
	const paid = (until: string | null) =>
		scene(sql`update people.membership set paid_until = ${until}::date where person_id = ${idOf('noemie')}`);
	await paid('2020-01-01');
	expect(await refused(tables, () => answer('yamina', id, true))).toBe(
		'Invalid: claim territory.term_members_only',
	);
	await paid(null);
});

test('offered twice at once by one person, one offer waits', async () => {
	const both = await Promise.all([told(offer()), told(offer())]);
	expect(both.toSorted()).toEqual(['Conflict: territory.claim_already', 'done']);
	expect((await claimsToDecide(await as('yamina'))).count).toBe(1);
});

test('withdrawn while it is being granted, either it stands or it never was', async () => {
	const id = await offer();
	const [granted, withdrawn] = await Promise.all([
		told(answer('yamina', id, true)),
		told(withdrawClaim(await as('noemie'), { claim: id }).then(() => {})),
	]);
	expect([granted, withdrawn].filter((one) => one === 'done')).toHaveLength(1);
	expect((await bureauOf(await as('noemie'), unit)).unit.led).toBe(granted === 'done');
});

test('the organisation chooses how many days of silence are enough', async () => {
	await offer();
	await asSystem('test', (tx) => saveSetting(tx, 'claimDays', 3, null));
	await expect.poll(() => standClaims(later(2.9))).toBe(0);
	await expect.poll(() => standClaims(later(3.1))).toBe(1);
	expect(await toldOf('claim_decided')).toEqual(['noemie']);
	expect(await toldOf('term_started')).toEqual([]);
	await asSystem('test', (tx) => saveSetting(tx, 'claimDays', 14, null));
});

test('the job of each hour lets nothing stand early, and done twice changes nothing', async () => {
	await offer();
	const [hourly] = jobs;
	expect([hourly!.name, hourly!.every]).toEqual(['territory.claims_stand', '7 * * * *']);
	expect(await refused(tables, () => hourly!.work(undefined as never))).toBe('done');
	await scene(sql`update territory.claim set made_at = now() - interval '15 days'`);
	await hourly!.work(undefined as never);
	expect((await bureauOf(await as('noemie'), unit)).officers.map(({ provisional }) => provisional)).toEqual([
		true,
	]);
	expect(await refused(tables, () => hourly!.work(undefined as never))).toBe('done');
	await drainJobs();
});

test('silence on who may hold no office is written as a refusal', async () => {
	await offer();
	await scene(
		sql`insert into people.suspension (id, person_id) values (${idOf('noemie pause')}, ${idOf('noemie')})`,
	);
	expect(await standClaims(later(15))).toBe(0);
	expect((await journal('territory.claim_lapses')).at(-1)).toMatchObject({
		actor: null,
		subject: idOf('noemie'),
		unit,
	});
	await scene(sql`delete from people.suspension where id = ${idOf('noemie pause')}`);
});

test('the forms ask for an answer and keep words short', () => {
	expect(faults(DecideForm, { claim: idOf('x') })).toEqual(['answer territory.claim_choose_answer']);
	expect(faults(DecideForm, { claim: idOf('x'), answer: 'perhaps' })).toEqual([
		'answer territory.claim_choose_answer',
	]);
	expect(faults(DecideForm, { claim: idOf('x'), answer: 'grant', decision: 'x'.repeat(501) })).toEqual([
		'decision territory.office_too_long',
	]);
	expect(faults(ClaimForm, { unit, reason: ` ${'x'.repeat(500)} ` })).toEqual([]);
	expect(faults(ClaimForm, { unit, reason: 'x'.repeat(501) })).toEqual(['reason territory.office_too_long']);
});
