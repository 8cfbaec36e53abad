import { redirect } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/** Something shared into the installed app: the composer, its words written. */
export const GET: RequestHandler = ({ url: { searchParams } }) => {
	const shared = ['titre', 'texte', 'lien'].map((name) => searchParams.get(name)?.trim() ?? '');
	const text = [...new Set(shared)].filter(Boolean).join('\n').slice(0, 5000);
	redirect(303, `/fil/publier?${new URLSearchParams({ texte: text })}`);
};
