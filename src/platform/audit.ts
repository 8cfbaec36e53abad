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
	/** Its instant has more digits than were ever written. */
	finer?: boolean;
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

/** The act by which the house says which entries it forgot: the chain itself vouches for where it now begins. */
const forgot = 'privacy.forget_journal';

/**
 * Forgets the entries older than three years, the oldest first, and says so in the chain. Runs as the house; the database
 * refuses younger ones. Gives how many went; `dry` only counts.
 */
export async function forgetJournal(tx: Tx, now: Date, dry: boolean): Promise<number> {
	await tx.run(sql`select pg_advisory_xact_lock(hashtext('audit'))`);
	const last = await tx.one<{ seq: string; hash: string; n: number }>(sql`
		select entry.seq::text, entry.hash, (select count(*)::int from audit.entry as older where older.seq <= entry.seq) as n
		from audit.entry where entry.seq < coalesce((select min(young.seq) from audit.entry as young
			where young.at >= least(${now}::timestamptz, now()) - interval '3 years'), 0)
		order by entry.seq desc limit 1`);
	if (!last || dry) return last?.n ?? 0;
	await record(tx, { actorId: null, act: forgot, detail: { upTo: last.seq, hash: last.hash } });
	const gone = await tx.one<{ n: number }>(sql`select audit.forget(${last.seq}::bigint)::int as n`);
	return gone?.n ?? 0;
}

/** The last entry forgotten, and when the chain said so. */
interface Base {
	seq: number;
	hash: string;
	saidAt: Date;
}

/** What a reading of the whole chain found. */
export interface Verdict {
	entries: number;
	/** Sequence numbers where the chain breaks. */
	broken: number[];
	/** Anchors sent outside that the chain no longer contains: the tail was cut. */
	lostAnchors: number[];
	head: { seq: number; hash: string };
	/** Up to where the chain says that the house forgot it, and when it said so: read it against the date of the mailed heads. */
	forgotten?: Base;
}

/** Reads the whole chain again: finds edits, deletions, reordering, and, thanks to the anchors, a cut tail. */
export async function verifyAudit(tx: Tx, anchors: { seq: number; hash: string }[] = []): Promise<Verdict> {
	const kept = await tx.many<{ seq: string; hash: string }>(sql`select seq::text, hash from audit.anchor`);
	const base = await baseOf(tx);
	const verdict: Verdict = {
		entries: 0,
		broken: [],
		lostAnchors: [],
		head: { seq: base?.seq ?? 0, hash: base?.hash ?? origin },
		...(base && { forgotten: base }),
	};
	// What stands before the beginning was put there since: a page would show it all the same.
	const before = await tx.many<{ seq: string }>(sql`select seq::text from audit.entry
		where entry.seq <= ${verdict.head.seq}::bigint order by entry.seq limit 1000`);
	verdict.broken.push(...before.map(({ seq }) => Number(seq)));
	const outside = anchors.filter(({ seq }) => seq > verdict.head.seq);
	const wanted = new Map([...kept, ...outside].map(({ seq, hash }) => [Number(seq), hash]));
	for (;;) {
		const page = await tx.many<Entry>(sql`
			select seq::text, at, actor_id, act, subject, subject_id, unit_id, reason, detail, previous, hash,
				entry.at <> date_trunc('milliseconds', entry.at) as finer
			from audit.entry where entry.seq > ${verdict.head.seq}::bigint order by entry.seq limit 1000`);
		if (!page.length) break;
		for (const entry of page) check(entry, verdict, wanted);
	}
	verdict.lostAnchors = [...wanted.keys()].toSorted((a, b) => a - b);
	return verdict;
}

/** Where a chain begins whose oldest entries were forgotten, if one of its own entries says so; otherwise the beginning was cut. */
async function baseOf(tx: Tx): Promise<Base | undefined> {
	const [said] = await tx.many<{ seq: string; hash: string; at: Date }>(sql`
		select detail ->> 'upTo' as seq, detail ->> 'hash' as hash, entry.at from audit.entry
		where entry.act = ${forgot} order by entry.seq desc limit 1`);
	return said && { seq: Number(said.seq), hash: said.hash, saidAt: said.at };
}

function check(entry: Entry, verdict: Verdict, wanted: Map<number, string>): void {
	const seq = Number(entry.seq);
	const follows = seq === verdict.head.seq + 1 && entry.previous === verdict.head.hash;
	if (!follows || entry.finer || hashOf(entry) !== entry.hash) verdict.broken.push(seq);
	if (wanted.get(seq) === entry.hash) wanted.delete(seq);
	verdict.entries++;
	verdict.head = { seq, hash: entry.hash };
}
