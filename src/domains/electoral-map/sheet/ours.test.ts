import { beforeAll, beforeEach, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { villebrume } from '../../../../bin/demo/ground.ts';
import { cover, layTowns } from './towns.fixture.ts';

stage();

const page = '/carte/donnees/blocs';
const euro = '2024_euro_t1';
const sheet = '/carte/bureaux/X01001_0010';
let yamina: Browser;

beforeAll(async () => {
	await layTowns(villebrume());
	await cover('villebrume', 'X01001');
	yamina = await browser('yamina');
});
beforeEach(() =>
	scene(
		sql`delete from platform.bucket`,
		sql`delete from electoral_map.nuance`,
		sql`insert into electoral_map.nuance (label, bloc) values ('RIVE', 'ours')`,
	),
);

const keep = (bloc: string) =>
	yamina.through(`${page}?/keep&scrutin=${euro}`, { election: euro, 'label[]': ['RIVE'], 'bloc[]': [bloc] });
const shownAs = async () => {
	const { html } = await yamina.get(`${page}?scrutin=${euro}`);
	const field = html.slice(html.indexOf('RIVE ('));
	return /<option value="(\w*)" selected/.exec(field.slice(0, field.indexOf('</select>')))?.[1];
};
/** Rounds of the sheet where we have a share. */
const ours = async () =>
	[...(await yamina.get(sheet)).html.matchAll(/<tr[^>]*>\s*<th scope="row">\s*(.*?)<\/tr>/gs)]
		.map(([, row = '']) => row.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' '))
		.filter((row) => !row.includes('–'))
		.map((row) => /^\D+\d{4}/.exec(row)?.[0]);

const all = ['Municipales 2026', 'Législatives 2024', 'Européennes 2024', 'Municipales 2020'];

test('who is ours at every round may be somebody else’s at one, and is ours again when that is taken back', async () => {
	expect([await shownAs(), await ours()]).toEqual(['ours', all]);
	await keep('left');
	expect([await shownAs(), await ours()]).toEqual(['left', all.filter((one) => !one.startsWith('Euro'))]);
	await keep('ours');
	expect([await shownAs(), await ours()]).toEqual(['ours', all]);
	expect(await told()).toEqual([{ election: '', bloc: 'ours' }]);
});

test('said to be of nobody at one round, it is as the house has it there', async () => {
	await keep('');
	expect(await ours()).toEqual(all.filter((one) => !one.startsWith('Euro')));
	expect(await shownAs()).toBe('');
	expect(await told()).toEqual([
		{ election: '', bloc: 'ours' },
		{ election: euro, bloc: '' },
	]);
});

const told = () =>
	asSystem('test', (tx) =>
		tx.many(
			sql`select election, bloc from electoral_map.nuance where nuance.label = 'RIVE' order by election`,
		),
	);

test('where nobody is said ours the pages say so, with the way to say it for who may', async () => {
	await scene(sql`delete from electoral_map.nuance`);
	const odile = await browser('odile');
	for (const path of ['/carte', sheet]) {
		const [seen, able] = [await odile.get(path), await yamina.get(`${path}?ou=X01001`)];
		expect([path, seen.main]).toEqual([path, expect.stringContaining('Personne n’a encore dit')]);
		expect(seen.html).not.toContain(page);
		expect(able.html).toContain(`href="${page}?scrutin=2026_muni_t1"`);
	}
	await scene(sql`insert into electoral_map.nuance (label, bloc) values ('RIVE', 'ours')`);
	expect((await odile.get('/carte')).main).not.toContain('Personne n’a encore dit');
});
