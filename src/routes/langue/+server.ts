import { redirect } from '@sveltejs/kit';
import { chooseLanguage } from '#domains/people/index.ts';
import { ownPath } from '#platform/http/next.ts';
import type { RequestHandler } from './$types';

/** Chooses the language of one's pages: this browser's and, with an account, the account's. */
export const POST: RequestHandler = async ({ request, cookies, url, locals: { viewer } }) => {
	const sent = await request.formData().catch(() => new FormData());
	const language = sent.get('language') === 'en' ? 'en' : 'fr';
	cookies.set('language', language, {
		path: '/',
		httpOnly: true,
		sameSite: 'lax',
		maxAge: 31_536_000,
		secure: url.protocol === 'https:',
	});
	if (viewer.id && viewer.language !== language) await chooseLanguage(viewer, language);
	redirect(303, ownPath(sent.get('next')));
};
