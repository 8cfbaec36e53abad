import { expect, test, vi } from 'vitest';
import { repairCounts } from '#domains/territory/index.ts';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { bring, fileOf, personBy, rowVersions, send } from './imports.fixture.ts';
import { preview, problemsOf, showImport, startImport } from './index.ts';

stage();

const head = 'Numéro adhérent;NOM;Prénom;Courriel;Tél portable;Section;Date de fin\r\n';

test('a Windows file with its separator, accents and a civility goes in; the civility is dropped and said', async () => {
	const yamina = await as('yamina');
	const text =
		'Civilité;N° adhérent;NOM;PRENOM;E-mail;Section\r\nMme;900;Épinoy;Zélie;zelie@rive.example;Villebrume\r\nM.;901;Ouarzamène;Noël;noel@rive.example;Section de Montclairval\r\n';
	const id = await send(yamina, Buffer.from(text, 'latin1'));
	const { columns, reading } = await showImport(yamina, id);
	expect(reading).toMatchObject({ encoding: 'windows-1252', separator: ';', lines: 2 });
	expect(columns[0]).toMatchObject({
		field: null,
		reason: { code: 'forbidden', subject: 'civility' },
		examples: [],
	});
	expect(await preview(yamina, id)).toMatchObject({ ready: 2, plans: { create: 2 } });
	const done = await bring(yamina, Buffer.from(text, 'latin1'));
	expect(done).toMatchObject({ state: 'done', counts: { created: 2 } });
	expect(await personBy('zelie@rive.example')).toMatchObject({
		name: 'Zélie Épinoy',
		confirmed: false,
		number: '900',
		verified: true,
		type: 'member',
		units: ['S0101'],
	});
	expect(await asSystem('test', repairCounts)).toBe(0);
});

test('a byte order mark, a formula, a duplicate and a line without a name are each said; nothing of the formula stays', async () => {
	const yamina = await as('yamina');
	const text = `\ufeff${head}910;'=cmd|calc;Rose;rose@rive.example;;Villebrume;\r\n911;Lestang;Abel;abel@rive.example;06 39 98 12 34;Villebrume;31/12/2027\r\n911;Lestang;Abel;abel@rive.example;;Villebrume;\r\n912;;;vide@rive.example;;Villebrume;\r\n`;
	const id = await send(yamina, text);
	const codes = (await problemsOf(yamina, id)).map(({ code }) => code);
	expect(codes).toEqual(expect.arrayContaining(['duplicate_member_number', 'name_missing']));
	const done = await bring(yamina, text);
	expect(done.counts.refused).toBeGreaterThanOrEqual(2);
	expect(await personBy('abel@rive.example')).toMatchObject({ paid: '2027-12-31', units: ['S0101'] });
	expect(await personBy('vide@rive.example')).toBeUndefined();
});

test('the same file again touches no row at all; a changed line alone is written', async () => {
	const yamina = await as('yamina');
	const lines = Array.from(
		{ length: 30 },
		(_, i) =>
			`A${i};Nom${String.fromCharCode(97 + (i % 26))};Prune;p${i}@rive.example;;Villebrume;31/12/2026`,
	);
	await bring(yamina, head + lines.join('\r\n'));
	const before = await rowVersions();
	expect((await bring(yamina, head + lines.join('\r\n'))).counts).toEqual({ same: 30 });
	expect(await rowVersions()).toBe(before);
	lines[3] = lines[3]!.replace('31/12/2026', '31/12/2028');
	lines[4] = lines[4]!.replace('Villebrume', 'Montclairval');
	expect((await bring(yamina, head + lines.join('\r\n'))).counts).toEqual({ same: 28, updated: 2 });
	expect(await personBy('p3@rive.example')).toMatchObject({ paid: '2028-12-31' });
	expect(await personBy('p4@rive.example')).toMatchObject({ units: ['S0102'] });
	expect(await asSystem('test', repairCounts)).toBe(0);
});

test('people without number nor e-mail are found again by their name and phone', async () => {
	const yamina = await as('yamina');
	const text =
		'Nom;Prénom;Téléphone;Section\nAnselmy;Berthe;0475000001;Villebrume\nAnselmy;Berthe;0475000002;Villebrume\n';
	expect((await bring(yamina, text)).counts).toEqual({ created: 2 });
	expect((await bring(yamina, text)).counts).toEqual({ same: 2 });
});

test('who made their own account is recognised, attached and verified; their name and address stay theirs', async () => {
	const yamina = await as('yamina');
	const text = `${head}950;LANOËZ;Mathis;mathis@rive.example;;Villebrume;\r\nA-odile;Fabrègat;Odile;voleuse@rive.example;;Villebrume;\r\n`;
	expect((await bring(yamina, text)).counts).toEqual({ updated: 2 });
	expect(await personBy('mathis@rive.example')).toMatchObject({
		id: idOf('mathis'),
		name: 'Mathis Lanoëz',
		number: '950',
		verified: true,
	});
	// The address of an open account is what signs in: a file never changes it.
	expect(await personBy('Odile Fabrègat')).toMatchObject({ id: idOf('odile'), email: 'odile@rive.example' });
});

