import { beforeAll, beforeEach, expect, test } from 'vitest';
import { personBy } from '#domains/imports/imports.fixture.ts';
import { broughtBy, checkedBy, lineForm } from '#domains/imports/pages.fixture.ts';
import { inventedZones, loadZones } from '#domains/territory/zones/index.ts';
import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { refused, scene } from '#tests/traces.ts';

stage();

const head = 'Matricule;Nom;Prénom;Courriel;Section;Type adhésion\n';
let yamina: Browser;
let driss: Browser;
beforeAll(async () => {
	[yamina, driss] = [await browser('yamina'), await browser('driss')];
});
beforeEach(() => scene(sql`delete from platform.bucket`, sql`delete from imports.remembered`));

const launched = async (at: string) => {
	await yamina.post(`${at}/apercu?/launch`);
	await drainJobs();
};
const rowOf = (at: string, line: number) =>
	asSystem('test', (tx) =>
		tx.one<{
			cells: string[];
			state: string;
			skipped: boolean;
		}>(sql`select cells, state, skipped from imports.line
			where import_id = ${at.split('/').at(-1)!}::uuid and line = ${line}`),
	);

test('a kind of people that the organisation does not have is refused, said, and nothing is read anew', async () => {
	const at = await checkedBy(yamina, `${head}V1;Sauvelac;Jo;jo.v1@rive.example;Villebrume;Grande amie\n`);
	for (const key of ['president', 'member; drop table', 'constructor', '__proto__', ' member']) {
		const answer = await yamina.post(`${at}/corrections?/values`, { 'key[]': [key] });
		expect([key, answer.status, answer.form!.problems]).toEqual([
			key,
			422,
			['value-0 imports.value_unknown'],
		]);
		expect(answer.main).toContain('Choisis dans la liste.');
		expect(answer.main).toContain('Une valeur à traduire');
	}
	const kept = await asSystem('test', (tx) =>
		tx.many(sql`select meaning from imports.remembered where kind = 'members' and field = 'membershipType'`),
	);
	expect(kept).toEqual([]);
});

test('what each word of the list becomes is said once: this list and the next one follow it', async () => {
	const at = await checkedBy(yamina, `${head}V2;Sauvelac;Ida;ida.v2@rive.example;Villebrume;Grande amie\n`);
	const asked = await yamina.get(`${at}/corrections`);
	expect(asked.main).toContain('« Grande amie » (une ligne) devient');
	const said = await yamina.through(`${at}/corrections?/values`, { 'key[]': ['sympathiser'] });
	expect(said.main).toContain('Rien à corriger');
	expect(said.field('key[]')).toBe('sympathiser');
	await launched(at);
	expect((await personBy('ida.v2@rive.example'))!.type).toBe('sympathiser');
	const next = await checkedBy(yamina, `${head}V3;Sauvelac;Eva;eva.v3@rive.example;Villebrume;GRANDE AMIE\n`);
	expect((await yamina.get(`${next}/corrections`)).field('key[]')).toBe('sympathiser');
});

test('a word that meant a kind since closed is asked about again, and never opens it', async () => {
	const line = (n: number) => `${head}V${n};Fermelle;Zo;zo.v${n}@rive.example;Villebrume;Marmot\n`;
	const at = await checkedBy(yamina, line(20));
	await yamina.post(`${at}/corrections?/values`, { 'key[]': ['youth'] });
	await scene(sql`update people.membership_type set retired_at = now(), offered = false where key = 'youth'`);
	const next = await checkedBy(yamina, line(21));
	const page = await yamina.get(`${next}/corrections`);
	expect(page.main).toContain('Une valeur à traduire');
	expect(page.html).not.toContain('value="youth"');
	const answer = await yamina.post(`${next}/corrections?/values`, { 'key[]': ['youth'] });
	expect(answer.form!.problems).toEqual(['value-0 imports.value_unknown']);
	await scene(sql`update people.membership_type set retired_at = null where key = 'youth'`);
});

test('a word said to be nothing leaves people the kind they have', async () => {
	await broughtBy(yamina, `${head}V4;Ormeval;Lia;lia.v4@rive.example;Villebrume;youth\n`);
	expect((await personBy('lia.v4@rive.example'))!.type).toBe('youth');
	const at = await checkedBy(yamina, `${head}V4;Ormeval;Lia;lia.v4@rive.example;Villebrume;divers\n`);
	await yamina.post(`${at}/corrections?/values`, { 'key[]': ['-'] });
	expect((await yamina.get(`${at}/corrections`)).field('key[]')).toBe('-');
	await launched(at);
	expect((await personBy('lia.v4@rive.example'))!.type).toBe('youth');
});

