import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { type CastName, cast, idOf, type UnitKey, units } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { journal, meeting, refused, scene, told } from '#tests/traces.ts';
import { endLoan, lend } from './offices/loans.ts';
import { officeAt } from './offices/offices.fixture.ts';
import { createUnit, moveUnit, renameUnit } from './units/arrange.ts';
import { closeUnit, reopenUnit } from './units/close.ts';

stage();

const people = {} as Record<CastName | 'visitor', Browser>;
const api = (unit: UnitKey, rest = '') => `/api/v1/units/${idOf(unit)}${rest}`;
beforeAll(async () => {
	for (const name of ['odile', 'samuel', 'ines', 'yamina', 'awa', 'thibaud', 'visitor'] as const)
		people[name] = await browser(name);
});
beforeEach(() => scene(sql`delete from platform.bucket`, sql`update territory.unit set closed_at = null`));
/** What a program reads of an address, as somebody: the status, and what was answered. */
async function reads<T = Record<string, unknown>>(
	who: keyof typeof people,
	path: string,
): Promise<{ status: number; body: T; text: string }> {
	const { status, html } = await people[who].get(path, { accept: 'application/json' });
	return { status, body: html.startsWith('{') || html.startsWith('[') ? JSON.parse(html) : null, text: html };
}
interface Unit {
	name: string;
	members: number | null;
	membersText: string | null;
	officers: { name: string }[] | null;
	chain: { name: string }[];
}
const names = (list: { name: string }[]) => list.map(({ name }) => name);

