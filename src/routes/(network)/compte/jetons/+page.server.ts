import { createToken, RevokeForm, revokeToken, TokenForm, tokensOf } from '#domains/people/index.ts';
import { form, shown } from '#platform/http/form.ts';
import { operations } from '#registry.ts';
import type { Actions, PageServerLoad } from './$types';

const scopes = [...new Set(Object.values(operations).map(({ scope }) => scope))].sort();

export const load: PageServerLoad = async ({ locals: { viewer, words } }) => ({
	title: words.say('people.tokens'),
	tokens: await tokensOf(viewer),
	scopes,
});

export const actions = {
	// The secret is in the answer itself, once: no redirect.
	create: shown(TokenForm, async (viewer, input) => ({ secret: await createToken(viewer, input, scopes) })),
	revoke: form(RevokeForm, async (viewer, input) => {
		await revokeToken(viewer, input);
		return { say: 'people.token_revoked' };
	}),
} satisfies Actions;
