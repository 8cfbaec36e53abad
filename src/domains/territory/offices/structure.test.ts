import { expect, test } from 'vitest';
import { asSystem, read } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { powers } from '../blueprint.ts';
import { holdsPower } from '../rules.ts';
import { createKind, editKind, moveKind, removeKind } from './kinds.ts';
import { named, officeAt } from './offices.fixture.ts';
import { createOffice, editOffice, moveOffice, retireOffice } from './posts.ts';
import { kindList, kindPage, officePage } from './structure.ts';

stage();

const kindOf = async (key: string) =>
	(await kindList(await as('bertrand'))).find((kind) => kind.key === key)!;
const web = { ...named('webmestre'), en_one: 'web officer', en_many: 'web officers' };

test('the national office adds a level under another, and its drawn depth follows', async () => {
	const bertrand = await as('bertrand');
	const section = await kindOf('section');
	const circle = await createKind(bertrand, { ...named('cercle'), under: section.id });
	const found = (await kindList(bertrand)).map(({ key, depth }) => [key, depth]);
	expect(found).toEqual([
		['national', 4],
		['region', 3],
		['federation', 2],
		['section', 1],
		['cercle', 0],
	]);
	await moveKind(bertrand, { id: circle, direction: 'up' });
	expect((await kindList(bertrand)).at(-1)!.key).toBe('section');
	await removeKind(bertrand, { kind: circle });
	expect((await kindOf('section')).depth).toBe(0);
});

test('a level never stands above itself, and units are not left where they may not be', async () => {
	const bertrand = await as('bertrand');
	const [section, federation] = [await kindOf('section'), await kindOf('federation')];
	const edit = (kind: typeof section, children: string[]) =>
		outcome(editKind(bertrand, { ...named('lieu'), kind: kind.id, children }));
	expect(await edit(section, [federation.id])).toBe('Invalid');
	expect(await edit(section, [section.id])).toBe('Invalid');
	expect(await edit(federation, [])).toBe('Invalid');
	expect(await outcome(removeKind(bertrand, { kind: section.id }))).toBe('Conflict');
	expect(await outcome(createKind(bertrand, { ...named('cercle'), under: idOf('nowhere') }))).toBe('Invalid');
	expect(await outcome(createKind(bertrand, { ...named(''), under: '' }))).toBe('Invalid');
	expect((await kindOf('federation')).children).toEqual([section.id]);
});

test('two halves of a circle added at once: one is refused', async () => {
	const bertrand = () => as('bertrand');
	const a = await createKind(await bertrand(), { ...named('atelier'), under: '' });
	const b = await createKind(await bertrand(), { ...named('bureau'), under: '' });
	const both = await Promise.all([
		outcome(editKind(await bertrand(), { ...named('atelier'), kind: a, children: [b] })),
		outcome(editKind(await bertrand(), { ...named('bureau'), kind: b, children: [a] })),
	]);
	expect(both.toSorted()).toEqual(['Invalid', undefined]);
});

test('only who keeps the levels at the top changes them, second factor given', async () => {
	const section = await kindOf('section');
	const office = await officeAt('villebrume', 'treasurer');
	for (const name of ['odile', 'samuel', 'yamina', 'leontine', 'sabrina', 'paulo'] as const) {
		const viewer = await as(name);
		expect([name, await outcome(createKind(viewer, { ...named('x'), under: '' }))]).toEqual([
			name,
			'Forbidden',
		]);
		expect([
			name,
			await outcome(editKind(viewer, { ...named('x'), kind: section.id, children: [] })),
		]).toEqual([name, 'Forbidden']);
		expect([name, await outcome(editOffice(viewer, powers, { ...web, office, powers: [] }))]).toEqual([
			name,
			'Forbidden',
		]);
		expect([name, await outcome(retireOffice(viewer, { office, sure: 'on' }))]).toEqual([name, 'Forbidden']);
		expect([name, await outcome(kindPage(viewer, section.id))]).toEqual([name, 'NotFound']);
		expect([name, await outcome(officePage(viewer, office))]).toEqual([name, 'NotFound']);
	}
	expect(
		await outcome(createKind(await as('bertrand', { factor: false }), { ...named('x'), under: '' })),
	).toBe('Forbidden');
	expect(await outcome(createKind(await as('thibaud'), { ...named('x'), under: '' }))).toBe('NotFound');
	expect(await outcome(kindList(await as('visitor')))).toBe('NotFound');
	expect(await outcome(retireOffice(await as('thibaud'), { office, sure: 'on' }))).toBe('NotFound');
});

