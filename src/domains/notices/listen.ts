import { asSystem, type Tx } from '#platform/db.ts';
import type { Listener } from '#platform/jobs.ts';
import { list, type Sql, sql } from '#platform/sql.ts';
import { type News, notify } from './notify.ts';

interface Event {
	personId: string;
	unitId: string;
	byId: string;
	termId: string;
	claimId: string;
	handoverId: string;
	loanId: string;
	borrowerId: string;
	fromId: string;
	toId: string;
	outcome: string;
	decisionId: string;
	authorId: string;
	reporterIds: string[];
	rule: string;
	subjectId: string;
	apart: string[];
	requestId: string;
	intoId: string;
	exportId: string;
	appealId: string;
}

/** Who holds a power nearest above a unit: the level that has somebody, counted from the unit up. */
const holdersAbove = async (
	tx: Tx,
	power: string,
	unitId: string | null,
	from: Sql = sql`true`,
): Promise<string[]> => {
	const rows = await tx.many<{ person_id: string }>(sql`
		with above as (select cardinality(above.ancestors) as height, held_power.person_id
			from territory.unit join territory.unit as above
				on above.id = any (unit.ancestors) or (${unitId}::uuid is null and above.parent_id is null)
			join territory.held_power on held_power.unit_id = above.id and held_power.power = ${power}
			where (unit.id = ${unitId}::uuid or (${unitId}::uuid is null and unit.parent_id is null)) and ${from})
		select distinct person_id from above where height = (select max(height) from above)`);
	return rows.map(({ person_id }) => person_id);
};

const uninvolvedAmong = (apart: readonly string[]) =>
	sql`held_power.person_id <> all (${list(apart, 'uuid')})`;

/** Of a decision: where, by which rule, who reported, and all who had a part in it and hear no appeal. */
async function involvedIn(tx: Tx, decisionId: string) {
	const row = await tx.one<{
		unitId: string | null;
		rule: string;
		people: string[];
		reporters: string[];
	}>(sql`
		select decision.unit_id as "unitId", decision.rule, array[decision.by_id, decision.author_id, decision.host_id] as people,
			array(select report.reporter_id from safety.report where report.decision_id = decision.id) as reporters
		from safety.decision where decision.id = ${decisionId}::uuid`);
	const { unitId = null, rule = '', people = [], reporters = [] } = row ?? {};
	return { unitId, rule, reporters, apart: [...people, ...reporters] };
}

/** Stands for the unit of what was said in none: its reports are one line too. */
const nowhere = '00000000-0000-0000-0000-000000000000';

type Reaction = (event: Event, tx: Tx) => News[] | Promise<News[]>;

const toPerson =
	(type: string): Reaction =>
	({ personId, unitId, byId }) => [{ type, to: [personId], byId, unitId, subjectId: unitId }];

