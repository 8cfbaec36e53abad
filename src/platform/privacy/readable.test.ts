import { beforeAll, describe, expect, test } from 'vitest';
import { house, wordsOf } from '#platform/house.ts';
import type { Words } from '#platform/wording/index.ts';
import { domains } from '#registry.ts';
import { idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { readable } from './readable.ts';

stage();

let manners: Words[] = [];
beforeAll(async () => {
	const here = await house();
	manners = [wordsOf(here, 'fr'), wordsOf({ ...here, address: 'vous' }, 'fr'), wordsOf(here, 'en')];
});

const page = (themes: Record<string, Record<string, unknown[]>>, words = manners[0]!, files: string[] = []) =>
	readable(
		{ person: idOf('odile'), gatheredAt: new Date('2026-12-01T10:00:00Z'), domains: themes },
		files,
		words,
		domains,
	);
const answers = (row: object) => page({ events: { answers: [row] } });

describe('a page', () => {
	test('says first what it holds and how much, and leads there', () => {
		const html = page(
			{
				events: { answers: [{ answer: 'coming' }, { answer: 'no' }], shifts: [] },
				feed: { posts: [] },
				safety: {},
			},
			manners[0],
			['fichiers/00000000-0000-7000-8000-000000000000-l’affiche.pdf'],
		);
		expect([...html.matchAll(/<a href="#(\w+)">[^<]+<\/a> · (\d+)/g)].map(([, ...found]) => found)).toEqual([
			['events', '2'],
			['files', '1'],
		]);
		for (const id of ['events', 'files']) expect(html).toContain(`<section id="${id}">`);
		expect(html).toContain('>l’affiche.pdf</a>');
	});

	test('leads to each list of a part that has several, under that part, and back to the contents', () => {
		const html = page({
			events: { answers: [{ answer: 'no' }, { answer: 'coming' }], shifts: [{ title: 'Caisse' }] },
			feed: { posts: [{ text: 'Bonjour' }] },
		});
		const nav = html.slice(html.indexOf('<nav'), html.indexOf('</nav>'));
		expect([...nav.matchAll(/href="#(\w+)"/g)].map(([, id]) => id)).toEqual([
			'events',
			'events_answers',
			'events_shifts',
			'feed',
		]);
		expect(nav).toMatch(/#events_answers">[^<]+<\/a> · 2<\/li>/);
		for (const [, id] of nav.matchAll(/href="#(\w+)"/g)) expect(html).toContain(` id="${id}"`);
		expect(html.match(/href="#contents"/g)).toHaveLength(2);
		expect(new Set([...html.matchAll(/ id="(\w+)"/g)].map(([, id]) => id)).size).toBe(
			html.match(/ id="/g)!.length,
		);
	});

	test('folds a long list and no short one, says how long it is on the fold, and prints all of it', () => {
		const rows = (n: number) => Array.from({ length: n }, (_, i) => ({ title: `Réunion ${i}` }));
		const html = page({ events: { answers: rows(31), shifts: rows(30) } });
		expect(html).toMatch(
			/<details id="events_answers"><summary><h3>[^<]+<small>31<\/small><\/h3><\/summary><dl>/,
		);
		expect(html).toContain('<details id="events_shifts" open>');
		expect(html).toContain('Réunion 30');
		expect(html.match(/Cette liste est repliée.: ouvre.la/g)).toHaveLength(1);
		expect(html).toContain('details::details-content{content-visibility:visible');
	});

	test('names once, at the end, what nothing is kept of', () => {
		const html = page({ events: { answers: [{ answer: 'no' }] }, feed: { posts: [] }, safety: {} });
		const end = html.slice(html.indexOf('<section id="nothing">'));
		expect(html.match(/Rien n’est gardé ici/g)).toHaveLength(1);
		expect(end).toContain('<li>Blocages, signalements, décisions</li>');
		expect(html.slice(0, -end.length)).not.toContain('signalements');
	});

	test('does not speak of nothing when there is something everywhere', () => {
		expect(page({ events: { answers: [{ answer: 'no' }] } })).not.toContain('id="nothing"');
	});

	test('tells an answer in words, and leaves a title as it was written', () => {
		const html = answers({ title: 'coming', answer: 'coming', event_id: idOf('an event'), guests: 12_000 });
		expect(html).toContain('<dt>Titre</dt><dd>coming</dd>');
		expect(html).toContain('<dt>Réponse</dt><dd>vient</dd>');
		expect(html).toMatch(/<dd>12\s000<\/dd>/);
		expect(html).not.toContain(idOf('an event'));
	});

	test('leaves a code of a version that is gone as it was', () => {
		expect(answers({ answer: 'perhaps' })).toContain('<dd>perhaps</dd>');
	});

	test('writes what people wrote, never runs it', () => {
		const html = answers({ title: '<img src=x onerror=alert(1)>', answer: '"><script>' });
		expect(html).not.toMatch(/<img|<script/);
	});

	test('tells the hour of the house, the year always', () => {
		const html = answers({
			answered_at: new Date('2026-07-01T10:30:00Z'),
			confirmed_at: '2026-12-31T23:30:00.000Z',
		});
		expect(html).toMatch(/<dd>mercredi 1er juillet 2026 à 12.h.30<\/dd>/);
		expect(html).toMatch(/vendredi 1er janvier 2027 à 0.h.30/);
	});

	test('tells a day as that day, on the other side of the ocean too', async () => {
		const away = wordsOf({ ...(await house()), timeZone: 'America/Martinique' }, 'fr');
		const html = page(
			{ people: { 'people.person': [{ seen_on: new Date('2026-07-14'), status_until: '2026-07-15' }] } },
			away,
		);
		expect(html).toContain('mardi 14 juillet 2026');
		expect(html).toContain('mercredi 15 juillet 2026');
	});

	test('tells the hours of quiet as one says them', () => {
		const rows = { 'notices.quiet': [{ from_time: '22:00:00', until_time: '07:30:00' }] };
		expect(page({ notices: rows })).toMatch(/<dd>22.h<\/dd>.*<dd>7.h.30<\/dd>/);
		expect(page({ notices: rows }, manners[2])).toContain('<dd>10 pm</dd>');
	});

	test('shows a mail by its subject and its text alone', () => {
		const message = {
			subject: 'Bonjour',
			text: 'Une ligne\nUne autre',
			html: '<p>x</p>',
			messageId: '<a@b>',
			headers: { 'X-A': 'b' },
		};
		const html = page({
			platform: { 'platform.mail': [{ kind: 'people.code', recipient: 'a@b.example', message }] },
		});
		expect(html).toContain('<dd>Une ligne<br>Une autre</dd>');
		for (const unsaid of ['people.code', '&lt;p&gt;', 'X-A', 'a@b&gt;']) expect(html).not.toContain(unsaid);
	});

	test('counts a line of which only ids are kept, and draws no empty frame', () => {
		const html = page({ notices: { 'notices.fan_person': [{ fan_id: idOf('a fan') }] } });
		expect(html).toContain('<div id="notices_fan_person"><h3>Annonces en chemin <small>1</small></h3></div>');
		expect(html).not.toContain('<details');
	});

	test('says an act of the journal as the journal does, and a power as the offices do', () => {
		const journal = { 'audit.about_me': [{ act: 'territory.appoint' }] };
		expect(page({ platform: journal })).toContain('<dd>a nommé</dd>');
		const loans = { loans: [{ powers: ['unit.edit', 'unit.speak'], lent: true }] };
		expect(page({ territory: loans })).toContain('<dd>modifier la page<br>publier au nom du lieu</dd>');
	});

	test('names an office, a kind of membership and a subject in the reader’s language', () => {
		const forms = {
			gender: 'f',
			one_f: 'trésorière',
			one_m: 'trésorier',
			one_n: '',
			many_f: '',
			many_m: '',
			many_n: '',
		};
		const office = { fr: forms, en: { one: 'treasurer', many: 'treasurers' } };
		const rows = { offices: [{ office }], topics: [{ topic: { fr: 'Logement', en: 'Housing' } }] };
		const [french, english] = [page({ territory: rows }), page({ territory: rows }, manners[2])];
		expect(french).toMatch(/<dd>trésorière<.*<dd>Logement</);
		expect(french).not.toMatch(/treasurer|Housing|trésorier</);
		expect(english).toMatch(/<dd>treasurer<.*<dd>Housing</);
		expect(english).not.toMatch(/trésori|Logement|treasurers/);
	});

	test('names the fields of a file as the import page does', () => {
		const html = page({ imports: { imported: [{ value: { given_name: 'Odile' }, cells: ['Odile', ''] }] } });
		expect(html).toContain('<dt>Prénom</dt><dd>Odile</dd>');
	});

	test('says vous where the house does', () => {
		const owned = { groups: { 'groups.circle': [{ name: 'Jardins', visibility: 'open' }] } };
		expect(page(owned)).toContain('Groupes dont tu réponds');
		expect(page(owned, manners[1])).toContain('Groupes dont vous répondez');
	});
});
