import { asSystem, read, type Tx } from '#platform/db.ts';
import { notFound } from '#platform/errors.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { SubjectName } from '../lines.ts';
import { insistOnKeeper, proposals } from './policy.ts';

/** A subject as the office that keeps the list sees it. */
export interface KeptSubject extends SubjectName {
	retired: boolean;
	groups: number;
	/** How many follow it; who does is theirs. */
	followers: number;
}

/** A subject that somebody misses. */
export interface Proposal {
	id: string;
	name: string;
	why: string;
	at: Date;
	answeredAt: Date | null;
	answer: string;
	/** The subject it became. */
	subject: SubjectName | null;
}

/** One that waits for an answer, with who proposed it. */
export interface WaitingProposal extends Proposal {
	person: { id: string; name: string };
}

/** A subject that became part of another and can still be told apart from it. */
export interface Merged extends SubjectName {
	into: SubjectName;
	until: Date;
}

/**
 * Every subject with what hangs on it, those off the list last, the proposals that wait, oldest first, and what was made one lately.
 * Throws NotFound.
 */
export async function subjectsKept(
	viewer: Viewer,
): Promise<{ subjects: KeptSubject[]; waiting: WaitingProposal[]; merged: Merged[] }> {
	const { waiting, merged } = await read(viewer, async (tx) => {
		await insistOnKeeper(tx, viewer);
		return { waiting: await waitingFor(tx, viewer), merged: await mergedLately(tx) };
	});
	return { subjects: await asSystem('groups', keptIn), waiting, merged };
}

const mergedLately = (tx: Tx) =>
	tx.many<Merged>(sql`select subject.id, subject.slug, subject.name, subject_merge.until,
			jsonb_build_object('id', other.id, 'slug', other.slug, 'name', other.name) as into
		from groups.subject_merge join groups.subject on subject.id = subject_merge.subject_id
			join groups.subject as other on other.id = subject_merge.into_id
		where subject_merge.undone_at is null and subject_merge.until > now() order by subject_merge.at desc, subject_merge.id`);

const waitingFor = (tx: Tx, viewer: Viewer) =>
	tx.many<WaitingProposal>(sql`select ${proposalLine}, jsonb_build_object('id', person.id, 'name', person.name) as person
			from groups.proposal join people.person on person.id = proposal.person_id
			where proposal.answered_at is null and ${proposals.see(viewer)} order by proposal.at, proposal.id limit 100`);

const keptIn = (tx: Tx) =>
	tx.many<KeptSubject>(sql`select subject.id, subject.slug, subject.name, subject.retired_at is not null as retired,
			(select count(*)::int from groups.circle_subject where circle_subject.subject_id = subject.id) as groups,
			(select count(*)::int from groups.follow where follow.subject_id = subject.id) as followers
		from groups.subject where subject.merged_into is null
		order by subject.retired_at is not null, subject.position, subject.slug`);

/** One subject for who keeps the list, and those it may be merged into. Throws NotFound. */
export async function subjectKept(viewer: Viewer, id: string) {
	const { subjects } = await subjectsKept(viewer);
	const subject = subjects.find((one) => one.id === id);
	if (!subject) throw notFound();
	return { subject, others: subjects.filter((one) => one.id !== id && !one.retired) };
}

const proposalLine = sql`proposal.id, proposal.name, proposal.why, proposal.at, proposal.answered_at as "answeredAt", proposal.answer,
	(select jsonb_build_object('id', subject.id, 'slug', subject.slug, 'name', subject.name) from groups.subject
		where subject.id = proposal.subject_id) as subject`;

/** What the viewer proposed, latest first. */
export const ownProposals = (viewer: Viewer): Promise<Proposal[]> =>
	read(viewer, (tx) =>
		tx.many(sql`select ${proposalLine} from groups.proposal
			where proposal.person_id = ${viewer.id}::uuid and ${proposals.see(viewer)} order by proposal.at desc limit 20`),
	);