/** What each event of the house tells, and to whom. The feed tells its own: it alone knows who sees what. */
const reactions: Record<string, Reaction> = {
	'friends.asked': ({ fromId, toId }) => [{ type: 'asked', to: [toId], byId: fromId, subjectId: fromId }],
	'friends.accepted': ({ byId, toId }) => [{ type: 'accepted', to: [toId], byId, subjectId: byId }],
	'territory.welcomed': toPerson('welcomed'),
	'territory.member_confirmed': toPerson('confirmed'),
	'territory.joined': async ({ personId, unitId }, tx) => [
		{
			type: 'joined',
			to: await holdersAbove(tx, 'members.welcome', unitId, sql`above.id = unit.id`),
			byId: personId,
			unitId,
			subjectId: unitId,
		},
	],
	'territory.term_started': ({ personId, unitId, termId }) => [
		{ type: 'term_started', to: [personId], unitId, subjectId: termId },
	],
	'territory.term_ended': ({ personId, unitId, termId }) => [
		{ type: 'term_ended', to: [personId], unitId, subjectId: termId },
	],
	'territory.claim_made': async ({ personId, unitId, claimId }, tx) => [
		{
			type: 'claim_made',
			to: await holdersAbove(tx, 'claims.decide', unitId, sql`above.id <> unit.id`),
			byId: personId,
			unitId,
			subjectId: claimId,
		},
	],
	'territory.claim_decided': ({ personId, unitId, claimId, outcome }) => [
		{ type: 'claim_decided', to: [personId], unitId, subjectId: claimId, payload: { outcome } },
	],
	'territory.handover_proposed': ({ fromId, toId, unitId, handoverId }) => [
		{ type: 'handover_proposed', to: [toId], byId: fromId, unitId, subjectId: handoverId },
	],
	'territory.handover_accepted': ({ fromId, toId, unitId, handoverId }) => [
		{ type: 'handover_accepted', to: [fromId], byId: toId, unitId, subjectId: handoverId },
	],
	'territory.handover_confirmed': ({ fromId, toId, unitId, handoverId }) => [
		{ type: 'handover_confirmed', to: [toId], byId: fromId, unitId, subjectId: handoverId },
	],
	'territory.loan_started': ({ borrowerId, unitId, loanId }) => [
		{ type: 'loan_started', to: [borrowerId], unitId, subjectId: loanId },
	],
	'territory.loan_ended': ({ borrowerId, unitId, loanId }) => [
		{ type: 'loan_ended', to: [borrowerId], unitId, subjectId: loanId },
	],
	'people.recovery_asked': async ({ personId }, tx) => {
		const places = await tx.many<{ unitId: string; holders: string[] }>(sql`
			select attachment.unit_id as "unitId", array(select distinct held_power.person_id from territory.held_power
				join territory.unit on unit.id = attachment.unit_id
				where held_power.power = 'members.contact' and held_power.unit_id = any (unit.ancestors)) as holders
			from territory.attachment where attachment.person_id = ${personId}::uuid and attachment.until is null`);
		// Two of them are needed: the nearest level may have one only, so every level is told.
		return places.map(({ unitId, holders }) => ({
			type: 'recovery_waits',
			to: holders.filter((id) => id !== personId),
			unitId,
			subjectId: personId,
		}));
	},
	'electoral-map.targets_given': async ({ unitId, subjectId, byId }, tx) => [
		{ type: 'targets_given', to: await holdersAbove(tx, 'unit.edit', unitId), byId, unitId, subjectId },
	],
	'safety.reported': async ({ unitId, apart }, tx) => {
		// Those it concerns have no part in it: the next level up is told instead of them.
		const to = await holdersAbove(tx, 'posts.moderate', unitId, uninvolvedAmong(apart));
		return [{ type: 'report_waits', to, unitId, subjectId: unitId ?? nowhere }];
	},
	'safety.decided': ({ decisionId, authorId, reporterIds, outcome, rule }) => [
		{
			type: 'sanctioned',
			to: outcome === 'keep' ? [] : [authorId],
			subjectId: decisionId,
			payload: { outcome, rule },
		},
		{ type: 'report_answered', to: reporterIds, subjectId: decisionId, payload: { outcome, rule } },
	],
	'safety.appealed': async ({ decisionId, appealId }, tx) => {
		const { unitId, apart } = await involvedIn(tx, decisionId);
		const to = await holdersAbove(tx, 'posts.moderate', unitId, uninvolvedAmong(apart));
		return [{ type: 'appeal_waits', to, unitId, subjectId: appealId }];
	},
	'safety.appeal_decided': async ({ decisionId, authorId, outcome }, tx) => {
		const { rule, reporters } = await involvedIn(tx, decisionId);
		return [
			{ type: 'appeal_answered', to: [authorId], subjectId: decisionId, payload: { outcome, rule } },
			{
				type: 'report_reversed',
				to: outcome === 'reversed' ? reporters : [],
				subjectId: decisionId,
				payload: { outcome, rule },
			},
		];
	},
	'privacy.export_ready': ({ personId, exportId }) => [
		{ type: 'export_ready', to: [personId], subjectId: exportId },
	],
	'privacy.erasure_asked': ({ personId }) => [{ type: 'erasure_asked', to: [personId], subjectId: personId }],
};

/** Two accounts were one person: what the leaving one was told follows. */
const onMerged = ({ fromId, intoId }: Event) =>
	asSystem('notices', async (tx) => {
		await tx.run(sql`delete from notices.notice where person_id = ${fromId}::uuid`);
		await tx.run(sql`insert into notices.choice (person_id, category, channel, rhythm, scope_kind, scope_id)
			select ${intoId}::uuid, category, channel, rhythm, scope_kind, scope_id from notices.choice where person_id = ${fromId}::uuid on conflict do nothing`);
		await tx.run(sql`delete from notices.choice where person_id = ${fromId}::uuid`);
		await tx.run(sql`insert into notices.quiet (person_id, from_time, until_time)
			select ${intoId}::uuid, from_time, until_time from notices.quiet where person_id = ${fromId}::uuid on conflict do nothing`);
		await tx.run(sql`delete from notices.quiet where person_id = ${fromId}::uuid`);
		await tx.run(sql`delete from notices.device where person_id = ${fromId}::uuid`);
		await tx.run(sql`delete from notices.round where person_id = ${fromId}::uuid`);
	});

/** A membership was confirmed by mistake and that was taken back: what was told of it is told no more. */
const onUnconfirmed = ({ personId, unitId }: Event) =>
	asSystem('notices', async (tx) => {
		await tx.run(sql`delete from notices.notice where person_id = ${personId}::uuid and type = 'confirmed'
			and subject_id = ${unitId}::uuid and at > now() - interval '2 hours'`);
	});

/** The account is kept after all: that it goes is told no more. */
const onKept = ({ personId }: Event) =>
	asSystem('notices', (tx) =>
		tx.run(sql`delete from notices.notice where person_id = ${personId}::uuid and type = 'erasure_asked'
				and not exists (select from platform.erasure where erasure.person_id = ${personId}::uuid and erasure.done_at is null)`),
	);

const react = (reaction: Reaction) => (event: Event) =>
	asSystem('notices', async (tx) => {
		for (const news of await reaction(event, tx)) await notify(tx, news);
	});

export const listeners: Listener<never>[] = [
	...Object.entries(reactions).map(([to, reaction]) => ({
		to,
		name: `notices.on_${to.replace('.', '_')}`,
		hear: react(reaction),
	})),
	{ to: 'people.merged', name: 'notices.on_merged', hear: onMerged },
	{ to: 'privacy.erasure_cancelled', name: 'notices.on_erasure_cancelled', hear: onKept },
	{ to: 'territory.member_unconfirmed', name: 'notices.on_unconfirmed', hear: onUnconfirmed },
] as Listener<never>[];
