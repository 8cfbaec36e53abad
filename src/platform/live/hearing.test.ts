import { expect, test } from 'vitest';
import { counters } from '#platform/db.ts';
import { stopWorkers } from '#platform/jobs.ts';
import { visitor } from '#platform/viewer.ts';
import { live } from '#registry.ts';
import { type CastName, cast } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { hearingsOf } from './hearing.ts';

stage();

test('every topic is asked of a hundred people by one question, and each hears what they hear alone', async () => {
	const names = Object.keys(cast) as CastName[];
	const some = [...(await Promise.all(names.map((name) => as(name)))), visitor];
	const crowd = Array.from({ length: 100 }, (_, n) => ({ ...some[n % some.length]! }));
	// The queues look after themselves in the same process, and that is counted too.
	await stopWorkers();
	const { queries, transactions } = { ...counters };
	const heard = await hearingsOf(live, crowd);
	expect([counters.queries - queries, counters.transactions - transactions]).toEqual([1, 1]);
	expect(Object.keys(live).length).toBeGreaterThan(2);
	for (const [n, person] of some.entries()) {
		const [alone] = await hearingsOf(live, [person]);
		expect([n, [...heard[n]!.channels]]).toEqual([n, [...alone!.channels]]);
		expect(heard[n]!.apart).toEqual(alone!.apart);
	}
	expect(heard[0]!.channels.size).toBeGreaterThan(2);
	expect(heard[some.length - 1]!.channels.size).toBe(0);
});

test('what two topics ask in the same words is asked once', () => {
	const asked = Object.values(live).flatMap(({ asks = {} }) => Object.entries(asks));
	const units = asked.filter(([name]) => name === 'units').map(([, question]) => question.text);
	expect([units.length > 1, new Set(units).size]).toEqual([true, 1]);
});
