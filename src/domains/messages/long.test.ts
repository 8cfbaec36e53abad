import { beforeAll, expect, test } from 'vitest';
import { asSystem, read } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { thread } from './index.ts';
import { clear, house, says, writes } from './messages.fixture.ts';
import { pageQuery } from './thread.ts';

stage();

let id: string;
beforeAll(async () => {
	await clear();
	id = await writes('odile', 'samuel', 'Début');
	// A hundred thousand messages, four batches so that none outlives its five seconds.
	for (let part = 0; part < 4; part++)
		await asSystem('test', (tx) =>
			tx.run(sql`insert into messages.message (id, conversation_id, number, author_id, sealed)
			select gen_random_uuid(), ${id}::uuid, n, case when n % 2 = 0 then ${idOf('odile')}::uuid else ${idOf('samuel')}::uuid end, repeat('x', 120)
			from generate_series(${part * 25_000 + 2}::int, ${part * 25_000 + 25_001}::int) as n`),
		);
	await house(sql`update messages.conversation set last_number = 100001 where id = ${id}`);
	for (let n = 0; n < 60; n++) await says(n % 2 ? 'odile' : 'samuel', id, `fin ${n}`);
}, 60_000);

test('a conversation of a hundred thousand messages opens under 50 ms, or as a short one where the machine is busy', async () => {
	const samuel = await as('samuel');
	const short = await writes('mathis', 'samuel', 'Début');
	for (let n = 0; n < 55; n++) await says('mathis', short, `fin ${n}`);
	const times: Record<string, number[]> = { [id]: [], [short]: [] };
	for (let n = 0; n < 9; n++)
		for (const one of [id, short]) {
			const from = performance.now();
			const { messages } = await thread(samuel, one);
			times[one]!.push(performance.now() - from);
			expect(messages.length).toBe(50);
		}
	const { messages, before } = await thread(samuel, id);
	expect([messages.at(-1)!.text, before]).toEqual(['fin 59', 100_012]);
	const [long, usual] = [id, short].map((one) => times[one]!.toSorted((a, b) => a - b)[4]!) as [
		number,
		number,
	];
	console.log(
		`100 061 messages: page read in ${long.toFixed(1)} ms, 56 in ${usual.toFixed(1)} ms (medians of 9)`,
	);
	expect(long).toBeLessThan(Math.max(50, 2 * usual));
});

test.each([[null], [50_000]])(
	'before %s, its plan reads no more rows than a page and a few',
	async (before) => {
		const samuel = await as('samuel');
		const { text, values } = pageQuery(samuel, id, before) as unknown as { text: string; values: unknown[] };
		const plan = await read(samuel, (tx) => tx.raw(`explain (analyze, format json) ${text}`, values));
		const shown = JSON.stringify(plan);
		expect(shown).toContain('message_conversation_id_number_key');
		const rows = [...shown.matchAll(/"Relation Name":"message".*?"Actual Rows":([\d.]+)/g)].map(([, n]) =>
			Number(n),
		);
		expect(rows.length).toBeGreaterThan(0);
		expect(Math.max(...rows)).toBeLessThan(200);
	},
);
