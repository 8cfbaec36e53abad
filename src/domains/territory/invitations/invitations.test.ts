import { expect, test } from 'vitest';
import { asSystem, read } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import { cast, idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import {
	createInvitation,
	myInvitations,
	plainCode,
	revokeInvitation,
	showInvitation,
	useInvitation,
} from './invite.ts';

stage();

const villebrume = idOf('villebrume');
const use = (code: string) => asSystem('test', (tx) => useInvitation(tx, code));

test('an invitation tells a first name and a place, and counts its uses', async () => {
	const code = await createInvitation(await as('odile'), villebrume);
	const guest = await showInvitation(code);
	expect(guest).toMatchObject({ inviter: 'Odile', unit: { name: 'Section de Villebrume' } });
	expect(JSON.stringify(guest)).not.toContain(cast.odile.name.split(' ')[1]);
	expect(await showInvitation(` ${code.toLowerCase().replace(/(.{4})/g, '$1-')} `)).toEqual(guest);
	const used = await Promise.all([use(code), use(code), use(code)]);
	expect(used[0]).toEqual({ unitId: villebrume, inviterId: idOf('odile') });
	expect((await myInvitations(await as('odile'), villebrume))[0]).toMatchObject({ code, used: 3 });
});

test('one invites only into one’s own unit, and never before being confirmed', async () => {
	for (const who of ['ines', 'yamina', 'fanny'] as const)
		expect(await outcome(createInvitation(await as(who), villebrume))).toBe('Forbidden');
	for (const who of ['visitor', 'awa', 'thibaud', 'josiane'] as const)
		expect(await outcome(createInvitation(await as(who), villebrume))).toBe('Forbidden');
	expect(await outcome(createInvitation(await as('odile'), newId()))).toBe('NotFound');
	expect(await outcome(myInvitations(await as('ines'), villebrume))).toBe('Forbidden');
});

test('who left the unit still ends the invitation they made there', async () => {
	await createInvitation(await as('ines'), idOf('montclairval'));
	const [mine] = await myInvitations(await as('ines'), idOf('montclairval'));
	const gone = { ...(await as('ines')), units: [] };
	expect(await outcome(revokeInvitation(gone, mine!.id))).toBeUndefined();
	expect(await showInvitation(mine!.code)).toBeNull();
});

test('expired, revoked, unknown and those of somebody suspended or gone look the same', async () => {
	const mine = async () => (await myInvitations(await as('mathis'), villebrume))[0]!;
	const code = await createInvitation(await as('mathis'), villebrume);
	expect(await outcome(revokeInvitation(await as('odile'), (await mine()).id))).toBe('NotFound');
	await revokeInvitation(await as('mathis'), (await mine()).id);
	const old = await createInvitation(await as('mathis'), villebrume);
	await asSystem('test', (tx) =>
		tx.run(sql`update territory.invitation set expires_at = now() - interval '1 minute' where code = ${old}`),
	);
	await asSystem('test', (tx) =>
		tx.run(sql`insert into territory.invitation (id, inviter_id, unit_id, code, expires_at)
		values (${newId()}, ${idOf('thibaud')}, ${villebrume}, 'SUSPENDED234', now() + interval '1 day'), (${newId()}, ${idOf('josiane')}, ${villebrume}, 'LEFTXX234567', now() + interval '1 day')`),
	);
	for (const dead of [
		code,
		old,
		'SUSPENDED234',
		'LEFTXX234567',
		'NEVERWAS2345',
		'',
		"'--",
		'x'.repeat(9_000),
	]) {
		expect([dead.slice(0, 20), await showInvitation(dead), await use(dead)]).toEqual([
			dead.slice(0, 20),
			null,
			null,
		]);
	}
	expect(plainCode('ab-cd ef')).toBe('ABCDEF');
});

test('twenty links at once are enough', async () => {
	const gerard = await as('gerard');
	for (let i = 0; i < 20; i++) await createInvitation(gerard, villebrume);
	expect(await outcome(createInvitation(gerard, villebrume))).toBe('Conflict');
});

test('the database shows nobody the invitations of others', async () => {
	const seen = await read(await as('samuel'), (tx) => tx.many(sql`select 1 from territory.invitation`));
	expect(seen).toEqual([]);
});
