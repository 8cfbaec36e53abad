import type { Privacy } from '#platform/domain.ts';
import { sql } from '#platform/sql.ts';
import { detachMany } from './attach.ts';

/** What units keep about people: where they belong, whom they invited, which page they wrote last. */
export const belongingPrivacy: Privacy = {
	tables: {
		'territory.attachment': {
			person: 'person_id',
			columns: ['person_id', 'unit_id', 'since', 'until', 'counted_as', 'welcomed_by', 'greeting'],
			kept: 'as long as the account',
			onErase: 'delete',
		},
		'territory.invitation': {
			person: 'inviter_id',
			columns: ['inviter_id', 'unit_id', 'code'],
			kept: '90 days after it ends',
			onErase: 'delete',
		},
		'territory.unit': {
			person: null,
			columns: ['edited_by'],
			kept: 'until the next edit',
			onErase: 'anonymise',
		},
	},
	gather: async (tx, personId) => ({
		belonging: await tx.many(sql`
			select unit.name, attachment.since, attachment.until, attachment.welcomed_at, attachment.greeting
			from territory.attachment join territory.unit on unit.id = attachment.unit_id
			where attachment.person_id = ${personId}::uuid order by attachment.since`),
		greetings: await tx.many(sql`select attachment.welcomed_at, attachment.greeting from territory.attachment
			where attachment.welcomed_by = ${personId}::uuid order by attachment.welcomed_at`),
		invitations: await tx.many(sql`
			select unit.name, invitation.code, invitation.created_at, invitation.expires_at, invitation.used, invitation.revoked_at
			from territory.invitation join territory.unit on unit.id = invitation.unit_id
			where invitation.inviter_id = ${personId}::uuid order by invitation.created_at`),
	}),
	erase: async (tx, personId) => {
		const homes = await tx.many<{
			unitId: string;
		}>(sql`select attachment.unit_id as "unitId" from territory.attachment
			where attachment.person_id = ${personId}::uuid and attachment.until is null`);
		await detachMany(
			tx,
			homes.map((home) => ({ personId, ...home })),
		);
		await tx.run(sql`delete from territory.attachment where person_id = ${personId}::uuid`);
		await tx.run(
			sql`update territory.attachment set welcomed_by = null, greeting = '' where welcomed_by = ${personId}::uuid`,
		);
		await tx.run(sql`delete from territory.invitation where inviter_id = ${personId}::uuid`);
		await tx.run(sql`update territory.unit set edited_by = null where edited_by = ${personId}::uuid`);
	},
	retain: async (tx, now, dry) => {
		const old = sql`from territory.invitation where least(coalesce(invitation.revoked_at, 'infinity'), invitation.expires_at) < ${now}::timestamptz - interval '90 days'`;
		const touched = dry
			? (await tx.one<{ n: number }>(sql`select count(*)::int as n ${old}`))!.n
			: await tx.run(sql`delete ${old}`);
		return { 'territory.invitation': touched };
	},
};
