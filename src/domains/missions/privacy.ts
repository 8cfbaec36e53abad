import type { Tx } from '#platform/db.ts';
import type { Privacy } from '#platform/domain.ts';
import { nobody } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import { visitors } from './public/visitors.ts';

/** What missions keep about people: who called for one, and who came. */
export const privacy: Privacy = {
	tables: {
		'missions.mission': {
			person: 'by_id',
			columns: ['by_id', 'title', 'text', 'place', 'cancel_reason', 'report', 'folded', 'search'],
			kept: '3 years after it took place',
			onErase: 'anonymise',
		},
		'missions.enrolment': {
			person: 'person_id',
			columns: ['person_id'],
			kept: 'with its mission',
			onErase: 'delete',
		},
		'missions.visitor': {
			person: null,
			columns: ['email', 'email_key', 'name', 'language', 'token_hash', 'told'],
			kept: '30 days after the mission; 7 days when not confirmed',
			onErase: 'delete',
		},
		'missions.guest': {
			person: null,
			columns: ['name'],
			kept: 'with the address of who gave it',
			onErase: 'delete',
		},
		'missions.initiative': {
			person: 'by_id',
			columns: ['by_id', 'title', 'text', 'folded', 'search'],
			kept: 'until erased',
			onErase: 'anonymise',
		},
		'missions.petition': {
			person: 'by_id',
			columns: ['by_id', 'title', 'text', 'addressed_to', 'outcome', 'folded', 'search'],
			kept: 'until erased',
			onErase: 'anonymise',
		},
		'missions.signature': {
			person: 'person_id',
			columns: ['person_id', 'name', 'postcode', 'email_print'],
			kept: '7 days unless confirmed, then 1 year after the petition is closed',
			onErase: 'delete',
		},
		'missions.support': {
			person: 'person_id',
			columns: ['person_id'],
			kept: 'until taken back',
			onErase: 'delete',
		},
		'missions.teammate': {
			person: 'person_id',
			columns: ['person_id'],
			kept: 'until one leaves',
			onErase: 'delete',
		},
	},
	said: {
		'missions.kind': 'missions.kind_',
		'missions.state': 'missions.state_',
	},
	gather,
	erase,
	retain,
};

async function gather(tx: Tx, personId: string): Promise<Record<string, unknown[]>> {
	return {
		missions:
			await tx.many(sql`select mission.id, mission.kind, mission.title, mission.text, mission.place, mission.unit_id,
				(select unit.name from territory.unit where unit.id = mission.unit_id) as unit,
				mission.starts_at, mission.ends_at, mission.state, mission.cancel_reason, mission.report, mission.created_at
			from missions.mission where mission.by_id = ${personId}::uuid`),
		initiatives:
			await tx.many(sql`select initiative.id, initiative.title, initiative.text, initiative.unit_id, initiative.created_at,
			initiative.closed_at from missions.initiative where initiative.by_id = ${personId}::uuid`),
		petitions:
			await tx.many(sql`select petition.id, petition.title, petition.text, petition.addressed_to, petition.outcome,
			petition.unit_id, petition.created_at, petition.closed_at from missions.petition where petition.by_id = ${personId}::uuid`),
		signatures: await tx.many(sql`select signature.petition_id,
			(select unit.name from missions.petition join territory.unit on unit.id = petition.unit_id where petition.id = signature.petition_id) as unit, signature.name, signature.postcode, signature.email_print, signature.at,
			signature.confirmed_at from missions.signature where signature.person_id = ${personId}::uuid`),
		supports: await tx.many(sql`select support.initiative_id,
			(select unit.name from missions.initiative join territory.unit on unit.id = initiative.unit_id where initiative.id = support.initiative_id) as unit, support.at from missions.support
			where support.person_id = ${personId}::uuid`),
		teams: await tx.many(sql`select teammate.initiative_id,
			(select unit.name from missions.initiative join territory.unit on unit.id = initiative.unit_id where initiative.id = teammate.initiative_id) as unit, teammate.asked_at, teammate.accepted_at from missions.teammate
			where teammate.person_id = ${personId}::uuid`),
		enrolments: await tx.many(sql`select enrolment.mission_id,
			(select unit.name from missions.mission join territory.unit on unit.id = mission.unit_id where mission.id = enrolment.mission_id) as unit,
			(select mission.starts_at from missions.mission where mission.id = enrolment.mission_id) as starts_at, enrolment.at, enrolment.left_at, enrolment.came
			from missions.enrolment where enrolment.person_id = ${personId}::uuid`),
	};
}

