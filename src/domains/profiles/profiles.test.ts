import { beforeEach, describe, expect, test } from 'vitest';
import { noteSpoken } from '#domains/friends/index.ts';
import { asSystem, read, write } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { fold } from '#platform/text/fold.ts';
import { type CastName, cast, idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import {
	type Audience,
	audiences,
	noteAllLooks,
	ownLines,
	saveAbout,
	saveReach,
	saveRows,
	showPerson,
} from './index.ts';

import { fields } from './policy.ts';
import { linesOf } from './show.ts';

stage();

const house = <T>(query: ReturnType<typeof sql>) => asSystem('test', (tx) => tx.many<T>(query as never));
const see = async (name: CastName, other: CastName) => showPerson(await as(name), idOf(other));
const befriend = (one: CastName, other: CastName) =>
	house(
		sql`insert into friends.link (person_id, friend_id) values (${idOf(one)}, ${idOf(other)}), (${idOf(other)}, ${idOf(one)})`,
	);
const block = (one: CastName, other: CastName) =>
	house(sql`insert into safety.block (person_id, blocked_id) values (${idOf(one)}, ${idOf(other)})`);
const row = (text: string, audience: Audience, more: object = {}) => ({
	id: [''],
	text: [text],
	place: [''],
	url: [''],
	since: [''],
	until: [''],
	audience: [audience],
	remove: [],
	...more,
});
const reach = (more: object = {}) => ({
	phone: '',
	phone_audience: 'me' as Audience,
	email_audience: 'me' as Audience,
	unit_audience: 'me' as Audience,
	...more,
});

const saveSkill = async (name: CastName, audience: Audience) =>
	saveRows(await as(name), 'skill', row('Coudre', audience));

beforeEach(async () => {
	for (const table of [
		'friends.link',
		'friends.request',
		'friends.shown',
		'safety.block',
		'profiles.field',
		'profiles.opening',
	])
		await house(sql`delete from ${sql.raw(table)}`);
});

describe('a profile', () => {
	test.each<[CastName, CastName, string]>([
		['odile', 'samuel', 'seen'],
		['odile', 'mathis', 'seen'],
		['odile', 'yamina', 'seen'],
		['odile', 'ines', 'NotFound'],
		['odile', 'josiane', 'NotFound'],
		['odile', 'awa', 'NotFound'],
		['yamina', 'noemie', 'seen'],
		['yamina', 'tidiane', 'NotFound'],
		['thibaud', 'odile', 'NotFound'],
		['thibaud', 'thibaud', 'seen'],
		['josiane', 'odile', 'NotFound'],
		['awa', 'odile', 'NotFound'],
		['tidiane', 'odile', 'NotFound'],
	])('of %s, opened: %s is %s', async (viewer, other, expected) => {
		expect(await outcome(see(viewer, other).then(() => 'seen'))).toBe(expected);
	});

	test('whoever blocked whom, neither finds the other', async () => {
		await block('samuel', 'odile');
		expect([await outcome(see('odile', 'samuel')), await outcome(see('samuel', 'odile'))]).toEqual([
			'NotFound',
			'NotFound',
		]);
	});

	test('an office reaches nobody without its second factor', async () => {
		expect(await outcome(showPerson(await as('yamina', { factor: false }), idOf('noemie')))).toBe('NotFound');
	});

	test('says offices of now and of before, and a stranger’s unit is not told', async () => {
		expect((await see('odile', 'gerard')).offices).toMatchObject([
			{ unit: 'Section de Villebrume', current: false },
		]);
		expect((await see('odile', 'yamina')).offices).toMatchObject([
			{ unit: 'Fédération du Val-d’Orsande', current: true },
		]);
		expect((await see('odile', 'yamina')).units).toEqual([]);
		expect((await see('odile', 'samuel')).units.map(({ name }) => name)).toEqual(['Section de Villebrume']);
		expect((await see('yamina', 'noemie')).units.map(({ name }) => name)).toEqual(['Section de Castelmauve']);
	});
});

describe('each line has its own audience', () => {
	// Who reads a line of Odile's: herself, a friend elsewhere, a neighbour who is not a member, an officer above, a member elsewhere who heard her.
	const readers: CastName[] = ['odile', 'fanny', 'mathis', 'yamina', 'ines', 'tidiane'];
	test.each<[Audience, CastName[]]>([
		['me', ['odile']],
		['friends', ['odile', 'fanny']],
		['unit', ['odile', 'mathis']],
		['members', ['odile', 'fanny', 'yamina', 'ines']],
		['network', ['odile', 'fanny', 'mathis', 'yamina', 'ines', 'tidiane']],
	])('%s: %s', async (audience, expected) => {
		await befriend('odile', 'fanny');
		await asSystem('test', (tx) =>
			noteSpoken(tx, { byId: idOf('odile'), asUnitId: null, unitId: null, audience: 'network' }),
		);
		await saveAbout(await as('odile'), { about: 'Je tracte le samedi.', audience });
		const reading = await Promise.all(
			readers.map(async (name) => ((await see(name, 'odile')).lines.length ? name : null)),
		);
		expect(reading.filter(Boolean)).toEqual(expected);
	});

	test('row-level security alone gives a line to its audience and nobody else', async () => {
		for (const audience of audiences)
			await saveRows(await as('odile'), 'skill', row(`Savoir ${audience}`, audience));
		await befriend('odile', 'fanny');
		const lines = async (name: CastName) =>
			(
				await read(await as(name), (tx) =>
					tx.many<{ audience: string }>(sql`select audience from profiles.field order by position, audience`),
				)
			)
				.map(({ audience }) => audience)
				.toSorted();
		expect(await lines('odile')).toEqual([...audiences].toSorted());
		expect(await lines('fanny')).toEqual(['friends', 'members', 'network']);
		expect(await lines('mathis')).toEqual(['network', 'unit']);
		expect(await lines('sabrina')).toEqual(['members', 'network']);
		expect(await read(await as('visitor'), (tx) => tx.many(sql`select 1 from profiles.field`))).toEqual([]);
	});
});

describe('writing one’s profile', () => {
	test('rows are added, changed and removed by one form', async () => {
		const odile = await as('odile');
		await saveRows(
			odile,
			'mandate',
			row('Conseillère municipale', 'network', { place: ['Villebrume'], since: ['2020'], until: ['2026'] }),
		);
		const [line] = (await ownLines(odile)).lines;
		expect(line).toMatchObject({
			value: { text: 'Conseillère municipale', place: 'Villebrume' },
			started: 2020,
			ended: 2026,
			audience: 'network',
		});
		await saveRows(odile, 'mandate', { ...row('Adjointe', 'unit'), id: [line!.id] });
		expect((await ownLines(odile)).lines).toMatchObject([
			{ value: { text: 'Adjointe' }, started: null, audience: 'unit' },
		]);
		await saveRows(odile, 'mandate', { ...row('Adjointe', 'unit'), id: [line!.id], remove: [line!.id] });
		expect((await ownLines(odile)).lines).toEqual([]);
	});

	test('wrong years and addresses are told at their row, and nothing is half written', async () => {
		const odile = await as('odile');
		const problems = async (work: Promise<unknown>) =>
			work.catch((error: { problems: unknown[] }) => error.problems);
		expect(
			await problems(
				saveRows(odile, 'mandate', {
					id: ['', ''],
					text: ['Une', 'Deux'],
					place: ['', ''],
					url: ['', ''],
					since: ['', '20'],
					until: ['', ''],
					audience: ['me', 'me'],
					remove: [],
				}),
			),
		).toEqual([{ field: 'since.1', key: 'profiles.year_shape' }]);
		expect(
			await problems(saveRows(odile, 'mandate', row('Une', 'me', { since: ['2026'], until: ['2020'] }))),
		).toEqual([{ field: 'until.0', key: 'profiles.until_before' }]);
		for (const url of ['javascript:alert(1)', 'https://a:b@rive.example', 'nulle part']) {
			expect(await problems(saveRows(odile, 'link', row('Mon site', 'me', { url: [url] })))).toEqual([
				{ field: 'url.0', key: 'profiles.link_shape' },
			]);
		}
		expect(await problems(saveReach(odile, reach({ phone: '12' })))).toEqual([
			{ field: 'phone', key: 'profiles.phone_shape' },
		]);
		expect((await ownLines(odile)).lines).toEqual([]);
	});

	test('nobody changes the line of another', async () => {
		const odile = await as('odile');
		await saveRows(odile, 'skill', row('Coudre', 'network'));
		const id = (await ownLines(odile)).lines[0]!.id;
		await saveRows(await as('samuel'), 'skill', { ...row('Volé', 'me'), id: [id] });
		await saveRows(await as('samuel'), 'skill', { ...row('x', 'me'), id: [id], remove: [id] });
		expect((await ownLines(odile)).lines).toMatchObject([{ value: { text: 'Coudre' } }]);
		expect(await outcome(saveAbout(await as('thibaud'), { about: 'x', audience: 'network' }))).toBe(
			'Forbidden',
		);
	});

	test('two tabs saving at once keep one “about”', async () => {
		const odile = await as('odile');
		await Promise.all(['un', 'deux', 'trois'].map((about) => saveAbout(odile, { about, audience: 'me' })));
		expect((await ownLines(odile)).lines).toHaveLength(1);
	});
});

test('the rules hold where row-level security is silent', async () => {
	await saveSkill('odile', 'network');
	await house(
		sql`insert into profiles.field (id, person_id, kind, audience) values (${idOf('a line')}, ${idOf('thibaud')}, 'skill', 'network')`,
	);
	const linesSeen = async (name: CastName) =>
		(await read(await as(name), async (tx) => linesOf(tx, await as(name), idOf('odile')))).length;
	expect([await linesSeen('samuel'), await linesSeen('tidiane'), await linesSeen('thibaud')]).toEqual([
		1, 0, 0,
	]);
	const thibaud = await as('thibaud');
	expect(await outcome(write(thibaud, (tx) => fields.guard(tx, thibaud, 'edit', idOf('a line'))))).toBe(
		'Forbidden',
	);
});

test('a name like an officer’s is marked, the officer’s own is not', async () => {
	await noteAllLooks();
	expect([(await see('odile', 'samuel')).lookalike, (await see('odile', 'mathis')).lookalike]).toEqual([
		false,
		false,
	]);
	for (const name of ['Oudraine Samuel', 'SAMUEL OUDRAÎNE', 'Sаmuel Oudraine']) {
		await house(
			sql`update people.person set name = ${name}, folded_name = ${fold(name)} where id = ${idOf('mathis')}`,
		);
		await noteAllLooks();
		expect((await see('odile', 'mathis')).lookalike).toBe(true);
	}
	await house(
		sql`update people.person set name = ${cast.mathis.name}, folded_name = ${fold(cast.mathis.name)} where id = ${idOf('mathis')}`,
	);
	await noteAllLooks();
	expect((await see('odile', 'mathis')).lookalike).toBe(false);
	await drainJobs();
});
