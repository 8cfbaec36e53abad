import { beforeAll, describe, expect, test } from 'vitest';
import { inHours, planned, set } from '#domains/events/stage.fixture.ts';
import { opened } from '#domains/groups/groups.fixture.ts';
import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';

stage();

let odile: Browser;
let samuel: Browser;
let ines: Browser;
let nobody: Browser;
beforeAll(async () => {
	[odile, samuel, ines, nobody] = [
		await browser('odile'),
		await browser('samuel'),
		await browser('ines'),
		await browser('visitor'),
	];
});

const tomorrow = new Date(Date.now() + 86_400_000 * 2).toISOString().slice(0, 10);
const fields = (rest = {}) => ({
	unit: idOf('villebrume'),
	title: 'Réunion publique',
	day: tomorrow,
	starts: '19:00',
	ends: '21:00',
	place_name: 'Salle des fêtes',
	visibility: 'unit',
	...rest,
});
const idIn = (to: string | null) => /evenements\/([0-9a-f-]{36})/.exec(to ?? '')![1]!;

describe('creating', () => {
	test('takes one page, leads to invite with the number of people in the button, and is in the agenda', async () => {
		expect((await samuel.get('/evenements/nouveau')).main).toContain('Créer l’événement');
		const done = await samuel.post('/evenements/nouveau?/create', fields());
		const id = idIn(done.to);
		expect(done.to).toBe(`/evenements/${id}/inviter`);
		expect((await samuel.get(done.to!)).main).toMatch(/Inviter \d+ personnes/);
		const invited = await samuel.post(`/evenements/${id}/inviter?/inviteUnit`, { unit: idOf('villebrume') });
		expect(invited.to).toBe(`/evenements/${id}`);
		await drainJobs();
		expect((await odile.get('/avis')).main).toContain('Samuel Oudraine t’invite : Réunion publique, ');
		expect((await odile.get('/agenda')).main).toContain('Réunion publique');
	});

	test('a member reads who may, and gets no form', async () => {
		const { main, html } = await odile.get('/evenements/nouveau');
		expect(main).toContain('Créer un événement revient aux responsables');
		expect(main).toContain('Samuel Oudraine');
		expect(html).toContain(`href="/messages/nouveau?avec=${idOf('samuel')}"`);
		expect(main).not.toContain('Créer l’événement');
		for (const page of ['/fil', '/agenda', '/agenda?voir=mine'])
			expect([page, (await odile.get(page)).html.includes('href="/evenements/nouveau"')]).toEqual([
				page,
				true,
			]);
		expect((await odile.post('/evenements/nouveau?/create', fields())).status).toBe(403);
	});

	test('a member plans in a group of theirs, where its people may', async () => {
		const ofHers = await opened('odile', { name: 'Les jardins', visibility: 'closed' });
		const ofOthers = await opened('mathis', { name: 'Les vélos' });
		const { html } = await odile.get('/evenements/nouveau');
		expect(html).toContain(`href="/evenements/nouveau?groupe=${ofHers}"`);
		expect(html).not.toContain(ofOthers);
		expect((await odile.get(`/evenements/nouveau?groupe=${ofHers}`)).main).toContain('Créer l’événement');
	});

	test('an office without its second factor is led to give it', async () => {
		const { main } = await (await browser('samuel', { factor: false })).get('/evenements/nouveau');
		expect(main).toContain('Me vérifier');
	});

	test('what is wrong is said at its field, and nothing typed is lost', async () => {
		const refused = await samuel.post(
			'/evenements/nouveau?/create',
			fields({ title: ' ', day: '2020-01-01' }),
		);
		expect(refused.form!.problems).toEqual(['title events.title_needed']);
		expect(refused.field('place_name')).toBe('Salle des fêtes');
		const past = await samuel.post('/evenements/nouveau?/create', fields({ day: '2020-01-01' }));
		expect(past.form!.problems).toEqual(['day events.day_past']);
		expect(past.main).toContain('Ce jour est passé.');
	});
});

