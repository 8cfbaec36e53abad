import { expect, test } from 'vitest';
import { columnFrom } from '../measures/ranks.ts';
import type { Territory } from './territory.ts';
import { unexplainedAt } from './unexplained.ts';

/** Towns of forty stations each: what is ours follows the workers, but in one station. */
function ground(towns: number): Territory {
	const size = towns * 40;
	const values = Float64Array.from({ length: size }, (_, at) => 0.1 + ((at * 7) % 40) / 100);
	const others = Float64Array.from({ length: size }, (_, at) => 0.2 + ((at * 11) % 37) / 100);
	return {
		keys: Array.from({ length: size }, (_, at) => `X0100${Math.floor(at / 40)}_${at % 40}`),
		place: new Map(),
		columns: new Map([
			['workers', columnFrom({ values })],
			['owners', columnFrom({ values: others })],
		]),
		communes: Array.from({ length: towns }, (_, at) => `X0100${at}`),
		communeAt: Int32Array.from({ length: size }, (_, at) => Math.floor(at / 40)),
	};
}

const votes = ({ columns, keys }: Territory) => ({
	share: Float64Array.from(
		columns.get('workers')?.values ?? [],
		(one, at) => one / 2 + (at === 5 ? 0.12 : 0) + ((at % 5) - 2) / 500,
	),
	registered: new Float64Array(keys.length).fill(900),
});

test('a station that does better than places alike is told, the others are as usual', () => {
	const territory = ground(2);
	const asked = { ...votes(territory), around: territory.communes };
	const odd = unexplainedAt(territory, 5, asked);
	expect(odd?.gap).toBeGreaterThan(0.1);
	expect(odd?.gap).toBeGreaterThan(odd?.usual ?? 1);
	expect(odd?.stations).toBe(80);
	const plain = unexplainedAt(territory, 8, asked);
	expect(Math.abs(plain?.gap ?? 1)).toBeLessThan(plain?.usual ?? 0);
});

test('too few stations, or none of its own, make no rule', () => {
	const territory = ground(2);
	const { share, registered } = votes(territory);
	expect(unexplainedAt(territory, 50, { share, registered, around: ['X01000'] })).toBeNull();
	const small = ground(2);
	small.communeAt.fill(-1, 20);
	expect(unexplainedAt(small, 5, { share, registered, around: small.communes })).toBeNull();
});
