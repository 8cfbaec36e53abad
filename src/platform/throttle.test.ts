import { beforeEach, describe, expect, test } from 'vitest';
import { sql } from '#platform/sql.ts';
import { stage } from '#tests/stage.ts';
import { meeting, scene } from '#tests/traces.ts';
import type { Refusal } from './errors.ts';
import { throttle } from './throttle.ts';

stage();

const rate = { burst: 3, perHour: 60 };
/** Tries once; gives 'in', or the seconds to wait. */
const knock = (buckets: Parameters<typeof throttle>[0] = { door: rate }) =>
	throttle(buckets).then(
		() => 'in' as const,
		(refusal: Refusal) => refusal.retryAfter,
	);
const knocks = async (n: number) => {
	const answers: ('in' | number)[] = [];
	for (let at = 0; at < n; at++) answers.push(await knock());
	return answers;
};
/** So many seconds pass for every bucket. */
const pass = (seconds: number) =>
	scene(sql`update platform.bucket set at = at - make_interval(secs => ${seconds}::int)`);

beforeEach(() => scene(sql`delete from platform.bucket`));

describe('a door that lets three in at once, then one a minute', () => {
	test('says when to come back, and who comes back then is let in', async () => {
		const answers = await knocks(4);
		expect(answers.slice(0, 3)).toEqual(['in', 'in', 'in']);
		const wait = answers[3] as number;
		expect(wait).toBeGreaterThan(55);
		expect(wait).toBeLessThanOrEqual(60);
		await pass(wait);
		expect(await knock()).toBe('in');
	});

	test('a minute later lets one in, not three', async () => {
		await knocks(3);
		await pass(61);
		expect((await knocks(2)).map((answer) => answer === 'in')).toEqual([true, false]);
	});

	test('an hour of quiet gives the burst back, and no more than the burst', async () => {
		await knocks(3);
		await pass(86_400);
		expect((await knocks(4)).map((answer) => answer === 'in')).toEqual([true, true, true, false]);
	});

	test('who insists does not dig deeper: however often they knocked, they wait two minutes at most', async () => {
		const answers = await knocks(50);
		expect(Math.max(...answers.slice(3).map(Number))).toBeLessThanOrEqual(60);
		await pass(61);
		expect(await knock()).toBe('in');
	});

	test('twenty at the same instant: three are in', async () => {
		await knock({ other: rate });
		const answers = await Promise.all(Array.from({ length: 20 }, () => knock()));
		expect(answers.filter((answer) => answer === 'in')).toHaveLength(3);
	});

	test('met in the same instant on two buckets named in another order, nobody waits for ever', async () => {
		const both = [
			() => knock({ a: rate, b: rate }),
			() => knock({ b: rate, a: rate }),
			() => knock({ a: rate, b: rate }),
		];
		expect(await meeting('platform.bucket', ...both)).toEqual(['in', 'in', 'in']);
	});
});

test('another person’s door stays open', async () => {
	await knocks(10);
	expect(await knock({ elsewhere: rate })).toBe('in');
});

test('one full bucket among several refuses, and takes nothing from the others', async () => {
	await knocks(3);
	for (let n = 0; n < 5; n++)
		expect(await knock({ door: rate, house: { burst: 1, perHour: 1 } })).not.toBe('in');
	expect(await knock({ house: { burst: 1, perHour: 1 } })).toBe('in');
});
