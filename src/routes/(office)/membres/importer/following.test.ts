import { beforeAll, beforeEach, expect, test } from 'vitest';
import { fileOf, personBy } from '#domains/imports/imports.fixture.ts';
import { broughtBy, checkedBy, start } from '#domains/imports/pages.fixture.ts';
import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { journal, refused, scene } from '#tests/traces.ts';

stage();

const head = 'Matricule;Nom;Prénom;Courriel;Section\n';
const units = 'Code;Nom;Type;Code parent;Communes\n';
let yamina: Browser;
let driss: Browser;
let sabrina: Browser;
beforeAll(async () => {
	[yamina, driss, sabrina] = [await browser('yamina'), await browser('driss'), await browser('sabrina')];
});
beforeEach(() =>
	scene(
		sql`delete from platform.bucket`,
		sql`delete from imports.remembered`,
		sql`update imports.import set state = 'dropped' where state in ('running', 'undoing')`,
	),
);

const idIn = (at: string) => at.split('/').at(-1)!;
const unitBy = (code: string) =>
	asSystem('test', (tx) =>
		tx.one<{
			name: string;
			parent: string;
			closed: boolean;
		}>(sql`select unit.name, parent.code as parent, unit.closed_at is not null as closed
			from territory.unit left join territory.unit as parent on parent.id = unit.parent_id where unit.code = ${code}`),
	);

test('the preview counts what launching will do, and nothing is done by looking at it', async () => {
	await broughtBy(yamina, `${head}F1;Vaubrun;Lys;lys.f1@rive.example;Villebrume\n`);
	const at = await checkedBy(
		yamina,
		`${head}F1;Vaubrun;Lys;lys.f1@rive.example;Villebrume
F2;Vaubrun;Max;max.f2@rive.example;Villebrume
F3;Vaubrun;Nel;;Montclairval
F4;Vaubrun;Ode;ode.f4@rive.example;Port-Brumel
F5;;Pim;pim.f5@rive.example;Villebrume
A-odile;Fabrègat;Odile;;Montclairval\n`,
	);
	const why = await refused(['people.person', 'people.membership', 'territory.attachment'], async () => {
		const page = await yamina.get(`${at}/apercu`);
		for (const told of [
			'personnes à créer 2',
			'à mettre à jour 1',
			'déjà à jour 1',
			'à proposer ailleurs 1',
			'refusées 1',
			'laissées de côté 0',
			'Lancer : 4 lignes',
			'Personne ne reçoit de message',
		])
			expect([told, page.main.includes(told)]).toEqual([told, true]);
		expect(page.main).toContain('2 personnes n’ont pas d’e-mail');
	});
	expect(why).toBe('done');
});

test('while it goes on, the page says how far it is and can be closed; over, it says what became of each line', async () => {
	const at = await checkedBy(yamina, `${head}F6;Vaubrun;Rae;rae.f6@rive.example;Villebrume\n`);
	await yamina.post(`${at}/apercu?/launch`);
	const going = await yamina.get(`${at}/suivi`);
	expect(going.main).toContain('0 sur 1');
	expect(going.main).toContain('Tu peux fermer cette page');
	expect(going.html).toContain('data-refresh="2"');
	expect(going.main).not.toContain('Annuler l’import');
	await drainJobs();
	const over = await yamina.get(`${at}/suivi`);
	expect(over.main).toContain('créées 1');
	expect(over.html).not.toContain('data-refresh');
	expect(over.main).toContain('Annuler l’import');
	expect((await yamina.get(start)).main).toMatch(/liste\.csv.*fini/);
	expect((await journal('imports.done')).at(-1)).toMatchObject({
		actor: idOf('yamina'),
		subject: idIn(at),
		detail: { created: 1 },
	});
});

