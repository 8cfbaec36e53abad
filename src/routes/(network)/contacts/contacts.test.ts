import { beforeEach, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';

stage();

let odile: Browser;
let samuel: Browser;
beforeEach(async () => {
	await asSystem('test', async (tx) => {
		for (const table of ['friends.link', 'friends.request', 'platform.bucket', 'notices.notice'])
			await tx.run(sql`delete from ${sql.raw(table)}`);
	});
	[odile, samuel] = [await browser('odile'), await browser('samuel')];
});
const ask = (fields: Record<string, string> = {}) =>
	odile.post('/contacts?/ask', { person: idOf('samuel'), note: '', ...fields });
const requests = () =>
	asSystem('test', (tx) =>
		tx.many<{ id: string; answer: string | null }>(sql`select id, answer from friends.request`),
	);
const request = async () => ({ request: (await requests())[0]!.id });

describe('the page', () => {
	test('nobody yet: says so, and proposes people of one’s own unit with their office, nobody from elsewhere', async () => {
		const { main } = await odile.get('/contacts');
		expect(main).toContain('Personne ici pour l’instant');
		expect(main).toContain('Samuel Oudraine secrétaire · Section de Villebrume');
		expect(main).not.toContain('Inès');
		expect(main).not.toContain('Demandes envoyées');
	});

	test('alone in one’s unit, one is not told to choose among nobody', async () => {
		const { main } = await (await browser('noemie')).get('/contacts');
		expect(main).toContain('Invite quelqu’un, ou ouvre la page d’une personne que tu connais.');
		expect(main).not.toContain('Près de toi');
	});

	test('without an account one signs in first; suspended, there is no such page', async () => {
		expect((await (await browser('visitor')).get('/contacts')).to).toBe('/connexion?next=%2Fcontacts');
		expect((await (await browser('thibaud')).get('/contacts')).status).toBe(404);
	});

	test('friends are by name, a hundred at a time, none twice and none missing', async () => {
		await asSystem('test', async (tx) => {
			for (let n = 0; n < 104; n++) {
				const id = idOf(`friend ${n}`);
				await tx.run(sql`insert into people.person (id, name, folded_name, confirmed_at)
					values (${id}, ${`Amie Numéro ${String(n).padStart(3, '0')}`}, 'amie numero', now()) on conflict do nothing`);
				await tx.run(
					sql`insert into friends.link (person_id, friend_id) values (${idOf('odile')}, ${id}), (${id}, ${idOf('odile')})`,
				);
			}
		});
		const names = (html: string) => [...html.matchAll(/Amie Numéro (\d{3})/g)].map(([, n]) => n);
		const first = await odile.get('/contacts');
		const next = /href="([^"]*apres=[^"]*)"/.exec(first.html)![1]!.replaceAll('&amp;', '&');
		const second = await odile.get(
			new URL(next, 'http://x/contacts').pathname + new URL(next, 'http://x/contacts').search,
		);
		expect([
			new Set(names(first.html)).size,
			new Set([...names(first.html), ...names(second.html)]).size,
		]).toEqual([100, 104]);
		expect(/href="[^"]*apres=/.test(second.html)).toBe(false);
	});
});