test('a number or an address that is somebody else’s is never given to another name', async () => {
	const yamina = await as('yamina');
	const text = `${head}A-odile;Pirate;Jean;jean@rive.example;;Villebrume;\r\n960;Autre;Personne;samuel@rive.example;;Villebrume;\r\n`;
	const done = await bring(yamina, text);
	expect(done.counts).toEqual({ created: 1, refused: 1 });
	expect(await personBy('Personne Autre')).toMatchObject({ email: null, number: '960' });
	expect(await personBy('jean@rive.example')).toBeUndefined();
	expect(await personBy('samuel@rive.example')).toMatchObject({ id: idOf('samuel') });
});

test('who left is not brought back by a file', async () => {
	const yamina = await as('yamina');
	const id = await send(yamina, `${head};Pélissonne;Josiane;josiane@rive.example;;Villebrume;\r\n`);
	expect((await problemsOf(yamina, id)).map(({ code }) => code)).toEqual(['person_left']);
});

test('what is no table, or is too large, is refused with what to do, and nothing is kept', async () => {
	const yamina = await as('yamina');
	const sendFile = (content: Buffer | string) =>
		outcome(
			startImport({ ...yamina }, { kind: 'members', unit: '', file: fileOf(content), pasted: '' }).catch(
				(error) => {
					throw Object.assign(new Error(), { name: error.problems?.[0]?.key ?? error.name });
				},
			),
		);
	expect(await sendFile(Buffer.from('504b030414000600', 'hex'))).toBe('imports.file_is_zip');
	expect(await sendFile('%PDF-1.7')).toBe('imports.file_is_pdf');
	expect(await sendFile('Nom;Prénom\n')).toBe('imports.no_line');
	expect(await sendFile('')).toBe('imports.file_is_empty');
	expect(await sendFile(Buffer.alloc(51 * 1024 * 1024, 'a;b\n'))).toBe('imports.file_is_too_large');
});

test('only officers with that power, and only for their own territory, reach an import; others do not see it exists', async () => {
	const yamina = await as('yamina');
	const id = await send(yamina, `${head}970;Test;Un;un@rive.example;;Villebrume;\r\n`);
	for (const name of ['odile', 'samuel', 'driss', 'bertrand', 'visitor'] as const)
		expect(await outcome(showImport(await as(name), id))).toBe('NotFound');
	expect(await outcome(showImport(await as('yamina', { factor: false }), id))).toBe('NotFound');
	for (const name of ['odile', 'leontine', 'visitor'] as const)
		expect(
			await outcome(
				startImport(await as(name), { kind: 'members', unit: '', file: fileOf('a;b\n1;2\n'), pasted: '' }),
			),
		).toBe('NotFound');
	expect(
		await outcome(
			startImport(
				{ ...yamina },
				{ kind: 'members', unit: idOf('hautsarvan'), file: fileOf('Nom\nX\n'), pasted: '' },
			),
		),
	).toBe('NotFound');
});

test('a couple with one address and one family name stay two people', async () => {
	const yamina = await as('yamina');
	const done = await bring(yamina, `${head};Fabrègat;Marius;odile@rive.example;;Villebrume;\r\n`);
	expect(done.counts).toEqual({ created: 1 });
	expect(await personBy('Marius Fabrègat')).toMatchObject({ email: null });
	expect(await personBy('odile@rive.example')).toMatchObject({ id: idOf('odile'), name: 'Odile Fabrègat' });
});

test('who joined today in Paris did not join tomorrow, though the server’s own day is the one before', async () => {
	const yamina = await as('yamina');
	vi.useFakeTimers({ toFake: ['Date'], now: new Date('2030-01-01T23:30:00Z') });
	try {
		const id = await send(
			yamina,
			'Matricule;Nom;Prénom;Courriel;Section;Date d’adhésion\nJ1;Aurore;Lia;lia.j@rive.example;Villebrume;02/01/2030\nJ2;Aurore;Mia;mia.j@rive.example;Villebrume;03/01/2030\n',
		);
		const lines = await asSystem('test', (tx) =>
			tx.many<{ line: number; codes: string[] }>(sql`select line,
				array(select problem->>'code' from jsonb_array_elements(problems) as problem) as codes
				from imports.line where import_id = ${id} order by line`),
		);
		expect(lines).toEqual([
			{ line: 2, codes: [] },
			{ line: 3, codes: ['date_future'] },
		]);
	} finally {
		vi.useRealTimers();
	}
});
