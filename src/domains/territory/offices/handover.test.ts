import { beforeEach, expect, test } from 'vitest';
import { asSystem, read, write } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { listMembers } from '../belonging/members.ts';
import { units } from '../policy.ts';
import { holdsPower, readsAfterHandover } from '../rules.ts';
import { endTerm } from './appoint.ts';
import { acceptHandover, cancelHandover, confirmHandover, proposeHandover } from './handover.ts';

stage();

const villebrume = idOf('villebrume');
const term = idOf('samuel term');
const propose = async () =>
	proposeHandover(await as('samuel'), { term, person: idOf('odile'), note: 'Les clés sont à la mairie.' });
const asks = (viewer: Viewer, rule: typeof readsAfterHandover | ReturnType<typeof power>) =>
	read(
		viewer,
		async (tx) =>
			(await tx.one<{ yes: boolean }>(sql`select ${rule(sql`${villebrume}::uuid`)(viewer)} as yes`))!.yes,
	);
const power = (name: string) => (unit: Parameters<typeof readsAfterHandover>[0]) => holdsPower(name, unit);

beforeEach(() =>
	asSystem('test', async (tx) => {
		await tx.run(sql`delete from territory.handover`);
		await tx.run(
			sql`delete from territory.term where unit_id = ${villebrume} and person_id <> ${idOf('gerard')} and id <> ${term}`,
		);
		await tx.run(sql`update territory.term set ends_at = null, ended_by = null where id = ${term}`);
	}),
);

test('an office passes in four steps: the former stops at the instant the new one begins, and reads for thirty days', async () => {
	const samuel = await as('samuel');
	const handover = await propose();
	expect(await outcome(confirmHandover(await as('samuel'), { handover }))).toBe('Conflict');
	await acceptHandover(await as('odile'), { handover });
	expect(await asks(samuel, power('unit.edit'))).toBe(true);
	await confirmHandover(await as('samuel'), { handover });

	expect(await asks(samuel, power('unit.edit'))).toBe(false);
	expect(await asks(await as('odile'), power('unit.edit'))).toBe(true);
	expect(await asks(samuel, readsAfterHandover)).toBe(true);
	expect((await as('samuel')).officer).toBe(false);
	const history = await asSystem('test', (tx) =>
		tx.many(sql`select before.ends_at = after.starts_at as joined from territory.term as before
			join territory.term as after on after.unit_id = before.unit_id and after.person_id = ${idOf('odile')}
			where before.id = ${term}`),
	);
	expect(history).toEqual([{ joined: true }]);

	await asSystem('test', (tx) =>
		tx.run(sql`update territory.handover set confirmed_at = now() - interval '31 days'`),
	);
	expect(await asks(samuel, readsAfterHandover)).toBe(false);
});

test('who handed over reads the people of the unit as before for thirty days, which the journal keeps, and changes nothing', async () => {
	const handover = await propose();
	await acceptHandover(await as('odile'), { handover });
	await confirmHandover(await as('samuel'), { handover });
	// The proof was given in this session while the office ran.
	const samuel: Viewer = { ...(await as('samuel')), secondFactor: true };
	const readings = () =>
		asSystem('test', (tx) =>
			tx.many(
				sql`select 1 from audit.entry where act = 'territory.read_members' and actor_id = ${idOf('samuel')}`,
			),
		);
	const may = async () => {
		return read(samuel, (tx) =>
			tx.one<{ may: object }>(
				sql`select ${units.may(samuel)} from territory.unit where unit.id = ${villebrume}`,
			),
		);
	};
	const before = (await readings()).length;
	expect((await listMembers(samuel, villebrume)).asOfficer).toBe(true);
	expect((await readings()).length).toBe(before + 1);
	expect((await listMembers(await as('samuel', { factor: false }), villebrume)).asOfficer).toBe(false);
	expect((await may())!.may).toMatchObject({ readMembers: true, edit: false, welcome: false, speak: false });
	await asSystem('test', (tx) =>
		tx.run(sql`update territory.handover set confirmed_at = now() - interval '31 days'`),
	);
	expect((await listMembers(samuel, villebrume)).asOfficer).toBe(false);
});

