import postgres from 'postgres';
import { beforeEach, describe, expect, test } from 'vitest';
import { idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { keepAnchor, record, verifyAudit } from './audit.ts';
import { asSystem } from './db.ts';
import { sql } from './sql.ts';

stage();

const length = 12;
type Head = { seq: number; hash: string };
type Rows = Record<string, unknown>[];
let head: Head = { seq: 0, hash: '' };

const write = (n: number, reason: string) =>
	asSystem('test', (tx) =>
		record(tx, {
			actorId: idOf('yamina'),
			act: `test.act_${n}`,
			subject: 'person',
			subjectId: idOf('odile'),
			unitId: idOf('villebrume'),
			reason,
			detail: { n },
		}),
	);
const verdict = (outside: Head[] = [head]) => asSystem('test', (tx) => verifyAudit(tx, outside));
const whole = { broken: [], lostAnchors: [] };

/** What the owner of the database does: nothing stops them but being seen. */
async function owner<T>(work: (db: postgres.Sql) => Promise<T>): Promise<T> {
	const db = postgres(process.env.COOPOL_OWNER_URL!, { max: 1, onnotice: () => {} });
	try {
		return await work(db);
	} finally {
		await db.end();
	}
}
const does = (...statements: string[]) =>
	owner(async (db) => {
		for (const statement of statements) await db.unsafe(statement);
	});
const rows = () => owner(async (db) => [...(await db`select * from audit.entry order by seq`)] as Rows);
const put = (some: Rows) =>
	owner(async (db) => {
		await db`truncate audit.entry`;
		for (const row of some) await db`insert into audit.entry ${db(row as never)}`;
	});

beforeEach(async () => {
	await does('truncate audit.entry, audit.anchor');
	for (let n = 1; n <= length; n++) await write(n, `raison ${n}`);
	head = (await verdict([])).head;
	expect(await verdict()).toMatchObject({ entries: length, ...whole });
});

describe('an entry changed in place is seen where it is', () => {
	const other = idOf('somebody else');
	test.each([
		['the instant, by a year', `at = at - interval '1 year'`],
		['the instant, by a millisecond', `at = at + interval '1 millisecond'`],
		['the instant, by less than was ever written', `at = at + interval '3 microseconds'`],
		['who acted', `actor_id = '${other}'`],
		['who acted, taken out', 'actor_id = null'],
		['the act', `act = 'test.act_8'`],
		['what it was done to', `subject = 'unit'`],
		['what it was done to, taken out', 'subject = null'],
		['whom it was done to', `subject_id = '${other}'`],
		['whom it was done to, taken out', 'subject_id = null'],
		['where', `unit_id = '${other}'`],
		['where, taken out', 'unit_id = null'],
		['the reason', `reason = 'raison 8'`],
		['the reason, by a space', `reason = reason || ' '`],
		['the reason, by an accent written otherwise', `reason = 'raisoń 7'`],
		['the reason, emptied', `reason = ''`],
		['the reason, taken out', 'reason = null'],
		['a figure', `detail = '{"n": 8}'`],
		['a figure made a text', `detail = '{"n": "7"}'`],
		['the figures, added to', `detail = detail || '{"m": 1}'`],
		['the figures, emptied', `detail = '{}'`],
		['the print before', `previous = repeat('0', 64)`],
		['its own print', `hash = repeat('f', 64)`],
	])('%s', async (_what, change) => {
		await does(`update audit.entry set ${change} where seq = 7`);
		expect((await verdict()).broken).toContain(7);
	});

	test('the first and the last like the others', async () => {
		await does(`update audit.entry set reason = 'x' where seq in (1, ${length})`);
		expect((await verdict()).broken).toEqual([1, length]);
	});

	test('its number, and that of two that changed places', async () => {
		await does('update audit.entry set seq = 100 where seq = 7');
		expect((await verdict()).broken).toEqual([8, 100]);
		await does('update audit.entry set seq = 7 where seq = 100');
		await does(
			'update audit.entry set seq = -1 where seq = 4',
			'update audit.entry set seq = 4 where seq = 9',
			'update audit.entry set seq = 9 where seq = -1',
		);
		expect((await verdict()).broken).toEqual([4, 5, 9, 10]);
	});
});

describe('an entry taken out', () => {
	test('in the middle, leaves a hole', async () => {
		await does('delete from audit.entry where seq = 7');
		expect((await verdict()).broken).toEqual([8]);
	});

	test('with ranks closed behind it, leaves a print that follows nothing', async () => {
		await does('delete from audit.entry where seq = 7', 'update audit.entry set seq = seq - 1 where seq > 7');
		expect((await verdict()).broken[0]).toBe(7);
	});

	test('at the beginning, leaves a chain that begins nowhere', async () => {
		await does('delete from audit.entry where seq <= 3');
		expect((await verdict()).broken).toEqual([4]);
	});

	test('at the end, leaves a whole chain, which the head sent outside betrays', async () => {
		await does('delete from audit.entry where seq > 9');
		expect(await verdict([])).toMatchObject(whole);
		expect(await verdict()).toMatchObject({ broken: [], lostAnchors: [length] });
		await does('truncate audit.entry');
		expect((await verdict()).lostAnchors).toEqual([length]);
	});
});

describe('an entry put in', () => {
	const forged = (seq: number, previous: string) =>
		`insert into audit.entry (seq, at, act, previous, hash) values (${seq}, now(), 'test.forged', '${previous}', repeat('a', 64))`;

	test('at the end, without its print', async () => {
		await does(forged(length + 1, head.hash));
		expect((await verdict()).broken).toEqual([length + 1]);
	});

	test('before the first, or between two, whatever rank it takes', async () => {
		await does(forged(0, '0'.repeat(64)));
		await does(forged(-3, '0'.repeat(64)));
		expect((await verdict()).broken).toEqual([-3, 0]);
		await does('delete from audit.entry where seq <= 0');
		await does('update audit.entry set seq = seq + 100 where seq > 6');
		await does('update audit.entry set seq = seq - 99 where seq > 100', forged(7, head.hash));
		expect((await verdict()).broken.slice(0, 2)).toEqual([7, 8]);
	});

	test('a true one copied again is not one more', async () => {
		await does(
			`insert into audit.entry select ${length + 1}, at, actor_id, act, subject, subject_id, unit_id, reason, detail, previous, hash from audit.entry where seq = ${length}`,
		);
		expect((await verdict()).broken).toEqual([length + 1]);
	});
});

describe('another chain, itself whole', () => {
	/** The same days, told otherwise from some entry on, each print made by the house itself. */
	const rewritten = async (from: number): Promise<Rows> => {
		const kept = await rows();
		await does(`delete from audit.entry where seq >= ${from}`);
		for (let n = from; n <= length; n++) await write(n, n === from ? 'autre raison' : `raison ${n}`);
		const other = await rows();
		await put(kept);
		return other;
	};

	test('in place of this one, is betrayed by the head sent outside and by nothing else', async () => {
		await put(await rewritten(7));
		expect(await verdict([])).toMatchObject({ entries: length, ...whole });
		expect(await verdict()).toMatchObject({ broken: [], lostAnchors: [length] });
	});

	test('its end tied to the beginning of this one, breaks at the knot', async () => {
		const other = await rewritten(2);
		const ours = await rows();
		await put([...ours.slice(0, 6), ...other.slice(6)]);
		expect((await verdict([])).broken).toEqual([7]);
		await put([...other.slice(0, 6), ...ours.slice(6)]);
		expect((await verdict([])).broken).toEqual([7]);
	});

	test('with one entry exchanged between the two, breaks in both', async () => {
		const other = await rewritten(2);
		const ours = await rows();
		await put(ours.map((row, at) => (at === 6 ? other[at]! : row)));
		expect((await verdict([])).broken).toEqual([7, 8]);
		await put(other.map((row, at) => (at === 6 ? ours[at]! : row)));
		expect((await verdict([])).broken).toEqual([7, 8]);
	});
});

describe('the heads kept and sent', () => {
	const keep = (seq: number, hash: string, sentTo: string) =>
		asSystem('test', (tx) => keepAnchor(tx, { seq: String(seq), hash, sentTo }));
	const hashAt = async (seq: number) => String((await rows())[seq - 1]!.hash);

	test('one kept in the database shows a tail that is cut; without it, the mailed one does', async () => {
		await keep(length, head.hash, idOf('bertrand'));
		await does('delete from audit.entry where seq > 9');
		expect((await verdict([])).lostAnchors).toEqual([length]);
		await does('truncate audit.anchor');
		expect(await verdict([])).toMatchObject(whole);
		expect((await verdict()).lostAnchors).toEqual([length]);
	});

	test('an older one sees what was rewritten before it, not what was after', async () => {
		const early = { seq: 5, hash: await hashAt(5) };
		await does('delete from audit.entry where seq >= 8');
		for (let n = 8; n <= length; n++) await write(n, 'autre raison');
		expect(await verdict([early])).toMatchObject(whole);
		await does('delete from audit.entry where seq >= 5');
		for (let n = 5; n <= length; n++) await write(n, 'encore une autre');
		expect((await verdict([early])).lostAnchors).toEqual([5]);
	});

	test('one that was changed, or that speaks of what never was, is told too', async () => {
		await keep(5, await hashAt(6), idOf('bertrand'));
		await keep(length + 4, head.hash, idOf('bertrand'));
		expect(await verdict([])).toMatchObject({ broken: [], lostAnchors: [5, length + 4] });
	});

	test('kept twice for one officer, it is one; the house itself takes none back', async () => {
		for (const _ of [1, 2]) await keep(5, await hashAt(5), idOf('bertrand'));
		const kept = await asSystem('test', (tx) => tx.many(sql`select seq from audit.anchor`));
		expect(kept).toHaveLength(1);
		for (const change of [sql`delete from audit.anchor`, sql`update audit.anchor set hash = 'x'`])
			await expect(asSystem('test', (tx) => tx.run(change))).rejects.toThrow(/permission denied/);
	});
});
