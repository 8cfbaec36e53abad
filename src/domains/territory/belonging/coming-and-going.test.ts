import { beforeEach, expect, test } from 'vitest';
import { addMembership } from '#domains/people/index.ts';
import { asSystem, read, write } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { drainJobs } from '#platform/jobs.ts';
import { list, sql } from '#platform/sql.ts';
import { type CastName, idOf, type UnitKey } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { faults, journal, refused, scene, told, toldOf } from '#tests/traces.ts';
import { cursorOf, pageOf, placeOf } from '../cursor.ts';
import { attachMany, detachMany } from './attach.ts';
import { repairCounts } from './counts.ts';
import { changeUnit, joinUnit, leave, unitsOf } from './join.ts';
import { listMembers, newcomers } from './members.ts';
import { confirmMember, PersonForm, unwelcome, WelcomeForm, welcome } from './welcome.ts';

stage();

const tables = ['territory.attachment', 'people.membership'];
const villebrume = idOf('villebrume');
const greet = async (who: CastName, person: string, greeting = '') =>
	welcome(await as(who), villebrume, { person: idOf(person), greeting });
const confirm = async (who: CastName, person: string) =>
	confirmMember(await as(who), villebrume, { person: idOf(person) });
const homes = async (who: CastName) =>
	(await asSystem('test', (tx) => unitsOf(tx, idOf(who)))).map(({ id }) => id);

beforeEach(async () => {
	await drainJobs();
	await scene(sql`delete from platform.bucket`, sql`delete from notices.notice`);
});

test('who is welcomed hears it once, with a line in the journal; the words are in no journal', async () => {
	await greet('samuel', 'mathis', 'On se voit mardi');
	await greet('samuel', 'mathis', 'Encore');
	expect(await toldOf('welcomed')).toEqual(['mathis']);
	const lines = await journal('territory.welcome');
	expect(lines).toEqual([
		{
			actor: idOf('samuel'),
			subject: idOf('mathis'),
			unit: villebrume,
			reason: null,
			detail: {},
		},
	]);
	await unwelcome(await as('samuel'), villebrume, { person: idOf('mathis') });
	expect((await journal('territory.unwelcome')).length).toBe(1);
});

test('each refusal to welcome or confirm says why, and nobody’s record moved', async () => {
	const no = (work: () => Promise<unknown>) => refused(tables, work);
	expect(await no(() => greet('odile', 'mathis'))).toBe('Forbidden');
	expect(await no(() => greet('fanny', 'mathis'))).toBe('Forbidden');
	for (const person of ['ines', 'awa', 'josiane', 'nobody'])
		expect([person, await no(() => greet('samuel', person))]).toEqual([person, 'NotFound']);
	expect(await no(() => confirm('samuel', 'odile'))).toBe('Conflict: territory.member_already_confirmed');
	expect(await no(() => confirm('samuel', 'ines'))).toBe('NotFound');
	expect(await no(() => confirm('odile', 'mathis'))).toBe('Forbidden');
	await greet('yamina', 'mathis');
	expect(await no(async () => unwelcome(await as('samuel'), villebrume, { person: idOf('mathis') }))).toBe(
		'NotFound',
	);
	await unwelcome(await as('yamina'), villebrume, { person: idOf('mathis') });
});

test('without any kind of membership that makes a member, nobody is confirmed', async () => {
	const types = (grants: string) =>
		scene(sql`update people.membership_type set grants = ${grants} where key in ('member', 'youth')`);
	await types('sympathiser');
	expect(await refused(tables, () => confirm('samuel', 'mathis'))).toBe('Conflict: territory.member_no_type');
	await types('member');
});

test('two officers confirm at once: one does, the other reads that it is done', async () => {
	const both = await Promise.all([told(confirm('samuel', 'mathis')), told(confirm('yamina', 'mathis'))]);
	expect(both.toSorted()).toEqual(['Conflict: territory.member_already_confirmed', 'done']);
	expect(await toldOf('confirmed')).toEqual(['mathis']);
	expect((await journal('territory.confirm_member')).length).toBe(1);
	expect(await asSystem('test', repairCounts)).toBe(0);
});

