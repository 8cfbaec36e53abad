import { expect, test } from 'vitest';
import { stage } from '#tests/stage.ts';
import { asSystem } from './db.ts';
import { all, any, list, sql } from './sql.ts';

stage();

const one = async (query: ReturnType<typeof sql>) =>
	asSystem('test', async (tx) => (await tx.one<{ said: unknown }>(sql`select ${query} as said`))?.said);
const nasty = [
	"'; drop table people.person; --",
	"O'Brien",
	'"',
	'\\',
	"\\'",
	'$1',
	'%',
	'é\u0301',
	'🧑‍🌾',
	"e'\\x41'",
];

test('what a person wrote is a parameter: it is nowhere in the text of the query, and comes back as written', async () => {
	for (const text of nasty) {
		expect(sql`select ${text}`.text).toBe('select $1');
		expect(await one(sql`${text}::text`)).toBe(text);
	}
});

test('a word written out is escaped, whatever it holds', async () => {
	for (const text of nasty) expect(await one(sql`${sql.lit(text)}::text`)).toBe(text);
	expect(await one(sql.lit(7))).toBe(7);
	expect(await one(sql.lit(true))).toBe(true);
});

test('a name is quoted part by part: a dot parts, a quote does not break out', () => {
	expect(sql.ref('feed.post').text).toBe('"feed"."post"');
	expect(sql.ref('a"; drop table b; --').text).toBe('"a""; drop table b; --"');
});

test('pieces put together keep each their own parameters, in order', () => {
	const piece = sql`b = ${2}`;
	const whole = sql`select 1 where ${all([sql`a = ${1}`, piece])} and ${any([piece, sql`c = ${3}`])}`;
	expect(whole.text).toBe('select 1 where (a = $1 and b = $2) and (b = $3 or c = $4)');
	expect(whole.values).toEqual([1, 2, 2, 3]);
});

test('no condition at all: every one of them holds, and none of several does', async () => {
	expect([await one(all([])), await one(any([]))]).toEqual([true, false]);
	expect(sql.join([]).text).toBe('');
});

test('a list is one parameter, an empty one finds nothing, and the caller’s own list is not held', async () => {
	const names = ['a', "b'"];
	const query = list(names, 'text');
	names.push('c');
	expect(query.values).toEqual([['a', "b'"]]);
	expect(await one(sql`'b''' = any (${query})`)).toBe(true);
	expect(await one(sql`1 = any (${list([], 'int')})`)).toBe(false);
});