/** What they called for in their own name goes; what they called for as officers stays their unit's, without them. */
async function erase(tx: Tx, personId: string): Promise<void> {
	await leaveCalls(tx, 'mission', personId);
	await tx.run(sql`update missions.mission set enrolled = mission.enrolled - 1 from missions.enrolment
		where enrolment.mission_id = mission.id and enrolment.person_id = ${personId}::uuid
			and enrolment.left_at is null and mission.enrolled > 0`);
	await tx.run(sql`delete from missions.enrolment where enrolment.person_id = ${personId}::uuid`);
	await leaveIdeas(tx, personId);
	await leavePetitions(tx, personId);
}

async function leaveCalls(tx: Tx, name: string, personId: string): Promise<void> {
	const table = sql.raw(`missions.${name}`);
	await tx.run(
		sql`delete from ${table} as called where called.by_id = ${personId}::uuid and not called.is_official`,
	);
	await tx.run(
		sql`update ${table} as called set by_id = ${nobody}::uuid where called.by_id = ${personId}::uuid`,
	);
}

async function leaveIdeas(tx: Tx, personId: string): Promise<void> {
	await leaveCalls(tx, 'initiative', personId);
	await tx.run(sql`update missions.initiative set supports = initiative.supports - 1 from missions.support
		where support.initiative_id = initiative.id and support.person_id = ${personId}::uuid`);
	await tx.run(sql`update missions.initiative set team = initiative.team - 1 from missions.teammate
		where teammate.initiative_id = initiative.id and teammate.person_id = ${personId}::uuid and teammate.accepted_at is not null`);
	for (const table of ['support', 'teammate'])
		await tx.run(
			sql`delete from ${sql.raw(`missions.${table}`)} as held where held.person_id = ${personId}::uuid`,
		);
}

async function leavePetitions(tx: Tx, personId: string): Promise<void> {
	await leaveCalls(tx, 'petition', personId);
	await tx.run(sql`update missions.petition set signed = petition.signed - 1 from missions.signature
		where signature.petition_id = petition.id and signature.person_id = ${personId}::uuid and signature.confirmed_at is not null`);
	await tx.run(sql`delete from missions.signature where signature.person_id = ${personId}::uuid`);
}

const years = 3;

/** Missions that ended three years ago, with who came; who came without account, a month after; signatures nobody confirmed in a week, or of petitions closed for a year. */
async function retain(tx: Tx, now: Date, dry: boolean): Promise<Record<string, number>> {
	const isOver = sql`mission.ends_at + make_interval(years => ${years}::int) < ${now}::timestamptz`;
	const unneeded = sql`((signature.confirmed_at is null and signature.at + interval '7 days' < ${now}::timestamptz)
		or exists (select from missions.petition where petition.id = signature.petition_id
			and petition.closed_at + interval '1 year' < ${now}::timestamptz))`;
	const goneVisitors = visitors.outlived(
		now,
		(at) =>
			sql`exists (select from missions.mission where mission.id = held.mission_id and mission.ends_at < ${at})`,
	);
	const found = (await tx.one<{ missions: number; signatures: number; visitors: number }>(sql`select
		(select count(*)::int from missions.visitor as held where ${goneVisitors}) as visitors,
		(select count(*)::int from missions.mission where ${isOver}) as missions,
		(select count(*)::int from missions.signature where ${unneeded}) as signatures`))!;
	if (!dry) {
		await tx.run(sql`delete from missions.mission where ${isOver}`);
		await tx.run(sql`delete from missions.signature where ${unneeded}`);
		await tx.run(sql`delete from missions.visitor as held where ${goneVisitors}`);
	}
	return {
		'missions.mission': found.missions,
		'missions.visitor': found.visitors,
		'missions.signature': found.signatures,
	};
}
