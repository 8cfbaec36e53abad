import { beforeAll, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { house, wordsOf } from '#platform/house.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import type { Words } from '#platform/wording/index.ts';
import { domains, holders } from '#registry.ts';
import { makeActors } from '#tests/matrix/actors.ts';
import { putThings } from '#tests/matrix/things.ts';
import { type CastName, cast, idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { gather } from './gather.ts';
import { keptAbout } from './map.ts';
import { readable } from './readable.ts';

stage();

let manners: Words[] = [];
beforeAll(async () => {
	const here = await house();
	manners = [wordsOf(here, 'fr'), wordsOf({ ...here, address: 'vous' }, 'fr'), wordsOf(here, 'en')];
});

/** What stands between the tags, without what people wrote and the addresses of links. */
const textOf = (html: string) =>
	html
		.replace(/<style>.*?<\/style>/s, '')
		.replaceAll(/<[^>]*>/g, ' ')
		.replaceAll(/https?:\S+|\S+@\S+/g, ' ');

describe('the page of each of the cast, when there is one thing of every kind', () => {
	beforeAll(async () => {
		await makeActors();
		await putThings();
		// As the house draws it: a picture has no name of its own.
		await asSystem('test', (tx) =>
			tx.run(sql`insert into platform.file (id, owner_id, holder, kind, name, bytes, width, height, state)
				values (${newId()}, ${idOf('odile')}, 'feed.post', 'image/webp', 'feed.post', 9, 3, 3, 'ready')`),
		);
	});

	test.each(Object.keys(cast) as CastName[])(
		'%s reads no name of a table, of a column, of a code',
		async (name) => {
			const gathered = await gather(domains, idOf(name));
			for (const words of manners) {
				const text = textOf(readable(gathered, [], words, domains));
				const codes = text.match(/(?<![\p{L}\d-])[a-z]+(?:_[a-z\d]+)+(?![\p{L}-])/gu) ?? [];
				const tables = [...keptAbout(domains).map(({ table }) => table), ...Object.keys(holders)].filter(
					(table) => text.includes(table),
				);
				expect([...codes, ...tables]).toEqual([]);
			}
		},
	);

	test('Odile reads when and where the event is that she answered, which group she posted in, whom she blocked', async () => {
		const [event, post, person] = ['an event', 'a post', 'fanny'].map(idOf) as [string, string, string];
		await asSystem('test', async (tx) => {
			const found = await tx.one<{ id: string }>(
				sql`select circle.id from groups.circle order by circle.name limit 1`,
			);
			await tx.run(
				sql`update groups.circle set name = 'Jardins de la Brume' where circle.id = ${found!.id}::uuid`,
			);
			await tx.run(sql`insert into events.event (id, unit_id, by_id, title, starts_at, ends_at, visibility, folded)
				values (${event}, ${idOf('villebrume')}, ${idOf('samuel')}, 'Fête du quai', '2027-03-06T14:00Z', '2027-03-06T16:00Z', 'network', '')`);
			await tx.run(
				sql`insert into events.answer (id, event_id, person_id, answer) values (${newId()}, ${event}, ${idOf('odile')}, 'maybe')`,
			);
			await tx.run(sql`insert into feed.post (id, author_id, audience, group_id, text, folded)
				values (${post}, ${idOf('odile')}, 'group', ${found!.id}, 'On bêche dimanche', '')`);
			await tx.run(sql`delete from safety.block where block.person_id = ${idOf('odile')}`);
			await tx.run(
				sql`insert into safety.block (person_id, blocked_id) values (${idOf('odile')}, ${person})`,
			);
		});
		const html = readable(await gather(domains, idOf('odile')), [], manners[0]!, domains);
		expect(html).toMatch(
			/<dd>Section de Villebrume<\/dd><dt>Début<\/dt><dd>samedi 6 mars 2027 à 15.h<\/dd><dt>Réponse<\/dt><dd>peut-être</,
		);
		// Others’ words are theirs.
		expect(html).not.toContain('Fête du quai');
		expect(html).toMatch(/<dt>Groupe<\/dt><dd>Jardins de la Brume<\/dd><dt>Texte<\/dt><dd>On bêche dimanche/);
		expect(html).toMatch(/Blocages <small>1<\/small><\/h3><\/summary><dl><dt>Nom<\/dt><dd>Fanny Kerdoncuff</);
		for (const id of [event, post, person]) expect(html).not.toContain(id);
	});

	test('a secret group that one left is not named in what one said there', async () => {
		const said = async () => readable(await gather(domains, idOf('odile')), [], manners[0]!, domains);
		const named = (visibility: string) =>
			asSystem('test', async (tx) => {
				await tx.run(sql`delete from groups.seat where seat.person_id = ${idOf('odile')}`);
				await tx.run(sql`delete from groups.membership where membership.person_id = ${idOf('odile')}`);
				await tx.run(sql`update groups.circle set name = 'Les Ombres', visibility = ${visibility}, owner_id = ${idOf('fanny')}
					where circle.id = (select post.group_id from feed.post where post.id = ${idOf('a post')})`);
				await tx.run(sql`update events.event set by_id = ${idOf('odile')}, unit_id = null,
					group_id = (select post.group_id from feed.post where post.id = ${idOf('a post')}) where event.id = ${idOf('an event')}`);
			});
		await named('open');
		expect((await said()).match(/<dt>Groupe<\/dt><dd>Les Ombres/g)).toHaveLength(2);
		await named('secret');
		expect(await said()).toContain('On bêche dimanche');
		expect(await said()).not.toContain('Les Ombres');
	});

	test('together they fill every domain', async () => {
		const full = new Set<string>();
		for (const name of Object.keys(cast) as CastName[])
			for (const [domain, themes] of Object.entries((await gather(domains, idOf(name))).domains))
				if (Object.values(themes).some((rows) => rows.length)) full.add(domain);
		expect([...full].toSorted()).toEqual(
			[...domains.filter(({ privacy }) => privacy).map(({ name }) => name), 'platform'].toSorted(),
		);
	});
});
