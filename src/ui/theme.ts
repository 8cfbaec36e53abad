import { contrast, hexFrom, lchFrom } from './colour.ts';

/** Ten steps of one hue, from almost paper (50) to almost ink (900), as `#rrggbb`. */
export type Ramp = Record<50 | 100 | 200 | 300 | 400 | 500 | 600 | 700 | 800 | 900, string>;
/** What an organisation changes: its ramp and the accent that stands out from it. Levels and states never change. */
export type Theme = { ramp: Ramp; accent: string; accentSoft: string; accentSoftDark: string };

/**
 * The ramp of a hue (degrees) and a chroma (OKLCH, 0.03 to 0.17). Lightness is fixed step by step:
 * that, and not a check afterwards, is what keeps every pair of colours readable for any hue.
 */
export function rampOf(hue: number, chroma: number): Ramp {
	return {
		50: hexFrom(0.975, chroma * 0.14, hue),
		100: hexFrom(0.945, chroma * 0.28, hue),
		200: hexFrom(0.89, chroma * 0.48, hue),
		300: hexFrom(0.8, chroma * 0.75, hue),
		400: hexFrom(0.69, chroma, hue),
		500: hexFrom(0.57, chroma, hue),
		600: hexFrom(0.45, chroma, hue),
		700: hexFrom(0.38, chroma, hue),
		800: hexFrom(0.31, chroma * 0.9, hue),
		900: hexFrom(0.24, chroma * 0.7, hue),
	};
}

/**
 * The theme of an organisation, from the single colour it chose (`#rgb` or `#rrggbb`).
 * Hue and chroma are kept (a grey becomes a slightly blue ramp), lightness is ours.
 * Throws `RangeError` when the text is not such a colour.
 */
export function themeFrom(colour: string): Theme {
	const { c, h } = lchFrom(colour);
	const hue = c < 0.002 ? 260 : h;
	const accent = distance(hue, YELLOW.hue) < 35 && c > 0.06 ? TURQUOISE : YELLOW;
	return {
		ramp: rampOf(hue, Math.min(Math.max(c, 0.03), 0.17)),
		accent: hexFrom(accent.lightness, accent.chroma, accent.hue),
		accentSoft: hexFrom(0.955, 0.05, accent.hue + 6),
		accentSoftDark: hexFrom(0.31, 0.04, accent.hue),
	};
}

/** The style sheet of a theme: a `:root{…}` block for light, and the two blocks that dark mode needs. To be served as CSS, after ours. */
export function themeCss(theme: Theme): string {
	const steps = Object.entries(theme.ramp).map(([step, hex]) => `--brand-${step}:${hex}`);
	const dark = `{--accent-soft:${theme.accentSoftDark}}`;
	return [
		`:root{${steps.join(';')};--accent:${theme.accent};--accent-soft:${theme.accentSoft}}`,
		`@media screen{:root[data-mode='dark']${dark}}`,
		`@media screen and (prefers-color-scheme:dark){:root:not([data-mode='light'],[data-mode='dark'])${dark}}`,
		'',
	].join('\n');
}

/** Contrast of two `#rrggbb` colours as WCAG 2 counts it, from 1 to 21. */
export { contrast };

const YELLOW = { lightness: 0.83, chroma: 0.15, hue: 82 };
/** For organisations that are yellow themselves: "you are here" must not look like the brand. */
const TURQUOISE = { lightness: 0.8, chroma: 0.12, hue: 200 };

function distance(a: number, b: number): number {
	const d = Math.abs(a - b) % 360;
	return Math.min(d, 360 - d);
}
