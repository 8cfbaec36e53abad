import type { Tx } from '#platform/db.ts';
import type { Privacy } from '#platform/domain.ts';
import { dropFile } from '#platform/files/keep.ts';
import { sql } from '#platform/sql.ts';

async function gather(tx: Tx, personId: string): Promise<Record<string, unknown[]>> {
	return {
		'profiles.field':
			await tx.many(sql`select field.kind, field.value, field.started, field.ended, field.audience, field.changed_at
			from profiles.field where field.person_id = ${personId}::uuid order by field.kind, field.position`),
		'profiles.opening':
			await tx.many(sql`select opening.at, opening.what, opening.reason, opening.by_office, person.name as by
			from profiles.opening left join people.person on person.id = opening.by_id
			where opening.person_id = ${personId}::uuid order by opening.at`),
		'profiles.opened_by_me':
			await tx.many(sql`select opening.at, opening.what, opening.reason from profiles.opening
			where opening.by_id = ${personId}::uuid order by opening.at`),
	};
}

/** What they opened stays in the log of those it concerns, without their name. */
async function erase(tx: Tx, personId: string): Promise<void> {
	const photos = await tx.many<{ file: string }>(sql`select field.value->>'file' as file from profiles.field
		where field.person_id = ${personId}::uuid and field.kind = 'photo' and field.value ? 'file'`);
	await tx.run(sql`delete from profiles.field where field.person_id = ${personId}::uuid`);
	await tx.run(sql`delete from profiles.likeness where likeness.person_id = ${personId}::uuid`);
	await tx.run(sql`delete from profiles.opening where opening.person_id = ${personId}::uuid`);
	await tx.run(
		sql`update profiles.opening set by_id = null, reason = '' where opening.by_id = ${personId}::uuid`,
	);
	for (const { file } of photos) await dropFile(tx, file);
}

async function retain(tx: Tx, now: Date, dry: boolean): Promise<Record<string, number>> {
	const old = sql`profiles.opening where opening.at < ${now}::timestamptz - interval '1 year'`;
	return {
		'profiles.opening': dry
			? (await tx.one<{ n: number }>(sql`select count(*)::int as n from ${old}`))!.n
			: await tx.run(sql`delete from ${old}`),
	};
}

export const privacy: Privacy = {
	tables: {
		'profiles.field': {
			person: 'person_id',
			columns: ['value', 'started', 'ended'],
			kept: 'until the person removes it or leaves',
			onErase: 'delete',
		},
		'profiles.opening': {
			person: 'person_id',
			columns: ['by_id', 'reason'],
			kept: '1 year',
			onErase: 'anonymise',
		},
		'profiles.likeness': {
			person: 'person_id',
			columns: ['name', 'look'],
			kept: 'until the person leaves',
			onErase: 'delete',
		},
	},
	said: {
		'profiles.field.kind': 'profiles.kind_',
		'profiles.field.audience': 'profiles.to_',
		'profiles.opening.what': 'profiles.opened_',
		'profiles.opened_by_me.what': 'privacy.is_',
	},
	gather,
	erase,
	retain,
};
