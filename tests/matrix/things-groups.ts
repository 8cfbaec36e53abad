import { publishAs } from '#domains/feed/index.ts';
import type { Tx } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type CastName, idOf } from '#tests/party.ts';

const hourAgo = new Date(Date.now() - 3_600_000);

/** Groups of Odile, Mathis in them, by what makes them; the official one is Samuel's, as the section, Odile in it. */
const states = {
	open: { visibility: 'open' },
	closed: { visibility: 'closed' },
	secret: { visibility: 'secret' },
	asleep: { visibility: 'open' },
	judged: { visibility: 'open' },
	official: { visibility: 'closed', unit: 'villebrume' },
} as const;
export type GroupState = keyof typeof states;
export const groupStates = Object.keys(states) as GroupState[];

/** One group in each state, with words in some, somebody at each door, and subjects followed aloud and in silence. */
export async function putGroups(tx: Tx) {
	const circle = {} as Record<GroupState, string>;
	for (const state of groupStates) circle[state] = await open(tx, state);
	await tx.run(
		sql`update groups.circle set archived_at = now() - interval '1 day' where id = ${circle.asleep}::uuid`,
	);
	await tx.run(
		sql`update groups.circle set successor_id = ${idOf('mathis')}::uuid where id = ${circle.closed}::uuid`,
	);
	await tx.run(sql`insert into safety.hidden (kind, subject_id, place_id, decision_id)
		values ('group', ${circle.judged}, ${circle.judged}, ${idOf('matrix decision group')})`);
	await stand(tx, circle.closed, 'samuel', 'asked', 'canary-ask-note');
	await stand(tx, circle.closed, 'leontine', 'refused', '');
	await stand(tx, circle.closed, 'gerard', 'excluded', 'canary-exclusion');
	await stand(tx, circle.secret, 'samuel', 'invited', '');
	const word = {
		open: await speak(tx, circle.open, 'open'),
		closed: await speak(tx, circle.closed, 'closed', 'mathis'),
		secret: await speak(tx, circle.secret, 'secret'),
		reported: await speak(tx, circle.secret, 'reported'),
	};
	await report(tx, 'post', word.reported, 'mathis');
	await report(tx, 'group', circle.open, 'ines');
	await tx.run(sql`insert into groups.follow (person_id, subject_id, brings, shown)
		select given.person, subject.id, given.brings, given.shown from groups.subject
			join (values (${idOf('odile')}::uuid, 'canary-brings-aloud', true), (${idOf('mathis')}::uuid, 'canary-brings-silent', false))
				as given (person, brings, shown) on subject.slug = 'logement'`);
	const planted = await putSubjects(tx);
	await tx.run(sql`update feed.post set subject_id = ${planted.subjectIn.listed}::uuid
		where post.id in (${word.open}::uuid, ${word.secret}::uuid)`);
	return { circle, word, ...planted };
}

/** Subjects in each state, and proposals of Odile: one that waits, one that was answered. */
async function putSubjects(tx: Tx) {
	const subject = {
		listed: idOf('matrix subject listed'),
		retired: idOf('matrix subject retired'),
		merged: idOf('matrix subject merged'),
	};
	await tx.run(sql`insert into groups.subject (id, slug, name, position, retired_at) values
		(${subject.listed}, 'canary-subject-listed', '{"fr": "Sujet offert", "en": "Subject offered"}', 900, null),
		(${subject.retired}, 'canary-subject-retired', '{"fr": "Sujet ancien", "en": "Subject of before"}', 910, now())`);
	await tx.run(sql`insert into groups.follow (person_id, subject_id, in_feed)
		values (${idOf('odile')}, ${subject.listed}, true), (${idOf('ines')}, ${subject.listed}, true)`);
	await putMerge(tx, subject);
	const proposal = { waiting: idOf('matrix proposal waiting'), answered: idOf('matrix proposal answered') };
	await tx.run(sql`insert into groups.proposal (id, person_id, name, why, answered_at, answered_by, answer) values
		(${proposal.waiting}, ${idOf('odile')}, 'canary-proposal-waiting', 'canary-why-waiting', null, null, ''),
		(${proposal.answered}, ${idOf('odile')}, 'canary-proposal-answered', 'canary-why-answered', now(), ${idOf('bertrand')}, 'canary-reply-answered')`);
	return { subjectIn: subject, subjectAsked: proposal };
}

