import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { stage } from '#tests/stage.ts';
import { forgetJournal, keepAnchor, record, verifyAudit } from './audit.ts';
import { asSystem, read, write } from './db.ts';
import { sql } from './sql.ts';
import { visitor } from './viewer.ts';

stage();

const years = (n: number) => new Date(Date.now() - n * 366 * 86_400_000);
const chain = () => asSystem('test', (tx) => verifyAudit(tx));
const wrote = (act: string, at: Date) => {
	vi.setSystemTime(at);
	return asSystem('test', (tx) => record(tx, { actorId: null, act }));
};

beforeAll(async () => {
	const now = new Date();
	vi.useFakeTimers({ toFake: ['Date'] });
	for (const [act, age] of [
		['test.oldest', 5],
		['test.old', 4],
		['test.recent', 2],
		['test.new', 0],
	] as const) {
		vi.setSystemTime(now);
		await wrote(act, years(age));
	}
	vi.setSystemTime(now);
	const { head } = await chain();
	await asSystem('test', (tx) => keepAnchor(tx, { seq: '2', hash: 'old', sentTo: 'a@rive.example' }));
	await asSystem('test', (tx) =>
		keepAnchor(tx, { ...head, seq: String(head.seq), sentTo: 'a@rive.example' }),
	);
});
afterAll(() => {
	vi.useRealTimers();
});

test('the app’s own role forgets nothing', async () => {
	expect(
		await read(visitor, (tx) => tx.one(sql`select has_table_privilege('audit.entry', 'delete') as may`)),
	).toEqual({
		may: false,
	});
	const { entries } = await chain();
	await write(visitor, (tx) => tx.one(sql`select audit.forget(1000)`)).catch(() => {});
	expect((await chain()).entries).toBe(entries);
});

test('entries go after three years, no sooner, and the chain still holds', async () => {
	const forget = (now: Date, dry = false) => asSystem('test', (tx) => forgetJournal(tx, now, dry));
	expect(await forget(new Date(), true)).toBe(2);
	expect((await chain()).entries).toBe(4);
	// However far a clock jumps, the database keeps its three years.
	expect(await forget(new Date(Date.now() + 10 * 366 * 86_400_000), true)).toBe(2);
	expect(await forget(new Date())).toBe(2);
	expect(await forget(new Date())).toBe(0);
	expect(await chain()).toMatchObject({ entries: 3, broken: [], lostAnchors: [], forgotten: { seq: 2 } });
	await wrote('test.after', new Date());
	expect(await chain()).toMatchObject({ entries: 4, broken: [] });
});
