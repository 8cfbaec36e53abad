import type { Tx } from '#platform/db.ts';
import type { Privacy } from '#platform/domain.ts';
import { type Sql, sql } from '#platform/sql.ts';
import { outlived as outlivedPeople } from './outlived.ts';
import { ownPhone } from './reach.ts';
import { said } from './said.ts';

const days = { challenge: 7, session: 90, receipt: 7 };

const tables: Privacy['tables'] = {
	'people.person': {
		person: 'id',
		columns: ['name', 'folded_name', 'status_text', 'photo_id'],
		kept: 'until the person leaves',
		onErase: 'anonymise',
	},
	'people.contact': {
		person: 'person_id',
		columns: ['email', 'email_key', 'phone_sealed', 'phone_key', 'address_sealed'],
		kept: 'until the person leaves',
		onErase: 'delete',
	},
	'people.secret': {
		person: 'person_id',
		columns: ['password_hash', 'totp_sealed'],
		kept: 'until the person leaves',
		onErase: 'delete',
	},
	'people.passkey': {
		person: 'person_id',
		columns: ['public_key', 'name'],
		kept: 'until removed',
		onErase: 'delete',
	},
	'people.recovery_code': {
		person: 'person_id',
		columns: ['hash'],
		kept: 'until replaced',
		onErase: 'delete',
	},
	'people.session': {
		person: 'person_id',
		columns: ['device'],
		kept: '90 days after its end',
		onErase: 'delete',
	},
	'people.challenge': {
		person: 'person_id',
		columns: ['email_key', 'detail'],
		kept: '7 days',
		onErase: 'delete',
	},
	'people.external_identity': {
		person: 'person_id',
		columns: ['subject'],
		kept: 'until unlinked',
		onErase: 'delete',
	},
	'people.token': {
		person: 'person_id',
		columns: ['name'],
		kept: '90 days after its end',
		onErase: 'delete',
	},
	'people.membership': {
		person: 'person_id',
		columns: ['member_number', 'ended_why', 'verified_by'],
		kept: 'as long as the member file',
		onErase: 'delete',
	},
	'people.consent': {
		person: 'person_id',
		columns: ['purpose', 'proof'],
		kept: 'until the person leaves',
		onErase: 'delete',
	},
	'people.suspension': {
		person: 'person_id',
		columns: ['reason', 'by_id', 'lifted_by'],
		kept: 'until the person leaves',
		onErase: 'delete',
	},
	'people.arrival': {
		person: 'person_id',
		columns: ['invitation', 'zone_id'],
		kept: 'until the person leaves',
		onErase: 'delete',
	},
	'people.recovery': { person: 'person_id', columns: ['email', 'told'], kept: '1 year', onErase: 'delete' },
	'people.recovery_voucher': {
		person: 'officer_id',
		columns: ['officer_id'],
		kept: '1 year',
		onErase: 'keep',
	},
	'people.suppression': {
		person: null,
		columns: ['email_hash'],
		kept: 'for ever: it keeps a promise',
		onErase: 'keep',
	},
};

/** What a person reads about themselves; secrets, hashes and sealed columns are shown by their date only. */
const readings: Record<string, (id: string) => Sql> = {
	person: (
		id,
	) => sql`select name, status_text, status_until, language, text_size, colour_mode, low_data, rhythm, seen_on, created_at, confirmed_at, left_at
		from people.person where id = ${id}::uuid`,
	contact: (id) => sql`select email, changed_at from people.contact where person_id = ${id}::uuid`,
	membership: (
		id,
	) => sql`select membership_type.key as type, membership_type.name as status, member_number, since, paid_until, verified_at, ended_at, ended_why
		from people.membership join people.membership_type on membership_type.id = membership.type_id where person_id = ${id}::uuid order by since`,
	session: (id) =>
		sql`select device, created_at, seen_at, expires_at, revoked_at from people.session where person_id = ${id}::uuid order by created_at`,
	passkey: (id) => sql`select name, created_at, used_at from people.passkey where person_id = ${id}::uuid`,
	secret: (id) =>
		sql`select password_hash is not null as has_password, totp_confirmed_at as authenticator_since, changed_at from people.secret where person_id = ${id}::uuid`,
	external_identity: (id) =>
		sql`select issuer, subject, created_at from people.external_identity where person_id = ${id}::uuid`,
	token: (id) =>
		sql`select name, scopes, created_at, used_at, expires_at, revoked_at from people.token where person_id = ${id}::uuid`,
	consent: (id) =>
		sql`select purpose, text_version, given_at, proof, withdrawn_at from people.consent where person_id = ${id}::uuid`,
	suspension: (id) =>
		sql`select starts_at, ends_at, reason, lifted_at from people.suspension where person_id = ${id}::uuid`,
	arrival: (id) =>
		sql`select invitation, zone_id, started_at, settled_at, finished_at from people.arrival where person_id = ${id}::uuid`,
	recovery: (id) =>
		sql`select email, told, requested_at, closed_at, outcome from people.recovery where person_id = ${id}::uuid`,
};