describe('the page of an event', () => {
	test('one tap answers, and the page says so', async () => {
		const id = await planned();
		expect((await odile.get(`/evenements/${id}`)).main).toContain('Tu viens ?');
		const done = await odile.through(`/evenements/${id}?/answer`, { presence: 'coming' });
		expect(done.text).toContain('C’est noté, tu viens.');
		expect(done.main).toContain('Une personne vient');
		expect(done.main).toContain('Rappel la veille à 18 h.');
	});

	test('promises no reminder whose hour is past, and says what is past as past', async () => {
		const id = await planned({ startsAt: inHours(2), title: 'Pot de ce soir' });
		const done = await odile.through(`/evenements/${id}?/answer`, { presence: 'coming' });
		expect(done.main).toContain('Affiche A4');
		expect(done.main).not.toContain('Rappel la veille');
		await set(id, `starts_at = now() - interval '5 hours', ends_at = now() - interval '2 hours'`);
		const { main } = await odile.get(`/evenements/${id}`);
		expect(main).toContain('Une personne avait dit venir');
		expect(main).not.toMatch(/Une personne vient|Affiche A4/);
	});

	test('does not exist for who does not see it, whatever they try', async () => {
		const id = await planned();
		expect((await ines.get(`/evenements/${id}`)).status).toBe(404);
		expect((await ines.post(`/evenements/${id}?/answer`, { presence: 'coming' })).status).toBe(404);
		expect((await nobody.get(`/e/${id}`)).status).toBe(404);
		expect((await ines.get('/agenda')).main).not.toContain('Stand au marché');
		expect((await ines.get(`/evenements/${id}/reponses`)).status).toBe(404);
	});

	test('full: the button offers to wait, and leaving gives the seat to who waits', async () => {
		const id = await planned({ capacity: 1 });
		const mathis = await browser('mathis');
		await odile.post(`/evenements/${id}?/answer`, { presence: 'coming' });
		expect((await mathis.get(`/evenements/${id}`)).main).toContain('M’inscrire en attente');
		expect((await mathis.through(`/evenements/${id}?/answer`, { presence: 'coming' })).main).toContain(
			'Tu es sur la liste d’attente',
		);
		await odile.post(`/evenements/${id}?/answer`, { presence: 'no' });
		await drainJobs();
		expect((await mathis.get(`/evenements/${id}`)).main).toContain('Rappel la veille');
		expect((await mathis.get('/avis')).main).toContain('Une place s’est libérée');
	});

	test('shifts are added, taken once, full, and left', async () => {
		const id = await planned();
		const page = `/evenements/${id}`;
		await samuel.post(`${page}?/addShift`, {
			name: 'Distribuer',
			starts: '10:00',
			ends: '12:00',
			needed: '1',
		});
		const { shift } = (await asSystem('test', (tx) =>
			tx.one<{ shift: string }>(
				sql`select shift.id as shift from events.shift where shift.event_id = ${id}::uuid`,
			),
		))!;
		expect((await odile.get(page)).main).toContain('0 sur 1');
		const taken = await odile.through(`${page}?/takeShift`, { shift });
		expect(taken.main).toContain('C’est moi');
		expect(taken.main).toContain('Une personne vient');
		const mathis = await browser('mathis');
		expect((await mathis.get(page)).main).toContain('Complet');
		expect((await mathis.post(`${page}?/takeShift`, { shift })).form!.problems).toEqual([
			' events.shift_full',
		]);
		await odile.post(`${page}?/leaveShift`, { shift });
		expect((await mathis.post(`${page}?/takeShift`, { shift })).status).toBe(303);
		expect((await mathis.post(`${page}?/addShift`, { name: 'Rien' })).status).toBe(403);
		expect((await mathis.post(`${page}?/dropShift`, { shift })).status).toBe(403);
		expect((await ines.post(`${page}?/takeShift`, { shift })).status).toBe(404);
	});

	test('a question is answered by who organises, then read by all', async () => {
		const id = await planned();
		const page = `/evenements/${id}`;
		await odile.post(`${page}?/ask`, { question: 'Y aura-t-il des chaises ?' });
		const mathis = await browser('mathis');
		expect((await mathis.get(page)).main).not.toContain('des chaises');
		await drainJobs();
		expect((await samuel.get('/avis')).main).toContain('Odile Fabrègat pose une question');
		const question = (await asSystem('test', (tx) =>
			tx.one<{ id: string }>(
				sql`select question.id from events.question where question.event_id = ${id}::uuid`,
			),
		))!.id;
		expect((await mathis.post(`${page}?/reply`, { id: question, reply: 'Non' })).status).toBe(404);
		await samuel.post(`${page}?/reply`, { id: question, reply: 'Oui, deux.' });
		expect((await mathis.get(page)).main).toContain('Oui, deux.');
		expect((await mathis.post(`${page}?/dropQuestion`, { id: question })).status).toBe(403);
	});

	test('who organises reads every answer by name; the others do not', async () => {
		const id = await planned();
		await odile.post(`/evenements/${id}?/answer`, { presence: 'maybe' });
		expect((await samuel.get(`/evenements/${id}/reponses`)).main).toContain('Odile Fabrègat');
		expect((await odile.get(`/evenements/${id}/reponses`)).status).toBe(403);
	});

	test('changed and called off from its page, with the number of people told in the button', async () => {
		const id = await planned();
		await odile.post(`/evenements/${id}?/answer`, { presence: 'coming' });
		const form = await samuel.get(`/evenements/${id}/modifier`);
		expect(form.main).toContain('Annuler et prévenir la personne qui vient');
		const sent = Object.fromEntries(
			['title', 'day', 'starts', 'ends', 'sequence', 'place_name'].map((name) => [
				name,
				form.field(name) ?? '',
			]),
		);
		expect(
			(
				await samuel.post(`/evenements/${id}/modifier?/change`, {
					...sent,
					place_name: 'Halle',
					visibility: 'unit',
				})
			).to,
		).toBe(`/evenements/${id}`);
		const late = await samuel.post(`/evenements/${id}/modifier?/change`, {
			...sent,
			place_name: 'Gare',
			visibility: 'unit',
		});
		expect(late.main).toContain('Quelqu’un a modifié l’événement entre-temps.');
		await samuel.post(`/evenements/${id}/modifier?/cancel`, { reason: 'Tempête' });
		const seen = (await odile.get(`/evenements/${id}`)).main;
		expect(seen).toContain('Annulé : Tempête');
		expect(seen).toContain('Halle');
		await drainJobs();
		expect((await odile.get('/avis')).main).toContain('C’est annulé : Stand au marché, ');
	});

	test('another unit is asked to organise, and its officer answers from the page', async () => {
		const id = await planned();
		const fanny = await browser('fanny');
		await samuel.post(`/evenements/${id}/inviter?/askUnit`, { unit: idOf('pontsarvan') });
		expect((await fanny.get(`/evenements/${id}`)).main).toContain('Oui, on organise ensemble');
		const co = (await asSystem('test', (tx) =>
			tx.one<{ id: string }>(sql`select co_unit.id from events.co_unit where co_unit.event_id = ${id}::uuid`),
		))!.id;
		expect((await samuel.post(`/evenements/${id}?/answerUnit`, { id: co, accept: 'yes' })).status).toBe(403);
		await fanny.post(`/evenements/${id}?/answerUnit`, { id: co, accept: 'yes' });
		const tidiane = await browser('tidiane');
		expect((await tidiane.get(`/evenements/${id}`)).main).toContain('avec Section de Port-Brumel');
	});
});

