import { createHash } from 'node:crypto';
import type { Tx } from './db.ts';
import { sql } from './sql.ts';

/** An officer's act, or a reading of a person's record. */
export interface Act {
	/** Null when the house itself acts. */
	actorId: string | null;
	/** `domain.what_was_done`, such as `territory.appoint`. */
	act: string;
	/** What it was done to: `person`, `unit`, `setting`… */
	subject?: string;
	subjectId?: string;
	unitId?: string;
	reason?: string;
	detail?: Record<string, string | number | boolean | null>;
}

interface Entry {
	seq: string;
	at: Date;
	actor_id: string | null;
	act: string;
	subject: string | null;
	subject_id: string | null;
	unit_id: string | null;
	reason: string | null;
	detail: Record<string, unknown>;
	previous: string;
	hash: string;
}

/** The hash before the first entry. */
export const origin = '0'.repeat(64);

const sorted = (detail: Record<string, unknown>) =>
	JSON.stringify(Object.fromEntries(Object.entries(detail).toSorted(([a], [b]) => (a < b ? -1 : 1))));

/** SHA-256 of an entry and of the hash before it, over a fixed writing of its fields. */
function hashOf(entry: Omit<Entry, 'hash'>): string {
	const { seq, at, actor_id, act, subject, subject_id, unit_id, reason, detail, previous } = entry;
	const fields = [
		seq,
		at.toISOString(),
		actor_id,
		act,
		subject,
		subject_id,
		unit_id,
		reason,
		sorted(detail),
		previous,
	];
	return createHash('sha256').update(JSON.stringify(fields)).digest('hex');
}

/** Writes an act at the end of the chain, in the transaction of the act itself: no act without its entry. */
export async function record(tx: Tx, act: Act): Promise<void> {
	await tx.run(sql`select pg_advisory_xact_lock(hashtext('audit'))`);
	const last = await tx.one<{ seq: string; hash: string }>(sql`
		select seq::text, hash from audit.entry order by entry.seq desc limit 1`);
	const entry = {
		seq: String(BigInt(last?.seq ?? 0) + 1n),
		at: new Date(),
		actor_id: act.actorId,
		act: act.act,
		subject: act.subject ?? null,
		subject_id: act.subjectId ?? null,
		unit_id: act.unitId ?? null,
		reason: act.reason ?? null,
		detail: act.detail ?? {},
		previous: last?.hash ?? origin,
	};
	await tx.run(sql`
		insert into audit.entry (seq, at, actor_id, act, subject, subject_id, unit_id, reason, detail, previous, hash)
		values (${entry.seq}::bigint, ${entry.at}, ${entry.actor_id}::uuid, ${entry.act}, ${entry.subject},
			${entry.subject_id}::uuid, ${entry.unit_id}::uuid, ${entry.reason}, ${JSON.stringify(entry.detail)}::jsonb,
			${entry.previous}, ${hashOf(entry)})`);
}

/** Keeps that the head of the chain was sent outside, to whom; the same head is kept once for each. */
export const keepAnchor = (tx: Tx, { seq, hash, sentTo }: { seq: string; hash: string; sentTo: string }) =>
	tx.run(
		sql`insert into audit.anchor (seq, hash, sent_to) values (${seq}::bigint, ${hash}, ${sentTo}) on conflict do nothing`,
	);

/** What a reading of the whole chain found. */
export interface Verdict {
	entries: number;
	/** Sequence numbers where the chain breaks. */
	broken: number[];
	/** Anchors sent outside that the chain no longer contains: the tail was cut. */
	lostAnchors: number[];
	head: { seq: number; hash: string };
}

/** Reads the whole chain again: finds edits, deletions, reordering, and, thanks to the anchors, a cut tail. */
export async function verifyAudit(tx: Tx, anchors: { seq: number; hash: string }[] = []): Promise<Verdict> {
	const kept = await tx.many<{ seq: string; hash: string }>(sql`select seq::text, hash from audit.anchor`);
	const verdict: Verdict = { entries: 0, broken: [], lostAnchors: [], head: { seq: 0, hash: origin } };
	const wanted = new Map([...kept, ...anchors].map(({ seq, hash }) => [Number(seq), hash]));
	for (;;) {
		const page = await tx.many<Entry>(sql`
			select seq::text, at, actor_id, act, subject, subject_id, unit_id, reason, detail, previous, hash
			from audit.entry where entry.seq > ${verdict.head.seq}::bigint order by entry.seq limit 1000`);
		if (!page.length) break;
		for (const entry of page) check(entry, verdict, wanted);
	}
	verdict.lostAnchors = [...wanted.keys()].toSorted((a, b) => a - b);
	return verdict;
}

function check(entry: Entry, verdict: Verdict, wanted: Map<number, string>): void {
	const seq = Number(entry.seq);
	const follows = seq === verdict.head.seq + 1 && entry.previous === verdict.head.hash;
	if (!follows || hashOf(entry) !== entry.hash) verdict.broken.push(seq);
	if (wanted.get(seq) === entry.hash) wanted.delete(seq);
	verdict.entries++;
	verdict.head = { seq, hash: entry.hash };
}
