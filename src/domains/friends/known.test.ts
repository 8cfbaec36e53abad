import { expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { mustKnow, noteSpoken } from './index.ts';

stage();

test('a name is told only to who could open the person; answering a post to the network makes one known', async () => {
	const ask = async () => outcome(mustKnow(await as('odile'), idOf('tidiane')));
	expect(await ask()).toBe('NotFound');
	await asSystem('test', (tx) =>
		noteSpoken(tx, { byId: idOf('tidiane'), asUnitId: null, unitId: null, audience: 'network' }),
	);
	expect(await ask()).toBeUndefined();
	expect(await outcome(mustKnow(await as('mathis'), idOf('odile')))).toBeUndefined();
});
