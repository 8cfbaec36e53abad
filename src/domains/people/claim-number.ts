import { asSystem, type Tx } from '#platform/db.ts';
import { invalidField } from '#platform/errors.ts';
import { house, wordsOf } from '#platform/house.ts';
import { isId } from '#platform/ids.ts';
import { announce } from '#platform/jobs.ts';
import { sendMail } from '#platform/mail/queue.ts';
import { sql } from '#platform/sql.ts';
import { isActive, type Viewer } from '#platform/viewer.ts';
import {
	type Challenge,
	codeOf,
	holdChallenge,
	openChallenge,
	settle,
	spend,
	tryCode,
	type Verdict,
} from './challenge.ts';
import { type Entered, letIn } from './enter.ts';
import { countTry } from './limits.ts';
import { endSessions } from './session.ts';
import type { Whence } from './whence.ts';

/**
 * Somebody signed up with another address than the one in the member file, and gives their member number. The file's
 * address gets a code: typing it makes the two one person. Numbers that exist and others get the same answer. Gives the
 * challenge's id.
 */
export async function claimNumber(
	viewer: Viewer,
	{ number }: { number: string },
	whence: Whence,
): Promise<string> {
	await countTry('ask', viewer.id!, whence);
	return asSystem('number', async (tx) => {
		const other = await tx.one<{ id: string; email: string }>(sql`
			select membership.person_id as id, contact.email from people.membership join people.contact on contact.person_id = membership.person_id
			where membership.ended_at is null and contact.email is not null and membership.person_id <> ${viewer.id}::uuid
				and regexp_replace(lower(membership.member_number), '[^a-z0-9]', '', 'g') = ${number.toLowerCase().replace(/[^a-z0-9]/g, '')}`);
		const id = await openChallenge(tx, {
			purpose: 'number',
			personId: viewer.id,
			detail: other ? { other: other.id } : {},
		});
		if (other) await mailCode(tx, viewer, other.email, id);
		return id;
	});
}

async function mailCode(tx: Tx, viewer: Viewer, to: string, id: string): Promise<void> {
	const { say } = wordsOf(await house(), viewer.language);
	const code = codeOf(id);
	await sendMail(tx, {
		to,
		kind: 'people.number',
		language: viewer.language,
		subject: say('people.mail_number_subject'),
		paragraphs: [say('people.mail_number', { name: viewer.name, code }), say('people.mail_code_not_you')],
	});
}

/**
 * The code of the file's address: the account in use is folded into the member's, which keeps its number and history.
 * Other domains hear `people.merged`. Opens a session on the account that stays. Throws Invalid.
 */
export async function mergeByNumber(
	viewer: Viewer,
	id: string | null,
	{ code }: { code: string },
	whence: Whence,
): Promise<Entered> {
	if (!isId(id) || !isActive(viewer)) throw invalidField('code', 'people.code_over');
	await countTry('try', viewer.id!, whence);
	return settle(
		await asSystem('number', async (tx): Promise<Verdict<Entered>> => {
			const challenge = await holdChallenge(tx, id);
			const isTheirs = challenge?.purpose === 'number' && challenge.person_id === viewer.id;
			const verdict = await tryCode(tx, isTheirs ? challenge : undefined, code);
			if ('refused' in verdict) return verdict;
			if (!challenge!.detail.other) return { refused: invalidField('code', 'people.code_over') };
			return { proved: await merge(tx, viewer, challenge!, whence) };
		}),
	);
}

async function merge(tx: Tx, viewer: Viewer, challenge: Challenge, whence: Whence): Promise<Entered> {
	const stays = challenge.detail.other!;
	await spend(tx, challenge.id);
	await tx.run(
		sql`update people.person set confirmed_at = coalesce(confirmed_at, now()), left_at = null where id = ${stays}::uuid`,
	);
	await tx.run(
		sql`update people.membership set verified_at = coalesce(verified_at, now()) where person_id = ${stays}::uuid and ended_at is null`,
	);
	// Keys and passwords do not follow: a mailbox alone must not add a second factor to an officer's account.
	await tx.run(
		sql`update people.consent set person_id = ${stays}::uuid where person_id = ${viewer.id}::uuid`,
	);
	await endSessions(tx, viewer.id!);
	await tx.run(
		sql`update people.membership set ended_at = now(), ended_why = 'merged' where person_id = ${viewer.id}::uuid and ended_at is null`,
	);
	// The sign-in service is a first proof like the mailbox, and would open nothing on an account that is no more.
	await tx.run(
		sql`update people.external_identity set person_id = ${stays}::uuid where person_id = ${viewer.id}::uuid`,
	);
	await tx.run(sql`delete from people.arrival where person_id = ${viewer.id}::uuid`);
	await tx.run(sql`delete from people.contact where person_id = ${viewer.id}::uuid`);
	await tx.run(sql`update people.person set left_at = now() where id = ${viewer.id}::uuid`);
	await announce(tx, 'people.merged', { fromId: viewer.id, intoId: stays });
	const kept = await tx.one<{ id: string; email: string }>(
		sql`select person_id as id, email from people.contact where person_id = ${stays}::uuid`,
	);
	return letIn(tx, viewer, kept!, whence);
}
