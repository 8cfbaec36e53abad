import { read, type Tx, write } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { announce } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { consents } from './policy.ts';

/** One's own name beside words that everybody reads, out of the network too. */
export const publicWords = 'public_words';

/** A consent as given: to what, on which words, when. */
export interface Consent {
	id: string;
	purpose: string;
	text_version: string;
	given_at: Date;
	withdrawn_at: Date | null;
}

/** Holds the viewer's consents until the end of the transaction: none is given or taken back beside what one of them allows. */
export const holdConsents = (tx: Tx, viewer: Viewer) =>
	tx.run(sql`select pg_advisory_xact_lock(hashtext(${`consent ${viewer.id}`}))`);

/** Keeps that the viewer agreed to a purpose, on these words; `proof` says by which act. Given twice is given once. */
export async function agree(
	tx: Tx,
	viewer: Viewer,
	{ purpose, textVersion, proof }: { purpose: string; textVersion: string; proof: string },
): Promise<void> {
	await holdConsents(tx, viewer);
	await tx.run(sql`insert into people.consent (id, person_id, purpose, text_version, proof)
		select ${newId()}, ${viewer.id}::uuid, ${purpose}, ${textVersion}, ${proof}
		where not exists (select from people.consent where ${consents.see(viewer)}
			and purpose = ${purpose} and text_version = ${textVersion} and withdrawn_at is null)`);
}

/** Takes back the viewer's consent to a purpose, as easily as it was given. Gives how many were in force. */
export const withdrawConsent = (viewer: Viewer, purpose: string): Promise<number> =>
	write(viewer, async (tx) => {
		await holdConsents(tx, viewer);
		const ended = await tx.run(sql`update people.consent set withdrawn_at = now()
			where ${consents.withdraw(viewer)} and purpose = ${purpose} and withdrawn_at is null`);
		if (ended) await announce(tx, 'people.consent_withdrawn', { personId: viewer.id, purpose });
		return ended;
	});

/** Everything the viewer agreed to, withdrawn ones included. */
export const consentsOf = (viewer: Viewer): Promise<Consent[]> =>
	read(viewer, (tx) =>
		tx.many(sql`select id, purpose, text_version, given_at, withdrawn_at from people.consent
			where ${consents.see(viewer)} order by given_at desc`),
	);

/** Whether the viewer agrees, now, to a purpose. */
export const agrees = async (tx: Tx, viewer: Viewer, purpose: string): Promise<boolean> =>
	Boolean(
		await tx.one(sql`select 1 as given from people.consent
			where ${consents.see(viewer)} and purpose = ${purpose} and withdrawn_at is null`),
	);
