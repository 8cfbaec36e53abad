import { beforeAll, describe, expect, test } from 'vitest';
import { create } from '#domains/missions/create.ts';
import { dayIn, officialBy, past, round } from '#domains/missions/missions.fixture.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';

stage();

let odile: Browser;
let samuel: Browser;
let id: string;
beforeAll(async () => {
	[odile, samuel] = [await browser('odile'), await browser('samuel')];
	id = await officialBy(await as('samuel'));
});
const fields = (more: Record<string, string> = {}) => ({
	...{
		unit: idOf('villebrume'),
		kind: 'doors',
		title: 'Porte-à-porte aux Lilas',
		text: '',
		audience: 'unit',
	},
	...{ place: 'Rue des Lilas', day: dayIn(9), starts: '18:00', ends: '20:00', needed: '4' },
	...more,
});

describe('the list', () => {
	test('says what, when, where and how many; one touch and one is on it, one touch and one is not', async () => {
		const { main } = await odile.get('/missions');
		expect(main).toContain('Tractage au marché');
		expect(main).toContain('personne sur 3');
		const on = await odile.through('/missions?/enrol', { id });
		expect(on.text).toContain('Tu es sur la liste. Merci !');
		expect(on.main).toContain('1 personne sur 3');
		expect((await odile.get('/missions?vue=miennes')).main).toContain('Tractage au marché');
		const off = await odile.through('/missions?/leave', { id, back: id });
		expect(off.text).toContain('Ta place est libre.');
		expect((await odile.get('/missions?vue=miennes')).main).toContain('Tu n’es sur aucune liste');
	});

	test('of somebody elsewhere holds nothing of it', async () => {
		const ines = await browser('ines');
		expect((await ines.get('/missions')).main).toContain('Pas de mission en ce moment');
		expect((await ines.get(`/missions/${id}`)).status).toBe(404);
		expect((await ines.post('/missions?/enrol', { id })).status).toBe(404);
	});

	test('shows those near before those far', async () => {
		await create(
			await as('samuel'),
			round({ official: 'on', audience: 'network', title: 'Le plus proche', day: dayIn(20) }),
		);
		await create(
			await as('fanny'),
			round({ official: 'on', audience: 'network', title: 'Le plus loin', day: dayIn(2) }, 'pontsarvan'),
		);
		const { main, html } = await odile.get('/missions');
		expect(main.indexOf('Le plus proche')).toBeLessThan(main.indexOf('Le plus loin'));
		// Under the place that both share, or the dates would seem in disorder.
		const titles = [...html.matchAll(/<h[23][^>]*>(?:<[^>]*>)*([^<]+)/g)].map(([, title]) => title!);
		expect(titles).toEqual([
			'Section de Villebrume',
			'Tractage au marché',
			'Le plus proche',
			'Bureau national',
			'Le plus loin',
		]);
		expect(main.indexOf('Le plus proche')).toBeGreaterThan(-1);
	});
});

describe('calling for one', () => {
	test('a member’s own idea is marked so, and leads to its page', async () => {
		const made = await odile.through('/missions/nouvelle?/create', fields());
		expect(made.text).toContain('La mission est publiée.');
		expect(made.main).toContain('non officielle');
		expect(made.main).toContain('Modifier');
	});

	test('an officer’s is official when they say so', async () => {
		const made = await samuel.through('/missions/nouvelle?/create', fields({ official: 'on' }));
		expect(made.main).not.toContain('non officielle');
	});

	test('what is wrong is said at its field, and nothing typed is lost', async () => {
		const wrong = await odile.post(
			'/missions/nouvelle?/create',
			fields({ needed: '0', title: '', day: '2020-02-01' }),
		);
		expect(wrong.status).toBe(422);
		expect(wrong.form!.problems).toEqual(['title missions.title_needed', 'needed missions.needed_shape']);
		expect(wrong.field('place')).toBe('Rue des Lilas');
		const late = await odile.post('/missions/nouvelle?/create', fields({ day: '2020-02-01' }));
		expect(late.form!.problems).toEqual(['day missions.day_past']);
	});

	test('a sympathiser is told where missions come from, and offered those to come', async () => {
		const { main } = await (await browser('mathis')).get('/missions/nouvelle');
		expect(main).toContain('Voir les missions à venir');
		expect((await (await browser('mathis')).post('/missions/nouvelle?/create', fields())).status).toBe(404);
	});

	test('sent twice with one key, it is one mission', async () => {
		const sent = fields({ title: 'Une seule fois', _key: 'k1' });
		const [one, two] = [
			await odile.post('/missions/nouvelle?/create', sent),
			await odile.post('/missions/nouvelle?/create', sent),
		];
		expect(one.to).toBe(two.to);
	});
});