test('a membership that somebody declared is verified, and stays the same one', async () => {
	await asSystem('test', async (tx) => {
		await tx.run(
			sql`update people.membership set ended_at = now() where person_id = ${idOf('tidiane')} and ended_at is null`,
		);
		const type = (await tx.one<{ id: string }>(
			sql`select id from people.membership_type where key = 'youth'`,
		))!;
		await addMembership(tx, idOf('tidiane'), { typeId: type.id });
	});
	await drainJobs();
	expect((await as('tidiane')).standing).toBe('sympathiser');
	await confirmMember(await as('fanny'), idOf('pontsarvan'), { person: idOf('tidiane') });
	const kept = await asSystem('test', (tx) =>
		tx.many<{
			key: string;
			verified_by: string;
		}>(sql`select membership_type.key, membership.verified_by from people.membership
			join people.membership_type on membership_type.id = membership.type_id
			where membership.person_id = ${idOf('tidiane')} and membership.ended_at is null`),
	);
	expect(kept).toEqual([{ key: 'youth', verified_by: idOf('fanny') }]);
	expect((await as('tidiane')).standing).toBe('member');
});

test('each refusal to come or to leave says why, and costs no move', async () => {
	const to = (who: CastName, unit: string) => refused(tables, async () => changeUnit(await as(who), unit));
	expect(await to('tidiane', idOf('valdorsande'))).toBe('Invalid: unit territory.join_has_units_below');
	expect(await to('tidiane', newId())).toBe('NotFound');
	expect(await to('thibaud', villebrume)).toBe('NotFound');
	expect(await to('awa', villebrume)).toBe('NotFound');
	for (let n = 0; n < 6; n++) await to('tidiane', idOf('valdorsande'));
	expect(await told(changeUnit(await as('tidiane'), idOf('castelmauve')))).toBe('done');
	expect(await refused(tables, async () => leave(await as('tidiane'), villebrume))).toBe('NotFound');
	expect(await refused(tables, async () => leave(await as('visitor'), villebrume))).toBe('NotFound');
	await changeUnit(await as('tidiane'), idOf('pontsarvan'));
});

test('after four moves a fifth waits, yet coming back where one is already costs nothing', async () => {
	const move = async (unit: UnitKey) => told(changeUnit(await as('tidiane'), idOf(unit)));
	for (const unit of ['castelmauve', 'villebrume', 'castelmauve', 'pontsarvan'] as const)
		expect(await move(unit)).toBe('done');
	expect(await move('villebrume')).toBe('TooMany: app.too_many');
	expect(await move('pontsarvan')).toBe('done');
	expect(await homes('tidiane')).toEqual([idOf('pontsarvan')]);
});

test('a move tells the place that somebody came, and nobody of the place they left', async () => {
	await changeUnit(await as('mathis'), idOf('pontsarvan'));
	expect(await toldOf('joined')).toEqual(['fanny']);
	await scene(sql`delete from notices.notice`);
	await changeUnit(await as('mathis'), villebrume);
	expect(await toldOf('joined')).toEqual(['samuel']);
});

test('moved to two places at once, a person ends in one', async () => {
	await Promise.all([
		told(changeUnit(await as('ines'), idOf('castelmauve'))),
		told(changeUnit(await as('ines'), villebrume)),
	]);
	expect((await homes('ines')).length).toBe(1);
	await changeUnit(await as('ines'), idOf('montclairval'));
	expect(await homes('ines')).toEqual([idOf('montclairval')]);
	expect(await asSystem('test', repairCounts)).toBe(0);
});

test('left twice at once, a place is left once, and its history stays', async () => {
	const both = await Promise.all([
		told(leave(await as('ines'), idOf('montclairval'))),
		told(leave(await as('ines'), idOf('montclairval'))),
	]);
	expect(both.toSorted()).toEqual(['NotFound', 'done']);
	await asSystem('test', (tx) => joinUnit(tx, idOf('ines'), idOf('montclairval')));
	const rows = await asSystem('test', (tx) =>
		tx.many(sql`select until is null as current from territory.attachment
			where person_id = ${idOf('ines')} and unit_id = ${idOf('montclairval')} order by since`),
	);
	expect(rows.at(-1)).toEqual({ current: true });
	expect(rows.length).toBeGreaterThan(1);
});

test('many people come and go in one gesture; those already there are not counted twice', async () => {
	const pairs = (['odile', 'ines'] as const).map((name) => ({
		personId: idOf(name),
		unitId: idOf('castelmauve'),
	}));
	const first = await asSystem('test', (tx) => attachMany(tx, pairs));
	expect([first.length, (await asSystem('test', (tx) => attachMany(tx, pairs))).length]).toEqual([2, 0]);
	expect(
		(await asSystem('test', (tx) => detachMany(tx, [...pairs, { ...pairs[0]!, personId: newId() }]))).length,
	).toBe(2);
	expect(await asSystem('test', (tx) => attachMany(tx, []))).toEqual([]);
	expect(await asSystem('test', repairCounts)).toBe(0);
});