async function gather(tx: Tx, personId: string): Promise<Record<string, unknown[]>> {
	const found: Record<string, unknown[]> = {};
	for (const [table, rows] of Object.entries(readings))
		found[`people.${table}`] = await tx.many<object>(rows(personId));
	// A seal whose key was lost does not keep the rest from its person.
	const phone = await ownPhone(tx, personId).catch(() => null);
	found['people.contact'] = found['people.contact']!.map((row) => ({ ...(row as object), phone }));
	return found;
}

const erased = [
	'contact',
	'secret',
	'passkey',
	'recovery_code',
	'session',
	'challenge',
	'external_identity',
	'token',
	'membership',
	'consent',
	'suspension',
	'arrival',
	'recovery',
];

/** The person's row stays, without a name: what they wrote to others keeps a place to hang on. */
async function erase(tx: Tx, personId: string): Promise<void> {
	await tx.run(
		sql`delete from people.challenge where email_key = (select email_key from people.contact where person_id = ${personId}::uuid)`,
	);
	for (const table of erased)
		await tx.run(sql`delete from ${sql.ref(`people.${table}`)} where person_id = ${personId}::uuid`);
	await tx.run(sql`update people.membership set verified_by = null where verified_by = ${personId}::uuid`);
	await tx.run(sql`update people.suspension set by_id = nullif(by_id, ${personId}::uuid), lifted_by = nullif(lifted_by, ${personId}::uuid)
		where ${personId}::uuid in (by_id, lifted_by)`);
	await tx.run(sql`update people.person set name = '', folded_name = '', photo_id = null, status_text = null, status_until = null,
		erased_at = coalesce(erased_at, now()), left_at = coalesce(left_at, now()) where id = ${personId}::uuid`);
}

const outlived: Record<string, (now: Date) => Sql> = {
	'people.challenge': (now) =>
		sql`people.challenge where created_at < ${now}::timestamptz - make_interval(days => ${days.challenge}::int)`,
	'people.session': (now) =>
		sql`people.session where least(expires_at, coalesce(revoked_at, expires_at)) < ${now}::timestamptz - make_interval(days => ${days.session}::int)`,
	'people.token': (now) =>
		sql`people.token where least(expires_at, coalesce(revoked_at, expires_at)) < ${now}::timestamptz - make_interval(days => ${days.session}::int)`,
	'people.recovery': (now) =>
		sql`people.recovery where requested_at < ${now}::timestamptz - interval '1 year'`,
	'platform.receipt': (now) =>
		sql`platform.receipt where created_at < ${now}::timestamptz - make_interval(days => ${days.receipt}::int)`,
	'platform.bucket': (now) => sql`platform.bucket where at < ${now}::timestamptz - interval '2 days'`,
};

async function retain(tx: Tx, now: Date, dry: boolean): Promise<Record<string, number>> {
	const touched: Record<string, number> = {};
	for (const [table, rows] of Object.entries(outlived)) {
		touched[table] = dry
			? (await tx.one<{ n: number }>(sql`select count(*)::int as n from ${rows(now)}`))!.n
			: await tx.run(sql`delete from ${rows(now)}`);
	}
	return touched;
}

export const privacy: Privacy = { tables, gather, said, erase, retain, outlived: outlivedPeople };
