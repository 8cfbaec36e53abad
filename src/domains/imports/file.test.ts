import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { journal, refused, scene, told } from '#tests/traces.ts';
import { personBy } from './imports.fixture.ts';
import { importFile } from './index.ts';

stage();

const folder = mkdtempSync(join(tmpdir(), 'coopol-file-'));
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => scene(sql`delete from imports.remembered`));

let last = 0;
/** A file as it lies on the disk of a server. */
function lying(text: string | Buffer): string {
	const path = join(folder, `${++last}.csv`);
	writeFileSync(path, text);
	return path;
}
const head = 'Civilité;Matricule;Nom;Prénom;Courriel;Section\n';
const people = ['people.person', 'people.membership', 'people.contact', 'territory.attachment'];

test('a file of the house goes in whole: what was understood, dropped, made and left out is in its report', async () => {
	const heard: string[] = [];
	const report = await importFile(null, {
		kind: 'members',
		path: lying(
			`${head}Mme;C1;Arcambal;Flo;flo.c1@rive.example;Villebrume\nM.;C2;;Guy;guy.c2@rive.example;Villebrume\nMme;C3;Arcambal;Hil;hil.c3@gmial.com;Port-Brumel\n`,
		),
		onProgress: ({ stage, done, total }) => heard.push(`${stage} ${done}/${total}`),
	});
	expect(report).toMatchObject({
		kind: 'members',
		lines: 3,
		dropped: ['Civilité'],
		columns: {
			Matricule: 'memberNumber',
			Nom: 'familyName',
			Prénom: 'givenName',
			Courriel: 'email',
			Section: 'unit',
		},
		counts: { created: 2, refused: 1 },
	});
	expect(report.problems.map(({ line, code }) => [line, code])).toEqual([
		[3, 'name_missing'],
		[4, 'email_typo'],
	]);
	expect(JSON.stringify(report)).not.toContain('Mme');
	expect(heard[0]).toBe('read 3/3');
	expect(heard.at(-1)).toMatch(/^write 2\/2$/);
	expect(await personBy('hil.c3@gmial.com')).toMatchObject({ units: ['S0702'] });
	expect((await journal('imports.done')).at(-1)).toMatchObject({ actor: null });
});

test('a rehearsal reads and plans, and writes nobody; done for good, the counts are what was said', async () => {
	const path = lying(`${head};C4;Arcambal;Isa;isa.c4@rive.example;Villebrume\n`);
	const why = await refused(people, async () => {
		const dry = await importFile(null, { kind: 'members', path, dry: true });
		expect(dry).toMatchObject({ lines: 1, counts: {}, problems: [] });
	});
	expect(why).toMatch(/^done, yet changed audit\.entry$/);
	expect(await personBy('isa.c4@rive.example')).toBeUndefined();
	expect((await importFile(null, { kind: 'members', path })).counts).toEqual({ created: 1 });
	expect((await importFile(null, { kind: 'members', path })).counts).toEqual({ same: 1 });
});

test('columns are said from the outside, by their titles however written; none becomes what is forbidden', async () => {
	const path = lying('AA;BB;CC;Civilité\nArcambal;Joy;joy.c5@rive.example;Mme\n');
	const report = await importFile(null, {
		kind: 'members',
		path,
		mapping: { aa: 'familyName', 'B B': '', bb: 'givenName' },
	});
	expect(report.counts).toEqual({ created: 1 });
	expect((await personBy('joy.c5@rive.example'))!.name).toBe('Joy Arcambal');
	const forced = (mapping: Record<string, string>) =>
		told(importFile(null, { kind: 'members', path, mapping }));
	expect(await forced({ aa: 'familyName', civilite: 'givenName' })).toMatch(/mapping_forbidden_column/);
	expect(await forced({ aa: 'religion' })).toMatch(/mapping_unknown_field/);
	expect(await forced({ aa: 'familyName', bb: 'familyName' })).toMatch(/mapping_field_twice/);
	expect(await forced({})).toMatch(/mapping_field_missing/);
});

test('as an officer, their own reach holds: another territory is proposed, and no place is theirs by naming it', async () => {
	const path = lying(`${head};C6;Arcambal;Kim;kim.c6@rive.example;Port-Brumel\n`);
	const yamina = await as('yamina');
	expect((await importFile(yamina, { kind: 'members', path })).counts).toEqual({ proposed: 1 });
	expect(await personBy('kim.c6@rive.example')).toBeUndefined();
	for (const [who, unit] of [
		['yamina', idOf('hautsarvan')],
		['samuel', idOf('montclairval')],
		['leontine', ''],
		['odile', ''],
	] as const)
		expect([who, await told(importFile(await as(who), { kind: 'members', path, unit }))]).toEqual([
			who,
			'NotFound',
		]);
});

test('the house names a unit by its code; a code of nowhere is said before anything is kept', async () => {
	const path = lying(`${head};C7;Arcambal;Lou;lou.c7@rive.example;\n`);
	const why = await refused(['imports.import', ...people], () =>
		importFile(null, { kind: 'members', path, unit: 'NULLE' }),
	);
	expect(why).toBe('NotFound');
	await importFile(null, { kind: 'members', path, unit: 'S0104' });
	expect((await personBy('lou.c7@rive.example'))!.units).toEqual(['S0104']);
});

test('what is no file, no table or holds no line is told; nothing is kept of it', async () => {
	const tries: [string, RegExp][] = [
		[join(folder, 'nowhere.csv'), /file imports\.file_missing/],
		[lying(''), /file imports\.file_is_empty/],
		[lying('Nom;Prénom\n'), /file imports\.no_line/],
		[lying('%PDF-1.7\n'), /file imports\.file_is_pdf/],
		[lying(Buffer.from('504b030414000600', 'hex')), /file imports\.file_is_zip/],
	];
	for (const [path, sentence] of tries)
		expect(await refused(['imports.import'], () => importFile(null, { kind: 'members', path }))).toMatch(
			sentence,
		);
});

test('who is missing from a complete file lapses when asked, in the unit it is for and nowhere else', async () => {
	const path = lying(`${head};A-noemie;Castagnérac;Noémie;;\n`);
	await importFile(null, { kind: 'members', path, unit: 'S0104', lapse: true });
	expect((await personBy('noemie@rive.example'))!.paid).toBeNull();
	const gone = await personBy('lou.c7@rive.example');
	expect(gone!.paid).not.toBeNull();
	expect((await personBy('odile@rive.example'))!.paid).toBeNull();
});

test('two commands at once on one file make each person once', async () => {
	const path = lying(
		head +
			Array.from(
				{ length: 30 },
				(_, n) => `;D${n};Arcambal;Mo${'abcdefghij'[n % 10]};mo${n}.d@rive.example;Villebrume`,
			).join('\n'),
	);
	const both = await Promise.all([1, 2].map(() => importFile(null, { kind: 'members', path })));
	const sum = both.map(({ counts }) => counts);
	expect(sum.toSorted((a, b) => (b.created ?? 0) - (a.created ?? 0))).toEqual([
		{ created: 30 },
		{ same: 30 },
	]);
	const found = await asSystem('test', (tx) =>
		tx.one(sql`select count(*)::int as n from people.contact where email like '%.d@rive.example'`),
	);
	expect(found).toEqual({ n: 30 });
});
