import * as v from 'valibot';
import { asSystemOnce } from '#platform/db.ts';
import { invalidField } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { enqueue } from '#platform/jobs.ts';
import { cleanName, NameProblem } from '#platform/text/names.ts';
import type { Viewer } from '#platform/viewer.ts';
import { openChallenge } from './challenge.ts';
import { Email, suggestEmail } from './email.ts';
import { countTry } from './limits.ts';
import type { Whence } from './whence.ts';

/** A name of one person: cleaned of what deceives the eye, never judged otherwise. */
export function nameOf(field: string, raw: string): string {
	try {
		return cleanName(raw);
	} catch (error) {
		// words: people.name_problem.*
		if (error instanceof NameProblem) throw invalidField(field, `people.name_problem.${error.code}`);
		throw error;
	}
}

export const SignInForm = v.object({ email: Email });

/**
 * Sends a six-digit code to the address, if it is an account's; gives the challenge's id. `invitation`: what they followed. The person is looked up later,
 * by the job: a known and an unknown address get the same answer after the same work.
 */
export async function askCode(
	viewer: Viewer,
	{ email, invitation }: v.InferOutput<typeof SignInForm> & { invitation?: string | undefined },
	whence: Whence,
): Promise<string> {
	await countTry('ask', email, whence);
	return open(viewer, 'sign-in', email, {
		language: whence.language,
		...(invitation && { invitation }),
	});
}

export const SignUpForm = v.object({
	name: v.pipe(v.string('people.name_problem.empty'), v.maxLength(2000, 'people.name_problem.too_long')),
	email: Email,
	/** The address as it was when a correction was offered: sent again, it is meant. */
	meant: v.optional(v.string()),
	/** The correction, accepted by its button. */
	fix: v.optional(Email),
	invitation: v.optional(v.pipe(v.string(), v.maxLength(64, 'app.invalid_value'))),
});

/**
 * Asks somebody to prove their address. Nothing else is kept: the name waits in the challenge, seven days at most, and
 * one neutral mail leaves. Throws Invalid when the name or the address needs a look.
 */
export async function startSignUp(
	viewer: Viewer,
	form: v.InferOutput<typeof SignUpForm>,
	whence: Whence,
): Promise<string> {
	const name = nameOf('name', form.name);
	const email = form.fix ?? form.email;
	const suggestion = form.fix || form.meant === form.email ? null : suggestEmail(email);
	if (suggestion) throw invalidField('email', 'people.email_suggested', { suggestion });
	await countTry('ask', email, whence);
	return open(viewer, 'sign-up', email, {
		name,
		language: whence.language,
		...(form.invitation && { invitation: form.invitation }),
	});
}

const open = (
	viewer: Viewer,
	purpose: 'sign-in' | 'sign-up',
	email: string,
	detail: Record<string, string>,
): Promise<string> =>
	asSystemOnce(viewer, purpose, async (tx) => {
		const id = await openChallenge(tx, { id: newId(), purpose, email, detail: { ...detail, email } });
		await enqueue(tx, 'people.send_code', { id });
		return id;
	});
