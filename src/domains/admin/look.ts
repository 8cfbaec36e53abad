import { notFound } from '#platform/errors.ts';
import { fetchFile } from '#platform/files/fetch.ts';
import type { HouseSettings } from '#platform/house.ts';
import { isAnyone } from '#platform/policy.ts';
import type { Viewer } from '#platform/viewer.ts';
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

/** The sign of the site in a browser's tab: one dot and its rings, in the organisation's colour. */
export function favicon(colour: string): string {
	const { ramp } = themeFrom(colour);
	const rings = [6, 10].map(
		(radius) =>
			`<circle cx="16" cy="16" r="${radius}" fill="none" stroke="${ramp[50]}" stroke-width="1.8" opacity=".75"/>`,
	);
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="${ramp[600]}"/><circle cx="16" cy="16" r="2.8" fill="${ramp[50]}"/>${rings.join('')}</svg>`;
}
