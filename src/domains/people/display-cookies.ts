import type { Cookies } from '@sveltejs/kit';
import type { Display } from './settings.ts';

/** Puts the display settings where the server reads them before the first paint, without asking the database. */
export function keepDisplay(
	cookies: Cookies,
	url: URL,
	display: Pick<Display, 'text_size'> & Partial<Pick<Display, 'colour_mode' | 'low_data' | 'language'>>,
): void {
	const put = (name: string, value: string) =>
		cookies.set(name, value, {
			path: '/',
			httpOnly: true,
			sameSite: 'lax',
			secure: url.protocol === 'https:',
			maxAge: 31_536_000,
		});
	put('text', String(display.text_size));
	if (display.colour_mode) put('mode', display.colour_mode);
	if (display.low_data !== undefined) put('data', display.low_data ? 'low' : 'full');
	if (display.language) put('language', display.language);
}
