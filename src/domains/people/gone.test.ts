import { beforeAll, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { visitor } from '#platform/viewer.ts';
import { forget, placesOf, taken } from '#tests/left.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { startSignUp } from './ask.ts';
import { askEmailChange } from './email-change.ts';
import { askRecovery, giveConsent, stranger } from './people.fixture.ts';
import { createSession } from './session.ts';
import { setStatus } from './settings.ts';
import { lift, suspend } from './suspend.ts';
import { createToken } from './token.ts';

stage();

const other = { odile: 'mathis', mathis: 'odile' } as const;
const word = { odile: 'trombone', mathis: 'clarinette' } as const;

// Both did everything an account can do, each with a word of their own.
async function life(name: 'odile' | 'mathis') {
	const [id, own] = [idOf(name), word[name]];
	const viewer = { ...(await as(name)), secondFactor: true, factorAt: new Date() };
	await setStatus(viewer, { text: `Au ${own}`, hours: 24 } as never);
	const form = { name: `Agenda du ${own}`, scopes: ['me:read'], days: '30' as const };
	await createToken(viewer, form, ['me:read']);
	await asSystem('test', (tx) => createSession(tx, id, `Navigateur du ${own}`));
	await giveConsent(viewer, own, '1', `coché au ${own}`);
	await askEmailChange(viewer, { email: `${own}@courrier.example` }, stranger());
	await askRecovery(
		visitor,
		{
			lost: `${name}@rive.example`,
			email: `perdu.${own}@courrier.example`,
			told: `Téléphone tombé du ${own}`,
		},
		stranger(),
	);
	const suspended = { personId: id, byId: idOf('paulo'), days: 2, reason: `Bruit de ${own}` };
	const suspensionId = await asSystem('test', (tx) => suspend(tx, suspended));
	await asSystem('test', (tx) => lift(tx, { suspensionId, byId: idOf('paulo') }));
	await scene(
		sql`insert into people.passkey (id, person_id, public_key, counter, name) values (${own}, ${id}, 'x', 0, ${`Clé du ${own}`})`,
		sql`insert into people.secret (person_id, password_hash) values (${id}, ${`secret-${own}`})`,
		sql`insert into people.recovery_code (person_id, hash) values (${id}, ${`secret-${own}`})`,
		sql`insert into people.external_identity (issuer, subject, person_id) values ('https://id.example', ${`sujet-${own}`}, ${id})`,
		sql`insert into people.arrival (person_id, invitation) values (${id}, ${`INV-${own}`}) on conflict (person_id) do update set invitation = excluded.invitation`,
		sql`update people.membership set ended_why = ${`fin du ${own}`}, verified_by = ${idOf('samuel')} where person_id = ${id}`,
	);
}
beforeAll(async () => {
	for (const name of ['odile', 'mathis'] as const) await life(name);
	await drainJobs();
});

const shown: [string, (own: string, name: CastName) => string][] = [
	['people.person', (own) => `Au ${own}`],
	['people.contact', (_, name) => `${name}@rive.example`],
	['people.membership', (own) => `fin du ${own}`],
	['people.session', (own) => `Navigateur du ${own}`],
	['people.passkey', (own) => `Clé du ${own}`],
	['people.external_identity', (own) => `sujet-${own}`],
	['people.token', (own) => `Agenda du ${own}`],
	['people.consent', (own) => `coché au ${own}`],
	['people.suspension', (own) => `Bruit de ${own}`],
	['people.arrival', (own) => `INV-${own}`],
	['people.recovery', (own) => `Téléphone tombé du ${own}`],
];

test.each(shown)('%s: each takes away their own line, and not the other’s', async (table, line) => {
	for (const name of ['odile', 'mathis'] as const) {
		const rows = JSON.stringify((JSON.parse(await taken(name, 'people')) as Record<string, unknown>)[table]);
		expect(rows).toContain(line(word[name], name));
		expect(rows).not.toContain(word[other[name]]);
		expect(rows).not.toContain(`${other[name]}@rive.example`);
	}
});

test('no secret leaves with an account, nor the id of who decided about it', async () => {
	const all = await taken('odile');
	expect(all).not.toContain('secret-trombone');
	expect(JSON.parse(await taken('odile', 'people'))['people.secret']).toMatchObject([{ has_password: true }]);
	for (const officer of ['paulo', 'samuel'] as const) expect(all).not.toContain(idOf(officer));
});

test('gone, an account leaves no word in any table, queue, mail or code that waits, and the other’s are whole', async () => {
	expect((await placesOf('trombone')).length).toBeGreaterThan(15);
	const before = await placesOf('clarinette');
	await forget('odile');
	expect(await placesOf('trombone')).toEqual([]);
	expect(await placesOf('Fabrègat', 'odile@rive.example')).toEqual([]);
	expect((await placesOf(idOf('odile'))).filter((place) => /^(people|platform|jobs)\./.test(place))).toEqual([
		'people.person.id',
		'platform.erasure.person_id',
	]);
	expect(await placesOf('clarinette')).toEqual(before);
});

test('gone, an officer is no more named in what they decided', async () => {
	expect(await placesOf(idOf('paulo'))).toContain('people.suspension.lifted_by');
	await forget('paulo');
	const kept = await asSystem('test', (tx) =>
		tx.many(sql`select reason, by_id, lifted_by from people.suspension where person_id = ${idOf('mathis')}`),
	);
	expect(kept).toEqual([{ reason: 'Bruit de clarinette', by_id: null, lifted_by: null }]);
});

test('somebody who began to sign up with the address of an account, and never came back, is forgotten with it', async () => {
	await startSignUp(visitor, { name: 'Mathis du hautbois', email: 'mathis@rive.example' }, stranger());
	await drainJobs();
	expect(await placesOf('hautbois')).not.toEqual([]);
	await forget('mathis');
	expect(await placesOf('hautbois')).toEqual([]);
	expect(await placesOf('mathis@rive.example', 'Lanoëz', 'clarinette')).toEqual([]);
});
