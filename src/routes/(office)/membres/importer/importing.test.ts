import { beforeAll, beforeEach, expect, test } from 'vitest';
import { fileOf, personBy } from '#domains/imports/imports.fixture.ts';
import { fieldsShown, sendBy } from '#domains/imports/pages.fixture.ts';
import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { cast } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';

stage();

const start = '/membres/importer';
let yamina: Browser;
let driss: Browser;
beforeAll(async () => {
	[yamina, driss] = [await browser('yamina'), await browser('driss')];
});
beforeEach(() => scene(sql`delete from platform.bucket`));

const head = 'Matricule;Nom;Prénom;Courriel;Section\n';
const list = `${head}P1;Marchebois;Lou;lou@rive.example;Villebrume
P2;Rochevent;Lia;lia@rive,example;Villebrume
P3;Ambrune;Léo;leo@rive.example;Port-Brumel
P4;;;;Nulle part
`;
/** Sends a list and says what its columns are; gives the address of its pages. */
async function sent(text: string, who = yamina): Promise<string> {
	const to = (await who.post(`${start}?/start`, { kind: 'members', file: fileOf(text) })).to!;
	const page = await who.get(to);
	const fields = [...page.html.matchAll(/<select[^>]*name="field\[\]"[\s\S]*?<\/select>/g)].map(
		([select]) => /<option value="([^"]*)" selected/.exec(select)?.[1] ?? '',
	);
	await who.post(`${to}?/choose`, { 'field[]': fields });
	await drainJobs();
	return to.replace('/colonnes', '');
}

test('nothing to import says so; no file, an empty one and a book are told at the field', async () => {
	const none = await yamina.post(`${start}?/start`, { kind: 'members' });
	expect(none.form!.problems).toEqual(['file imports.file_missing']);
	const empty = await yamina.post(`${start}?/start`, { kind: 'members', file: fileOf(head) });
	expect(empty.form!.problems).toEqual(['file imports.no_line']);
	const book = await yamina.post(`${start}?/start`, {
		kind: 'members',
		file: fileOf(Buffer.from('%PDF-1.7'), 'a.csv'),
	});
	expect(book.form!.problems[0]).toMatch(/^file imports\.file_is_/);
	expect(book.main).not.toMatch(/imports\.[a-z_]+/);
	expect((await yamina.post(`${start}?/start`, {})).form!.problems).toEqual(['kind imports.kind_choose']);
});

test('only officers who may import find the page, and nobody else’s import', async () => {
	const at = await sent(list);
	for (const name of ['odile', 'leontine', 'mathis'] as const)
		expect([name, (await (await browser(name)).get(start)).status]).toEqual([name, 404]);
	expect((await driss.get(start)).status).toBe(200);
	for (const page of ['', '/colonnes', '/corrections', '/apercu', '/suivi', '/erreurs'])
		expect([page, (await driss.get(at + page)).status]).toEqual([page, 404]);
	expect((await (await browser('visitor')).get(start)).to).toContain('/connexion?next=');
});

test('a list goes through its five steps: what is doubtful is shown, counted, launched, undone', async () => {
	const at = await sent(list);
	const corrections = await yamina.get(`${at}/corrections`);
	expect(corrections.main).toContain('lia@rive,example');
	const preview = await yamina.get(`${at}/apercu`);
	expect(preview.main).toContain('Tu peux tout annuler pendant 7 jours.');
	expect((await personBy('lou@rive.example')) === undefined).toBe(true);
	expect((await yamina.get(`${at}/suivi`)).to).toBe(`${at}/corrections`);
	expect((await yamina.post(`${at}/apercu?/launch`)).to).toBe(`${at}/suivi`);
	expect((await yamina.get(`${at}/suivi`)).main).toContain('Import en cours');
	await drainJobs();
	const done = await yamina.get(`${at}/suivi`);
	expect(done.main).toContain('Import fini');
	expect((await personBy('lou@rive.example'))?.number).toBe('P1');
	expect((await yamina.get(`${at}/apercu`)).to).toBe(`${at}/suivi`);
	await yamina.post(`${at}/suivi?/undo`);
	await drainJobs();
	expect((await yamina.get(`${at}/suivi`)).main).toContain('Import annulé');
	expect(await personBy('lou@rive.example')).toBeUndefined();
});

