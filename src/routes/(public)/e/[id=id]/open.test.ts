import { expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import { browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { inHours, planned, set } from '../../../../domains/events/stage.fixture.ts';

stage();
const visitor = await browser('visitor');

/** What a program reads in the microdata of a page: values by name, in their order. */
const propertiesOf = (html: string) =>
	[...html.matchAll(/<(?:meta|link) itemprop="(\w+)" (?:content|href)="([^"]*)"/g)].map(([, name, value]) => [
		name,
		value,
	]);

test('a public event says to programs what, when and where it is, and never the link to take part from afar', async () => {
	const id = await planned({
		visibility: 'public',
		title: 'Réunion "ouverte" <à tous>',
		startsAt: new Date('2031-03-01T18:00:00Z'),
	});
	await set(
		id,
		`place_name = 'Salle des fêtes', address = '1 rue X', online_url = 'https://visio.example/secret', capacity = 80`,
	);
	const page = await visitor.get(`/e/${id}`);
	const read = propertiesOf(page.html);
	expect(read).toContainEqual(['name', 'Réunion &quot;ouverte&quot; &lt;à tous>']);
	expect(read).toContainEqual(['startDate', '2031-03-01T18:00:00.000Z']);
	expect(read).toContainEqual(['eventStatus', 'https://schema.org/EventScheduled']);
	expect(read).toContainEqual(['eventAttendanceMode', 'https://schema.org/MixedEventAttendanceMode']);
	expect(read).toContainEqual(['streetAddress', '1 rue X']);
	expect(page.html).not.toContain('visio.example');
	expect(page.html).not.toMatch(/<script(?! (?:type="module" )?src)/);
	await set(id, 'cancelled_at = now()');
	expect(propertiesOf((await visitor.get(`/e/${id}`)).html)).toContainEqual([
		'eventStatus',
		'https://schema.org/EventCancelled',
	]);
});

test('its report is there once it is published', async () => {
	const id = await planned({ visibility: 'public', startsAt: inHours(-5) });
	const tell = (published: string) =>
		asSystem('test', (tx) =>
			tx.run(sql`insert into events.report (event_id, by_id, text, published_at) values (${id}, ${idOf('samuel')}, 'Une belle soirée',
				${sql.raw(published)}) on conflict (event_id) do update set published_at = excluded.published_at`),
		);
	await tell('null');
	expect((await visitor.get(`/e/${id}`)).main).not.toContain('belle soirée');
	await tell('now()');
	expect((await visitor.get(`/e/${id}`)).main).toContain('belle soirée');
	expect((await (await browser('odile')).get(`/evenements/${id}`)).main).toContain('belle soirée');
});

test('tools beside an event are those one may use', async () => {
	const id = await planned({ startsAt: inHours(3) });
	const path = `/evenements/${id}`;
	const odile = await browser('odile');
	const before = (await odile.get(path)).html;
	expect(before).toContain(`${path}/affiche`);
	for (const tool of ['accueil', 'a-appeler', 'feuille-de-presence', 'compte-rendu', 'mon-code'])
		expect([tool, before.includes(`${path}/${tool}`)]).toEqual([tool, false]);
	await asSystem('test', (tx) =>
		tx.run(
			sql`insert into events.answer (id, event_id, person_id, answer) values (${newId()}, ${id}, ${idOf('odile')}, 'coming')`,
		),
	);
	expect((await odile.get(path)).html).toContain(`${path}/mon-code`);
	const organiser = (await (await browser('samuel')).get(path)).html;
	for (const tool of ['accueil', 'a-appeler', 'feuille-de-presence'])
		expect(organiser).toContain(`${path}/${tool}`);
	expect((await odile.get('/agenda')).html).toContain('/agenda/pres-de-moi');
});
