import { describe, expect, it } from 'vitest';
import { fractionOf } from './fraction.ts';
import { profileLine, profileOf } from './profile.ts';

const said = (share: number) => {
	const fraction = fractionOf(share);
	return fraction && `${fraction.sense} ${fraction.parts}/${fraction.of}`;
};

describe('a share is said as a fraction that everybody sees', () => {
	it.each([
		[0.2, 'about 1/5'],
		[0.125, 'about 1/8'],
		[0.31, 'about 3/10'],
		[0.66, 'about 2/3'],
		[0.5, 'about 1/2'],
		[0.048, 'about 1/20'],
		[0.004, 'under 1/100'],
		[0.97, 'over 9/10'],
		[0, 'none 0/1'],
		[1, 'all 1/1'],
	])('%f is %s', (share, words) => {
		expect(said(share)).toBe(words);
	});

	it('never puts a smaller share above a larger one, and stays near the figure', () => {
		let last = 0;
		for (let share = 0.01; share <= 0.95; share += 0.001) {
			const { parts, of } = fractionOf(share) ?? { parts: 0, of: 1 };
			expect(parts / of).toBeGreaterThanOrEqual(last);
			expect(Math.abs(parts / of - share)).toBeLessThanOrEqual(0.0501);
			last = parts / of;
		}
	});

	it('says nothing of what is no share', () => {
		expect([Number.NaN, -0.1, 1.2].map(fractionOf)).toEqual([null, null, null]);
	});
});

describe('the profile of a station', () => {
	const line = (share: number, reference: number, margin = 0.02) =>
		profileLine({ theme: 'retired', share, margin, reference });

	it('compares with the town: 1 in 5 here, 1 in 8 there', () => {
		expect(line(0.2, 0.125)).toEqual({
			theme: 'retired',
			comparison: 'more',
			here: { parts: 1, of: 5, sense: 'about' },
			there: { parts: 1, of: 8, sense: 'about' },
			wide: null,
		});
		const around = profileLine({ theme: 'retired', share: 0.2, margin: 0.02, reference: 0.125, wide: 0.16 });
		expect([around.comparison, around.wide]).toEqual(['more', { parts: 1, of: 6, sense: 'about' }]);
		expect(line(0.125, 0.2).comparison).toBe('less');
	});

	it('claims no gap that may be an error, nor between two shares said alike', () => {
		expect(line(0.2, 0.17, 0.05).comparison).toBe('alike');
		expect(line(0.201, 0.199, 0.001).comparison).toBe('alike');
	});

	it('hides what may not be shown, and puts first what sets the station apart', () => {
		expect(line(Number.NaN, 0.2)).toMatchObject({
			comparison: 'hidden',
			here: null,
			there: null,
			wide: null,
		});
		const lines = profileOf([
			{ theme: 'a', share: Number.NaN, margin: 0.02, reference: 0.2 },
			{ theme: 'b', share: 0.21, margin: 0.02, reference: 0.2 },
			{ theme: 'c', share: 0.4, margin: 0.02, reference: 0.2 },
		]);
		expect(lines.map(({ theme }) => theme)).toEqual(['c', 'b', 'a']);
	});
});