/** A subject that became part of another yesterday, that Mathis followed in silence. */
async function putMerge(tx: Tx, subject: { merged: string; listed: string }) {
	const mergeId = idOf('matrix merge');
	await tx.run(sql`insert into groups.subject (id, slug, name, position, retired_at, merged_into)
		values (${subject.merged}, 'canary-subject-merged', '{"fr": "Sujet réuni", "en": "Subject merged"}', 920, now(), ${subject.listed})`);
	await tx.run(sql`insert into groups.subject_merge (id, subject_id, into_id, until)
		values (${mergeId}, ${subject.merged}, ${subject.listed}, now() + interval '6 days')`);
	await tx.run(sql`insert into groups.merge_follow (merge_id, person_id, had_both, brings, shown, in_feed, at)
		values (${mergeId}, ${idOf('mathis')}, false, 'canary-brings-merged', false, false, now())`);
	await tx.run(sql`insert into groups.merge_circle (merge_id, circle_id, had_both)
		select ${mergeId}::uuid, circle.id, false from groups.circle limit 1`);
}

async function open(tx: Tx, state: GroupState): Promise<string> {
	const id = idOf(`matrix group ${state}`);
	const { visibility, unit = null }: { visibility: string; unit?: 'villebrume' | null } = states[state];
	const [owner, other]: CastName[] = unit ? ['samuel', 'odile'] : ['odile', 'mathis'];
	const name = `canary-group-${state}`;
	await tx.run(sql`insert into groups.circle (id, name, folded, purpose, rules, visibility, unit_id, home_id, owner_id, member_count)
		values (${id}, ${name}, ${`${name} canary-purpose-${state}`}, ${`canary-purpose-${state}`}, ${`canary-rules-${state}`}, ${visibility},
			${unit && idOf(unit)}::uuid, ${idOf('villebrume')}, ${idOf(owner!)}, 2)`);
	for (const person of [owner!, other!]) {
		await stand(tx, id, person, 'member', '');
		await tx.run(sql`insert into groups.seat (person_id, circle_id) values (${idOf(person)}, ${id})`);
	}
	await tx.run(
		sql`insert into groups.circle_subject (circle_id, subject_id) select ${id}::uuid, id from groups.subject where slug = 'logement'`,
	);
	return id;
}

const stand = (tx: Tx, circle: string, person: CastName, state: string, note: string) =>
	tx.run(sql`insert into groups.membership (circle_id, person_id, state, by_id, note)
		values (${circle}, ${idOf(person)}, ${state}, ${idOf('odile')}, ${note})`);

const speak = (tx: Tx, groupId: string, state: string, author: CastName = 'odile') =>
	publishAs(tx, {
		authorId: idOf(author),
		unitId: null,
		groupId,
		audience: 'group',
		text: `canary-word-${state}`,
		at: hourAgo,
		poll: { labels: ['oui', 'non'], several: false, endsAt: new Date(Date.now() + 86_400_000) },
		linkUrl: null,
	});

const report = (tx: Tx, kind: string, id: string, by: CastName) =>
	tx.run(sql`insert into safety.report (id, reporter_id, kind, subject_id, place_id, author_id, host_id, unit_id, reason, note)
		values (${idOf(`matrix report of ${kind}`)}, ${idOf(by)}, ${kind}, ${id}, ${id}, ${idOf('odile')}, ${idOf('odile')}, null, 'attack', ${`canary-report-${kind}`})`);