test('a cell is corrected in its place: the rest of the line is what the file said', async () => {
	const at = await checkedBy(
		yamina,
		`${head}V5;Ormeval;Théo;theo.v5@rive;Villebrume;\nV6;;Sacha;sacha.v6@rive.example;Villebrume;\n`,
	);
	const page = await yamina.get(`${at}/corrections`);
	expect(page.main).toContain('Une adresse e-mail mal écrite');
	expect(page.main).toContain('sans correction, la ligne reste dehors');
	const form = lineForm(page, 2);
	expect(form.cells).toContain('theo.v5@rive');
	const cells = form.cells.map((cell) => (cell.startsWith('theo') ? 'theo.v5@rive.example' : cell));
	const done = await yamina.through(`${at}/corrections?/line`, {
		line: '2',
		'column[]': form.column,
		'cells[]': cells,
	});
	expect(done.status).toBe(200);
	expect(lineForm(done, 2).cells).toEqual([]);
	expect(await rowOf(at, 2)).toEqual({
		cells: ['V5', 'Ormeval', 'Théo', 'theo.v5@rive.example', 'Villebrume', ''],
		state: 'ready',
		skipped: false,
	});
	await launched(at);
	expect(await personBy('theo.v5@rive.example')).toMatchObject({ name: 'Théo Ormeval', number: 'V5' });
	expect(await personBy('sacha.v6@rive.example')).toBeUndefined();
});

test('a correction that is wrong too is asked about again, with what was typed', async () => {
	const at = await checkedBy(yamina, `${head}V7;Ormeval;Ada;ada(at)rive,example;Villebrume;\n`);
	const { column, cells } = lineForm(await yamina.get(`${at}/corrections`), 2);
	const again = await yamina.through(`${at}/corrections?/line`, {
		line: '2',
		'column[]': column,
		'cells[]': cells.map((cell) => (cell.includes('ada') ? 'encore faux' : cell)),
	});
	expect(lineForm(again, 2).cells).toContain('encore faux');
	expect(again.main).toContain('Une adresse e-mail mal écrite');
});

test('every proposed correction of one kind is taken at once, and of that kind only', async () => {
	const at = await checkedBy(
		yamina,
		`${head}V8;Rivoire;ZoÃ©;ana.v8@gmial.com;Villebrume;
V9;Rivoire;Bea;bea.v9@gmail.con;Villebrume;
V10;Rivoire;Cy;cy.v10@rive,example;Villebrume;\n`,
	);
	const page = await yamina.get(`${at}/corrections`);
	expect(page.main).toContain('Tout corriger (2)');
	expect(page.main).toContain('ligne 2 : « ana.v8@gmial.com » devient « ana.v8@gmail.com »');
	const fixed = await yamina.through(`${at}/corrections?/fix`, { code: 'email_typo' });
	expect(fixed.text).toContain('2 lignes corrigées.');
	expect(fixed.main).not.toContain('gmial');
	expect(fixed.main).toContain('cy.v10@rive,example');
	expect((await rowOf(at, 2))!.cells.slice(2, 4)).toEqual(['ZoÃ©', 'ana.v8@gmail.com']);
	expect((await rowOf(at, 4))!.cells[3]).toBe('cy.v10@rive,example');
	const nothing = await yamina.through(`${at}/corrections?/fix`, { code: 'date_order' });
	expect(nothing.text).toContain('Rien n’a changé.');
});

test('only what the page shows can be written over: a column that is not imported stays as the file has it', async () => {
	const at = await checkedBy(
		yamina,
		'Matricule;Nom;Courriel;Remarque\nV11;Rivoire;dan.v11@rive,example;sait chanter\n',
	);
	await yamina.post(`${at}/corrections?/line`, {
		line: '2',
		'column[]': ['2', '3', '999'],
		'cells[]': ['dan.v11@rive.example', 'autre chose', 'nulle part'],
	});
	expect((await rowOf(at, 2))!.cells).toEqual(['V11', 'Rivoire', 'dan.v11@rive.example', 'sait chanter']);
});

test('a line left out is said so, can be taken back, and does not go in meanwhile', async () => {
	const at = await checkedBy(yamina, `${head}V12;Rivoire;Eli;eli.v12@rive,example;Villebrume;\n`);
	const line = { line: '2', 'column[]': ['0'], 'cells[]': ['V12'] };
	const skipped = await yamina.through(`${at}/corrections?/line`, { ...line, skip: 'on' });
	expect(skipped.main).toContain('laissée de côté');
	expect((await yamina.get(`${at}/apercu`)).main).toMatch(/laissées de côté 1/);
	await yamina.post(`${at}/corrections?/line`, line);
	expect((await yamina.get(`${at}/apercu`)).main).toMatch(/laissées de côté 0/);
	expect((await rowOf(at, 2))!.skipped).toBe(false);
});

