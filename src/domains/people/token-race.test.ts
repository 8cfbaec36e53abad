import { expect, test } from 'vitest';
import { as, outcome, stage } from '#tests/stage.ts';
import { createToken, tokensOf } from './token.ts';

stage();

test('twenty keys at most, however many are asked for at once', async () => {
	const odile = { ...(await as('odile')), secondFactor: true, factorAt: new Date() };
	const make = () =>
		createToken({ ...odile }, { name: 'Agenda', scopes: ['feed:read'], days: '30' }, ['feed:read']);
	for (let n = 0; n < 18; n++) await make();
	const answers = await Promise.all([1, 2, 3, 4, 5, 6].map(() => outcome(make())));
	expect(answers.filter((one) => one === 'Invalid')).toHaveLength(4);
	expect(await tokensOf(odile)).toHaveLength(20);
});
