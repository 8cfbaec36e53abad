import fc from 'fast-check';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { erase } from '#platform/privacy/index.ts';
import { domains } from '#registry.ts';
import { idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { forgetJournal, record, verifyAudit } from './audit.ts';
import { asSystem } from './db.ts';

stage();

const runs = Number(process.env.COOPOL_FORGOTTEN ?? 300);
const verdict = (outside: { seq: number; hash: string }[] = []) =>
	asSystem('test', (tx) => verifyAudit(tx, outside));
let db: postgres.Sql;
type Rows = Record<string, unknown>[];
const rows = async () => [...(await db`select * from audit.entry order by seq`)] as Rows;
const put = async (some: Rows) => {
	await db.unsafe('truncate audit.entry');
	if (some.length) await db`insert into audit.entry ${db(some as never)}`;
};

// Ten acts of each of six years, the oldest first.
beforeAll(async () => {
	db = postgres(process.env.COOPOL_OWNER_URL!, { max: 1, onnotice: () => {} });
	const now = Date.now();
	vi.useFakeTimers({ toFake: ['Date'] });
	for (let n = 0; n < 60; n++) {
		vi.setSystemTime(now - (60 - n) * 36.6 * 86_400_000);
		const who = ['odile', 'mathis', 'ines'][n % 3]!;
		const act = { act: `test.act_${n}`, subject: 'person', reason: `raison ${n}`, detail: { n } };
		await asSystem('test', (tx) => record(tx, { actorId: idOf('yamina'), subjectId: idOf(who), ...act }));
	}
	vi.useRealTimers();
});
afterAll(() => db.end());

test('three people erased, their acts and what was done to them stay chained, under ids that name nobody', async () => {
	const before = await rows();
	for (const name of ['odile', 'mathis', 'yamina'] as const) await erase(domains, idOf(name));
	expect(await verdict()).toMatchObject({ entries: before.length + 3, broken: [], lostAnchors: [] });
	const after = await rows();
	expect(after.slice(0, before.length)).toEqual(before);
	expect(JSON.stringify(after)).not.toMatch(/Fabr|Lano|Belkassaud|@rive/);
});

test('forgotten year after year, the chain begins where it says, and the heads sent before lose nothing', async () => {
	const heads = (await rows()).map(({ seq, hash }) => ({ seq: Number(seq), hash: String(hash) }));
	const forget = (dry: boolean) => asSystem('test', (tx) => forgetJournal(tx, new Date(), dry));
	const due = await forget(true);
	expect(due).toBeGreaterThan(25);
	expect(await verdict(heads)).toMatchObject({ broken: [], lostAnchors: [] });
	expect(await forget(false)).toBe(due);
	const left = await verdict(heads);
	expect(left).toMatchObject({ broken: [], lostAnchors: [], forgotten: { seq: due } });
	expect(left.entries).toBe(heads.length - due + 1);
	expect(await forget(false)).toBe(0);
	await erase(domains, idOf('ines'));
	expect(await verdict(heads)).toMatchObject({ broken: [], lostAnchors: [], forgotten: { seq: due } });
});

describe('a chain whose beginning was forgotten', () => {
	test('does not take back what it forgot, nor anything in its place', async () => {
		const kept = await rows();
		const first = Number(kept[0]!.seq);
		await put([{ ...kept[0]!, seq: first - 1 }, ...kept]);
		expect((await verdict()).broken).toEqual([first - 1]);
		await put([{ ...kept[0]!, seq: 1, act: 'test.forged' }, ...kept]);
		expect((await verdict()).broken).toEqual([1]);
		await put(kept);
	});

	test('cannot be shortened further by changing what it says it forgot', async () => {
		const kept = await rows();
		const said = kept.findIndex(({ act }) => act === 'privacy.forget_journal');
		const upTo = Number((kept[said]!.detail as { upTo: string }).upTo) + 5;
		const hash = kept.find(({ seq }) => Number(seq) === upTo)!.hash;
		const changed = kept.map((row, at) =>
			at === said ? { ...row, detail: { upTo: String(upTo), hash } } : row,
		);
		await put(changed.filter(({ seq }) => Number(seq) > upTo));
		expect((await verdict()).broken).toContain(Number(kept[said]!.seq));
		// Nor by taking out the entry that says it: the chain then begins nowhere.
		await put(kept.filter((_, at) => at !== said));
		expect((await verdict()).broken.length).toBeGreaterThan(1);
		await put(kept);
	});

	test('shortened by an act written in due form, says until where and on what day: mailed heads are younger', async () => {
		const kept = await rows();
		const upTo = kept[10]!;
		const detail = { upTo: String(upTo.seq), hash: String(upTo.hash) };
		await asSystem('test', (tx) => record(tx, { actorId: null, act: 'privacy.forget_journal', detail }));
		await put((await rows()).slice(11));
		const found = await verdict();
		expect(found.forgotten).toMatchObject({ seq: Number(upTo.seq) });
		expect(Date.now() - found.forgotten!.saidAt.getTime()).toBeLessThan(60_000);
		// What was forgotten was younger than three years: that, no true forgetting does.
		expect(Date.now() - (upTo.at as Date).getTime()).toBeLessThan(3 * 365 * 86_400_000);
		await put(kept);
		expect(await verdict()).toMatchObject({ broken: [] });
	});

	test(`shows each of ${runs} changes made anywhere in the database`, { timeout: 120_000 }, async () => {
		const kept = await rows();
		const { head } = await verdict();
		const rank = fc.integer({ min: 0, max: kept.length - 1 });
		const column = fc.constantFrom(
			'at',
			'actor_id',
			'act',
			'subject',
			'subject_id',
			'unit_id',
			'reason',
			'detail',
			'previous',
			'hash',
		);
		const how = fc.oneof(
			fc.record({ kind: fc.constant('edit' as const), rank, column, from: rank }),
			fc.record({ kind: fc.constant('take' as const), rank, count: fc.integer({ min: 1, max: 5 }) }),
			fc.record({ kind: fc.constant('move' as const), rank, from: rank }),
			fc.record({ kind: fc.constant('insert' as const), rank, from: rank }),
		);
		type How = typeof how extends fc.Arbitrary<infer T> ? T : never;
		const renumbered = (some: Rows) => some.map((row, at) => ({ ...row, seq: Number(kept[0]!.seq) + at }));
		const made = (change: How): Rows => {
			if (change.kind === 'edit')
				return kept.map((row, at) =>
					at === change.rank ? { ...row, [change.column]: kept[change.from]![change.column] } : row,
				);
			if (change.kind === 'take') return kept.toSpliced(change.rank, change.count);
			const moved = kept[change.from]!;
			const without = change.kind === 'move' ? kept.toSpliced(change.from, 1) : kept;
			return renumbered(without.toSpliced(change.rank, 0, moved));
		};
		const text = JSON.stringify(kept.map((row) => ({ ...row, seq: Number(row.seq) })));
		const same = (some: Rows) =>
			JSON.stringify(some.map((row) => ({ ...row, seq: Number(row.seq) }))) === text;
		const seen = new Set<string>();
		await fc.assert(
			fc.asyncProperty(how, async (change) => {
				const changed = made(change);
				fc.pre(!same(changed));
				seen.add(change.kind);
				await put(changed);
				const { broken, lostAnchors } = await verdict([head]);
				expect(broken.length + lostAnchors.length).toBeGreaterThan(0);
			}),
			{ numRuns: runs },
		);
		expect([...seen].toSorted()).toEqual(['edit', 'insert', 'move', 'take']);
		await put(kept);
		expect(await verdict([head])).toMatchObject({ broken: [], lostAnchors: [] });
	});
});