test('each step belongs to one person', async () => {
	const others = ['mathis', 'ines', 'driss', 'visitor', 'thibaud'] as const;
	for (const name of ['odile', 'yamina'] as const) {
		expect([
			name,
			await outcome(proposeHandover(await as(name), { term, person: idOf('odile'), note: '' })),
		]).toEqual([name, 'Forbidden']);
	}
	expect(
		await outcome(
			proposeHandover(await as('samuel', { factor: false }), { term, person: idOf('odile'), note: '' }),
		),
	).toBe('Forbidden');
	const handover = await propose();
	expect(await outcome(propose())).toBe('Conflict');
	for (const verb of [acceptHandover, confirmHandover, cancelHandover]) {
		for (const name of others)
			expect([name, await outcome(verb(await as(name), { handover }))]).toEqual([name, 'NotFound']);
	}
	expect(await outcome(acceptHandover(await as('samuel'), { handover }))).toBe('Forbidden');
	expect(await outcome(confirmHandover(await as('odile'), { handover }))).toBe('Forbidden');
	expect(await outcome(cancelHandover(await as('yamina'), { handover }))).toBe('Forbidden');
	expect(await outcome(acceptHandover(await as('yamina'), { handover }))).toBe('Forbidden');
	await acceptHandover(await as('odile'), { handover });
	expect(await outcome(confirmHandover(await as('samuel', { factor: false }), { handover }))).toBe(
		'Forbidden',
	);
});

test('a suspended person has no part in a handover any more', async () => {
	const handover = await propose();
	const pause = idOf('odile pause');
	await asSystem('test', (tx) =>
		tx.run(sql`insert into people.suspension (id, person_id) values (${pause}, ${idOf('odile')})`),
	);
	expect(await outcome(acceptHandover(await as('odile'), { handover }))).toBe('NotFound');
	await asSystem('test', (tx) => tx.run(sql`delete from people.suspension where id = ${pause}`));
});

test('the successor is a member of the unit, and somebody else', async () => {
	const samuel = await as('samuel');
	for (const name of ['samuel', 'mathis', 'ines', 'thibaud', 'lucien', 'josiane'] as const) {
		expect([name, await outcome(proposeHandover(samuel, { term, person: idOf(name), note: '' }))]).toEqual([
			name,
			'Invalid',
		]);
	}
});

test('either of the two stops it, and nothing moved', async () => {
	const handover = await propose();
	await acceptHandover(await as('odile'), { handover });
	await cancelHandover(await as('odile'), { handover });
	expect(await outcome(confirmHandover(await as('samuel'), { handover }))).toBe('Conflict');
	expect((await as('samuel')).officer).toBe(true);
	await cancelHandover(await as('samuel'), { handover: await propose() });
});

test('a term ended from above takes its handover with it', async () => {
	const handover = await propose();
	await acceptHandover(await as('odile'), { handover });
	await endTerm(await as('yamina'), { term, why: 'Décision de la fédération' });
	expect(await outcome(confirmHandover(await as('samuel'), { handover }))).not.toBe(undefined);
	expect((await as('odile')).officer).toBe(false);
});

test('confirmed twice at once, or ended at the same time, it passes once or not at all', async () => {
	const first = await propose();
	await acceptHandover(await as('odile'), { handover: first });
	// Both come in while the office runs.
	const samuel = await as('samuel');
	const twice = await Promise.all([1, 2].map(() => outcome(confirmHandover(samuel, { handover: first }))));
	expect(twice.toSorted()).toEqual(['Conflict', undefined]);
	const holders = () =>
		asSystem('test', (tx) =>
			tx.many<{ person_id: string }>(sql`
		select person_id from territory.term where unit_id = ${villebrume} and ends_at is null`),
		);
	expect(await holders()).toEqual([{ person_id: idOf('odile') }]);
});

test('of two handovers of one term proposed at once, one is open', async () => {
	const both = await Promise.all([outcome(propose()), outcome(propose())]);
	expect(both.filter((one) => one === 'Conflict').length).toBe(1);
});

test('the database itself shows a handover to its two people only', async () => {
	await propose();
	const seen = async (name: 'odile' | 'ines' | 'yamina') =>
		(await read(await as(name), (tx) => tx.many(sql`select id from territory.handover`))).length;
	expect([await seen('odile'), await seen('ines'), await seen('yamina')]).toEqual([1, 0, 1]);
	const changed = await write(await as('ines'), (tx) =>
		tx.run(sql`update territory.handover set note = 'x'`),
	);
	expect(changed).toBe(0);
});
