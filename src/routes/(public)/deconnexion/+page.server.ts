import * as v from 'valibot';
import { signOut } from '#domains/people/index.ts';
import { form } from '#platform/http/form.ts';
import { dropSession } from '#platform/http/session-cookie.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals: { words } }) => ({ title: words.say('app.sign_out') });

export const actions = {
	default: form(v.object({}), async (viewer, _input, { cookies, url }) => {
		await signOut(viewer);
		dropSession(cookies, url);
		return { to: '/', say: 'people.signed_out' };
	}),
} satisfies Actions;
