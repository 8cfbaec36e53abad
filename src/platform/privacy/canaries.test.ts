import { beforeAll, describe, expect, test } from 'vitest';
import { domains } from '#registry.ts';
import { stage } from '#tests/stage.ts';
import { type Canary, everything, plant } from './canaries.fixture.ts';
import { erase } from './erase.ts';
import { gather } from './gather.ts';

stage();

let people: Canary[] = [];
beforeAll(async () => {
	people = await plant(domains, 20);
});

const withheld: RegExp[] = [];

describe('twenty people whose every mapped column is a canary', () => {
	test('are in the database before', async () => {
		const all = (await everything()).map(({ row }) => row).join('\n');
		const words = people.flatMap((one) => [...one.words.values()]);
		expect(words.length).toBeGreaterThan(20 * 50);
		expect(words.filter((word) => !all.includes(word) && !all.includes(Buffer.from(word).toString('hex')))).toEqual([]);
	});

	test('export', async () => {
		const one = people[0]!;
		const text = JSON.stringify(await gather(domains, one.id));
		const missing = [...one.words].filter(([place, words]) => !text.includes(words) && !withheld.some((rule) => rule.test(place))).map(([place]) => place);
		console.log(missing);
		console.log(people.slice(1).flatMap((other) => [...other.words.values()].filter((w) => text.includes(w))).slice(0, 5));
	});

	test('erased', async () => {
		for (const one of people) await erase(domains, one.id);
		const rows = await everything();
		const left = rows.filter(({ row }) => row.includes('canary '));
		console.log([...new Set(left.map(({ table, row }) => `${table}: ${row.match(/canary \w+ ([\w.]+)/)?.[1]}`))]);
		const ids = rows.filter(({ row }) => people.some(({ id }) => row.includes(id)));
		console.log([...new Set(ids.map(({ table }) => table))]);
	});
});
