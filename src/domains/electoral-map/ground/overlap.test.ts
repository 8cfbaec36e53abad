import fc from 'fast-check';
import { expect, test } from 'vitest';
import { edgesOf, overlap } from './overlap.ts';
import { drawing } from './pen.ts';
import type { Rings } from './rings.ts';
import type { Point } from './territories.ts';

// Paris in Lambert-93: numbers as large as real ones.
const CENTRE: Point = [652_000, 6_862_000];

/** A star of any shape around a point, in either direction, now and then with a hole; corners on a coarse grid. */
const star = fc
	.record({
		x: fc.integer({ min: -40, max: 40 }),
		y: fc.integer({ min: -40, max: 40 }),
		arms: fc.array(fc.integer({ min: 20, max: 90 }), { minLength: 3, maxLength: 14 }),
		turned: fc.boolean(),
		hole: fc.boolean(),
	})
	.map(({ x, y, arms, turned, hole }): Rings => {
		const ring = (scale: number): Point[] => {
			const points = arms.map((arm, n): Point => {
				const angle = (2 * Math.PI * n) / arms.length;
				const [east, north] = [Math.cos(angle), Math.sin(angle)].map((part) =>
					Math.round(part * arm * scale),
				);
				return [CENTRE[0] + x + (east ?? 0), CENTRE[1] + y + (north ?? 0)];
			});
			return [...points, points[0] as Point];
		};
		return [[turned ? ring(1).toReversed() : ring(1), ...(hole ? [ring(0.3)] : [])]];
	});

test('the area two shapes have in common is the one the engine finds, edges shared or not', async () => {
	let compared = 0;
	const property = fc.asyncProperty(star, star, fc.boolean(), async (a, other, isSame) => {
		const b = isSame ? a : other;
		await drawing((pen) => {
			const [one, two] = [pen.draw(a), pen.draw(b)];
			if (!pen.isValid(one) || !pen.isValid(two)) return;
			compared++;
			const found = overlap(edgesOf(a), edgesOf(b), CENTRE[1]);
			expect(Math.abs(found - pen.commonArea(pen.ready(one), one, two))).toBeLessThan(1e-5);
		});
	});
	await fc.assert(property, { numRuns: 400 });
	expect(compared).toBeGreaterThan(100);
});
