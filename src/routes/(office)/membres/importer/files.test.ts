import { beforeAll, beforeEach, expect, test } from 'vitest';
import { fileOf, personBy } from '#domains/imports/imports.fixture.ts';
import { broughtBy, checkedBy, fieldsShown, sendBy, start } from '#domains/imports/pages.fixture.ts';
import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { refused, scene } from '#tests/traces.ts';

stage();

let yamina: Browser;
beforeAll(async () => {
	yamina = await browser('yamina');
});
beforeEach(() => scene(sql`delete from platform.bucket`, sql`delete from imports.remembered`));

const columnsOf = async (text: string | Buffer, options = {}) => {
	const at = await sendBy(yamina, text, options);
	return { at, page: await yamina.get(`${at}/colonnes`) };
};

test('how a file is written is found alone and told: separator, accents, number of lines', async () => {
	const list = (separator: string) =>
		['Nom', 'Prénom', 'Courriel']
			.join(separator)
			.concat('\r\n', ['Épinoy', 'Zoë', 'zoe@rive.example'].join(separator), '\r\n');
	const told = async (bytes: Buffer) => (await columnsOf(bytes)).page.main;
	expect(await told(Buffer.from(list(';'), 'latin1'))).toContain(
		'séparateur point-virgule, accents Windows : réglés tout seuls',
	);
	expect(await told(Buffer.from(`\ufeff${list(',')}`))).toContain('séparateur virgule, accents standard');
	expect(await told(Buffer.from(`\ufeff${list('\t')}`, 'utf16le'))).toContain(
		'séparateur tabulation, accents Unicode',
	);
	expect(await told(Buffer.from(list('|')))).toContain('séparateur barre');
	const one = await columnsOf('zoe@rive.example\nmax@rive.example\n');
	expect(one.page.main).toContain('une seule colonne');
	expect(one.page.main).toContain('2 lignes');
	expect(one.page.main).toContain('Colonne 1');
});

