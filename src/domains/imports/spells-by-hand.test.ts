import { beforeEach, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { type Sql, sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { bring, personBy, send } from './imports.fixture.ts';
import { launch, undo } from './index.ts';
import { work } from './run/engine.ts';

stage();

const head = 'Matricule;Nom;Prénom;Courriel;Section;À jour jusqu’au;Type adhésion;Adhérent depuis\n';
const line = (n: number, until: string, { type = 'member', since = '01/01/2020' } = {}) =>
	`${head}S${n};Cassaigne;Ode;ode${n}@rive.example;Villebrume;${until};${type};${since}\n`;
const yamina = () => as('yamina');
beforeEach(() => scene(sql`update imports.import set undo_until = null where state = 'done'`));

const takeBack = async (id: string) => {
	await undo(await yamina(), id);
	await work('house', id);
};
/** An officer changes the membership in force of this person. */
const changed = (email: string, what: Sql) =>
	scene(sql`update people.membership set ${what} where membership.ended_at is null
		and membership.person_id = (select contact.person_id from people.contact where contact.email = ${email})`);
const spell = (email: string) =>
	asSystem('test', (tx) =>
		tx.one<object>(sql`select membership.since::text, membership.paid_until::text as paid, membership.member_number as number,
			membership_type.key as type from people.membership join people.contact using (person_id)
			join people.membership_type on membership_type.id = membership.type_id
			where contact.email = ${email} and membership.ended_at is null`),
	);

test('what an officer changed of a membership since stays; the rest goes back', async () => {
	await bring(await yamina(), line(1, '31/12/2026'));
	const done = await bring(await yamina(), line(1, '31/12/2027', { since: '01/01/2021' }));
	await changed('ode1@rive.example', sql`paid_until = '2029-06-30'`);
	await takeBack(done.id);
	expect(await spell('ode1@rive.example')).toEqual({
		since: '2020-01-01',
		paid: '2029-06-30',
		number: 'S1',
		type: 'member',
	});
});

test('a number corrected since stays, although the one before is free', async () => {
	await bring(await yamina(), line(2, '31/12/2026'));
	const done = await bring(await yamina(), line(2, '31/12/2027'));
	await changed('ode2@rive.example', sql`member_number = 'S2 bis'`);
	await takeBack(done.id);
	expect(await spell('ode2@rive.example')).toMatchObject({ number: 'S2 bis', paid: '2026-12-31' });
});

test('a membership that the file began stays once an officer changed it, and the one before does not run again', async () => {
	await bring(await yamina(), line(3, '31/12/2026'));
	const done = await bring(await yamina(), line(3, '31/12/2026', { type: 'youth' }));
	await changed('ode3@rive.example', sql`paid_until = '2028-12-31'`);
	await takeBack(done.id);
	expect(await spell('ode3@rive.example')).toMatchObject({ type: 'youth', paid: '2028-12-31' });
});

test('somebody whom a complete list let lapse, and who paid since, stays paid', async () => {
	await bring(await yamina(), line(4, '31/12/2099'));
	const id = await send(await yamina(), line(5, '31/12/2099'));
	await launch(await yamina(), id, { lapse: 'on' });
	await work('house', id);
	expect((await personBy('ode4@rive.example'))!.paid! < '2099').toBe(true);
	await changed('ode4@rive.example', sql`paid_until = '2050-12-31'`);
	await takeBack(id);
	expect((await personBy('ode4@rive.example'))!.paid).toBe('2050-12-31');
});

test('the forgotten name of who verified it is no change by hand: it does not come back', async () => {
	await bring(await yamina(), line(6, '31/12/2026'));
	const done = await bring(await yamina(), line(6, '31/12/2027'));
	await changed('ode6@rive.example', sql`verified_by = null`);
	await takeBack(done.id);
	expect(await spell('ode6@rive.example')).toMatchObject({ paid: '2026-12-31' });
	const left = await asSystem('test', (tx) =>
		tx.many(
			sql`select 1 as left from people.membership where verified_by = ${idOf('yamina')}::uuid and member_number = 'S6'`,
		),
	);
	expect(left).toEqual([]);
});

test('a file brought before the house wrote down what it leaves is undone whole', async () => {
	await bring(await yamina(), line(7, '31/12/2026'));
	const done = await bring(await yamina(), line(7, '31/12/2027'));
	await scene(
		sql`update imports.change set before = change.before #- '{row,left}' where change.import_id = ${done.id}`,
	);
	await takeBack(done.id);
	expect(await spell('ode7@rive.example')).toMatchObject({ paid: '2026-12-31' });
});

test('nor does it keep a membership that the file began', async () => {
	await bring(await yamina(), line(8, '31/12/2026'));
	const done = await bring(await yamina(), line(8, '31/12/2026', { type: 'youth' }));
	await changed('ode8@rive.example', sql`verified_by = null`);
	await takeBack(done.id);
	expect(await spell('ode8@rive.example')).toMatchObject({ type: 'member' });
});
