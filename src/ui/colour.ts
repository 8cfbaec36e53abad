/** OKLCH coordinates: lightness 0 to 1, chroma 0 to about 0.37, hue in degrees. */
export type Lch = { l: number; c: number; h: number };
type Rgb = [number, number, number];

/** OKLCH coordinates of `#rgb` or `#rrggbb`; throws `RangeError` otherwise. */
export function lchFrom(hex: string): Lch {
	const [r, g, b] = channels(hex).map(toLinear) as Rgb;
	const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
	const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
	const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
	const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
	const bb = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
	return {
		l: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
		c: Math.hypot(a, bb),
		h: ((Math.atan2(bb, a) * 180) / Math.PI + 360) % 360,
	};
}

/** `#rrggbb` of an OKLCH colour. Outside what a screen shows, chroma is lowered; lightness and hue stay. */
export function hexFrom(l: number, c: number, h: number): string {
	let low = 0;
	let high = c;
	if (!displayable(linearFrom(l, c, h))) {
		while (high - low > 0.00005) {
			const middle = (low + high) / 2;
			if (displayable(linearFrom(l, middle, h))) low = middle;
			else high = middle;
		}
		high = low;
	}
	return `#${linearFrom(l, high, h).map(toByte).join('')}`;
}

/** Contrast of two colours as WCAG 2 counts it, from 1 to 21. */
export function contrast(a: string, b: string): number {
	const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
	return (light + 0.05) / (dark + 0.05);
}

function channels(hex: string): Rgb {
	const digits = /^#?([0-9a-f]{6}|[0-9a-f]{3})$/i.exec(hex.trim())?.[1];
	if (!digits) throw new RangeError(`not a #rrggbb colour: ${hex}`);
	const long = digits.length === 3 ? [...digits].map((d) => d + d).join('') : digits;
	return [0, 2, 4].map((i) => Number.parseInt(long.slice(i, i + 2), 16) / 255) as Rgb;
}

function linearFrom(lightness: number, c: number, h: number): Rgb {
	const a = c * Math.cos((h * Math.PI) / 180);
	const b = c * Math.sin((h * Math.PI) / 180);
	const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
	const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
	const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
	return [
		4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
		-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
		-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
	];
}

function displayable(rgb: Rgb): boolean {
	return rgb.every((v) => v > -0.00001 && v < 1.00001);
}

function luminance(hex: string): number {
	const [r, g, b] = channels(hex).map(toLinear) as Rgb;
	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function toLinear(v: number): number {
	return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
}

function toByte(v: number): string {
	const clamped = Math.min(1, Math.max(0, v));
	const gamma = clamped <= 0.0031308 ? clamped * 12.92 : 1.055 * clamped ** (1 / 2.4) - 0.055;
	return Math.round(gamma * 255)
		.toString(16)
		.padStart(2, '0');
}
