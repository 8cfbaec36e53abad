import sharp from 'sharp';
import { notFound } from '#platform/errors.ts';
import { fetchFile } from '#platform/files/fetch.ts';
import type { HouseSettings } from '#platform/house.ts';
import { isAnyone } from '#platform/policy.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { Words } from '#platform/wording/index.ts';
import { themeFrom } from '#ui/theme.ts';

/** The pages ask for the look with its version: that answer never changes. Asked without, it is asked again soon. */
export const keptFor = (house: HouseSettings, search: string) =>
	search === `?${house.themeVersion}` ? 'public, max-age=31536000, immutable' : 'public, max-age=300';

/** The logo as everybody sees it. Throws NotFound when the organisation has none. */
export async function logoOf(viewer: Viewer, house: HouseSettings, search: string): Promise<Response> {
	if (!house.logo) throw notFound();
	const response = await fetchFile(viewer, { 'admin.logo': isAnyone }, house.logo, { width: 480 });
	response.headers.set('cache-control', keptFor(house, search));
	return response;
}

/** The sign of the site in a browser's tab: one dot and its rings, in the organisation's colour; `corner` rounds its square of 32. */
export function favicon(colour: string, corner = 8): string {
	const { ramp } = themeFrom(colour);
	const rings = [6, 10].map(
		(radius) =>
			`<circle cx="16" cy="16" r="${radius}" fill="none" stroke="${ramp[50]}" stroke-width="1.8" opacity=".75"/>`,
	);
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="${corner}" fill="${ramp[600]}"/><circle cx="16" cy="16" r="2.8" fill="${ramp[50]}"/>${rings.join('')}</svg>`;
}

/** Sizes, in pixels, at which a telephone asks for the sign of an installed app. */
const iconSizes = [180, 192, 512];

/**
 * The sign on a telephone's screen, as PNG: the logo on white, else the dot and its rings on the organisation's colour. It fills its
 * square and keeps to the middle, whatever shape the telephone cuts. Throws NotFound for another size.
 */
export async function appIcon(
	viewer: Viewer,
	house: HouseSettings,
	{ size, search }: { size: string; search: string },
): Promise<Response> {
	const side = iconSizes.find((one) => String(one) === size);
	if (!side) throw notFound();
	const png = await (house.logo ? logoOnWhite(viewer, house, side) : signOn(house.colour, side));
	return new Response(new Uint8Array(png), {
		headers: { 'content-type': 'image/png', 'cache-control': keptFor(house, search) },
	});
}

async function logoOnWhite(viewer: Viewer, house: HouseSettings, side: number): Promise<Buffer> {
	const logo = Buffer.from(await (await logoOf(viewer, house, '')).arrayBuffer());
	const edge = Math.round(side * 0.19);
	const inner = side - 2 * edge;
	return sharp(logo)
		.resize(inner, inner, { fit: 'contain', background: '#fff' })
		.flatten({ background: '#fff' })
		.extend({ top: edge, bottom: edge, left: edge, right: edge, background: '#fff' })
		.png()
		.toBuffer();
}

const signOn = (colour: string, side: number): Promise<Buffer> =>
	sharp(Buffer.from(favicon(colour, 0)), { density: (72 * side) / 32 })
		.resize(side, side)
		.png()
		.toBuffer();

/** What a telephone must know to install the site as an app, and to share into it. */
export const manifest = (house: HouseSettings, { say, language }: Words) => {
	const { ramp } = themeFrom(house.colour);
	return {
		id: '/',
		name: house.name,
		lang: language,
		start_url: '/fil',
		scope: '/',
		display: 'standalone',
		theme_color: ramp[600],
		background_color: '#ffffff',
		icons: [192, 512].map((side) => ({
			src: `/icone/${side}?${house.themeVersion}`,
			sizes: `${side}x${side}`,
			type: 'image/png',
			purpose: 'any maskable',
		})),
		shortcuts: [{ name: say('admin.app_publish'), url: '/fil/publier' }],
		share_target: {
			action: '/partager',
			method: 'GET',
			params: { title: 'titre', text: 'texte', url: 'lien' },
		},
	};
};
