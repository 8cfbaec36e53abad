import { expect, test } from 'vitest';
import { asksFactorToAct, routes } from '#registry.ts';
import { as, stage } from '#tests/stage.ts';

stage();

test('no page asks for a fresh second factor to be read: acts do', () => {
	const guarded = Object.keys(routes).filter((route) => routes[route]!.stepUp);
	expect(guarded.filter((route) => route.startsWith('GET '))).toEqual([]);
	expect(guarded).toContain('POST /responsabilites?decide');
});

test('a page whose acts ask for one says so before anything is typed, to who may act and to nobody else', async () => {
	const samuel = await as('samuel');
	const stale = { ...samuel, factorAt: new Date(Date.now() - 3_600_000) };
	expect(asksFactorToAct(samuel, '/(office)/mes-20-minutes')).toBe(false);
	expect(asksFactorToAct(stale, '/(office)/mes-20-minutes')).toBe(true);
	expect(asksFactorToAct(stale, '/(network)/fil')).toBe(false);
	expect(asksFactorToAct(await as('odile'), '/(office)/mes-20-minutes')).toBe(false);
});