test('the same people whatever program wrote the list', async () => {
	const list = (n: number) =>
		`Nom;Prénom;Courriel;Section\r\nÉpinoy;Gaël;gael.${n}@rive.example;Villebrume\r\n`;
	const writings: ((text: string) => Buffer)[] = [
		(text) => Buffer.from(text, 'latin1'),
		(text) => Buffer.from(`\ufeff${text}`),
		(text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
		(text) => Buffer.from(text.replaceAll('\r\n', '\r')),
		(text) => Buffer.from(`sep=;\r\nListe au 3 mars\r\n\r\n${text}`),
	];
	for (const [n, write] of writings.entries()) {
		await broughtBy(yamina, write(list(n)));
		expect([n, (await personBy(`gael.${n}@rive.example`))?.name]).toEqual([n, 'Gaël Épinoy']);
	}
});

const civil =
	'Civilité;Nom;Prénom;Nom de jeune fille;Date de naissance;Profession;Courriel;Situation familiale\nMadame;Haurel;Ève;Sombreval;12/03/1957;Cheminote;eve.c1@rive.example;veuve\nMonsieur;Haurel;;Autre;13/03/1958;Notaire;;marié\n';

test('what we never ask is shown as such, cannot be chosen, is not read back to anybody and is not kept', async () => {
	const { at, page } = await columnsOf(civil);
	expect(page.main).toContain('on ne demande ni civilité ni situation maritale');
	expect(page.main).toContain('on ne demande pas la naissance');
	expect(page.main).toContain('on ne demande pas le métier');
	for (const secret of ['Madame', 'Sombreval', '1957', 'Cheminote', 'veuve'])
		expect([secret, page.html.includes(secret)]).toEqual([secret, false]);
	expect(page.html.match(/<select/g)!.length).toBe(3);
	const forced = fieldsShown(page).with(0, 'givenName').with(2, '');
	const answer = await yamina.post(`${at}/colonnes?/choose`, { 'field[]': forced });
	expect(answer.form!.problems).toEqual(['column-0 imports.mapping_forbidden_column']);
	expect(answer.main).toContain('On ne prend jamais cette colonne.');
	await yamina.post(`${at}/colonnes?/choose`, { 'field[]': fieldsShown(page) });
	await drainJobs();
	const kept = await asSystem('test', (tx) =>
		tx.many(sql`select import.columns, line.cells, line.value, line.problems from imports.line
			join imports.import on import.id = line.import_id where import.id = ${at.split('/').at(-1)!}::uuid`),
	);
	expect(kept).toHaveLength(2);
	expect(JSON.stringify(kept)).toContain('eve.c1@rive.example');
	expect(JSON.stringify(kept)).not.toMatch(/Madame|Monsieur|Sombreval|1957|Cheminote|Notaire|veuve|marié/);
	const errors = await yamina.get(`${at}/erreurs`);
	expect(errors.html).not.toMatch(/Civilité|Madame|naissance|Notaire|marié/);
});

test('columns that make nobody are said at their place, and what was chosen is still chosen', async () => {
	const { at, page } = await columnsOf('A;B;C;D\nMonteil;Rémi;remi.c2@rive.example;Villebrume\n');
	const choose = (fields: string[]) => yamina.post(`${at}/colonnes?/choose`, { 'field[]': fields });
	expect(fieldsShown(page)).toEqual(['', '', 'email', '']);
	const twice = await choose(['givenName', 'email', 'email', 'unit']);
	expect(twice.form!.problems).toEqual([
		'column-2 imports.mapping_field_twice',
		'columns imports.mapping_field_missing',
	]);
	expect(twice.main).toContain('Deux colonnes deviennent la même chose.');
	expect(fieldsShown(twice)).toEqual(['givenName', 'email', 'email', 'unit']);
	const unknown = await choose(['familyName', 'religion', 'email', 'unit']);
	expect(unknown.form!.problems).toEqual(['column-1 imports.mapping_unknown_field']);
	const unitField = await choose(['familyName', 'parentCode', 'email', 'unit']);
	expect(unitField.form!.problems).toEqual(['column-1 imports.mapping_unknown_field']);
	expect((await choose(['familyName', 'givenName', 'email', 'unit'])).to).toBe(`${at}/suivi`);
});

test('columns kept for another day are found again; half said as they are, they make nobody', async () => {
	const { at } = await columnsOf('A;B;C\nMonteil;Rémi;remi.c3@rive.example\n');
	const kept = await yamina.through(`${at}/colonnes?/later`, {
		'field[]': ['familyName', 'givenName', 'email'],
	});
	expect(kept.text).toContain('C’est gardé. Tu reprends quand tu veux.');
	expect(kept.main).toContain('colonnes à dire');
	const other = await browser('yamina');
	expect((await other.get(at)).to).toBe(`${at}/colonnes`);
	expect(fieldsShown(await other.get(`${at}/colonnes`))).toEqual(['familyName', 'givenName', 'email']);
	for (const step of ['/corrections', '/apercu', '/suivi'])
		expect([step, (await other.get(at + step)).to]).toEqual([step, `${at}/colonnes`]);
	expect((await other.post(`${at}/apercu?/launch`)).to).toBe(`${at}/colonnes`);
	expect((await other.get(`${at}/colonnes`)).main).toContain('Associer les colonnes');
});

test('going back to the columns: saved for later as they were, nothing is lost; otherwise all is read anew', async () => {
	const at = await checkedBy(yamina, 'Nom;Prénom;Courriel\nMonteil;Ysé;yse.c4@gmial.com\n');
	await yamina.post(`${at}/corrections?/fix`, { code: 'email_typo' });
	const page = await yamina.get(`${at}/colonnes`);
	expect(fieldsShown(page)).toEqual(['familyName', 'givenName', 'email']);
	const same = await yamina.through(`${at}/colonnes?/later`, { 'field[]': fieldsShown(page) });
	expect(same.text).toContain('C’est gardé.');
	expect((await yamina.get(`${at}/corrections`)).main).toContain('lignes prêtes 1');
	await yamina.post(`${at}/colonnes?/later`, { 'field[]': ['givenName', 'familyName', ''] });
	expect((await yamina.get(`${at}/apercu`)).to).toBe(`${at}/colonnes`);
	expect(fieldsShown(await yamina.get(`${at}/colonnes`))).toEqual(['givenName', 'familyName', '']);
	await yamina.post(`${at}/colonnes?/choose`, { 'field[]': ['givenName', 'familyName', ''] });
	await drainJobs();
	expect((await yamina.get(`${at}/apercu`)).main).toContain('Une personne n’a pas d’e-mail');
	await yamina.post(`${at}/apercu?/launch`);
	await drainJobs();
	expect((await personBy('Monteil Ysé'))?.email).toBeNull();
});

test('what a header meant is remembered for the whole organisation, but never against what is forbidden', async () => {
	const { at } = await columnsOf('Patronyme;Zut\nMonteil;rien\n');
	await yamina.post(`${at}/colonnes?/choose`, { 'field[]': ['familyName', 'memberNumber'] });
	await drainJobs();
	const sabrina = await browser('sabrina');
	const next = await sendBy(sabrina, 'ZUT;patronyme\nrien;Monteil\n');
	expect(fieldsShown(await sabrina.get(`${next}/colonnes`))).toEqual(['memberNumber', 'familyName']);
	await scene(
		sql`insert into imports.remembered (kind, field, folded, meaning) values ('members', '', 'civilite', 'givenName')`,
	);
	const civility = await columnsOf('Civilité;Nom\nMme;Monteil\n');
	expect(fieldsShown(civility.page)).toEqual(['', 'familyName']);
});

test('two million lines with nothing in them are no lines, and make no page wait for long', async () => {
	const hollow = `Nom;Prénom;Courriel\nMonteil;Uma;uma.c5@rive.example\n${';;\n'.repeat(1_000_000)}${'\n'.repeat(1_000_000)}Monteil;Ugo;ugo.c5@rive.example\n`;
	const { page } = await columnsOf(hollow);
	expect(page.main).toContain('2 lignes');
	const none = await yamina.post(`${start}?/start`, {
		kind: 'members',
		file: fileOf(`Nom;Prénom\n${';\n'.repeat(200_000)}`),
	});
	expect(none.form!.problems).toEqual(['file imports.no_line']);
}, 20_000);

test('more lines than we take is said with the limit, and nothing is kept', async () => {
	const many = `Nom;Code\n${Array.from({ length: 50_001 }, (_, n) => `Section ${n};C${n}`).join('\n')}`;
	const why = await refused(['imports.import'], async () => {
		const answer = await yamina.post(`${start}?/start`, { kind: 'units', file: fileOf(many) });
		expect(answer.form!.problems).toEqual(['file imports.too_many_lines']);
		expect(answer.main).toMatch(/Plus de 50.000 lignes : coupe la liste\./);
	});
	expect(why).toBe('done');
});

test('a line break inside quotes is one person; a quote that nobody closed spoils its line only, and is said', async () => {
	const at = await checkedBy(
		yamina,
		'Nom;Prénom;Courriel;Remarque;Section\n"Mont\nbel";Léa;lea.c6@rive.example;"deux\nlignes;et un point-virgule";Villebrume\nMontbel;"Noa;noa.c6@rive.example;;Villebrume\nMontbel;Lou;lou.c6@rive.example;;Villebrume\n',
	);
	const page = await yamina.get(`${at}/corrections`);
	expect(page.main).toContain('Un guillemet égaré');
	expect(page.main).toContain('ligne 3');
	await yamina.post(`${at}/apercu?/launch`);
	await drainJobs();
	expect((await personBy('lea.c6@rive.example'))!.name).toBe('Léa Mont bel');
	expect((await personBy('lou.c6@rive.example'))!.name).toBe('Lou Montbel');
});

test('a formula is text: it becomes nobody’s name, and leaves again harmless', async () => {
	const at = await checkedBy(
		yamina,
		'Matricule;Nom;Prénom;Section\n"=HYPERLINK(""https://voleur.example"")";"=1+1";"@SUM(A1)";Villebrume\n+33;-Bonnal;Jo;Villebrume\n',
	);
	expect((await yamina.get(`${at}/corrections`)).main).toContain('Un nom ne ressemble pas à un nom');
	const file = (await yamina.get(`${at}/erreurs`)).html;
	expect(file).toContain("'=HYPERLINK");
	expect(file).toContain("'=1+1");
	expect(file).toContain("'@SUM");
	expect(file).not.toMatch(/(^|[;"\n])[=@]/m);
	await yamina.post(`${at}/apercu?/launch`);
	await drainJobs();
	const made = await asSystem('test', (tx) =>
		tx.many<{ name: string }>(sql`select name from people.person where name ~ '[=@+]'`),
	);
	expect(made).toEqual([]);
	expect(await personBy('Jo Bonnal')).toMatchObject({ units: ['S0101'] });
});

test('the lines that stayed out come back corrected in the same file, and only they go in', async () => {
	const at = await broughtBy(
		yamina,
		'Matricule;Nom;Prénom;Courriel;Section\nC71;Auvrel;Mia;mia.c7@rive.example;Villebrume\nC72;;Max;max.c7@rive.example;Villebrume\n',
	);
	expect((await yamina.get(`${at}/suivi`)).main).toContain('Télécharger les lignes à corriger');
	const errors = (await yamina.get(`${at}/erreurs`)).html;
	expect(errors).toContain('Un nom manque');
	expect(errors).not.toContain('mia.c7');
	const { at: next, page } = await columnsOf(errors.replace('C72;;Max', 'C72;Auvrel;Max'));
	expect(fieldsShown(page)).toEqual(['', '', 'memberNumber', 'familyName', 'givenName', 'email', 'unit']);
	await yamina.post(`${next}/colonnes?/choose`, { 'field[]': fieldsShown(page) });
	await drainJobs();
	await yamina.post(`${next}/apercu?/launch`);
	await drainJobs();
	expect((await yamina.get(`${next}/suivi`)).main).toContain('créées 1');
	expect((await personBy('max.c7@rive.example'))!.name).toBe('Max Auvrel');
});

test('cells pasted from a spreadsheet are a list too, and a file that comes with them goes first', async () => {
	const pasted = 'Nom\tPrénom\tCourriel\nAuvrel\tNil\tnil.c8@rive.example\n';
	const to = (await yamina.post(`${start}?/start`, { kind: 'members', pasted })).to!;
	const page = await yamina.get(to);
	expect(page.main).toContain('Cellules collées');
	expect(fieldsShown(page)).toEqual(['familyName', 'givenName', 'email']);
	const both = await yamina.post(`${start}?/start`, {
		kind: 'members',
		pasted,
		file: fileOf('Nom\nAuvrel\n', 'fichier.csv'),
	});
	expect((await yamina.get(both.to!)).main).toContain('fichier.csv');
	const long = await yamina.post(`${start}?/start`, { kind: 'members', pasted: 'x'.repeat(5_000_001) });
	expect(long.form!.problems).toEqual(['pasted imports.pasted_long']);
});

test('a file’s name is only a name: no path, no control sign, no tag', async () => {
	const { at } = await columnsOf('Nom\nAuvrel\n', { name: '../../etc/<b>passwd</b>\u202e.csv' });
	const page = await yamina.get(`${at}/colonnes`);
	expect(page.html).not.toContain('<b>passwd');
	const kept = await asSystem('test', (tx) =>
		tx.one<{ file_name: string }>(sql`select file_name from imports.import order by created_at desc limit 1`),
	);
	expect(kept!.file_name).not.toMatch(/[/\\\u202e]/);
});

test('a page of another book, a place that is not ours and a kind that is none are refused where they are typed', async () => {
	const post = (fields: Record<string, string | File>) => yamina.post(`${start}?/start`, fields);
	const file = fileOf('<html><table><tr><td>Nom</td></tr></table></html>', 'liste.xls');
	expect((await post({ kind: 'members', file })).main).toContain(
		'C’est une page web. Dans le tableur : Enregistrer sous, CSV.',
	);
	const sound = fileOf('Nom\nAuvrel\n');
	expect((await post({ kind: 'members', unit: idOf('hautsarvan'), file: sound })).status).toBe(404);
	expect((await post({ kind: 'territory', file: sound })).form!.problems).toEqual([
		'kind imports.kind_choose',
	]);
	expect((await post({ kind: 'members', file: 'C:\\liste.csv' })).form!.problems).toEqual([
		'file imports.file_missing',
	]);
});

test('the file to fill follows the kind asked for, and what it holds is understood as it is', async () => {
	for (const kind of ['members', 'units']) {
		const model = await yamina.get(`${start}/modele?kind=${kind}`);
		expect(model.headers.get('content-disposition')).toContain(
			kind === 'units' ? 'modele-structure.csv' : 'modele-membres.csv',
		);
		const { page } = await columnsOf(model.html, { kind });
		expect(fieldsShown(page)).not.toContain('');
	}
	expect((await yamina.get(`${start}/modele?kind=../../etc`)).headers.get('content-disposition')).toContain(
		'modele-membres.csv',
	);
	expect((await (await browser('odile')).get(`${start}/modele`)).status).toBe(404);
});