test('one form sent twice launches once; going back afterwards leads where the work is', async () => {
	const at = await checkedBy(yamina, `${head}F7;Vaubrun;Sol;sol.f7@rive.example;Villebrume\n`);
	const key = (await yamina.get(`${at}/apercu`)).field('_key')!;
	const before = (await journal('imports.launch')).length;
	const both = await Promise.all([1, 2].map(() => yamina.post(`${at}/apercu?/launch`, { _key: key })));
	expect(both.map(({ to }) => to)).toEqual([`${at}/suivi`, `${at}/suivi`]);
	await drainJobs();
	expect((await journal('imports.launch')).length).toBe(before + 1);
	for (const step of ['', '/colonnes', '/corrections', '/apercu'])
		expect([step, (await yamina.get(at + step)).to]).toEqual([step, `${at}/suivi`]);
	const late = await yamina.post(`${at}/apercu?/drop`);
	expect(late.to).toBe(`${at}/suivi`);
	const over = await yamina.get(`${at}/suivi`);
	expect(over.main).toContain('Import fini');
	expect(over.main).toContain('Importer une autre liste');
});

test('undone by two windows at once it goes back once; after seven days the button is gone, and so is the right', async () => {
	const at = await broughtBy(yamina, `${head}F8;Vaubrun;Tao;tao.f8@rive.example;Villebrume\n`);
	const before = (await journal('imports.undo')).length;
	await Promise.all([1, 2].map(() => yamina.post(`${at}/suivi?/undo`)));
	await drainJobs();
	expect((await journal('imports.undo')).length).toBe(before + 1);
	expect((await yamina.get(`${at}/suivi`)).main).toContain('retirées 1');
	const other = await broughtBy(yamina, `${head}F9;Vaubrun;Una;una.f9@rive.example;Villebrume\n`);
	await scene(
		sql`update imports.import set undo_until = now() - interval '1 second' where id = ${idIn(other)}`,
	);
	expect((await yamina.get(`${other}/suivi`)).main).not.toContain('Annuler l’import');
	const late = await yamina.post(`${other}/suivi?/undo`);
	expect(late.status).toBe(409);
	expect(late.main).toContain('Les 7 jours sont passés.');
	expect((await personBy('una.f9@rive.example'))!.number).toBe('F9');
});

test('what stopped after five tries says where, goes on from there, and can be undone instead', async () => {
	const at = await checkedBy(yamina, `${head}F10;Vaubrun;Val;val.f10@rive.example;Villebrume\n`);
	await scene(sql`update imports.import set state = 'failed', done = 0, total = 1, started_at = now(), undo_until = now() + interval '7 days'
		where id = ${idIn(at)}`);
	const stopped = await yamina.get(`${at}/suivi`);
	expect(stopped.main).toContain('Import arrêté');
	expect(stopped.main).toContain('0 sur 1 sont faits et restent.');
	expect((await driss.post(`${at}/suivi?/again`)).status).toBe(404);
	await yamina.post(`${at}/suivi?/again`);
	await drainJobs();
	expect((await yamina.get(`${at}/suivi`)).main).toContain('Import fini');
	expect((await personBy('val.f10@rive.example'))!.number).toBe('F10');
});

test('who is missing from a complete list lapses only when the box is ticked, and only in that territory', async () => {
	await broughtBy(driss, `${head}F11;Vaubrun;Wen;wen.f11@rive.example;Port-Brumel\n`);
	const only = `${head}A-fanny;Kerdoncuff;Fanny;fanny@rive.example;Port-Brumel\n`;
	const kept = await checkedBy(driss, only);
	expect((await driss.get(`${kept}/apercu`)).main).toMatch(/Finir l’adhésion/);
	await driss.post(`${kept}/apercu?/launch`);
	await drainJobs();
	expect((await personBy('wen.f11@rive.example'))!.paid).toBeNull();
	const ticked = await checkedBy(driss, only);
	await driss.post(`${ticked}/apercu?/launch`, { lapse: 'on' });
	await drainJobs();
	expect((await driss.get(`${ticked}/suivi`)).main).toContain('adhésions finies');
	expect((await personBy('wen.f11@rive.example'))!.paid).not.toBeNull();
	expect((await personBy('fanny@rive.example'))!.paid).toBeNull();
	expect((await personBy('odile@rive.example'))!.paid).toBeNull();
	await driss.post(`${ticked}/suivi?/undo`);
	await drainJobs();
	expect((await personBy('wen.f11@rive.example'))!.paid).toBeNull();
});