test('powers ticked act at once, powers taken away stop at once', async () => {
	const bertrand = await as('bertrand');
	const office = await officeAt('villebrume', 'secretary');
	const samuel = await as('samuel');
	const speaks = () =>
		read(
			samuel,
			async (tx) =>
				(await tx.one<{ yes: boolean }>(
					sql`select ${holdsPower('audit.read', sql`${idOf('villebrume')}::uuid`)(samuel)} as yes`,
				))!.yes,
		);
	expect(await speaks()).toBe(false);
	const before = (await officePage(bertrand, office)).powers;
	await editOffice(bertrand, powers, { ...web, office, powers: [...before, 'audit.read'], leads: 'on' });
	expect(await speaks()).toBe(true);
	await editOffice(await as('bertrand'), powers, { ...web, office, powers: before, leads: 'on' });
	expect(await speaks()).toBe(false);
	expect(await outcome(editOffice(await as('bertrand'), powers, { ...web, office, powers: ['root'] }))).toBe(
		'Invalid',
	);
});

test('nobody gives the office they hold what they do not hold', async () => {
	const bertrand = await as('bertrand');
	const office = (await asSystem('test', (tx) =>
		tx.one<{ id: string }>(
			sql`select office_id as id from territory.term where id = ${idOf('bertrand term')}`,
		),
	))!.id;
	const { powers: held, name, leads } = await officePage(bertrand, office);
	const missing = powers.find((power) => !held.includes(power))!;
	const gives = async (more: string[]) =>
		outcome(
			editOffice(await as('bertrand'), powers, { ...web, office, powers: more, leads: leads ? 'on' : '' }),
		);
	expect(missing).toBeTruthy();
	expect(name).toBeTruthy();
	expect(await gives([...held, missing])).toBe('Invalid');
	expect(await gives(held)).toBeUndefined();
});

test('an office is created, moved, and retired with its terms', async () => {
	const bertrand = await as('bertrand');
	const section = await kindOf('section');
	const id = await createOffice(bertrand, powers, {
		...named('archiviste'),
		kind: section.id,
		powers: ['unit.edit'],
	});
	await moveOffice(await as('bertrand'), { id, direction: 'up' });
	expect((await kindPage(bertrand, section.id)).offices.map((office) => office.id).indexOf(id)).toBe(1);

	const treasurer = await officeAt('villebrume', 'treasurer');
	await asSystem('test', (tx) =>
		tx.run(sql`insert into territory.term (id, person_id, unit_id, office_id)
		values (${idOf('odile term')}, ${idOf('odile')}, ${idOf('villebrume')}, ${treasurer})`),
	);
	expect(await outcome(retireOffice(await as('bertrand'), { office: treasurer }))).toBe('Invalid');
	await retireOffice(await as('bertrand'), { office: treasurer, sure: 'on' });
	expect((await as('odile')).officer).toBe(false);
	expect(await outcome(retireOffice(await as('bertrand'), { office: treasurer, sure: 'on' }))).toBe(
		'Conflict',
	);
	expect((await officePage(bertrand, treasurer)).retired).toBe(true);
});

test('the last office that keeps the offices can be neither emptied nor retired', async () => {
	const office = await officeAt('national', 'web_officer');
	expect(
		await outcome(editOffice(await as('bertrand'), powers, { ...web, office, powers: ['audit.read'] })),
	).toBe('Conflict');
	expect(await outcome(retireOffice(await as('bertrand'), { office, sure: 'on' }))).toBe('Conflict');
	expect((await as('bertrand')).officer).toBe(true);
	const { entries } = (await asSystem('test', (tx) =>
		tx.one<{ entries: number }>(
			sql`select count(*)::int as entries from audit.entry where act like 'territory.%_office'`,
		),
	))!;
	expect(entries).toBeGreaterThan(3);
});

test('levels, and offices of a level, put in order by several people at once wait for one another', async () => {
	const bertrand = await as('bertrand');
	const kindIds = (await kindList(bertrand)).map(({ id }) => id);
	const section = await kindOf('section');
	const officeIds = (await kindPage(bertrand, section.id)).offices.map(({ id }) => id);
	const directions = ['up', 'down'] as const;
	const moves = Array.from({ length: 6 }, (_, turn) => [
		...kindIds.map((id) => moveKind(bertrand, { id, direction: directions[turn % 2]! })),
		...officeIds.map((id) => moveOffice(bertrand, { id, direction: directions[turn % 2]! })),
		createKind(bertrand, { ...named(`niveau ${turn}`), under: '' }),
	]).flat();
	await Promise.all(moves);
	const positions = await read(bertrand, (tx) =>
		tx.many<{ position: number }>(sql`select position from territory.unit_kind`),
	);
	expect(new Set(positions.map(({ position }) => position)).size).toBe(kindIds.length + 6);
});
