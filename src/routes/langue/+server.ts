import { redirect } from '@sveltejs/kit';
import { ownPath } from '#platform/http/next.ts';
import type { RequestHandler } from './$types';

/** Chooses the language of a visitor's pages; a person with an account chooses in their settings too. */
export const POST: RequestHandler = async ({ request, cookies, url }) => {
	const sent = await request.formData().catch(() => new FormData());
	const language = sent.get('language') === 'en' ? 'en' : 'fr';
	cookies.set('language', language, {
		path: '/',
		httpOnly: true,
		sameSite: 'lax',
		maxAge: 31_536_000,
		secure: url.protocol === 'https:',
	});
	redirect(303, ownPath(sent.get('next')));
};