test('a newcomer is new for seven days, and only while they are here', async () => {
	const seen = async () => (await newcomers(await as('odile'))).map(({ id }) => id);
	const since = (interval: string) =>
		scene(
			sql`update territory.attachment set since = now() - ${interval}::interval where person_id = ${idOf('mathis')} and until is null`,
		);
	await since('6 days 23 hours');
	expect(await seen()).toEqual([idOf('mathis')]);
	await since('7 days 1 minute');
	expect(await seen()).toEqual([]);
	await since('1 day');
	await scene(sql`update people.person set left_at = now() where id = ${idOf('mathis')}`);
	expect(await seen()).toEqual([]);
	await scene(sql`update people.person set left_at = null where id = ${idOf('mathis')}`);
});

test('a list of just one page has no next one; thirty-one people have', async () => {
	const ids = Array.from({ length: 40 }, () => newId());
	const here = async () => (await listMembers(await as('noemie'), idOf('castelmauve'))).people.length;
	const missing = 30 - (await here());
	await asSystem('test', async (tx) => {
		await tx.run(sql`insert into people.person (id, name, folded_name, confirmed_at)
			select id, 'Lou Marchebois', 'lou marchebois', now() from unnest(${list(ids, 'uuid')}) as id`);
		await attachMany(
			tx,
			ids.slice(0, missing).map((personId) => ({ personId, unitId: idOf('castelmauve') })),
		);
	});
	const page = async (cursor: string | null = null) =>
		listMembers(await as('noemie'), idOf('castelmauve'), { cursor });
	expect([(await page()).people.length, (await page()).next]).toEqual([30, null]);
	await asSystem('test', (tx) => joinUnit(tx, ids[missing]!, idOf('castelmauve')));
	const { next } = await page();
	expect((await page(next)).people.length).toBe(1);
	const all = [...(await page()).people, ...(await page(next)).people].map(({ id }) => id);
	expect(new Set(all).size).toBe(31);
});

test('a cursor that somebody wrote by hand is the beginning, never an error', async () => {
	const first = (await listMembers(await as('noemie'), idOf('castelmauve'))).people[0]!.id;
	const written = [
		cursorOf({ text: 'a', id: '-'.repeat(36) }),
		cursorOf({ text: 'a', id: 'f'.repeat(36) }),
		cursorOf({ text: 'a\u0000b', id: idOf('odile') }),
		'null',
		Buffer.from('[1,2]').toString('base64url'),
		Buffer.from('{}').toString('base64url'),
		'%%%',
	];
	for (const cursor of written)
		expect([
			cursor,
			(await listMembers(await as('noemie'), idOf('castelmauve'), { cursor })).people[0]!.id,
		]).toEqual([cursor, first]);
	const place = { text: 'l’été', id: idOf('odile') };
	expect(placeOf(cursorOf(place))).toEqual(place);
	expect(pageOf([], 3)).toEqual({ rows: [], next: null });
});

test('the database lets nobody join in another’s name, nor write their own welcome', async () => {
	const insert = async (who: CastName, person: string, greeting: string) =>
		write(await as(who), (tx) =>
			tx.run(sql`insert into territory.attachment (id, person_id, unit_id, greeting)
				values (${newId()}, ${idOf(person)}, ${idOf('castelmauve')}, ${greeting})`),
		);
	await expect(insert('ines', 'odile', '')).rejects.toThrow(/row-level security/);
	await expect(insert('ines', 'ines', 'Bienvenue à moi')).rejects.toThrow(/row-level security/);
	const hidden = await read(await as('mathis'), (tx) =>
		tx.many(sql`select 1 from territory.attachment where person_id = ${idOf('fanny')}`),
	);
	expect(hidden).toEqual([]);
});

test('the forms ask for a person, and for a short word', () => {
	expect(faults(WelcomeForm, { person: idOf('mathis'), greeting: 'x'.repeat(501) })).toEqual([
		'greeting territory.member_greeting_long',
	]);
	expect(faults(PersonForm, { person: 'Mathis' })).toEqual(['person territory.member_unknown']);
});
