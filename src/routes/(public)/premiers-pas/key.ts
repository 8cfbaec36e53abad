import type { Cookies, RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import type { Founded } from '#domains/admin/index.ts';
import { keepPass, keepStep } from '#domains/people/index.ts';
import type { Done } from '#platform/http/form.ts';
import { keepSession } from '#platform/http/session-cookie.ts';

export const KeyForm = v.object({
	jeton: v.pipe(v.string('admin.found_key_wrong'), v.trim(), v.maxLength(200, 'admin.found_key_wrong')),
});

/** The console's key, as this browser keeps it for these pages alone. */
export const setupKey = (cookies: Cookies) => cookies.get('setup')?.slice(0, 200) ?? null;

export const keepSetupKey = ({ cookies, url }: Pick<RequestEvent, 'cookies' | 'url'>, key: string) =>
	cookies.set('setup', key, {
		path: '/premiers-pas',
		httpOnly: true,
		sameSite: 'lax',
		secure: url.protocol === 'https:',
		maxAge: 86_400,
	});

/** From the founding to the founder's own account: the code first where mails leave, and a second factor next. */
export function enterFounder(event: Pick<RequestEvent, 'cookies' | 'url'>, founded: Founded): Done {
	if ('challenge' in founded) {
		keepStep(event, 'code', founded.challenge);
		return { to: '/connexion/code?next=/compte/securite', say: 'admin.found_done_code' };
	}
	keepSession(event.cookies, event.url, founded.secret);
	keepPass(event, founded);
	return { to: '/compte/securite', say: 'admin.found_done' };
}