describe('asking', () => {
	test('is said, waits on both sides, and is told once', async () => {
		const sent = await odile.through('/contacts?/ask', {
			person: idOf('samuel'),
			note: 'On s’est vus au marché',
		});
		expect(sent.text).toContain('Ta demande est envoyée.');
		expect(sent.main).toContain('Demandes envoyées');
		const got = await samuel.get('/contacts');
		expect(got.main).toContain('Une demande reçue');
		expect(got.main).toContain('On s’est vus au marché');
		await drainJobs();
		expect((await samuel.get('/avis')).main).toContain('1 avis à lire');
	});

	test('from a person’s page it leads back there, which says that it waits', async () => {
		const done = await odile.through('/contacts?/ask', {
			person: idOf('samuel'),
			note: '',
			back: idOf('samuel'),
		});
		expect(done.main).toContain('Demande envoyée, sans réponse pour l’instant.');
		expect((await ask({ back: 'https://ailleurs.example' })).to).toBe('/contacts');
	});

	test('a note too long is refused in words, and nobody is asked', async () => {
		const refused = await ask({ note: 'é'.repeat(301) });
		expect([refused.status, refused.form!.problems]).toEqual([422, ['note friends.note_long']]);
		expect(refused.main).toContain('Ce mot est trop long : 300 signes au plus.');
		expect(await requests()).toEqual([]);
	});

	test('oneself is refused; a stranger and nobody get the same answer', async () => {
		expect((await ask({ person: idOf('odile') })).status).toBe(403);
		expect([
			(await ask({ person: idOf('tidiane') })).status,
			(await ask({ person: idOf('nothing') })).status,
		]).toEqual([404, 404]);
		expect((await ask({ person: 'x' })).form!.problems).toEqual(['person app.invalid_value']);
		expect(await requests()).toEqual([]);
	});

	test('asking who asked already makes two friends, and says so', async () => {
		await samuel.post('/contacts?/ask', { person: idOf('odile'), note: '' });
		const done = await odile.through('/contacts?/ask', { person: idOf('samuel'), note: '' });
		expect(done.text).toContain('C’est fait : vous êtes');
		expect(done.main).toContain('Samuel Oudraine');
	});
});

describe('answering', () => {
	test('yes: both have each other; the one who asked is told, the other is not', async () => {
		await ask();
		expect((await samuel.through('/contacts?/accept', await request())).text).toContain('C’est fait');
		await drainJobs();
		expect((await odile.get('/avis')).main).toContain('c’est fait : vous êtes');
		expect((await odile.get('/contacts')).main).toContain('Samuel Oudraine Depuis le');
	});

	test('no: the one who asked reads the same as before, and is told nothing; it can be taken back', async () => {
		await ask();
		await drainJobs();
		const before = (await odile.get('/contacts')).main;
		const refused = await samuel.through('/contacts?/refuse', await request());
		expect(refused.text).toContain('C’est refusé. La personne n’en saura rien.');
		expect(refused.main).not.toContain('Une demande reçue');
		await drainJobs();
		expect((await odile.get('/contacts')).main).toBe(before);
		expect((await odile.get('/avis')).main).toContain('Rien de neuf');
		expect((await samuel.through('/contacts?/reconsider', await request())).main).toContain(
			'Une demande reçue',
		);
	});

	test('for another does not exist; after it was taken back neither', async () => {
		await ask();
		const which = await request();
		const mathis = await browser('mathis');
		for (const answer of ['accept', 'refuse', 'reconsider', 'withdraw'])
			expect([answer, (await mathis.post(`/contacts?/${answer}`, which)).status]).toEqual([answer, 404]);
		expect((await odile.through('/contacts?/withdraw', which)).text).toContain('Ta demande est retirée.');
		expect((await samuel.post('/contacts?/accept', which)).status).toBe(404);
		expect((await samuel.get('/contacts')).main).not.toContain('Une demande reçue');
	});
});

describe('ending', () => {
	test('from the person’s page: nothing ties them any more, nobody is told', async () => {
		await ask();
		await samuel.post('/contacts?/accept', await request());
		await drainJobs();
		expect((await odile.get(`/personnes/${idOf('samuel')}`)).main).toContain('Retirer Samuel Oudraine');
		const done = await odile.through('/contacts?/remove', { person: idOf('samuel') });
		expect(done.text).toContain('C’est fait. Plus rien ne vous relie.');
		await drainJobs();
		expect((await samuel.get('/avis')).main).toContain('Rien de neuf');
		expect((await samuel.get('/contacts')).main).toContain('Personne ici pour l’instant');
		expect((await odile.post('/contacts?/remove', { person: idOf('samuel') })).status).toBe(404);
	});
});
