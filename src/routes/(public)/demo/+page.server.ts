import * as v from 'valibot';
import { createSession, nextOf } from '#domains/people/index.ts';
import { asSystem } from '#platform/db.ts';
import { form } from '#platform/http/form.ts';
import { dropSession, keepSession } from '#platform/http/session-cookie.ts';
import { demoCast } from '../../shell/cast.ts';
import type { PageServerLoad } from './$types';

const Enter = v.object({ who: v.picklist(['visitor', ...demoCast.map(({ key }) => key)], 'shell.demo_who') });

export const load: PageServerLoad = ({ locals, url }) => ({
	title: locals.words.say('shell.demo'),
	cast: demoCast,
	/** Where whoever comes for a fresh second factor was going. */
	next: nextOf(url),
	frame: { wide: true },
});

export const actions = {
	enter: form(Enter, async (_, { who }, { cookies, url }) => {
		const person = demoCast.find(({ key }) => key === who);
		if (!person) dropSession(cookies, url);
		else {
			const session = await asSystem('demo', (tx) => createSession(tx, person.id, 'demo', { factor: true }));
			keepSession(cookies, url, session.secret);
		}
		const next = nextOf(url);
		return { to: person && next === '/' ? '/fil' : next };
	}),
};