test('many doubtful lines come ten at a time, one kind of problem or all, and the last page has no next', async () => {
	const wrong = Array.from(
		{ length: 23 },
		(_, n) => `W${n};Rivoire;Fé;fe.w${n}@${n % 2 ? 'gmial.com' : 'rive,example'};Villebrume;`,
	);
	const at = await checkedBy(yamina, head + wrong.join('\n'));
	const linesOf = (html: string) =>
		[...html.matchAll(/name="line" value="(\d+)"/g)].map(([, n]) => Number(n));
	const first = await yamina.get(`${at}/corrections`);
	expect(linesOf(first.html)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
	expect(first.main).toContain('Lignes suivantes');
	expect(first.html).toContain('apres=11#lignes');
	const last = await yamina.get(`${at}/corrections?apres=21`);
	expect(linesOf(last.html)).toEqual([22, 23, 24]);
	expect(last.main).not.toContain('Lignes suivantes');
	const typos = await yamina.get(`${at}/corrections?probleme=email_typo`);
	expect(linesOf(typos.html)).toEqual([3, 5, 7, 9, 11, 13, 15, 17, 19, 21]);
	expect(typos.html).toContain('probleme=email_typo&amp;apres=21');
});

test('an address typed by hand shows the first lines, never a broken page', async () => {
	const at = await checkedBy(yamina, `${head}V13;Rivoire;Gil;gil.v13@rive,example;Villebrume;\n`);
	for (const asked of [
		'apres=99999999999999',
		'apres=-1',
		'apres=deux',
		'apres=1e9',
		'probleme=%22%29%20or%20true',
		'probleme=nothing_like_it',
	]) {
		const page = await yamina.get(`${at}/corrections?${asked}`);
		expect([asked, page.status]).toEqual([asked, 200]);
	}
	expect((await yamina.get(`${at}/corrections?apres=-1`)).main).toContain('gil.v13@rive,example');
});

test('two corrections of one line by two windows: the last word stays, whole', async () => {
	const at = await checkedBy(yamina, `${head}V14;Rivoire;Hal;hal.v14@rive,example;Villebrume;\n`);
	const send = (email: string) =>
		yamina.post(`${at}/corrections?/line`, { line: '2', 'column[]': ['3'], 'cells[]': [email] });
	await Promise.all([send('hal.a@rive.example'), send('hal.b@rive.example')]);
	const { cells, state } = (await rowOf(at, 2))!;
	expect(['hal.a@rive.example', 'hal.b@rive.example']).toContain(cells[3]);
	expect(state).toBe('ready');
});

test('no officer, however high, corrects the list of another; nor does who is in no office', async () => {
	const at = await checkedBy(yamina, `${head}V15;Rivoire;Ira;ira.v15@rive,example;Villebrume;Ami\n`);
	const others = [driss, await browser('sabrina'), await browser('bertrand'), await browser('odile')];
	const tables = ['imports.import', 'imports.line', 'imports.remembered'];
	const seen = await refused(tables, async () => {
		for (const who of others) {
			const tries = [
				who.post(`${at}/corrections?/fix`, { code: 'email_format' }),
				who.post(`${at}/corrections?/values`, { 'key[]': ['member'] }),
				who.post(`${at}/corrections?/line`, { line: '2', 'column[]': ['3'], 'cells[]': ['x@y.example'] }),
				who.post(`${at}/apercu?/launch`),
				who.post(`${at}/apercu?/drop`),
				who.post(`${at}/colonnes?/choose`, { 'field[]': ['', 'familyName'] }),
				who.get(`${at}/erreurs`),
			];
			expect((await Promise.all(tries)).map(({ status }) => status)).toEqual(tries.map(() => 404));
		}
	});
	expect(seen).toBe('done');
});

test('an office that ended takes the list away from who sent it, even half corrected', async () => {
	const at = await checkedBy(driss, 'Nom;Courriel;Section\nRivoire;jan.v16@rive,example;Port-Brumel\n');
	await scene(sql`update territory.term set ends_at = now() where person_id = ${idOf('driss')}`);
	for (const page of ['/corrections', '/apercu', '/erreurs'])
		expect([page, (await driss.get(at + page)).status]).toEqual([page, 404]);
	expect((await driss.post(`${at}/apercu?/launch`)).status).toBe(404);
	await scene(sql`update territory.term set ends_at = null where person_id = ${idOf('driss')}`);
	expect((await driss.get(`${at}/apercu`)).status).toBe(200);
});

test('a commune that nobody can know, the territory not being laid, is said as such, with the way to lay it', async () => {
	const sabrina = await browser('sabrina');
	const list =
		'Code;Nom;Type;Code parent;Communes\nF97;Fédération des Landes;fédération;R03;\nS97;Section de la Lande;section;F97;Lille\n';
	const at = await checkedBy(sabrina, list, { kind: 'units' });
	const bare = await sabrina.get(`${at}/corrections`);
	expect(bare.main).toContain('Une commune inconnue');
	expect(bare.main).toContain('le territoire n’est pas encore posé');
	await asSystem('test', (tx) => loadZones(tx, inventedZones()));
	const laid = (await sabrina.get(`${at}/corrections`)).main;
	expect(laid).toContain('Une commune inconnue');
	expect(laid).not.toContain('le territoire n’est pas encore posé');
});
