import * as v from 'valibot';
import {
	changePassword,
	keysOf,
	oidcLabel,
	PasskeyForm,
	PasswordForm,
	RevokeForm,
	recoveryOf,
	removeAuthenticator,
	removePasskey,
	revokeOthers,
	revokeSession,
	sessionsOf,
	stopRecovery,
	whenceOf,
} from '#domains/people/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words } }) => {
	const [keys, sessions, external, recovery] = await Promise.all([
		keysOf(viewer),
		sessionsOf(viewer),
		oidcLabel(),
		recoveryOf(viewer),
	]);
	return {
		title: words.say('people.security'),
		keys,
		sessions,
		external,
		recovery: recovery?.requested_at ?? null,
	};
};

export const actions = {
	password: form(PasswordForm, async (viewer, input, event) => {
		await changePassword(viewer, input, whenceOf(event));
		return { say: 'people.password_changed' };
	}),
	revoke: form(RevokeForm, async (viewer, input) => {
		await revokeSession(viewer, input);
		return { say: 'people.session_ended' };
	}),
	revokeOthers: form(v.object({}), async (viewer) => ({
		say: 'people.sessions_ended',
		args: { n: await revokeOthers(viewer) },
	})),
	removePasskey: form(PasskeyForm, async (viewer, input) => {
		await removePasskey(viewer, input);
		return { say: 'people.passkey_removed' };
	}),
	stopRecovery: form(v.object({}), async (viewer) => {
		await stopRecovery(viewer);
		return { say: 'people.recovery_stopped' };
	}),
	removeAuthenticator: form(v.object({}), async (viewer) => {
		await removeAuthenticator(viewer);
		return { say: 'people.authenticator_removed' };
	}),
} satisfies Actions;
