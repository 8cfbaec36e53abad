import { expect, test } from 'vitest';
import { ask } from '#domains/people/people.fixture.ts';
import { sql } from '#platform/sql.ts';
import { byKey, json } from '#tests/by-key.ts';
import { stage } from '#tests/stage.ts';

stage();

const scopes = ['feed:write', 'me:write'];

test('a program sends a word once, however often the network makes it repeat; another person’s same word is theirs', async () => {
	const odile = await byKey('odile', scopes);
	const mathis = await byKey('mathis', scopes);
	const word = { text: 'Rendez-vous à 18 h', audience: 'network' };
	const once = { 'idempotency-key': 'a-key-of-mine' };
	const first = await odile('POST', '/posts', word, once);
	const repeats = await Promise.all([1, 2, 3].map(() => odile('POST', '/posts', word, once)));
	expect(first.status).toBe(201);
	expect(repeats.map((answer) => json(answer).id)).toEqual(Array(3).fill(json(first).id));
	const other = await mathis('POST', '/posts', word, once);
	expect(json(other).id).not.toBe(json(first).id);
	const written = await ask(sql`select count(*)::int as value from feed.post`);
	expect(written).toBe(2);
});

test('a program gives a key to one request: with other words, or elsewhere, it is refused and says why', async () => {
	const odile = await byKey('odile', scopes);
	const once = { 'idempotency-key': 'used-for-one-thing' };
	const word = { text: 'Le premier', audience: 'network' };
	expect((await odile('POST', '/posts', word, once)).status).toBe(201);
	const before = await ask(sql`select count(*)::int as value from feed.post`);
	const other = await odile('POST', '/posts', { ...word, text: 'Le second' }, once);
	expect([other.status, other.text]).toEqual([409, expect.stringContaining('Idempotency-Key')]);
	expect((await odile('PUT', '/me/status', { text: 'Au stand' }, once)).status).toBe(409);
	expect(await ask(sql`select count(*)::int as value from feed.post`)).toBe(before);
	expect((await odile('POST', '/posts', word, once)).status).toBe(201);
});
