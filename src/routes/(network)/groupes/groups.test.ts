import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';

stage();

const people = {} as Record<'odile' | 'mathis' | 'samuel' | 'ines' | 'tidiane', Browser>;
beforeAll(async () => {
	for (const name of ['odile', 'mathis', 'samuel', 'ines', 'tidiane'] as const)
		people[name] = await browser(name);
});
beforeEach(() => asSystem('test', (tx) => tx.run(sql`delete from platform.bucket`)));

const draft = {
	name: 'Jardins de la Brume',
	aim: 'Cultiver un potager au pied des immeubles.',
	rules: 'On range les **outils**.',
	visibility: 'open',
};
/** Opens a group as the page does; gives its address. */
const open = async (fields: Record<string, string | string[]> = {}, who: keyof typeof people = 'odile') =>
	(await people[who].post('/groupes/nouveau?/create', { ...draft, seen: 'on', ...fields })).to!.replace(
		'/membres',
		'',
	);
const say = (who: keyof typeof people, group: string, text: string) =>
	people[who].post('/fil/publier?/publish', { text, audience: `group:${group.split('/').at(-1)}` });
const out = () =>
	asSystem('test', (tx) => tx.run(sql`update feed.post set publish_after = now() - interval '1 second'`));

describe('a new group', () => {
	test('before it opens, those that look like it are shown; with none, the way is free', async () => {
		const alone = await people.ines.post('/groupes/nouveau?/similar', {
			...draft,
			name: 'Club d’échecs',
			aim: 'Jouer le jeudi soir.',
		});
		expect(alone.main).toContain('Aucun groupe ne lui ressemble');
		expect(alone.main).toContain('Ouvrir ce groupe');
		await open();
		const near = await people.ines.post('/groupes/nouveau?/similar', { ...draft, name: 'Les jardins' });
		expect(near.main).toContain('Jardins de la Brume');
		expect(near.main).toContain('Ouvrir quand même');
		expect(near.field('name')).toBe('Les jardins');
	});

	test.each<[string, Record<string, string>, string, string]>([
		['no name', { name: 'ab' }, 'name', 'Donne un nom d’au moins trois lettres.'],
		['no purpose', { aim: '' }, 'aim', 'Dis son but en une phrase.'],
		[
			'rules too long',
			{ rules: 'é'.repeat(4001) },
			'rules',
			'Ces règles sont trop longues : 4 000 signes au plus.',
		],
		['nobody chosen', { visibility: '' }, 'visibility', 'Choisis qui trouve ce groupe.'],
		['without looking', { seen: '' }, 'seen', 'Regarde d’abord si un groupe existe déjà.'],
		[
			'another’s unit',
			{ unit: idOf('montclairval') },
			'unit',
			'Tu ne peux pas ouvrir un groupe au nom de ce lieu.',
		],
	])('%s: said at its field, what was typed is kept', async (_, fields, field, sentence) => {
		const refused = await people.odile.post('/groupes/nouveau?/create', { ...draft, seen: 'on', ...fields });
		expect([refused.status, refused.form!.problems.map((one) => one.split(' ')[0])]).toEqual([422, [field]]);
		expect(refused.main).toContain(sentence);
		expect(refused.form!.values).toMatchObject({ ...draft, ...fields });
	});

	test('sent twice at once opens once', async () => {
		const { data } = await people.odile.get('/groupes/nouveau');
		const sent = { ...draft, name: 'Deux clics', seen: 'on', _key: String(data.key) };
		const [one, two] = await Promise.all(
			[1, 2].map(() => people.odile.post('/groupes/nouveau?/create', sent)),
		);
		expect(one!.to).toBe(two!.to);
	});

	test('who edits the page of a unit may open one in its name; others are not asked', async () => {
		expect((await people.odile.get('/groupes/nouveau')).main).not.toContain('Au nom de qui ?');
		expect((await people.samuel.get('/groupes/nouveau')).main).toContain(
			'Groupe officiel : Section de Villebrume',
		);
		const page = await open({ unit: idOf('villebrume'), visibility: 'closed' }, 'samuel');
		expect((await people.ines.get(page)).main).toContain('Groupe officiel : Section de Villebrume');
	});
});

