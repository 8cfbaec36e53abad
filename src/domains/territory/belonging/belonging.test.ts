import { expect, test } from 'vitest';
import { asSystem, read } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { type CastName, cast, idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { attachMany, detachMany } from './attach.ts';
import { regrade, repairCounts } from './counts.ts';
import { changeUnit, joinUnit, leave, unitsOf } from './join.ts';
import { listMembers, newcomers, peopleToMeet } from './members.ts';
import { confirmMember, unwelcome, welcome } from './welcome.ts';

stage();

const villebrume = idOf('villebrume');
const counts = (unit: string) =>
	asSystem('test', (tx) =>
		tx.one<{ m: number; s: number }>(
			sql`select member_count as m, sympathiser_count as s from territory.unit where id = ${idOf(unit)}`,
		),
	);
const audited = (act: string, actor: string) =>
	asSystem(
		'test',
		async (tx) =>
			(await tx.many(sql`select 1 from audit.entry where act = ${act} and actor_id = ${idOf(actor)}::uuid`))
				.length,
	);
const names = async (viewer: Viewer, unit: string, asked = {}) =>
	(await listMembers(viewer, idOf(unit), asked)).people.map(({ name }) => name);
const namesOf = (...keys: CastName[]) => keys.map((key) => cast[key].name);

async function newPeople(count: number): Promise<string[]> {
	const ids = Array.from({ length: count }, () => newId());
	await asSystem('test', async (tx) => {
		for (const id of ids) {
			await tx.run(
				sql`insert into people.person (id, name, folded_name, confirmed_at) values (${id}, 'Zoé Neuve', 'zoe neuve', now())`,
			);
			await tx.run(sql`insert into people.membership (id, person_id, type_id, verified_at)
				select ${newId()}, ${id}, membership_type.id, now() from people.membership_type where key = 'member'`);
		}
	});
	return ids;
}

test('twenty people who join at once are all counted, in the unit and in every one above', async () => {
	const before = await Promise.all(['villebrume', 'montclairval', 'national'].map(counts));
	const ids = await newPeople(20);
	await Promise.all(
		ids.map((id, i) =>
			asSystem('test', (tx) => joinUnit(tx, id, idOf(i % 2 ? 'villebrume' : 'montclairval'))),
		),
	);
	const after = await Promise.all(['villebrume', 'montclairval', 'national'].map(counts));
	expect(after.map((one, i) => one!.m - before[i]!.m)).toEqual([10, 10, 20]);
	expect(await asSystem('test', repairCounts)).toBe(0);
	await asSystem('test', (tx) =>
		detachMany(
			tx,
			ids.map((personId, i) => ({ personId, unitId: idOf(i % 2 ? 'villebrume' : 'montclairval') })),
		),
	);
	expect(await Promise.all(['villebrume', 'montclairval', 'national'].map(counts))).toEqual(before);
});

test('joining twice at once counts once, and wrong counts are repaired', async () => {
	const [id] = await newPeople(1);
	const before = await counts('castelmauve');
	await Promise.all([1, 2, 3].map(() => asSystem('test', (tx) => joinUnit(tx, id!, idOf('castelmauve')))));
	expect(await counts('castelmauve')).toEqual({ m: before!.m + 1, s: before!.s });
	await asSystem('test', (tx) =>
		tx.run(sql`update territory.unit set member_count = 999 where id = ${idOf('castelmauve')}`),
	);
	expect(await asSystem('test', repairCounts)).toBe(1);
	expect((await counts('castelmauve'))!.m).toBe(before!.m + 1);
	const becomes = (key: string) =>
		asSystem('test', async (tx) => {
			await tx.run(
				sql`update people.membership set type_id = (select membership_type.id from people.membership_type where key = ${key}) where person_id = ${id!}::uuid`,
			);
			await regrade(tx, id!);
		});
	await becomes('sympathiser');
	await becomes('sympathiser');
	expect(await counts('castelmauve')).toEqual({ m: before!.m, s: before!.s + 1 });
	await becomes('member');
	await asSystem('test', (tx) => detachMany(tx, [{ personId: id!, unitId: idOf('castelmauve') }]));
});

test('a closed or unknown unit is not joined', async () => {
	expect(await outcome(asSystem('test', (tx) => joinUnit(tx, idOf('mathis'), newId())))).toBe('Invalid');
});

test('people of a section see who is in it; nobody else does, sympathisers of elsewhere least of all', async () => {
	const seen = await names(await as('odile'), 'villebrume');
	expect(seen).toEqual(expect.arrayContaining(namesOf('odile', 'mathis', 'samuel', 'gerard')));
	expect(seen).not.toContain(cast.awa.name);
	expect(seen).not.toContain(cast.josiane.name);
	for (const stranger of ['tidiane', 'ines', 'fanny', 'driss', 'gerard'] as const) {
		const unit = stranger === 'gerard' ? 'montclairval' : 'villebrume';
		expect([stranger, await outcome(names(await as(stranger), unit))]).toEqual([stranger, 'Forbidden']);
	}
	for (const none of ['visitor', 'awa', 'thibaud', 'josiane'] as const)
		expect([none, await outcome(names(await as(none), 'villebrume'))]).toEqual([none, 'Forbidden']);
	expect(await outcome(names(await as('odile'), 'nowhere'))).toBe('NotFound');
});

test('only an officer reads memberships and the units below, and their reading is written', async () => {
	const peer = await listMembers(await as('odile'), villebrume);
	expect([peer.asOfficer, peer.people[0]]).toEqual([
		false,
		expect.objectContaining({ grants: null, welcomed: null, verified: null }),
	]);
	expect(await audited('territory.read_members', 'odile')).toBe(0);
	const officer = await listMembers(await as('samuel'), villebrume);
	expect(officer.people.find(({ id }) => id === idOf('mathis'))).toMatchObject({
		grants: 'sympathiser',
		verified: false,
		welcomed: false,
	});
	expect(officer.people.find(({ id }) => id === idOf('lucien'))).toMatchObject({
		verified: true,
		lapsed: true,
	});
	expect(await audited('territory.read_members', 'samuel')).toBe(1);
	expect(await names(await as('samuel'), 'villebrume', { only: 'waiting' })).toEqual([cast.mathis.name]);
	expect((await names(await as('odile'), 'villebrume', { only: 'waiting' })).length).toBeGreaterThan(1);
	expect(await names(await as('yamina'), 'valdorsande')).toEqual(
		expect.arrayContaining(namesOf('odile', 'ines', 'noemie')),
	);
	expect(await outcome(names(await as('samuel', { factor: false }), 'valdorsande'))).toBe('Forbidden');
});

test('the list is searched without accents and read page by page', async () => {
	const samuel = await as('samuel');
	expect(await names(samuel, 'villebrume', { q: 'lanoez' })).toEqual([cast.mathis.name]);
	expect(await names(samuel, 'villebrume', { q: '%' })).toEqual([]);
	const ids = await newPeople(40);
	await asSystem('test', (tx) =>
		attachMany(
			tx,
			ids.map((personId) => ({ personId, unitId: villebrume })),
		),
	);
	const first = await listMembers(samuel, villebrume);
	const second = await listMembers(samuel, villebrume, { cursor: first.next });
	expect(first.people).toHaveLength(30);
	expect(new Set([...first.people, ...second.people].map(({ id }) => id)).size).toBe(
		first.people.length + second.people.length,
	);
	expect(second.next).toBeNull();
	expect((await listMembers(samuel, villebrume, { cursor: 'nonsense' })).people).toHaveLength(30);
	await asSystem('test', (tx) =>
		detachMany(
			tx,
			ids.map((personId) => ({ personId, unitId: villebrume })),
		),
	);
});

test('whom one is offered to meet is of one’s own section only', async () => {
	const own = new Set(
		Object.entries(cast)
			.filter(([, { unit }]) => unit === 'villebrume')
			.map(([key]) => idOf(key)),
	);
	const met = await peopleToMeet(await as('mathis'));
	expect(met.map(({ id }) => own.has(id))).toEqual([true, true, true]);
	expect(met[0]!.id).toBe(idOf('samuel'));
	expect(await peopleToMeet(await as('visitor'))).toEqual([]);
	const [id] = await newPeople(1);
	await asSystem('test', (tx) => joinUnit(tx, id!, villebrume));
	expect((await newcomers(await as('odile'))).map((person) => person.id)).toEqual([id]);
	expect(await newcomers(await as('ines'))).toEqual([]);
	await asSystem('test', (tx) => detachMany(tx, [{ personId: id!, unitId: villebrume }]));
});

test('an officer welcomes with a word, once, and may take it back', async () => {
	const samuel = await as('samuel');
	const mathis = { person: idOf('mathis'), greeting: 'Bienvenue Mathis, on se voit mardi.' };
	for (const other of ['odile', 'yamina', 'fanny'] as const)
		if (other !== 'yamina')
			expect(await outcome(welcome(await as(other), villebrume, mathis))).toBe('Forbidden');
	await Promise.all([
		welcome(samuel, villebrume, mathis),
		welcome(await as('yamina'), villebrume, { ...mathis, greeting: 'Et de la fédération' }),
	]);
	expect(
		(await audited('territory.welcome', 'samuel')) + (await audited('territory.welcome', 'yamina')),
	).toBe(1);
	expect(await outcome(welcome(samuel, villebrume, { person: idOf('ines'), greeting: '' }))).toBe('NotFound');
	expect(await outcome(welcome(samuel, villebrume, { person: idOf('awa'), greeting: '' }))).toBe('NotFound');
	const undo = await Promise.all(
		['samuel', 'yamina'].map(async (who) =>
			outcome(unwelcome(await as(who as CastName), villebrume, mathis)),
		),
	);
	expect(undo.filter((each) => each === 'NotFound')).toHaveLength(1);
});

test('a section officer confirms a sympathiser; the counts and their standing follow', async () => {
	const before = await counts('villebrume');
	expect(await outcome(confirmMember(await as('odile'), villebrume, { person: idOf('mathis') }))).toBe(
		'Forbidden',
	);
	expect(
		await outcome(confirmMember(await as('fanny'), idOf('pontsarvan'), { person: idOf('mathis') })),
	).toBe('NotFound');
	await confirmMember(await as('samuel'), villebrume, { person: idOf('mathis') });
	expect((await as('mathis')).standing).toBe('member');
	expect(await counts('villebrume')).toEqual({ m: before!.m + 1, s: before!.s - 1 });
	expect(await outcome(confirmMember(await as('samuel'), villebrume, { person: idOf('mathis') }))).toBe(
		'Conflict',
	);
	expect(await outcome(confirmMember(await as('samuel'), villebrume, { person: idOf('lucien') }))).toBe(
		'Conflict',
	);
	expect(await asSystem('test', repairCounts)).toBe(0);
});

test('a person changes section, leaves, comes back; the lists follow', async () => {
	await changeUnit(await as('ines'), idOf('castelmauve'));
	expect((await as('ines')).units).toEqual([idOf('castelmauve')]);
	expect(await outcome(names(await as('ines'), 'montclairval'))).toBe('Forbidden');
	await changeUnit(await as('ines'), idOf('montclairval'));
	await leave(await as('ines'), idOf('montclairval'));
	expect(await read(await as('ines'), (tx) => unitsOf(tx, idOf('ines')))).toEqual([]);
	expect(await outcome(leave(await as('ines'), idOf('montclairval')))).toBe('NotFound');
	await changeUnit(await as('ines'), idOf('montclairval'));
	expect(await asSystem('test', repairCounts)).toBe(0);
});

test('nobody joins a whole federation, nor goes through the sections one by one', async () => {
	expect(await outcome(changeUnit(await as('tidiane'), idOf('valdorsande')))).toBe('Invalid');
	expect(await outcome(changeUnit(await as('tidiane'), newId()))).toBe('NotFound');
	expect(await outcome(changeUnit(await as('thibaud'), idOf('castelmauve')))).toBe('NotFound');
	const tries: unknown[] = [];
	for (const unit of ['villebrume', 'montclairval', 'castelmauve', 'pontsarvan', 'villebrume'])
		tries.push(await outcome(changeUnit(await as('tidiane'), idOf(unit))));
	expect(tries.at(-1)).toBe('TooMany');
});

test('row-level security holds where the rules would be forgotten', async () => {
	const odile = await as('odile');
	const stolen = await read(odile, (tx) =>
		tx.many(sql`select 1 from territory.attachment where unit_id = ${idOf('pontsarvan')}`),
	);
	expect(stolen).toEqual([]);
});
