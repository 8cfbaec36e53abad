import { beforeAll, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { erase, retain } from '#platform/privacy/index.ts';
import { sql } from '#platform/sql.ts';
import { domains } from '#registry.ts';
import { forget, placesOf, taken } from '#tests/left.ts';
import { idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { bring, personBy, send } from './imports.fixture.ts';
import { decideProposal, openProposals } from './index.ts';

stage();

const head = 'Matricule;Nom;Prénom;Courriel;Section;À jour jusqu’au\n';
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
const ours = (places: string[]) =>
	places.filter((place) => place.startsWith('imports.') || place === 'a file');

beforeAll(async () => {
	const yamina = await as('yamina');
	await bring(
		yamina,
		`${head}T1;Trombonet;Léa;lea@rive.example;Villebrume;\nT2;Clarinel;Noé;noe@rive.example;Villebrume;`,
	);
	await bring(yamina, `${head};Solvignac;Tidiane;tidiane@rive.example;Villebrume;`);
	await send(
		yamina,
		`${head}T1;Trombonet;Léa;lea@rive.example;Montclairval;\nT2;Clarinel;Noé;noe@rive.example;Villebrume;`,
	);
	await drainJobs();
});

test('a line of a file is its person’s, launched or not; who sent it has the file’s name alone', async () => {
	const { id } = (await personBy('lea@rive.example'))!;
	expect(
		await asSystem('test', (tx) =>
			tx.one(sql`select 1 as known from imports.known where subject_id = ${id}`),
		),
	).toBeDefined();
	const sender = await taken('yamina', 'imports');
	expect(sender).toContain('adherents.csv');
	for (const others of ['Trombonet', 'Clarinel', 'lea@', 'noe@', 'tidiane@'])
		expect(sender).not.toContain(others);
	expect(await taken('tidiane', 'imports')).toContain('tidiane@rive.example');
	expect(await taken('tidiane', 'imports')).not.toMatch(/Trombonet|Clarinel/);
});

test('gone, their lines go at once, those of the others stay; the file itself when nothing can be undone', async () => {
	await forget('tidiane');
	// The bytes of the file, and the three examples of each column, are the file's: they go with it.
	expect(ours(await placesOf('Solvignac', 'tidiane@rive.example'))).toEqual([
		'a file',
		'imports.import.columns',
	]);
	expect(ours(await placesOf('noe@rive.example'))).toContain('imports.line.value');
	await retain(domains, inDays(8), false);
	expect(ours(await placesOf('Solvignac', 'tidiane@rive.example'))).toEqual([]);
	await retain(domains, inDays(31), false);
	expect(ours(await placesOf('Trombonet', 'noe@rive.example'))).toEqual([]);
});

test('a proposal that waits longer than its file still goes with the person it is about', async () => {
	const elsewhere = `${head};Kerdoncuff;Fanny;fanny@rive.example;Villebrume;`;
	await bring(await as('yamina'), elsewhere);
	await retain(domains, inDays(8), false);
	expect(await openProposals(await as('driss'))).toMatchObject([{ name: 'Fanny Kerdoncuff' }]);
	await forget('fanny');
	expect(await placesOf('Kerdoncuff', 'fanny@rive.example')).toEqual([]);
	expect(await openProposals(await as('driss'))).toEqual([]);
});

test('a proposal once answered says nothing more, and who came in by it leaves nothing in it', async () => {
	await bring(await as('yamina'), `${head}Z2;Fifrelin;Ava;ava@rive.example;Port-Brumel;`);
	const [asked] = await openProposals(await as('driss'));
	await decideProposal(await as('driss'), { id: asked!.id, answer: 'accept' });
	await drainJobs();
	const { id } = (await personBy('ava@rive.example'))!;
	expect(ours(await placesOf('Fifrelin'))).not.toContain('imports.proposal.value');
	await erase(domains, id);
	expect(ours(await placesOf('Fifrelin'))).toEqual(['a file', 'imports.import.columns']);
});

test('a proposal that nobody ever answers is forgotten after a year', async () => {
	await bring(await as('yamina'), `${head}Z1;Hautbel;Zoé;zoe@rive.example;Port-Brumel;`);
	await retain(domains, inDays(364), false);
	expect(ours(await placesOf('Hautbel'))).toEqual(['imports.proposal.value']);
	await retain(domains, inDays(366), false);
	expect(ours(await placesOf('Hautbel'))).toEqual([]);
});

test('who sent a list, and who answered a proposal, leave no name on it', async () => {
	await forget('yamina');
	expect((await placesOf(idOf('yamina'))).filter((place) => place.startsWith('imports.'))).toEqual([]);
	expect(await placesOf('adherents.csv')).toEqual([]);
});