test('somebody whose line stayed out is in the list all the same: their membership does not end with it', async () => {
	const at = await checkedBy(
		driss,
		`${head}A-fanny;Autrement;Nommée;;Port-Brumel\n;;;tidiane@rive.example;Port-Brumel\nA-driss;;;;Port-Brumel\n`,
	);
	const page = await driss.get(`${at}/apercu`);
	expect(page.main).toContain('refusées 3');
	await driss.post(`${at}/apercu?/launch`, { lapse: 'on' });
	await drainJobs();
	for (const name of ['fanny', 'driss']) {
		const person = await personBy(`${name}@rive.example`);
		expect([name, person!.paid]).toEqual([name, null]);
	}
	expect((await personBy('bertrand@rive.example'))!.paid).not.toBeNull();
	await driss.post(`${at}/suivi?/undo`);
	await drainJobs();
	expect((await personBy('bertrand@rive.example'))!.paid).toBeNull();
});

test('the structure comes in, parents in any order; what hangs on itself or on a circle is said and stays out', async () => {
	const at = await checkedBy(
		sabrina,
		`${units}G3;Section du Puits;section;G2;
G2;Fédération du Puits;fédération;R01;
G4;Section en rond;section;G5;
G5;Section en boucle;section;G4;
G6;Section d’elle-même;section;G6;
F01;Fédération du Val-d’Orsande;fédération;F01;
G7;Section orpheline;section;NULLE;
G3;Section du Puits bis;section;G2;\n`,
		{ kind: 'units' },
	);
	const page = await sabrina.get(`${at}/corrections`);
	for (const told of ['se contiennent', 'rattachement', 'déjà vu plus haut'])
		expect([told, page.main.includes(told)]).toEqual([told, true]);
	expect((await sabrina.get(`${at}/apercu`)).main).toContain('lieux à créer 2');
	await sabrina.post(`${at}/apercu?/launch`);
	await drainJobs();
	expect(await unitBy('G3')).toMatchObject({ name: 'Section du Puits', parent: 'G2' });
	expect(await unitBy('F01')).toMatchObject({ parent: 'R01' });
	for (const code of ['G4', 'G5', 'G6', 'G7']) expect([code, await unitBy(code)]).toEqual([code, undefined]);
	await sabrina.post(`${at}/suivi?/undo`);
	await drainJobs();
	expect(await unitBy('G2')).toBeUndefined();
});

test('a place where people came meanwhile is kept when its file is undone, and closed rather than lost', async () => {
	const at = await broughtBy(sabrina, `${units}G8;Section du Moulin;section;F01;\n`, { kind: 'units' });
	await broughtBy(yamina, `${head}F12;Vaubrun;Xan;xan.f12@rive.example;G8\n`);
	await sabrina.post(`${at}/suivi?/undo`);
	await drainJobs();
	const page = await sabrina.get(`${at}/suivi`);
	expect(page.main).toContain('gardées 1');
	expect(page.main).toMatch(/on les garde|elle reste/);
	expect(await unitBy('G8')).toMatchObject({ closed: true });
});

test('a federation adds places under itself and touches none beside it; a section brings no structure', async () => {
	const at = await checkedBy(
		yamina,
		`${units}G9;Section du Gué;section;F01;\nS0702;Section volée;section;F01;\nG10;Section d’en face;section;F07;\n`,
		{ kind: 'units' },
	);
	await yamina.post(`${at}/apercu?/launch`);
	await drainJobs();
	expect((await yamina.get(`${at}/suivi`)).main).toContain('refusées 2');
	expect(await unitBy('S0702')).toMatchObject({ name: 'Section de Port-Brumel', parent: 'F07' });
	expect(await unitBy('G10')).toBeUndefined();
	const samuel = await browser('samuel');
	expect((await samuel.post(`${start}?/start`, { kind: 'units', file: fileOf(units) })).status).toBe(404);
});

