import { beforeAll, describe, expect, test } from 'vitest';
import { categories } from '#domains/notices/kinds.ts';
import { houseRules, subjectKinds } from '#domains/safety/index.ts';
import { asSystem } from '#platform/db.ts';
import { house, wordsOf } from '#platform/house.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import { loadedCatalogues } from '#platform/wording/catalogues.ts';
import type { Words } from '#platform/wording/index.ts';
import { readSources } from '#platform/wording/scan.ts';
import { domains, holders, powers } from '#registry.ts';
import { makeActors } from '#tests/matrix/actors.ts';
import { putThings } from '#tests/matrix/things.ts';
import { type CastName, cast, idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { everyColumn, type Given } from './columns.fixture.ts';
import { gather } from './gather.ts';
import { keptAbout } from './map.ts';
import { readable } from './readable.ts';
import { headingOf, isUntold, labelOf, meaningOf, partOf, saidBy } from './said.ts';

stage();

let all: Given[] = [];
let manners: Words[] = [];
beforeAll(async () => {
	all = await everyColumn(domains, idOf('odile'));
	const here = await house();
	manners = [wordsOf(here, 'fr'), wordsOf({ ...here, address: 'vous' }, 'fr'), wordsOf(here, 'en')];
});

const said = saidBy(domains);
const placeOf = ({ domain, theme, name }: Given) => `${domain} ${theme}.${name}`;
const isTold = (one: Given) => !isUntold(one.name) && said.get(placeOf(one)) !== null;

/** Names that lie within a value. */
const within = ['url', 'platform_mail_subject'];

describe('all that a copy of one’s data may hold', () => {
	test('is many columns of every domain that keeps something', () => {
		expect(all.length).toBeGreaterThan(250);
		expect(new Set(all.map(({ domain }) => domain)).size).toBe(
			domains.filter(({ privacy }) => privacy).length + 1,
		);
	});

	test('has a heading for each theme', () => {
		const silent = all.filter(({ domain, theme }) =>
			manners.some((words) => !headingOf(words, domain, theme)),
		);
		expect([...new Set(silent.map(({ domain, theme }) => partOf(domain, theme)))]).toEqual([]);
	});

	test('has a word for each column that tells a person something', () => {
		const silent = all.filter(
			(one) =>
				isTold(one) && manners.some((words) => !labelOf(words, partOf(one.domain, one.theme), one.name)),
		);
		expect(silent.map(placeOf)).toEqual([]);
	});

	test('has words for each value of the few that a column may hold', () => {
		const coded = all.filter((one) => isTold(one) && one.allowed.length);
		expect(coded.length).toBeGreaterThan(30);
		const raw = coded.flatMap((one) => {
			const prefix = said.get(placeOf(one));
			return one.allowed
				.filter((value) => !prefix || manners.some((words) => !meaningOf(words, prefix, value)))
				.map((value) => `${placeOf(one)}: ${value}`);
		});
		expect(raw).toEqual([]);
	});

	test('has words for each code that only the sources list: holders of files, categories, what is reported, judged, recorded', () => {
		const subjects = readSources().flatMap(({ text }) =>
			[...text.matchAll(/\bact: [^,\n]+,\s*subject: '(\w+)'/g)].map(([, subject]) => subject),
		);
		expect(new Set(subjects).size).toBeGreaterThan(15);
		const codes = [
			...subjects.map((subject) => ['platform audit.by_me.subject', subject]),
			...subjectKinds.flatMap((kind) => [
				['safety safety.report.kind', kind],
				['safety safety.decision.kind', kind],
			]),
			...houseRules.map((rule) => ['safety safety.report.reason', rule]),
			...powers.map((power) => ['territory loans.powers', power]),
			...Object.keys(holders).map((holder) => ['platform platform.file.holder', holder]),
			...categories.map((category) => ['notices notices.notice.category', category]),
		] as [string, string][];
		const raw = codes.filter(([place, code]) =>
			manners.some((words) => !meaningOf(words, said.get(place)!, code)),
		);
		expect(raw).toEqual([]);
	});

	test('leaves no word for a column or a theme that is gone', () => {
		const parts = all.map(({ domain, theme }) => partOf(domain, theme));
		const used = new Set([
			...parts.map((part) => `part_${part}`),
			...all
				.filter(isTold)
				.flatMap(({ domain, theme, name }) => [`key_${name}`, `key_${partOf(domain, theme)}_${name}`]),
			...within.map((name) => `key_${name}`),
		]);
		const written = Object.keys(loadedCatalogues().fr).filter((key) => /^privacy\.(?:part|key)_/.test(key));
		expect(written.filter((key) => !used.has(key.slice('privacy.'.length)))).toEqual([]);
	});

	test('is declared only where it is', () => {
		const places = new Set(all.map(placeOf));
		const stale = [...said.keys()].filter(
			(place) => ![...places].some((one) => place === one || place.startsWith(`${one}.`)),
		);
		expect(stale).toEqual([]);
	});
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
		expect(html).toMatch(/Blocages <small>1<\/small><\/h3><dl><dt>Nom<\/dt><dd>Fanny Kerdoncuff</);
		for (const id of [event, post, person]) expect(html).not.toContain(id);
	});

	test('together they fill every domain', async () => {
		const full = new Set<string>();
		for (const name of Object.keys(cast) as CastName[])
			for (const [domain, themes] of Object.entries((await gather(domains, idOf(name))).domains))
				if (Object.values(themes).some((rows) => rows.length)) full.add(domain);
		expect([...full].toSorted()).toEqual([...new Set(all.map(({ domain }) => domain))].toSorted());
	});
});
