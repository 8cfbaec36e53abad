import { asSystem, read, write } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { askRecovery as askOnly } from './ask-recovery.ts';
import { codeOf } from './challenge.ts';
import { agree, agrees } from './consent.ts';
import type { Whence } from './whence.ts';

let last = 0;
/** Somebody who comes from nowhere seen before. */
export const stranger = (from: Partial<Whence> = {}): Whence => {
	last++;
	return {
		ip: `10.${(last >> 8) & 255}.${last & 255}.7`,
		device: 'Firefox, Android',
		pass: null,
		language: 'fr',
		...from,
	};
};

export interface SentMail {
	recipient: string;
	kind: string;
	message: { subject: string; text: string };
}

/** Does the waiting work, then gives the mails of an address, oldest first. */
export async function mailsTo(email: string): Promise<SentMail[]> {
	await drainJobs();
	return asSystem('test', (tx) =>
		tx.many(
			sql`select recipient, kind, message from platform.mail where recipient = ${email} order by created_at, id`,
		),
	);
}

/** The code that was mailed for a challenge: read in the mail, as a person would. */
export async function codeMailedTo(email: string): Promise<string> {
	const mail = (await mailsTo(email)).at(-1);
	const code = /\b\d{3} ?\d{3}\b/.exec(mail?.message.subject ?? '')?.[0];
	if (!code) throw new Error(`no code was mailed to ${email}`);
	return code;
}

export { codeOf };
/** One value of one row, read as the house. */
export const ask = async <T>(query: ReturnType<typeof sql>): Promise<T | undefined> =>
	asSystem('test', async (tx) => (await tx.one<{ value: T }>(query as never))?.value);

/** They agree to a purpose, as a form that asked them would note. */
export const giveConsent = (
	viewer: Viewer,
	purpose: string,
	textVersion: string,
	proof: string,
): Promise<void> => write(viewer, (tx) => agree(tx, viewer, { purpose, textVersion, proof }));

export const hasConsented = (viewer: Viewer, purpose: string): Promise<boolean> =>
	read(viewer, (tx) => agrees(tx, viewer, purpose));

/** Asks to get an account back, and has the request looked at. */
export async function askRecovery(...asked: Parameters<typeof askOnly>): Promise<void> {
	await askOnly(...asked);
	await drainJobs();
}
