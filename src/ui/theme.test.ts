import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hexFrom } from './colour.ts';
import { contrast, rampOf, themeCss, themeFrom } from './theme.ts';

const anyHue = fc.double({ min: 0, max: 360, noNaN: true });
const anyChroma = fc.double({ min: 0, max: 0.3, noNaN: true });

test('whatever colour an organisation chooses, its buttons and links stay readable in light and in dark', () => {
	fc.assert(
		fc.property(
			anyHue,
			anyChroma,
			fc.double({ min: 0.2, max: 0.95, noNaN: true }),
			(hue, chroma, lightness) => {
				const { ramp, accent, accentSoftDark } = themeFrom(hexFrom(lightness, chroma, hue));
				expect(contrast(ramp[600], '#ffffff')).toBeGreaterThan(6.9);
				expect(contrast(ramp[700], '#f5f3f8')).toBeGreaterThan(7);
				expect(contrast(ramp[800], ramp[100])).toBeGreaterThan(7);
				expect(contrast(ramp[300], '#1b1722')).toBeGreaterThan(7);
				expect(contrast(ramp[900], ramp[300])).toBeGreaterThan(7);
				expect(contrast(ramp[100], ramp[800])).toBeGreaterThan(7);
				expect(contrast('#1a1327', accent)).toBeGreaterThan(8);
				expect(contrast('#f1eff4', accentSoftDark)).toBeGreaterThan(7);
			},
		),
		{ numRuns: 500 },
	);
});

test('every hue and chroma of the design table keeps its minimum', () => {
	for (let hue = 0; hue < 360; hue += 3) {
		for (const chroma of [0.03, 0.05, 0.08, 0.11, 0.14, 0.17]) {
			const ramp = rampOf(hue, chroma);
			expect(contrast(ramp[600], '#ffffff')).toBeGreaterThanOrEqual(6.97);
			expect(contrast(ramp[700], '#f5f3f8')).toBeGreaterThanOrEqual(8.1);
			expect(Math.min(contrast(ramp[300], '#1b1722'), contrast(ramp[900], ramp[300]))).toBeGreaterThanOrEqual(
				7,
			);
		}
	}
});

test('the ramps are those of the design', () => {
	expect(rampOf(208, 0.082)).toMatchObject({ 50: '#eef9fb', 300: '#8fc9d2', 600: '#00616c', 900: '#002429' });
	expect(rampOf(18, 0.15)).toMatchObject({ 100: '#ffe6e6', 600: '#972334', 700: '#7f0322' });
});

test('a yellow organisation gets an accent that is not yellow, others keep the yellow one', () => {
	expect(themeFrom('#e0b000').accent).not.toBe(themeFrom('#7a1fa2').accent);
	expect(themeFrom('#7a1fa2').accent).toBe('#f8bd40');
});

test('a grey, a short form and a dark colour all make a theme; anything else is refused', () => {
	expect(themeFrom('#888').ramp[600]).toMatch(/^#[0-9a-f]{6}$/);
	expect(themeFrom('000000').ramp[600]).toMatch(/^#[0-9a-f]{6}$/);
	for (const bad of ['', 'red', '#12', '#12345g', 'url(x)', '#fff;}body{'])
		expect(() => themeFrom(bad)).toThrow(RangeError);
});

test('a theme writes ten steps, the accent, and the two dark blocks, and nothing that could leave the block', () => {
	const css = themeCss(themeFrom('#7a1fa2'));
	expect(css.match(/--brand-\d+:#[0-9a-f]{6}/g)).toHaveLength(10);
	expect(css).toContain(":root[data-mode='dark']{");
	expect(css).toContain('prefers-color-scheme:dark');
	expect(css).not.toMatch(/[<>\\]/);
});
