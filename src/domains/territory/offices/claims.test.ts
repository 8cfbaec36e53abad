import { beforeEach, expect, test } from 'vitest';
import { asSystem, read } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { standClaims } from '../jobs.ts';
import { appoint } from './appoint.ts';
import { claim, decideClaim, withdrawClaim } from './claims.ts';
import { officeAt } from './offices.fixture.ts';
import { claims } from './policy.ts';

stage();

const unit = idOf('castelmauve');
const offer = async () => claim(await as('noemie'), { unit, reason: 'Je veux relancer les réunions.' });
const running = () =>
	asSystem('test', (tx) =>
		tx.many<{ person_id: string; provisional: boolean }>(sql`
			select person_id, provisional from territory.term where unit_id = ${unit} and ends_at is null`),
	);

beforeEach(() =>
	asSystem('test', async (tx) => {
		await tx.run(sql`delete from territory.claim`);
		await tx.run(sql`delete from territory.term where unit_id = ${unit}`);
	}),
);

test('a member offers to take a unit without officer; the level above grants it', async () => {
	const id = await offer();
	expect(await outcome(offer())).toBe('Conflict');
	await decideClaim(await as('yamina'), { claim: id, answer: 'grant', decision: 'Bienvenue' });
	expect(await running()).toEqual([{ person_id: idOf('noemie'), provisional: false }]);
	expect((await as('noemie')).officer).toBe(true);
	expect(await outcome(decideClaim(await as('yamina'), { claim: id, answer: 'grant', decision: '' }))).toBe(
		'Conflict',
	);
});

test('only a member of the unit or below may offer, and only while nobody leads it', async () => {
	for (const name of ['odile', 'mathis', 'lucien', 'fanny', 'samuel'] as const) {
		expect([name, await outcome(claim(await as(name), { unit, reason: '' }))]).toEqual([name, 'Forbidden']);
	}
	for (const name of ['thibaud', 'josiane', 'awa', 'visitor'] as const) {
		expect([name, await outcome(claim(await as(name), { unit, reason: '' }))]).toEqual([name, 'NotFound']);
	}
	expect(await outcome(claim(await as('odile'), { unit: idOf('villebrume'), reason: '' }))).toBe('Forbidden');
});

test('who does not decide there does not even see the claim', async () => {
	const id = await offer();
	const answer = { claim: id, answer: 'grant', decision: '' } as const;
	for (const name of ['odile', 'samuel', 'driss', 'fanny', 'bertrand', 'visitor'] as const) {
		expect([name, await outcome(decideClaim(await as(name), answer))]).toEqual([name, 'NotFound']);
	}
	expect(await outcome(decideClaim(await as('yamina', { factor: false }), answer))).toBe('NotFound');
	expect(await outcome(decideClaim(await as('noemie'), answer))).toBe('Forbidden');
	expect(await outcome(withdrawClaim(await as('yamina'), { claim: id }))).toBe('Forbidden');
	expect(await outcome(withdrawClaim(await as('odile'), { claim: id }))).toBe('NotFound');
	await withdrawClaim(await as('noemie'), { claim: id });
	expect(await outcome(withdrawClaim(await as('noemie'), { claim: id }))).toBe('Forbidden');
	expect(await outcome(decideClaim(await as('yamina'), answer))).toBe('Conflict');
});

test('the database itself hides a claim from others', async () => {
	await offer();
	const rows = async (name: 'odile' | 'driss' | 'yamina' | 'noemie') =>
		read(await as(name), (tx) => tx.many(sql`select id from territory.claim`));
	expect([(await rows('odile')).length, (await rows('driss')).length]).toEqual([0, 0]);
	expect([(await rows('yamina')).length, (await rows('noemie')).length]).toEqual([1, 1]);
	const viewer = await as('driss');
	expect(
		await read(viewer, (tx) => tx.many(sql`select id from territory.claim where ${claims.see(viewer)}`)),
	).toEqual([]);
});

test('when two decide at once, one decides', async () => {
	const id = await offer();
	const outcomes = await Promise.all([
		outcome(decideClaim(await as('yamina'), { claim: id, answer: 'grant', decision: '' })),
		outcome(decideClaim(await as('sabrina'), { claim: id, answer: 'refuse', decision: 'Trop tôt' })),
	]);
	expect(outcomes.toSorted()).toEqual(['Conflict', undefined]);
	const [row] = await asSystem('test', (tx) =>
		tx.many<{ outcome: string }>(sql`select outcome from territory.claim where id = ${id}`),
	);
	expect((await running()).length).toBe(row?.outcome === 'granted' ? 1 : 0);
});

test('of two claims granted at once, one takes the place', async () => {
	const mine = await offer();
	const other = idOf('other claim');
	const office = await officeAt('castelmauve', 'secretary');
	await asSystem('test', async (tx) => {
		await tx.run(sql`update territory.attachment set unit_id = ${unit} where person_id = ${idOf('ines')}`);
		await tx.run(
			sql`insert into territory.claim (id, unit_id, office_id, person_id) values (${other}, ${unit}, ${office}, ${idOf('ines')})`,
		);
	});
	const outcomes = await Promise.all([
		outcome(decideClaim(await as('yamina'), { claim: mine, answer: 'grant', decision: '' })),
		outcome(decideClaim(await as('sabrina'), { claim: other, answer: 'grant', decision: '' })),
	]);
	expect(outcomes.toSorted()).toEqual(['Conflict', undefined]);
	expect((await running()).length).toBe(1);
	await asSystem('test', (tx) =>
		tx.run(
			sql`update territory.attachment set unit_id = ${idOf('montclairval')} where person_id = ${idOf('ines')}`,
		),
	);
});

test('after fourteen days of silence a claim stands provisionally, once', async () => {
	const id = await offer();
	expect(await standClaims(new Date(Date.now() + 13 * 86_400_000))).toBe(0);
	const later = new Date(Date.now() + 14.1 * 86_400_000);
	const both = await Promise.all([standClaims(later), standClaims(later)]);
	expect(both.toSorted()).toEqual([0, 1]);
	expect(await running()).toEqual([{ person_id: idOf('noemie'), provisional: true }]);
	const [entry] = await asSystem('test', (tx) =>
		tx.many<{ act: string; actor_id: null }>(
			sql`select act, actor_id from audit.entry order by seq desc limit 1`,
		),
	);
	expect(entry).toEqual({ act: 'territory.claim_stands', actor_id: null });
	expect(await outcome(decideClaim(await as('yamina'), { claim: id, answer: 'refuse', decision: '' }))).toBe(
		'Conflict',
	);
});

test('silence gives nothing to who may no longer hold an office, nor where somebody was named meanwhile', async () => {
	const later = new Date(Date.now() + 15 * 86_400_000);
	await offer();
	await appoint(await as('yamina'), {
		unit,
		person: idOf('noemie'),
		office: await officeAt('castelmauve', 'secretary'),
	});
	expect(await standClaims(later)).toBe(0);
	expect((await running()).length).toBe(1);
	await asSystem('test', (tx) => tx.run(sql`delete from territory.term where unit_id = ${unit}`));
	await offer();
	await asSystem('test', (tx) =>
		tx.run(sql`update people.membership set paid_until = '2020-01-01' where person_id = ${idOf('noemie')}`),
	);
	expect(await standClaims(later)).toBe(0);
	expect(await running()).toEqual([]);
	await asSystem('test', (tx) =>
		tx.run(sql`update people.membership set paid_until = null where person_id = ${idOf('noemie')}`),
	);
});