test('a line of another territory waits for its officers, who read a name and decide', async () => {
	const at = await sent(`${head}P9;Ambrune;Noé;noe@rive.example;Port-Brumel\n`);
	await yamina.post(`${at}/apercu?/launch`);
	await drainJobs();
	const page = await driss.get(start);
	expect(page.main).toContain('Ambrune');
	expect(page.main).toContain(cast.yamina.name);
	expect((await yamina.get(start)).main).not.toContain('Noé Ambrune');
	const ids = [...page.html.matchAll(/name="id" value="([^"]+)"/g)].map(([, id]) => id!);
	for (const id of ids) await driss.post(`${start}?/decide`, { id, answer: 'refuse' });
	expect((await driss.get(start)).main).not.toContain('Ambrune');
	expect(await personBy('noe@rive.example')).toBeUndefined();
});

test('what could not be taken comes back as a file, for its officer only', async () => {
	const at = await sent(list);
	const file = await yamina.get(`${at}/erreurs`);
	expect(file.headers.get('content-disposition')).toContain('lignes-a-corriger.csv');
	expect(file.html).toContain('Nulle part');
	expect(file.html).not.toContain('lou@rive.example');
	const model = await yamina.get(`${start}/modele?kind=members`);
	expect(model.headers.get('content-type')).toContain('text/csv');
});

test('columns may wait for another day, and an import thrown away is no page of steps any more', async () => {
	const to = (await yamina.post(`${start}?/start`, { kind: 'members', file: fileOf(list) })).to!;
	const kept = await yamina.through(`${to}?/later`, { 'field[]': ['', '', '', '', ''] });
	expect(kept.status).toBe(200);
	const wrong = await yamina.post(`${to}?/choose`, { 'field[]': ['', '', '', '', ''] });
	expect(wrong.form!.problems).toContain('columns imports.mapping_field_missing');
	const at = to.replace('/colonnes', '');
	const dropped = await yamina.through(`${at}/apercu?/drop`);
	expect(dropped.status).toBe(200);
	const after = await yamina.get(`${at}/suivi`);
	expect(after.text).not.toMatch(/imports\.[a-z_]+/);
});

test('an import is dropped once, its bytes with it; what was dropped is no page and cannot be launched', async () => {
	const at = await sendBy(yamina, `${head}F16;Vaubrun;Abe;abe.f16@rive.example;Villebrume\n`);
	expect(fieldsShown(await yamina.get(`${at}/colonnes`))).toHaveLength(5);
	const dropped = await yamina.through(`${at}/apercu?/drop`);
	expect(dropped.text).toContain('C’est jeté, avec le fichier.');
	for (const page of ['', '/colonnes', '/suivi', '/erreurs'])
		expect([page, (await yamina.get(at + page)).status]).toEqual([page, 404]);
	const kept = await asSystem('test', (tx) =>
		tx.one(sql`select stored_id, columns, (select count(*)::int from imports.line where import_id = import.id) as lines
			from imports.import where id = ${at.split('/').at(-1)!}`),
	);
	expect(kept).toEqual({ stored_id: null, columns: [], lines: 0 });
});

test('who answers for a section brings its list in: its own people, and who lives elsewhere is proposed there', async () => {
	const samuel = await browser('samuel');
	const text = `NOM;PRENOM;courriel;Section
Arvenne;Ida;ida.s@rive.example;
Ambrune;Noé;noe.s@rive.example;Port-Brumel
`;
	const page = await samuel.get(start);
	expect(page.html).not.toContain('value="units"');
	const at = await sent(text, samuel);
	await samuel.post(`${at}/apercu?/launch`);
	await drainJobs();
	expect(await personBy('ida.s@rive.example')).toMatchObject({ units: ['S0101'] });
	expect(await personBy('noe.s@rive.example')).toBeUndefined();
	expect((await (await browser('fanny')).get(start)).main).toContain('Noé Ambrune');
});
