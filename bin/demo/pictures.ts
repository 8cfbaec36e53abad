import sharp from 'sharp';
import type { Chance } from './random.ts';

const inks = {
	teal: '#004c54',
	sky: '#8fc9d2',
	sun: '#f8bd40',
	brick: '#d95e36',
	sage: '#b9d4b9',
	paper: '#fdeecb',
	ink: '#1a1327',
	white: '#ffffff',
};

/** These shapes, as much of them as the box holds, at a size in pixels. */
const printed = (box: string, width: number, height: number, shapes: string): Promise<Buffer> =>
	sharp(
		Buffer.from(
			`<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}" width="${width}" height="${height}">${shapes}</svg>`,
		),
	)
		.png()
		.toBuffer();

/** A flat printed picture of a street market, a hall or a hillside: shapes only, never a face of somebody. */
export function drawPicture(kind: 'market' | 'hall' | 'hill', luck: Chance): Promise<Buffer> {
	const bodies = { market, hall, hill };
	return printed('0 0 960 480', 960, 480, bodies[kind](luck));
}

/** Head and shoulders of nobody, in the same shapes. */
export const drawBust = (luck: Chance): Promise<Buffer> =>
	printed(
		'-80 266 160 160',
		480,
		480,
		`${rect(-80, 266, 160, 160, luck.pick([inks.paper, inks.sky, inks.sage, inks.sun]))}${person(0, luck)}`,
	);

const rect = (x: number, y: number, w: number, h: number, fill: string) =>
	`<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="${fill}"/>`;
const disc = (x: number, y: number, r: number, fill: string) =>
	`<circle cx="${x}" cy="${y}" r="${r}" fill="${fill}"/>`;

function house(x: number, height: number, luck: Chance): string {
	const windows = Array.from({ length: 6 }, (_, i) =>
		rect(
			x + 18 + (i % 2) * 44,
			440 - height + 40 + Math.floor(i / 2) * 54,
			24,
			32,
			luck.below(3) ? inks.sky : inks.sun,
		),
	);
	return `${rect(x, 440 - height, 104, height, inks.sage)}<path d="M${x} ${440 - height}l52-44 52 44z" fill="${inks.sage}"/>${windows.join('')}`;
}

function person(x: number, luck: Chance): string {
	const skin = luck.pick(['#7b4a2d', '#c98a63', '#e6b18f', '#a6673f']);
	const coat = luck.pick([inks.teal, inks.brick, '#6b2e6b', '#1c5284']);
	return `<path d="M${x - 46} 470v-70a46 46 0 0 1 92 0v70z" fill="${coat}"/>${disc(x, 318, 32, skin)}<path d="M${x - 34} 316a34 34 0 0 1 68 0z" fill="${luck.pick([inks.ink, '#bcb8c5', '#764f05'])}"/>`;
}

function market(luck: Chance): string {
	const stripes = Array.from({ length: 9 }, (_, i) => {
		const x = 210 + i * 60;
		return `<path d="M${x} 90h60l${(i - 4) * 6} 100a30 30 0 0 1-60 0z" fill="${i % 2 ? inks.white : inks.brick}"/>`;
	});
	const people = [330, 480, 630].map((x) => person(x, luck)).join('');
	return `${rect(0, 0, 960, 480, inks.paper)}${disc(800, 130, 120, inks.sun)}${house(30, 220, luck)}${house(820, 180, luck)}${rect(196, 150, 12, 300, inks.ink)}${rect(752, 150, 12, 300, inks.ink)}${people}${rect(0, 432, 960, 48, inks.teal)}${rect(200, 390, 560, 66, inks.white)}${stripes.join('')}`;
}

function hall(luck: Chance): string {
	const chairs = Array.from({ length: 12 }, (_, i) =>
		rect(90 + (i % 6) * 132, 330 + Math.floor(i / 6) * 70, 70, 12, i % 3 ? inks.brick : inks.sun),
	);
	const people = [200, 360, 520, 690, 800].map((x) => person(x + luck.below(20), luck)).join('');
	return `${rect(0, 0, 960, 480, '#dcf2f5')}${rect(0, 0, 960, 60, inks.teal)}${rect(360, 90, 240, 150, inks.white)}<path d="M380 220l60-70 50 40 90-90" fill="none" stroke="${inks.brick}" stroke-width="10"/>${people}${chairs.join('')}${rect(0, 452, 960, 28, inks.sage)}`;
}

function hill(luck: Chance): string {
	const trees = Array.from({ length: 14 }, () => {
		const [x, y] = [luck.below(940), 300 + luck.below(120)];
		return `<path d="M${x} ${y}l22 60h-44z" fill="${luck.pick([inks.teal, '#255d38', '#488760'])}"/>`;
	});
	return `${rect(0, 0, 960, 480, '#e0effd')}${disc(700 + luck.below(120), 110, 80, inks.sun)}<path d="M0 330q200-160 430-40t530-60v250H0z" fill="${inks.sage}"/><path d="M0 400q260-90 500-20t460-30v130H0z" fill="#488760"/>${trees.join('')}`;
}