describe('leading one', () => {
	test('the page of who leads names who comes; the page of the others does not', async () => {
		const own = await officialBy(await as('samuel'));
		await odile.post('/missions?/enrol', { id: own });
		expect((await samuel.get(`/missions/${own}`)).main).toContain('Odile Fabrègat');
		expect((await (await browser('gerard')).get(`/missions/${own}`)).main).not.toContain('Odile');
		expect((await samuel.get(`/missions/${own}/feuille`)).main).toContain('Odile Fabrègat ☐');
		expect((await odile.get(`/missions/${own}/feuille`)).status).toBe(403);
	});

	test('changes, then does not take place, with a reason', async () => {
		const own = await officialBy(await as('samuel'));
		const page = await samuel.get(`/missions/${own}/modifier`);
		expect([page.field('starts'), page.field('ends'), page.field('version')]).toEqual([
			'09:00',
			'11:30',
			'1',
		]);
		const { unit: _, ...change } = fields({ version: '1' });
		expect((await samuel.through(`/missions/${own}/modifier?/change`, change)).text).toContain(
			'La mission est modifiée.',
		);
		expect((await samuel.post(`/missions/${own}/modifier?/change`, change)).status).toBe(409);
		expect((await samuel.post(`/missions/${own}/modifier?/cancel`, { reason: '' })).form!.problems).toEqual([
			'reason missions.reason_needed',
		]);
		expect(
			(await samuel.through(`/missions/${own}/modifier?/cancel`, { reason: 'Il pleut' })).main,
		).toContain('Annulée : Il pleut');
	});

	test('closes with what was counted; it comes to the actions of who came, and of nobody else', async () => {
		const own = await officialBy(await as('samuel'));
		const gerard = await browser('gerard');
		for (const person of [odile, gerard]) await person.post('/missions?/enrol', { id: own });
		expect((await samuel.get(`/missions/${own}/bilan`)).status).toBe(403);
		await past(own);
		expect((await samuel.post(`/missions/${own}/bilan?/close`, { people: '' })).form!.problems).toEqual([
			'people missions.people_needed',
		]);
		const done = await samuel.through(`/missions/${own}/bilan?/close`, {
			...{ people: '2', doors: '', leaflets: '400', report: 'Merci !' },
			'came[]': [idOf('odile')],
		});
		expect(done.main).toContain('2 personnes venues');
		expect(done.main).toContain('400 tracts');
		expect((await odile.get('/mes-actions')).main).toContain('Ensemble : 2 personnes venues et 400 tracts');
		expect((await gerard.get('/mes-actions')).main).toContain('Rien encore');
		await samuel.post(`/missions/${own}/bilan?/attend`, { 'came[]': [idOf('gerard')] });
		expect((await gerard.get('/mes-actions')).main).toContain('Tractage au marché');
		const tallies = await samuel.get('/missions/comptes');
		expect(tallies.main).toContain('400');
		expect(tallies.main).not.toContain('Gérard');
		expect((await (await browser('yamina')).get('/missions/comptes')).main).toContain('400');
		expect((await odile.get('/missions/comptes')).status).toBe(404);
	});
});