test('the invented country is laid from the top only, once at a time, in an order that holds', async () => {
	for (const who of [yamina, await browser('samuel'), await browser('odile')]) {
		expect((await who.get(`${start}/territoire`)).status).toBe(404);
		expect((await who.post(`${start}/territoire?/lay`, { region: 'region', department: '' })).status).toBe(
			404,
		);
	}
	const page = await sabrina.get(`${start}/territoire`);
	expect(page.main).toContain('Ici, les lieux sont inventés.');
	const wrong = await sabrina.post(`${start}/territoire?/lay`, {
		region: 'federation',
		department: 'region',
	});
	expect(wrong.form!.problems).toEqual(['department imports.kind_order']);
	expect(wrong.main).toContain('Ce niveau doit être sous celui des régions.');
	expect(wrong.field('region')).toBe('federation');
	const lay = () => sabrina.post(`${start}/territoire?/lay`, { region: 'region', department: 'federation' });
	const [first, second] = await Promise.all([lay(), lay()]);
	expect([first!.status, second!.status].toSorted()).toEqual([303, 409]);
	await drainJobs();
	const at = [first, second].find((one) => one!.to)!.to!;
	const done = await sabrina.get(at);
	expect(done.main).toContain('Import fini');
	expect(done.main).not.toContain('lignes-a-corriger');
	expect((await sabrina.get(`${start}/territoire`)).main).toMatch(/lieux sont déjà connus/);
	expect((await driss.get(at)).status).toBe(404);
});

test('a person proposed by another federation is taken by one officer, once, and read with no more than a name', async () => {
	await broughtBy(yamina, `${head}F13;Vaubrun;Yan;yan.f13@rive.example;Port-Brumel\n`);
	const page = await driss.get(start);
	expect(page.main).toContain('Yan Vaubrun');
	expect(page.html).not.toContain('yan.f13@rive.example');
	const [, id] = /name="id" value="([^"]+)"/.exec(page.html)!;
	for (const who of [yamina, await browser('samuel'), await browser('odile')])
		expect((await who.post(`${start}?/decide`, { id: id!, answer: 'accept' })).status).toBe(404);
	expect((await driss.post(`${start}?/decide`, { id: id!, answer: 'perhaps' })).form!.problems).toEqual([
		'answer app.invalid_value',
	]);
	const both = await Promise.all(
		[driss, sabrina].map((who) => who.post(`${start}?/decide`, { id: id!, answer: 'accept' })),
	);
	expect(both.filter(({ to }) => to?.endsWith('/suivi'))).toHaveLength(1);
	await drainJobs();
	expect(await personBy('yan.f13@rive.example')).toMatchObject({ units: ['S0702'], number: 'F13' });
	expect((await journal('imports.proposal_accept')).length).toBe(1);
});

test('the file of errors is for its officer, is counted as an export, and holds no line that went in', async () => {
	const at = await broughtBy(
		yamina,
		`${head}F14;Vaubrun;Zoé;zoe.f14@rive.example;Villebrume\nF15;;Zef;zef.f15@rive.example;Villebrume\n`,
	);
	const file = await yamina.get(`${at}/erreurs`);
	expect(file.html).toContain('zef.f15@rive.example');
	expect(file.html).not.toContain('zoe.f14@rive.example');
	expect((await sabrina.get(`${at}/erreurs`)).status).toBe(404);
	let status = 200;
	for (let n = 0; n < 60 && status === 200; n++) status = (await yamina.get(`${at}/erreurs`)).status;
	expect(status).toBe(429);
});