describe('a program that reads places', () => {
	test('goes down from the top to a section, by what each answer gives', async () => {
		let path = '/api/v1/units';
		const way: string[] = [];
		for (const next of ['national', 'orsande', 'valdorsande', 'villebrume'] as const) {
			const { body } = await reads<{ units: { id: string; name: string }[] }>('visitor', path);
			const found = body.units.find(({ name }) => name === units[next].name)!;
			way.push(found.name);
			path = `/api/v1/units?parent=${found.id}`;
		}
		expect(way).toHaveLength(4);
		expect((await reads<{ units: object[] }>('visitor', path)).body.units).toEqual([]);
	});

	test('is told no name of anybody without an account, nor numbers that would tell who is few', async () => {
		await scene(
			sql`update territory.unit set members_text = 'Le code de la porte' where unit.id = ${idOf('castelmauve')}`,
		);
		const { body, text } = await reads<Unit>('visitor', api('castelmauve'));
		expect(body).toMatchObject({ members: null, membersText: null, officers: null });
		for (const { name } of Object.values(cast)) expect(text).not.toContain(name);
		for (const rest of ['/members', '/officers'])
			expect((await reads('visitor', api('castelmauve', rest))).status).toBe(401);
	});

	test('as a person of a place reads its own part and who answers for it; of another, the officers alone', async () => {
		await scene(
			sql`update territory.unit set members_text = 'Le code de la porte' where unit.id = ${idOf('villebrume')}`,
		);
		const mine = (await reads<Unit>('odile', api('villebrume'))).body;
		expect([mine.membersText, names(mine.officers!), names(mine.chain)]).toEqual([
			'Le code de la porte',
			['Samuel Oudraine'],
			[units.national.name, units.orsande.name, units.valdorsande.name],
		]);
		const other = (await reads<Unit>('ines', api('villebrume'))).body;
		expect([other.membersText, names(other.officers!)]).toEqual([null, ['Samuel Oudraine']]);
		expect((await reads('thibaud', api('villebrume', '/officers'))).status).toBe(404);
	});

	test('lists the people of one’s own place as a neighbour does; as its officer with how they stand, and the journal says so', async () => {
		interface Listed {
			people: { name: string; grants: string | null; welcomed: boolean | null }[];
		}
		const neighbour = (await reads<Listed>('odile', api('villebrume', '/members'))).body.people;
		expect(names(neighbour)).toContain('Mathis Lanoëz');
		expect(neighbour.map(({ grants, welcomed }) => grants ?? welcomed)).toEqual(neighbour.map(() => null));
		const before = (await journal('territory.read_members')).length;
		const officer = (await reads<Listed>('samuel', api('villebrume', '/members'))).body.people;
		expect(officer.find(({ name }) => name === 'Mathis Lanoëz')).toMatchObject({
			grants: 'sympathiser',
			welcomed: false,
		});
		expect(await journal('territory.read_members')).toHaveLength(before + 1);
		expect((await reads('ines', api('villebrume', '/members'))).status).toBe(403);
	});

	test('a cursor, a parent or a name made up is refused or is the beginning; nothing breaks', async () => {
		const first = (await reads<{ units: object[] }>('odile', '/api/v1/units')).body.units;
		for (const cursor of [
			'x',
			'W10',
			Buffer.from('["a\u0000",1]').toString('base64url'),
			Buffer.from(`["z","${idOf('x')}'"]`).toString('base64url'),
		])
			expect(
				(await reads<{ units: object[] }>('odile', `/api/v1/units?cursor=${cursor}`)).body.units,
			).toEqual(first);
		expect((await reads('odile', '/api/v1/units?parent=orsande')).status).toBe(422);
		expect((await reads('odile', `/api/v1/units?q=${'x'.repeat(61)}`)).status).toBe(422);
		expect((await reads<{ units: object[] }>('odile', '/api/v1/units?q=%25%5F%27')).body.units).toEqual([]);
		expect((await reads('odile', '/api/v1/units/not-an-id')).status).toBe(404);
	});

	test('a place that closed is nowhere, but for who may open it again', async () => {
		await scene(sql`update territory.unit set closed_at = now() where unit.id = ${idOf('castelmauve')}`);
		for (const who of ['visitor', 'odile', 'samuel'] as const)
			expect((await reads(who, api('castelmauve'))).status).toBe(404);
		expect((await reads('yamina', api('castelmauve'))).status).toBe(200);
		for (const rest of ['/members', '/officers'])
			expect((await reads('odile', api('castelmauve', rest))).status).toBe(404);
		const below = (
			await reads<{ units: { name: string }[] }>('odile', `/api/v1/units?parent=${idOf('valdorsande')}`)
		).body.units;
		expect(names(below)).not.toContain(units.castelmauve.name);
		expect((await reads<{ units: object[] }>('odile', '/api/v1/units?q=castelmauve')).body.units).toEqual([]);
	});

	test('who answers for a place: of now only, neither of tomorrow nor of yesterday', async () => {
		const put = async (who: CastName, from: string, until: string | null) =>
			scene(sql`insert into territory.term (id, person_id, unit_id, office_id, starts_at, ends_at)
				values (${newId()}, ${idOf(who)}, ${idOf('castelmauve')}, ${await officeAt('castelmauve', 'secretary')},
					now() + ${from}::interval, now() + ${until}::interval)`);
		const led = async () =>
			(await reads<{ led: boolean; officers: object[] }>('odile', api('castelmauve', '/officers'))).body;
		await put('noemie', '1 day', null);
		await put('odile', '-2 days', '-1 day');
		expect(await led()).toEqual({ led: false, officers: [] });
		await put('ines', '-1 day', '1 day');
		expect(await led()).toMatchObject({ led: true, officers: [{ person: { name: 'Inès Ouarzal' } }] });
		await scene(sql`delete from territory.term where term.unit_id = ${idOf('castelmauve')}`);
	});

	test('the powers of a person are told as own or lent, and end with the loan', async () => {
		const held = async () =>
			(await reads<{ held: { power: string; unit: string; lent: boolean }[] }>('odile', '/api/v1/powers'))
				.body.held;
		expect(await held()).toEqual([]);
		const loan = await lend(await as('samuel'), {
			unit: idOf('villebrume'),
			person: idOf('odile'),
			powers: ['unit.edit'],
			until: new Date(Date.now() + 86_400_000),
		});
		expect(await held()).toEqual([{ power: 'unit.edit', unit: idOf('villebrume'), lent: true }]);
		await endLoan(await as('samuel'), { loan });
		expect(await held()).toEqual([]);
	});

	test('a page of another site makes no browser write: an open session is not enough', async () => {
		const sent = await refused(['territory.claim'], async () => {
			const { status } = await people.ines.post(api('castelmauve', '/claim'), { reason: 'Volé' });
			expect(status).toBe(401);
		});
		expect(sent).toBe('done');
	});
});

