import { notify, notifyMany } from '#domains/notices/index.ts';
import { asSystem } from '#platform/db.ts';
import type { JobDefinition, Listener } from '#platform/jobs.ts';
import { every, isSelf, type Rule } from '#platform/policy.ts';
import { sql } from '#platform/sql.ts';
import { mergeListeners, tellMerged } from './moved.ts';

interface Event {
	proposalId: string;
}

/** Whose office the list is. Read without second factor: the notice comes before it is given. */
const isKeeper: Rule = (viewer) => sql`exists (select from territory.held_power
	join territory.unit as top on top.id = held_power.unit_id
	where held_power.person_id = ${viewer.id}::uuid and held_power.power = 'settings.edit' and top.parent_id is null)`;

const onProposed = ({ proposalId }: Event) =>
	asSystem('groups', async (tx) => {
		const keepers = await tx.many<{ id: string }>(sql`select distinct held_power.person_id as id
			from territory.held_power join territory.unit as top on top.id = held_power.unit_id
			where held_power.power = 'settings.edit' and top.parent_id is null`);
		const one = await tx.one<{ by: string }>(
			sql`select proposal.person_id as by from groups.proposal where proposal.id = ${proposalId}::uuid`,
		);
		if (!one) return;
		const to = keepers.map(({ id }) => id);
		await notify(tx, { type: 'subject_proposed', to, byId: one.by, subjectId: proposalId });
	});

const onAnswered = ({ proposalId }: Event) =>
	asSystem('groups', async (tx) => {
		const one = await tx.one<{ person: string; by: string | null; subject: string | null }>(sql`
			select proposal.person_id as person, proposal.answered_by as by, proposal.subject_id as subject
			from groups.proposal where proposal.id = ${proposalId}::uuid`);
		if (!one) return;
		const type = one.subject ? 'subject_added' : 'subject_answered';
		await notify(tx, { type, to: [one.person], subjectId: one.subject ?? proposalId });
	});

const followersOf = (subjectId: string) =>
	sql`select follow.person_id from groups.follow where follow.subject_id = ${subjectId}::uuid`;

/** Taken back meanwhile, nobody is told. */
export const tellRetired = ({ subjectId }: { subjectId: string }) =>
	asSystem('groups', async (tx) => {
		const retired = await tx.one(sql`select 1 as yes from groups.subject where subject.id = ${subjectId}::uuid
			and subject.retired_at is not null and subject.merged_into is null`);
		if (retired)
			await notifyMany(tx, { type: 'subject_retired', subjectId }, { people: followersOf(subjectId) });
	});

export const subjectListeners = [
	{ to: 'groups.subject_proposed', name: 'groups.tell_proposed', hear: onProposed },
	{ to: 'groups.subject_answered', name: 'groups.tell_answered', hear: onAnswered },
	...mergeListeners,
] as Listener<never>[];

export const subjectJobs = [
	{ name: 'groups.tell_retired', policy: 'house', work: tellRetired },
	{ name: 'groups.tell_merged', policy: 'house', work: tellMerged },
] as JobDefinition<never>[];

const stands =
	(condition: 'is null' | 'is not null'): Rule =>
	() =>
		sql`exists (select from groups.subject where subject.id = notice.subject_id and subject.retired_at ${sql.raw(condition)})`;
const answered: Rule = (
	viewer,
) => sql`exists (select from groups.proposal where proposal.id = notice.subject_id
	and proposal.answered_at is not null and ${isSelf(sql`proposal.person_id`)(viewer)})`;

/** A notice of a subject lives as long as what it says is so. */
export const subjectSights: Record<string, Rule> = {
	subject_proposed: isKeeper,
	subject_added: stands('is null'),
	subject_answered: answered,
	subject_retired: stands('is not null'),
	subject_merged: every(
		stands('is null'),
		() => sql`exists (select from groups.subject
		where subject.merged_into = notice.subject_id)`,
	),
	subject_parted: stands('is null'),
};
