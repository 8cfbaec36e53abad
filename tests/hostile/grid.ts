import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { saveSetting } from '#platform/settings.ts';
import { type Actor, makeActors } from '#tests/matrix/actors.ts';
import { isApi, type Target } from '#tests/matrix/cell.ts';
import { targetsOf } from '#tests/matrix/expected/index.ts';
import { knock } from '#tests/matrix/knock.ts';
import { putThings } from '#tests/matrix/things.ts';
import { stage } from '#tests/stage.ts';
import { openPages, type Pages } from './pages.ts';

/** An element of its own, and an attribute that gets out of its quotes, of either kind. */
const mark = `<x-pwn>" x-pwn="1' x-pwn='1`;
/** What is left of it where it is no longer text: an element, or an attribute with its quote as it was typed. */
const escaped = /<x-pwn|<[a-z][^<>]*\sx-pwn=["']1/i;

const isPage = /<!doctype html/i;

/** Columns of words that hold something on the stage, the names of people, places and groups among them. */
const wordColumns = `select format('%I.%I', n.nspname, c.relname) as "table", quote_ident(a.attname) as "column"
	from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
	where c.relkind = 'r' and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.atttypid = 'text'::regtype
		and n.nspname not in ('pg_catalog', 'information_schema', 'jobs', 'pg_toast', 'audit')
	order by 1, 2`;
const named = ['people.person.name', 'territory.unit.name'];

/** Writes the mark after every text that somebody wrote, whatever the forms would have said; gives where it could. */
async function markAll(): Promise<string[]> {
	const owner = postgres(process.env.COOPOL_OWNER_URL!, { max: 1, onnotice: () => {} });
	try {
		const columns = await owner.unsafe<{ table: string; column: string }[]>(wordColumns);
		const marked: string[] = [];
		for (const { table, column } of columns) {
			const where = named.includes(`${table}.${column}`) ? 'true' : `${column} ilike '%canary%'`;
			// Some texts are kept to a shape by the database itself: they stay.
			const { count } = await owner
				.unsafe(`update ${table} set ${column} = ${column} || $1 where ${where}`, [` ${mark}`])
				.catch(() => ({ count: 0 }));
			if (count) marked.push(`${table}.${column}`);
		}
		return marked;
	} finally {
		await owner.end();
	}
}

/** Whatever people wrote, and their names, stay text on every page that shows them to these people (R13). */
export function staysText(names: readonly string[]): void {
	stage();
	let pages: Pages;
	let actors: Actor[];
	let targets: Target[];
	let marked: string[];
	beforeAll(async () => {
		actors = (await makeActors()).filter(({ name }) => names.includes(name));
		targets = targetsOf(await putThings()).filter((one) => one.method === 'GET' && !isApi(one));
		marked = await markAll();
		await asSystem('test', (tx) => saveSetting(tx, 'organisation', { name: `La Rive ${mark}` }, null));
		pages = await openPages();
	}, 120_000);
	afterAll(() => pages?.stop());

	test('the mark is in what people write most, and in their names', () => {
		const most = [
			'events.event.title',
			'feed.comment.text',
			'feed.post.text',
			'groups.circle.name',
			'missions.mission.title',
		];
		expect(marked).toEqual(expect.arrayContaining([...named, ...most]));
		expect(marked.length).toBeGreaterThan(30);
	});

	test.each(names.map((name) => [name]))(
		`no page makes markup of it, read by %s`,
		{ timeout: 300_000 },
		async (name) => {
			const actor = actors.find((one) => one.name === name)!;
			const [broken, shown] = [new Set<string>(), new Set<string>()];
			for (const target of targets) {
				const { text, status } = await knock(pages.origin, actor, target);
				// Data for programs, calendars and spreadsheets are no markup: each has its own stories.
				if (status >= 500 || (isPage.test(text) && escaped.test(text)))
					broken.add(`${status} ${target.path}`);
				if (isPage.test(text) && text.includes('x-pwn')) shown.add(target.route);
			}
			expect([...broken]).toEqual([]);
			expect(shown.size).toBeGreaterThan(name === 'visitor' ? 5 : 60);
		},
	);
}
