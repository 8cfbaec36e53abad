import { beforeAll, beforeEach, expect, test } from 'vitest';
import { sql } from '#platform/sql.ts';
import { type Answer, type Browser, browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { program } from '#tests/program.ts';
import { as, stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { MOST } from './answer.ts';
import { candidates } from './candidates.ts';

stage();

const villebrume = idOf('villebrume');
const naming = `/unites/${villebrume}/bureau/nommer`;
const person = (n: number) => idOf(`vaubrun ${n}`);
let yamina: Browser;
beforeAll(async () => {
	yamina = await browser('yamina');
	for (let n = 1; n <= MOST + 2; n++)
		await scene(
			sql`insert into people.person (id, name, folded_name, confirmed_at) values (${person(n)}, ${`Lou Vaubrun-${n}`}, ${`lou vaubrun-${n}`}, now())`,
			sql`insert into territory.attachment (id, person_id, unit_id, since) values (${idOf(`at ${n}`)}, ${person(n)}, ${villebrume}, now())`,
		);
});
/** As many of them here; the others left. */
const here = (n: number) =>
	scene(
		sql`update people.person set left_at = case when right(name, length(name) - 12)::int <= ${n} then null else now() end where folded_name like 'lou vaubrun%'`,
	);
beforeEach(() => scene(sql`delete from platform.bucket`));
const names = async (who: CastName, text: string, unit = villebrume) =>
	(await candidates(await as(who), unit, text)).map(({ name }) => name);
const choices = ({ html }: Answer) =>
	[...html.matchAll(/type="radio" name="person"|name="person" type="radio"/g)].length;

test('eight of one name are all there, and nothing says that others are left', async () => {
	await here(MOST);
	const found = await yamina.post(`${naming}?/find`, { who: 'vaubrun', office: '' });
	expect([choices(found), found.main.includes('premiers noms')]).toEqual([MOST, false]);
});

test('of nine, the first eight are shown, it is said that there are more, and said again after a refusal', async () => {
	await here(MOST + 1);
	const found = await yamina.post(`${naming}?/find`, { who: 'vaubrun', office: '' });
	expect([choices(found), found.main.includes('Les 8 premiers noms')]).toEqual([MOST, true]);
	const kept = [...found.html.matchAll(/name="found\[\]" value="([^"]*)"/g)].map(([, one]) =>
		one!.replaceAll('&quot;', '"'),
	);
	const refused = await yamina.post(`${naming}?/appoint`, { who: 'vaubrun', office: '', 'found[]': kept });
	expect([refused.status, choices(refused)]).toEqual([422, MOST]);
	expect(refused.main).toContain('Les 8 premiers noms');
});

test('a program is given eight at most', async () => {
	await here(MOST + 2);
	const asked = program<{ items: unknown[] }>(
		'GET /units/[id]/candidates',
		'yamina',
		{ id: villebrume },
		{ q: 'vaubrun' },
	);
	expect((await asked).items).toHaveLength(MOST);
});

test('any part of a name finds it, whatever its accents; one sign, a joker or a unit that is none finds nobody', async () => {
	expect(await names('yamina', 'FABREGAT')).toEqual(['Odile Fabrègat']);
	expect(await names('yamina', 'dile')).toEqual(['Odile Fabrègat']);
	for (const text of ['', 'o', '%', '%%', '__', '\\\\', '%o%'])
		expect([text, await names('yamina', text)]).toEqual([text, []]);
	expect(await names('yamina', 'odile', 'nowhere')).toEqual([]);
});

test('nobody is found who left, never confirmed, or lives elsewhere, nor by who may not see them', async () => {
	expect(await names('yamina', 'josiane')).toEqual([]);
	expect(await names('yamina', 'dieynaud')).toEqual([]);
	expect(await names('yamina', 'ouarzal')).toEqual([]);
	expect(await names('yamina', 'ouarzal', idOf('montclairval'))).toEqual(['Inès Ouarzal']);
	for (const who of ['visitor', 'thibaud'] as const)
		expect(await candidates(await as(who), villebrume, 'odile')).toEqual([]);
	expect(await names('fanny', 'odile')).toEqual([]);
});
