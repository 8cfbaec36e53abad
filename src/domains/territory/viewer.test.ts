import { expect, test } from 'vitest';
import { createSession } from '#domains/people/index.ts';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { apps } from '#registry.ts';
import { idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { viewerOfSession, viewersOfSessions } from './viewer.ts';

stage();

test('each person of the cast is to the network what their records say', async () => {
	const standings = await Promise.all(
		(['odile', 'mathis', 'awa', 'thibaud', 'josiane', 'lucien'] as const).map(async (name) => [
			name,
			(await as(name)).standing,
		]),
	);
	expect(Object.fromEntries(standings)).toEqual({
		odile: 'member',
		mathis: 'sympathiser',
		awa: 'pending',
		thibaud: 'suspended',
		josiane: 'former',
		lucien: 'sympathiser',
	});
});

test('an office counts while its term lasts, and acts only with a second factor', async () => {
	expect((await as('samuel')).officer).toBe(true);
	expect((await as('gerard')).officer).toBe(false);
	expect((await as('samuel', { factor: false })).secondFactor).toBe(false);
	expect((await as('odile')).units).toEqual([idOf('villebrume')]);
});

test('many sessions read at once say what each says alone; one that ended, or never was, is a visitor', async () => {
	const secrets: string[] = [];
	for (const name of ['odile', 'mathis', 'samuel', 'thibaud', 'josiane', 'odile'] as const)
		secrets.push((await asSystem('test', (tx) => createSession(tx, idOf(name), 'Firefox'))).secret);
	await scene(sql`update people.session set revoked_at = now() where person_id = ${idOf('samuel')}::uuid`);
	const all = [...secrets, '', 'never was'];
	const together = await viewersOfSessions(all, apps);
	expect(together).toEqual(await Promise.all(all.map((secret) => viewerOfSession(secret, apps))));
	expect(together.map(({ name, standing }) => name && standing)).toEqual([
		...['member', 'sympathiser', '', 'suspended', 'former', 'member', '', ''],
	]);
});

test('a session read among others is noted as in use, as one alone is', async () => {
	const { id, secret } = await asSystem('test', (tx) => createSession(tx, idOf('odile'), 'Firefox'));
	await scene(sql`update people.session set seen_at = now() - interval '2 hours' where id = ${id}::uuid`);
	await viewersOfSessions(['', secret], apps);
	const row = await asSystem('test', (tx) =>
		tx.one<{ fresh: boolean }>(
			sql`select seen_at > now() - interval '1 minute' as fresh from people.session where id = ${id}::uuid`,
		),
	);
	expect(row).toEqual({ fresh: true });
});