describe('what comes back', () => {
	const weekly = async (title: string) => {
		const done = await samuel.post(
			'/evenements/nouveau?/create',
			fields({ title, repeat: 'weekly', every: '1', times: '3', visibility: 'public' }),
		);
		const first = idIn(done.to);
		const rows = await asSystem('test', (tx) =>
			tx.many<{ id: string }>(sql`select event.id from events.event where event.series_id =
				(select own.series_id from events.event as own where own.id = ${first}::uuid) order by event.starts_at`),
		);
		return rows.map(({ id }) => id);
	};
	const around = ({ html }: { html: string }) =>
		['prev', 'next'].map((rel) => new RegExp(`href="([^"]+)"[^>]*rel="${rel}"`).exec(html)?.[1] ?? null);

	test('leads from one date to the one before and the next, also on the public page', async () => {
		const [one, two, three] = await weekly('Permanence du mardi');
		expect(around(await odile.get(`/evenements/${one}`))).toEqual([null, `/evenements/${two}`]);
		expect(around(await odile.get(`/evenements/${two}`))).toEqual([
			`/evenements/${one}`,
			`/evenements/${three}`,
		]);
		expect(around(await nobody.get(`/e/${two}`))).toEqual([`/e/${one}`, `/e/${three}`]);
		expect((await odile.get(`/evenements/${two}`)).main).toMatch(/Avant : .+ Ensuite : /s);
	});

	test('passes over what is called off, and what one does not see', async () => {
		const [one, two, three] = await weekly('Permanence du jeudi');
		await set(two!, 'cancelled_at = now()');
		expect(around(await odile.get(`/evenements/${one}`))[1]).toBe(`/evenements/${three}`);
		await set(three!, `visibility = 'invited'`);
		expect(around(await odile.get(`/evenements/${one}`))[1]).toBeNull();
		expect(around(await odile.get(`/evenements/${await planned()}`))).toEqual([null, null]);
	});
});

describe('the agenda', () => {
	test('says that nothing is planned, and what to do', async () => {
		expect((await (await browser('noemie')).get('/agenda?voir=mine')).main).toContain('Rien de prévu ici');
	});
	test('mine: what I answered, not what I refused', async () => {
		const gerard = await browser('gerard');
		const [yes, no] = [await planned({ title: 'Où je vais' }), await planned({ title: 'Où je ne vais pas' })];
		await gerard.post(`/evenements/${yes}?/answer`, { presence: 'coming' });
		await gerard.post(`/evenements/${no}?/answer`, { presence: 'no' });
		const { main } = await gerard.get('/agenda?voir=mine');
		expect(main).toContain('Où je vais');
		expect(main).not.toContain('Où je ne vais pas');
	});
});
