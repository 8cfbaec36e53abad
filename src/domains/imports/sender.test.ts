import { expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { cast, idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { checkLines } from './check/run.ts';
import { fileOf, people, personBy, send } from './imports.fixture.ts';
import { chooseColumns, launch, preview, problemsOf, showImport, startImport } from './index.ts';
import { work } from './run/engine.ts';

stage();

test('a complete list lets the others lapse, never who sends it', async () => {
	await asSystem('test', (tx) =>
		tx.run(sql`update people.membership set verified_at = now(), paid_until = null,
			type_id = (select id from people.membership_type where grants = 'member' order by position limit 1)
			where person_id in (${idOf('driss')}::uuid, ${idOf('sabrina')}::uuid)`),
	);
	const driss = await as('driss');
	const before = await personBy(cast.driss.name);
	expect(before).toMatchObject({ verified: true, paid: null });
	const id = await send(driss, people(2, 'q').replaceAll('Villebrume', 'Port-Brumel'));
	const { absent } = await preview(driss, id);
	expect(absent).toBeGreaterThan(0);
	await launch({ ...driss }, id, { lapse: 'on' });
	await work('house', id);
	expect((await showImport(driss, id)).counts).toMatchObject({ created: 2, lapsed: absent });
	expect(await personBy(cast.driss.name)).toEqual(before);
});

const values = async (text: string) => {
	const yamina = await as('yamina');
	const id = await startImport({ ...yamina }, { kind: 'members', unit: '', file: fileOf(text), pasted: '' });
	const { columns } = await showImport(yamina, id);
	await chooseColumns(
		{ ...yamina },
		id,
		columns.map(({ field }) => field ?? ''),
	);
	await checkLines('house', id);
	const { choices } = await showImport(yamina, id);
	return {
		said: Object.fromEntries(choices.map(({ written, key }) => [written, key])),
		codes: (await problemsOf(yamina, id)).map(({ code, example }) => `${code} ${example.line}`),
	};
};

test('the usual words for members are understood whatever the house calls them; its own words come first', async () => {
	const rows = ['Adhérente', 'Syndiqué', 'Membres', 'Sympathisante', 'Bienfaitrice'].map(
		(word, n) => `U${n};Vaubrun;Lou;lou.u${n}@rive.example;Villebrume;${word}`,
	);
	const text = `Numéro;Nom;Prénom;Courriel;Section;Type adhésion\n${rows.join('\n')}\n`;
	const usual = { Adhérente: 'member', Membres: 'member', Sympathisante: 'sympathiser' };
	expect((await values(text)).said).toEqual({ ...usual, Syndiqué: 'member', Bienfaitrice: undefined });
	await asSystem('test', (tx) =>
		tx.run(
			sql`update people.membership_type set name = jsonb_set(name, '{fr,one_m}', '"syndiqué"') where key = 'sympathiser'`,
		),
	);
	expect((await values(text)).said).toEqual({ ...usual, Syndiqué: 'sympathiser', Bienfaitrice: undefined });
});

test('a cell that is no name is said once', async () => {
	const { codes } = await values(
		'Numéro;Nom;Prénom;Courriel\nN1;=1+1;Paul;paul.n1@rive.example\nN2;;Paule;paule.n2@rive.example\n',
	);
	expect(codes.filter((code) => code.startsWith('name')).toSorted()).toEqual([
		'name_missing 3',
		'name_not_a_name 2',
	]);
});

test('a place is not called like a formula; a kind out of place is said as the file writes it', async () => {
	const yamina = await as('yamina');
	const text =
		'Code;Nom;Type;Code parent\nS0931;=HYPERLINK("http://x");section;F01\nS0932;La #12/B;section;F01\nX9;Région de trop;Régions;F01\n';
	const id = await send(yamina, text, { kind: 'units' });
	expect(
		(await problemsOf(yamina, id)).map(({ code, example }) => [code, example.line, example.given]),
	).toEqual(
		expect.arrayContaining([
			['name_not_a_name', 2, '=HYPERLINK("http://x")'],
			['kind_misplaced', 4, 'Régions'],
		]),
	);
	expect((await preview(yamina, id)).plans.create).toBe(1);
});
