import { beforeAll, beforeEach, expect, test } from 'vitest';
import { suppressionOf } from '#domains/people/index.ts';
import { codeMailedTo, mailsTo } from '#domains/people/people.fixture.ts';
import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { bring, head, personBy, send } from '../imports.fixture.ts';
import { invite } from './invite.ts';
import { lettersOf } from './letters.ts';

stage();
let samuel: Browser;
beforeAll(async () => {
	samuel = await browser('samuel');
});
beforeEach(() => scene(sql`delete from platform.bucket`));

let n = 0;
/** A file of two people, one of whom has no address; gives the import and the address of the other. */
async function brought(): Promise<{ id: string; email: string; name: string }> {
	const [email, mark] = [`ida${++n}@rive.example`, 'abcdefghij'[n]!];
	const text = `${head}I${n};Arvenne${mark};Ida;${email};Villebrume;\nJ${n};Sorel${mark};Jo;;Villebrume;\n`;
	const { id } = await bring(await as('samuel'), text);
	return { id, email, name: `Ida Arvenne${mark}` };
}
const follow = (id: string, who = samuel) => who.get(`/membres/importer/${id}/suivi`);
const asks = (id: string, who = samuel) => who.post(`/membres/importer/${id}/suivi?/invite`);
const written = async (email: string) =>
	(await mailsTo(email)).filter(({ kind }) => kind === 'imports.invitation');

test('an import that is over offers to invite those it brought, read before, counted in the button; each is written to once', async () => {
	const { id, email, name } = await brought();
	const before = await follow(id);
	expect(before.main).toMatch(/Inviter une personne par e-mail.*Voir la lettre à imprimer/s);
	expect(before.main).toContain('Section de Villebrume : ton compte t’attend sur La Rive commune');
	expect(await written(email)).toEqual([]);
	await Promise.all([asks(id), asks(id)]);
	await asks(id);
	await drainJobs();
	const [mail, ...more] = await written(email);
	expect(more).toEqual([]);
	const { text } = mail!.message as { text: string };
	for (const said of [`Bonjour ${name},`, 'Samuel Oudraine', 'ton compte est prêt', '/bienvenue'])
		expect(text).toContain(said);
	const after = await follow(id);
	expect(after.main).toContain('Une invitation est partie');
	expect(after.html).not.toContain('?/invite"');
	const again = await bring(
		await as('samuel'),
		`${head}I${n};${name.split(' ')[1]};Ida;${email};Villebrume;\n`,
	);
	await asks(again.id);
	await drainJobs();
	expect(await written(email)).toHaveLength(1);
});

test('where the mail leads, one’s name and address open the account that the file made', async () => {
	const { id, email, name } = await brought();
	await asks(id);
	expect(await written(email)).toHaveLength(1);
	const who = await browser('visitor');
	await who.post('/bienvenue', { name, email });
	await who.post('/bienvenue/code', { code: await codeMailedTo(email) });
	expect(await personBy(email)).toMatchObject({ name, confirmed: true, verified: true, units: ['S0101'] });
	expect((await follow(id)).main).not.toContain('sans réponse encore');
});

test('whoever came is not written to, nor who asked never to be, nor anybody of an import on its way back', async () => {
	const came = await brought();
	await scene(
		sql`update people.person set confirmed_at = now() where id = (select person_id from people.contact where email_key = ${came.email})`,
	);
	const undone = await brought();
	const gone = await brought();
	await asSystem('test', (tx) =>
		tx.run(sql`insert into people.suppression (email_hash) values (${suppressionOf(gone.email)})`),
	);
	await drainJobs();
	for (const { id } of [came, gone, undone]) await asks(id);
	// Half way back: those it brought are still there.
	await scene(
		sql`update imports.import set state = 'undoing', beat_at = now() where id = ${undone.id}::uuid`,
	);
	await drainJobs();
	for (const { email } of [came, gone, undone]) expect([email, await written(email)]).toEqual([email, []]);
	expect((await asks(undone.id)).status).toBe(409);
	// Imports go one at a time: the next stories wait for nobody.
	await scene(sql`update imports.import set state = 'undone' where id = ${undone.id}::uuid`);
});

test('only who sent the file invites, once it is over', async () => {
	const { id, email } = await brought();
	for (const name of ['yamina', 'fanny', 'odile', 'sabrina'] as const) {
		const who = await browser(name);
		expect([name, (await asks(id, who)).status]).toEqual([name, 404]);
		expect([name, (await who.get(`/membres/importer/${id}/lettres`)).status]).toEqual([name, 404]);
	}
	const ready = await send(await as('samuel'), `${head};Nonlancé;Léa;lea.n@rive.example;Villebrume;\n`);
	expect(await outcome(invite(await as('samuel'), ready))).toBe('Conflict');
	expect((await lettersOf(await as('samuel'), ready)).people).toEqual([]);
	await drainJobs();
	expect(await written(email)).toEqual([]);
});

test('who has no e-mail has a letter, with their number and where to come in; that they were read is in the journal', async () => {
	const { id, name } = await brought();
	const { main, html } = await samuel.get(`/membres/importer/${id}/lettres`);
	expect(main).toMatch(
		/Bonjour Jo Sorel.,.*Samuel Oudraine a mis à jour la liste.*\/bienvenue.*Ton numéro sur la liste : J\d.*Samuel Oudraine verra ton arrivée/s,
	);
	expect(main).not.toContain(name);
	expect(html).toContain('<svg');
	const journal = await asSystem('test', (tx) =>
		tx.many(sql`select entry.detail from audit.entry where entry.act = 'imports.letters'
			and entry.subject_id = ${id} and entry.actor_id = ${idOf('samuel')}::uuid`),
	);
	expect(journal).toMatchObject([{ detail: { n: 1 } }]);
});