describe('two officers who shape one tree at once', () => {
	const kindOf = async (unit: UnitKey) =>
		(await asSystem('test', (tx) =>
			tx.one<{ kind_id: string }>(sql`select kind_id from territory.unit where unit.id = ${idOf(unit)}`),
		))!.kind_id;
	const orphans = () =>
		asSystem('test', (tx) =>
			tx.many<{
				name: string;
			}>(sql`select unit.name from territory.unit join territory.unit as parent on parent.id = unit.parent_id
				where unit.closed_at is null and parent.closed_at is not null or unit.ancestors <> parent.ancestors || unit.id`),
		);

	test('two places of one name, made in two federations, get two addresses', async () => {
		const kind = await kindOf('villebrume');
		const [yamina, driss] = [await as('yamina'), await as('driss')];
		const ids = await meeting(
			'territory.unit',
			() => createUnit(yamina, idOf('valdorsande'), { name: 'Section du Pré', kind }),
			() => createUnit(driss, idOf('hautsarvan'), { name: 'Section du Pré', kind }),
		);
		const slugs = await asSystem('test', (tx) =>
			tx.many<{ slug: string }>(
				sql`select slug from territory.unit where unit.id = any (${ids}::uuid[]) order by slug`,
			),
		);
		expect(slugs.map(({ slug }) => slug)).toEqual(['section-du-pre', 'section-du-pre-2']);
		await scene(sql`delete from territory.unit where unit.id = any (${ids}::uuid[])`);
	});

	test('a place made below another that closes at the same instant is made or refused, never left behind', async () => {
		const [kind, region] = [await kindOf('valdorsande'), await kindOf('sarvan')];
		const bertrand = await as('bertrand');
		const above = await createUnit(bertrand, idOf('national'), { name: 'Région éphémère', kind: region });
		const done = await meeting(
			'territory.unit',
			() => told(closeUnit(bertrand, above, { heir: '' })),
			() => told(createUnit(bertrand, above, { name: 'Fédération tardive', kind })),
		);
		expect(done.filter((one) => one === 'done')).toHaveLength(1);
		expect(await orphans()).toEqual([]);
	});

	test('renamed and moved at once, a place has its new name in its new place, and its address still leads there', async () => {
		const bertrand = await as('bertrand');
		await meeting(
			'territory.unit',
			() => moveUnit(bertrand, idOf('villebrume'), { parent: idOf('hautsarvan') }),
			() => renameUnit(bertrand, idOf('villebrume'), { name: 'Section de la Côte' }),
		);
		const { body } = await reads<Unit>('odile', api('villebrume'));
		expect([body.name, names(body.chain)]).toEqual([
			'Section de la Côte',
			[units.national.name, units.sarvan.name, units.hautsarvan.name],
		]);
		expect((await people.odile.get('/sections/section-de-villebrume')).main).toContain('Section de la Côte');
		await moveUnit(bertrand, idOf('villebrume'), { parent: idOf('valdorsande') });
		await renameUnit(bertrand, idOf('villebrume'), { name: units.villebrume.name });
		expect(await orphans()).toEqual([]);
	});

	test('closed and opened again at once, it is one or the other, and each gesture is in the journal once', async () => {
		const [yamina, bertrand] = [await as('yamina'), await as('bertrand')];
		await scene(
			sql`update territory.attachment set until = now() where attachment.unit_id = ${idOf('castelmauve')} and attachment.until is null`,
		);
		await closeUnit(yamina, idOf('castelmauve'), { heir: '' });
		const lines = async () =>
			(await journal('territory.close_unit')).length + (await journal('territory.reopen_unit')).length;
		const before = await lines();
		await meeting(
			'territory.unit',
			() => told(reopenUnit(yamina, idOf('castelmauve'))),
			() => told(reopenUnit(bertrand, idOf('castelmauve'))),
		);
		expect([await lines(), (await reads('odile', api('castelmauve'))).status]).toEqual([before + 1, 200]);
		await scene(
			sql`update territory.attachment set until = null where attachment.unit_id = ${idOf('castelmauve')}`,
		);
	});
});