describe('a group’s page', () => {
	test('before coming in: purpose, rules, who answers for it, whether it lives; then one step and one is in', async () => {
		const page = await open();
		const { main, html } = await people.mathis.get(page);
		for (const words of [
			draft.aim,
			'outils',
			'Odile Fabrègat',
			'1 membre',
			'Ouvert il y a peu',
			'Entrer dans le groupe',
		])
			expect(main).toContain(words);
		expect(html).toContain('<strong>outils</strong>');
		const done = await people.mathis.through(`${page}?/join`);
		expect(done.text).toContain('Te voilà dans le groupe.');
		expect(done.main).toContain('2 membres');
		expect((await people.mathis.get(`/fil/publier?groupe=${page.split('/').at(-1)}`)).html).toMatch(
			/<option value="group:[^"]+" selected/,
		);
	});

	test('what is said in it is on its page and in the home of its people, with why; not in that of others', async () => {
		const page = await open({ name: 'Jardins du soir' });
		await people.mathis.post(`${page}?/join`);
		await say('odile', page, 'Premier semis samedi');
		await out();
		expect((await people.mathis.get('/fil')).main).toContain('Premier semis samedi');
		expect((await people.mathis.get('/fil')).main).toContain(
			'parce que tu es dans le groupe « Jardins du soir »',
		);
		expect((await people.ines.get('/fil')).main).not.toContain('Premier semis samedi');
		expect((await people.ines.get(page)).main).toContain('Premier semis samedi');
		const post = (await people.mathis.get(page)).html.match(/id="p-([0-9a-f-]{36})"/)![1]!;
		expect((await people.mathis.through(`${page}?/thank`, { id: post, on: '1' })).main).toContain('Merci');
	});

	test('closed: one asks with a word, waits, is let in, and reads', async () => {
		const page = await open({ name: 'Entre jardiniers', visibility: 'closed' });
		await say('odile', page, 'Le code du portail est changé');
		await out();
		const before = (await people.mathis.get(page)).main;
		expect(before).toContain('Seuls les membres lisent ce qui s’y dit.');
		expect(before).toContain('1 message depuis un mois');
		expect(before).not.toContain('Le code du portail');
		expect((await people.mathis.through(`${page}?/ask`, { note: 'Je bêche bien' })).main).toContain(
			'Ta demande est envoyée, sans réponse pour l’instant.',
		);
		await drainJobs();
		expect((await people.odile.get('/avis')).main).toContain(
			'Mathis Lanoëz demande à entrer dans ton groupe « Entre jardiniers »',
		);
		expect((await people.odile.get(page)).main).toContain('Une demande attend ta réponse');
		const door = await people.odile.get(`${page}/membres`);
		expect(door.main).toContain('Je bêche bien');
		await people.odile.through(`${page}/membres?/admit`, { person: idOf('mathis') });
		expect((await people.mathis.get(page)).main).toContain('Le code du portail');
	});

	test('a refusal is undone from the sentence that says it', async () => {
		const page = await open({ name: 'Jardin clos', visibility: 'closed' });
		await people.mathis.post(`${page}?/ask`, { note: '' });
		const refused = await people.odile.through(`${page}/membres?/refuse`, { person: idOf('mathis') });
		expect(refused.text).toContain('C’est refusé. La personne n’en est pas avertie.');
		expect(refused.main).not.toContain('Accepter');
		expect(
			(await people.odile.through(`${page}/membres?/reconsider`, { person: idOf('mathis') })).main,
		).toContain('Mathis Lanoëz');
	});

	test('secret: nobody finds it, by address, list, search or likeness; who is invited does', async () => {
		const page = await open({ name: 'Potager caché', visibility: 'secret' });
		const everywhere = async (who: keyof typeof people) =>
			[
				await people[who].get('/groupes?q=potager'),
				await people[who].get('/recherche?q=potager'),
				await people[who].get('/groupes'),
			].map(({ main }) => main.includes('Potager caché'));
		expect((await people.mathis.get(page)).status).toBe(404);
		expect(await everywhere('mathis')).toEqual([false, false, false]);
		const found = await people.odile.get(`${page}/membres?qui=mathis`);
		expect(found.main).toContain('Mathis Lanoëz');
		await people.odile.post(`${page}/membres?/invite`, { person: idOf('mathis') });
		await drainJobs();
		expect((await people.mathis.get('/avis')).main).toContain(
			'Odile Fabrègat t’invite dans le groupe « Potager caché ».',
		);
		expect((await people.mathis.get(page)).main).toContain('Odile Fabrègat t’invite dans ce groupe.');
		expect(await everywhere('mathis')).toEqual([true, true, true]);
		expect((await people.mathis.through(`${page}?/decline`)).text).toContain(
			'C’est refusé. Personne n’en est averti.',
		);
		expect((await people.mathis.get(page)).status).toBe(404);
	});

	test('put out, one reads why, and nothing of what is said', async () => {
		const page = await open({ name: 'Jardin calme', visibility: 'closed' });
		await people.mathis.post(`${page}?/ask`, { note: '' });
		await people.odile.post(`${page}/membres?/admit`, { person: idOf('mathis') });
		const unsaid = await people.odile.post(`${page}/membres?/exclude`, {
			person: idOf('mathis'),
			reason: ' ',
		});
		expect([unsaid.status, unsaid.form!.problems]).toEqual([422, ['reason groups.reason_needed']]);
		await people.odile.through(`${page}/membres?/exclude`, {
			person: idOf('mathis'),
			reason: 'Trois insultes',
		});
		const { main } = await people.mathis.get(page);
		expect(main).toContain('Raison donnée : « Trois insultes »');
		expect(main).not.toContain('Demander à entrer');
	});

	test('reported, it waits for the national moderators, who hide it with a rule; its owner reads the decision', async () => {
		const page = await open({ name: 'Jardin douteux' });
		const id = page.split('/').at(-1)!;
		expect((await people.ines.get(`/securite/signaler?kind=group&id=${id}`)).main).toContain(
			'Signaler le groupe d’Odile Fabrègat',
		);
		await people.ines.post('/securite/signaler?/report', { kind: 'group', id, reason: 'hate', note: '' });
		const paulo = await browser('paulo');
		const kase = `/moderation/cas/group/${id}`;
		expect((await paulo.get(kase)).main).toContain('Jardin douteux');
		await paulo.post(`${kase}?/decide`, { outcome: 'hide', rule: 'hate', note: 'Vu' });
		expect((await people.ines.get(page)).status).toBe(404);
		expect((await people.odile.get(page)).status).toBe(200);
	});
});

