import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSession } from '#domains/people/index.ts';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { stage } from '#tests/stage.ts';
import { openPages, type Pages } from './pages.ts';
import { send } from './send.ts';
import { writerIds } from './writers.ts';

const atOnce = 15;

/** The story of a finger that presses twice. */
export function isDoneOnce(count: number): void {
	stage();
	let pages: Pages;
	beforeAll(async () => {
		pages = await openPages();
	}, 300_000);
	afterAll(async () => pages?.stop());

	test(
		`${count} posts, each sent twice at the same instant: one each, and both answers lead to it`,
		async () => {
			const cookies = await asSystem('demo', async (tx) => {
				const secrets: string[] = [];
				for (const id of writerIds) secrets.push((await createSession(tx, id, 'twice')).secret);
				return secrets;
			});
			const apart: string[] = [];
			for (let from = 0; from < count; from += atOnce) {
				await asSystem('demo', (tx) => tx.run(sql`delete from platform.bucket`));
				const some = Array.from({ length: Math.min(atOnce, count - from) }, (_, n) =>
					publishTwice(pages.origin, cookies[n % cookies.length]!, `twice ${from + n}`),
				);
				apart.push(...(await Promise.all(some)).filter((fault) => fault !== null));
			}
			expect(apart).toEqual([]);
			const rows = await asSystem('demo', (tx) =>
				tx.many<{ text: string; times: number }>(
					sql`select text, count(*)::int as times from feed.post where text like 'twice %' group by text`,
				),
			);
			expect(rows).toHaveLength(count);
			expect(rows.filter(({ times }) => times > 1)).toEqual([]);
		},
		60_000 + count * 1000,
	);
}

/** Null when both answers were the same acknowledgement. */
async function publishTwice(origin: string, secret: string, text: string): Promise<string | null> {
	const body = Buffer.from(new URLSearchParams({ text, audience: 'network', _key: randomUUID() }).toString());
	const headers = {
		origin,
		accept: 'text/html',
		cookie: `coopol=${secret}`,
		'content-type': 'application/x-www-form-urlencoded',
	};
	const once = () => send(origin, { method: 'POST', path: '/fil/publier?/publish', headers, body });
	const [one, other] = await Promise.all([once(), once()]);
	const same =
		one.status === 303 &&
		other.status === 303 &&
		one.location === other.location &&
		/#p-[0-9a-f-]{36}$/.test(one.location);
	return same ? null : `${text}: ${one.status} ${one.location}, ${other.status} ${other.location}`;
}
