import fc from 'fast-check';
import postgres from 'postgres';
import { beforeAll, describe, expect, test } from 'vitest';
import { idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { record, verifyAudit } from './audit.ts';
import { asSystem, type Tx } from './db.ts';
import { type Sql, sql } from './sql.ts';

stage();

const length = 40;
const runs = Number(process.env.COOPOL_TAMPERINGS ?? 10_000);
type Row = Record<string, unknown> & { seq: string };
let anchors: { seq: number; hash: string }[] = [];

beforeAll(async () => {
	for (let n = 0; n < length; n++) {
		await asSystem('test', (tx) =>
			record(tx, {
				actorId: idOf('yamina'),
				act: `test.act_${n % 5}`,
				subject: 'person',
				subjectId: idOf('odile'),
				unitId: idOf('villebrume'),
				reason: `raison ${n}`,
				detail: { n, even: n % 2 === 0 },
			}),
		);
	}
	const { head } = await asSystem('test', (tx) => verifyAudit(tx));
	anchors = [{ seq: head.seq, hash: head.hash }];
});

/** A chain held in memory, read as the database's would be. */
const reading = (entries: Row[]): Tx =>
	({
		many: async ({ text, values }: Sql) => {
			const after = Number(values[0]);
			const isAsked = (seq: number) => (text.includes('entry.seq <=') ? seq <= after : seq > after);
			const rows = text.includes('audit.anchor')
				? []
				: entries.filter((one) => isAsked(Number(one.seq))).toSorted((a, b) => Number(a.seq) - Number(b.seq));
			return rows.slice(0, 1000);
		},
	}) as unknown as Tx;

const seq = fc.integer({ min: 1, max: length });
const text = fc.string({ minLength: 1, maxLength: 12, unit: fc.constantFrom(...'abcé0 -_') });
const edits = fc.oneof(
	fc.record({ column: fc.constantFrom('act', 'subject', 'reason', 'previous', 'hash'), value: text }),
	fc.record({ column: fc.constantFrom('actor_id', 'subject_id', 'unit_id'), value: fc.uuid() }),
	fc.record({
		column: fc.constant('at'),
		value: fc.date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
	}),
	fc.record({
		column: fc.constant('detail'),
		value: fc.record({ n: fc.integer() }),
	}),
);
const tampering = fc.oneof(
	fc.record({ kind: fc.constant('edit' as const), seq, edit: edits }),
	fc.record({ kind: fc.constant('delete' as const), seq, count: fc.integer({ min: 1, max: 3 }) }),
	fc.record({ kind: fc.constant('swap' as const), seq, other: seq }).filter((one) => one.seq !== one.other),
	fc.record({ kind: fc.constant('cut' as const), count: fc.integer({ min: 1, max: length }) }),
	fc.record({ kind: fc.constant('shift' as const), seq }),
);
type Tampering = typeof tampering extends fc.Arbitrary<infer T> ? T : never;

const numbered = (row: Row, seq: number): Row => ({ ...row, seq: String(seq) });

/** The chain as somebody leaves it who may write anything in the database. */
function tampered(entries: Row[], how: Tampering): Row[] {
	const at = (one: Row) => Number(one.seq);
	if (how.kind === 'edit')
		return entries.map((one) => (at(one) === how.seq ? { ...one, [how.edit.column]: how.edit.value } : one));
	if (how.kind === 'delete')
		return entries.filter((one) => at(one) < how.seq || at(one) >= how.seq + how.count);
	if (how.kind === 'swap')
		return entries.map((one) =>
			numbered(one, at(one) === how.seq ? how.other : at(one) === how.other ? how.seq : at(one)),
		);
	if (how.kind === 'cut') return entries.filter((one) => at(one) <= length - how.count);
	return entries
		.filter((one) => at(one) !== how.seq)
		.map((one) => (at(one) > how.seq ? numbered(one, at(one) - 1) : one));
}

const isCaught = async (entries: Row[], known: typeof anchors): Promise<boolean> => {
	const { broken, lostAnchors } = await verifyAudit(reading(entries), known);
	return broken.length > 0 || lostAnchors.length > 0;
};

describe('the journal of officers', () => {
	test('is whole when nobody touched it', async () => {
		const verdict = await asSystem('test', (tx) => verifyAudit(tx, anchors));
		expect(verdict).toMatchObject({ entries: length, broken: [], lostAnchors: [] });
	});

	test(`shows each of ${runs} random edits, deletions, reorderings, cuts and closings of ranks`, {
		timeout: 120_000,
	}, async () => {
		const whole = await asSystem('test', (tx) =>
			tx.many<Row>(sql`select seq::text, at, actor_id, act, subject, subject_id, unit_id, reason, detail, previous, hash
			from audit.entry order by entry.seq`),
		);
		expect(await isCaught(whole, anchors)).toBe(false);
		const kinds = new Map<string, number>();
		await fc.assert(
			fc.asyncProperty(tampering, async (how) => {
				kinds.set(how.kind, (kinds.get(how.kind) ?? 0) + 1);
				expect(await isCaught(tampered(whole, how), anchors)).toBe(true);
			}),
			{ numRuns: runs },
		);
		expect(kinds.size).toBe(5);
		// What it stands on: without the head sent outside, a cut tail is a shorter, whole chain.
		expect(await isCaught(tampered(whole, { kind: 'cut', count: 3 }), [])).toBe(false);
	});

	test('shows what the owner of the database changed in place', async () => {
		const owner = postgres(process.env.COOPOL_OWNER_URL!, { max: 1, onnotice: () => {} });
		try {
			await owner.unsafe(`update audit.entry set reason = 'autre raison' where seq = 7`);
			expect((await asSystem('test', (tx) => verifyAudit(tx, anchors))).broken).toEqual([7]);
			await owner.unsafe(`update audit.entry set reason = 'raison 6' where seq = 7`);
			expect((await asSystem('test', (tx) => verifyAudit(tx, anchors))).broken).toEqual([]);
		} finally {
			await owner.end();
		}
	});

	test('is not changed by the app nor by the house, only added to', async () => {
		for (const change of [
			sql`update audit.entry set reason = 'x'`,
			sql`delete from audit.entry`,
			sql`delete from audit.anchor`,
		]) {
			await expect(asSystem('test', (tx) => tx.run(change))).rejects.toThrow(/permission denied/);
		}
	});

	test('written by twenty at once is one chain', async () => {
		await Promise.all(
			Array.from({ length: 20 }, (_, n) =>
				asSystem('test', (tx) => record(tx, { actorId: null, act: `test.race_${n}` })),
			),
		);
		const verdict = await asSystem('test', (tx) => verifyAudit(tx, anchors));
		expect(verdict).toMatchObject({ entries: length + 20, broken: [], lostAnchors: [] });
	});
});