describe('people of one group', () => {
	test('from two regions, open one another’s page while they are in it', async () => {
		const see = async () => (await people.odile.get(`/personnes/${idOf('tidiane')}`)).status;
		expect(await see()).toBe(404);
		const page = await open({ name: 'Jardins de partout' });
		await people.tidiane.post(`${page}?/join`);
		expect(await see()).toBe(200);
		expect((await people.odile.get(`${page}/membres`)).main).toContain('Tidiane Solvignac');
		await people.tidiane.through(`${page}?/leave`);
		expect(await see()).toBe(404);
	});
});

describe('subjects', () => {
	const seen = async (who: CastName) => (await (await browser(who)).get('/sujets/logement')).main;
	const housing = async () =>
		(await asSystem('test', (tx) =>
			tx.one<{ id: string }>(sql`select id from groups.subject where slug = 'logement'`),
		))!.id;

	test('followed in silence, nobody knows; shown, the network reads what one brings, and can open the page', async () => {
		await people.tidiane.post('/sujets/logement?/follow', { brings: 'Une salle à Port-Brumel' });
		expect(await seen('odile')).not.toContain('Une salle');
		await people.tidiane.post('/sujets/logement?/follow', { brings: 'Une salle à Port-Brumel', shown: 'on' });
		await drainJobs();
		expect(await seen('odile')).toContain('Une salle à Port-Brumel');
		expect(await seen('odile')).toContain(
			'Proposé parce que c’est le même sujet, ailleurs : Région de la Côte-Sarvane.',
		);
		expect((await people.odile.get(`/personnes/${idOf('tidiane')}`)).status).toBe(200);
		expect((await people.tidiane.through('/sujets?/unfollow', { subject: 'logement' })).text).toContain(
			'Tu ne suis plus ce sujet.',
		);
		await drainJobs();
		expect(await seen('odile')).not.toContain('Une salle');
		expect((await people.odile.get(`/personnes/${idOf('tidiane')}`)).status).toBe(404);
	});

	test('a group of another region comes before one at home, each with why; a secret one is not counted', async () => {
		const subjects = { 'subjects[]': await housing() };
		await open({ name: 'Loyers d’ici', ...subjects });
		await open({ name: 'Loyers de là-bas', ...subjects }, 'tidiane');
		await open({ name: 'Loyers en secret', visibility: 'secret', ...subjects });
		const main = await seen('mathis');
		expect(main.indexOf('Loyers de là-bas')).toBeLessThan(main.indexOf('Loyers d’ici'));
		expect(main).not.toContain('Loyers en secret');
		expect((await people.mathis.get('/sujets')).main).toMatch(/Logement 2 groupes/);
		expect((await people.mathis.get('/sujets/nulle-part')).status).toBe(404);
	});
});
