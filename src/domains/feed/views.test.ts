import { beforeAll, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { parse } from '#platform/http/form.ts';
import { sql } from '#platform/sql.ts';
import { PAYLOADS } from '#platform/text/xss.fixture.ts';
import { drawn } from '#tests/draw.ts';
import { idOf } from '#tests/party.ts';
import { as, outcome } from '#tests/stage.ts';
import Composer from './Composer.svelte';
import { comment } from './comment.ts';
import EditPost from './EditPost.svelte';
import Home from './Home.svelte';
import { composer, home } from './home.ts';
import { writtenText } from './input.ts';
import { feedStage, said, to } from './stage.fixture.ts';
import Thread from './Thread.svelte';
import { thread } from './thread.ts';

feedStage();

const person = { id: 'odile', name: 'Odile Fabrègat' };
const pageOf = async (name: Parameters<typeof as>[0]) =>
	drawn(Home, { feed: await home(await as(name)), person, formKey: 'key', view: '', before: null });

const seenOutside = async (id: string) =>
	drawn(Thread, {
		thread: await thread(await as('visitor'), id),
		personId: null,
		formKey: 'key',
		form: null,
	});

let post: string;
beforeAll(async () => {
	await asSystem('test', (tx) =>
		tx.run(sql`update people.person set created_at = '2025-01-01' where id <> ${idOf('tidiane')}::uuid`),
	);
	const samuel = await as('samuel');
	const hostile = parse(writtenText, `# Réunion\n\n${PAYLOADS.join('\n\n').slice(0, 8000)}`);
	post = await said(samuel, hostile, { personal_ok: 'on', link_url: 'https://exemple.fr/a?b="><script>' });
	await said(samuel, `${'> '.repeat(3000)}fond`);
	await said(samuel, 'Quel soir ?', { options: ['Jeudi <b>', 'Vendredi'] });
	await comment(await as('odile'), post, { text: `${PAYLOADS[0]} bonjour`, reply_to: '', personal_ok: 'on' });
});

describe('every page', () => {
	let outside: string;
	beforeAll(async () => {
		outside = await seenOutside(await said(await as('odile'), '**À tous**', to('public')));
	});
	const pages: Record<string, () => Promise<string>> = {
		home: () => pageOf('odile'),
		composer: async () =>
			drawn(Composer, {
				...(await composer(await as('samuel'))),
				person,
				formKey: 'key',
				form: {
					values: { text: '<script>' },
					problems: [
						{ field: 'text', key: 'feed.text_too_long' },
						{ field: 'personal_ok', key: 'feed.personal_question', args: { found: '<img onerror=x>' } },
					],
				},
			}),
		post: async () =>
			drawn(Thread, {
				thread: await thread(await as('odile'), post),
				personId: 'odile',
				formKey: 'key',
				form: null,
			}),
		outside: async () => outside,
		edit: () =>
			drawn(EditPost, {
				post: { id: post, text: '</textarea><script>', named: [], version: 1, subject: '', subjects: [] },
				formKey: 'key',
				form: null,
			}),
	};
	test.each(Object.entries(pages))(
		'%s escapes what people wrote and asks nothing that the policy refuses',
		async (_, page) => {
			const html = await page();
			const tags = [...html.matchAll(/<([a-z][\w-]*)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*\/?>/gi)];
			expect(tags.length).toBe(html.replaceAll('<!--', '').match(/<[a-z]/gi)!.length);
			expect(tags.map(([, name]) => name!.toLowerCase())).not.toEqual(
				expect.arrayContaining([
					expect.stringMatching(/^(script|iframe|style|object|embed|base|link|meta)$/),
				]),
			);
			const attributes = tags.flatMap(([, , all = '']) => [...all.matchAll(/([\w:-]+)(?:="([^"]*)")?/g)]);
			for (const [, name, value = ''] of attributes) {
				expect(name).not.toMatch(/^(on|style$|srcdoc$)/i);
				if (/^(href|src|action|formaction)$/.test(name!)) expect(value).toMatch(/^([/?#]|https?:|mailto:)/);
			}
		},
	);
	test.each(Object.entries(pages))(
		'%s has no id twice, and every reference leads somewhere',
		async (_, page) => {
			const html = await page();
			const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
			expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
			const wanted = [...html.matchAll(/\s(?:aria-describedby|aria-labelledby|for)="([^"]+)"/g)].flatMap(
				([, list = '']) => list.split(' '),
			);
			expect(wanted.filter((id) => !ids.includes(id))).toEqual([]);
		},
	);
	test.each(Object.entries(pages))('%s says only words that were written', async (_, page) => {
		expect(await page()).not.toMatch(/\bfeed\.[a-z_]+|\{(?!n\})[a-z_]+\}/);
	});
});

test('the home page shows the poll that waits, why a card is there, and its end', async () => {
	const html = await pageOf('odile');
	expect(html).toContain('Un sondage attend ta réponse');
	expect(html).toContain('parce qu’il est dit dans Section de Villebrume');
	expect(html).toContain('Tu es à jour.');
	expect(html).toContain('Section de Villebrume');
});

test('an empty feed says what to do', async () => {
	const html = await pageOf('tidiane');
	expect(html).toContain('Rien ici pour l’instant');
	expect(html).toContain('Trois choses pour bien commencer');
});

test('the button says to how many people', async () => {
	const html = await drawn(Composer, {
		...(await composer(await as('odile'))),
		person,
		formKey: 'key',
		form: null,
	});
	expect(html).toContain('Publier à 7 personnes');
});

describe('a visitor', () => {
	test('reads a public post, offered only doors that open to them', async () => {
		const html = await seenOutside(await said(await as('samuel'), 'Marché samedi', to('public')));
		expect(html).toContain('Marché samedi');
		expect(html).toMatch(/href="\/connexion\?next=\/publications\/[^"]+"/);
		expect(html).not.toMatch(/href="\/(personnes|unites|securite)\//);
		expect(html).not.toMatch(/<form|<details/);
		expect(html).toContain('href="/sections/');
	});
	test('is told of no officer behind the words of a unit', async () => {
		const unit = (await composer(await as('samuel'))).places.speaksFor[0]!.id;
		const id = await said(await as('samuel'), 'La section parle', { ...to('public'), as: unit });
		expect(await seenOutside(id)).not.toContain('Samuel');
	});
	test('finds nothing where the post is not public', async () => {
		const id = await said(await as('samuel'), 'Entre nous', to('network'));
		expect(await outcome(thread(await as('visitor'), id))).toBe('NotFound');
	});
});
