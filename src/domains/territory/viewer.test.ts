import { expect, test } from 'vitest';
import { idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';

stage();

test('each person of the cast is to the network what their records say', async () => {
	const standings = await Promise.all(
		(['odile', 'mathis', 'awa', 'thibaud', 'josiane', 'lucien'] as const).map(async (name) => [
			name,
			(await as(name)).standing,
		]),
	);
	expect(Object.fromEntries(standings)).toEqual({
		odile: 'member',
		mathis: 'sympathiser',
		awa: 'pending',
		thibaud: 'suspended',
		josiane: 'former',
		lucien: 'sympathiser',
	});
});

test('an office counts while its term lasts, and acts only with a second factor', async () => {
	expect((await as('samuel')).officer).toBe(true);
	expect((await as('gerard')).officer).toBe(false);
	expect((await as('samuel', { factor: false })).secondFactor).toBe(false);
	expect((await as('odile')).units).toEqual([idOf('villebrume')]);
});
