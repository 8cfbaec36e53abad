import type { Tx } from '#platform/db.ts';
import type { Privacy } from '#platform/domain.ts';
import { leaveBytes } from '#platform/files/leave.ts';
import { sql } from '#platform/sql.ts';

const afterUndo = 'until nothing can be undone: 7 days after the end, 30 without a launch';

/** A member file is kept as long as it can be undone, then only how many lines went where. */
export const privacy: Privacy = {
	tables: {
		'imports.import': {
			person: 'by_id',
			columns: ['by_id', 'undone_by', 'columns', 'choices', 'file_name'],
			kept: `the file ${afterUndo}; the counts for ever`,
			onErase: 'anonymise',
		},
		'imports.line': {
			person: 'subject_id',
			columns: ['cells', 'value', 'problems', 'subject_id', 'key', 'hash'],
			kept: afterUndo,
			onErase: 'delete',
		},
		'imports.change': {
			person: 'subject_id',
			columns: ['subject_id', 'before'],
			kept: afterUndo,
			onErase: 'delete',
		},
		'imports.known': {
			person: 'subject_id',
			columns: ['subject_id', 'key', 'hash'],
			kept: 'as long as the person is in the member file',
			onErase: 'delete',
		},
		'imports.invited': {
			person: 'person_id',
			columns: ['person_id'],
			kept: 'until the account is opened, 1 year at most',
			onErase: 'delete',
		},
		'imports.proposal': {
			person: 'subject_id',
			columns: ['subject_id', 'from_id', 'decided_by', 'value'],
			kept: 'what it says until it is answered, 1 year at most; that it was, 30 days more',
			onErase: 'delete',
		},
	},
	gather: async (tx, personId) => ({
		imported: await tx.many(
			sql`select line.import_id, line.cells, line.value, line.outcome, line.applied_at from imports.line where line.subject_id = ${personId}::uuid`,
		),
		changed: await tx.many(
			sql`select change.import_id, change.before from imports.change where change.subject_id = ${personId}::uuid`,
		),
		proposed: await tx.many(
			sql`select proposal.import_id, proposal.value, proposal.made_at, proposal.decided_at from imports.proposal where proposal.subject_id = ${personId}::uuid`,
		),
		invited: await tx.many(
			sql`select invited.import_id, invited.at from imports.invited where invited.person_id = ${personId}::uuid`,
		),
		sent: await tx.many(
			sql`select id, kind, file_name, state, counts, created_at, finished_at from imports.import where import.by_id = ${personId}::uuid`,
		),
	}),
	said: {
		'sent.kind': 'imports.kind_',
		'sent.state': 'imports.state_',
		'sent.counts': 'imports.count_',
		'imported.outcome': 'imports.count_',
		'imported.value': 'imports.field_',
		'changed.before': 'imports.field_',
		'proposed.value': 'imports.field_',
	},
	erase,
	retain,
};

async function erase(tx: Tx, personId: string): Promise<void> {
	await tx.run(sql`delete from imports.proposal where proposal.subject_id = ${personId}::uuid`);
	await tx.run(sql`delete from imports.line where line.subject_id = ${personId}::uuid`);
	// Read before they had an account, a line or a proposal knows them by their address or their number alone.
	await tx.run(
		sql`delete from imports.line using imports.known where known.subject_id = ${personId}::uuid and line.key = known.key`,
	);
	await tx.run(sql`delete from imports.invited where invited.person_id = ${personId}::uuid`);
	for (const table of ['line', 'proposal'])
		await tx.run(sql`delete from ${sql.ref(`imports.${table}`)} as held using people.contact
			where contact.person_id = ${personId}::uuid and lower(held.value ->> 'email') = contact.email_key`);
	await tx.run(sql`delete from imports.change where change.subject_id = ${personId}::uuid`);
	await tx.run(sql`delete from imports.known where known.subject_id = ${personId}::uuid`);
	await tx.run(
		sql`update imports.import set by_id = null, file_name = '' where import.by_id = ${personId}::uuid`,
	);
	await tx.run(sql`update imports.import set undone_by = null where import.undone_by = ${personId}::uuid`);
	await tx.run(
		sql`update imports.proposal set decided_by = null where proposal.decided_by = ${personId}::uuid`,
	);
	await tx.run(sql`update imports.proposal set from_id = null where proposal.from_id = ${personId}::uuid`);
}

/** Files, lines and what was before go once nothing can be undone; unfinished imports after thirty days. */
async function retain(tx: Tx, now: Date, dry: boolean): Promise<Record<string, number>> {
	const over = sql`(import.state in ('done', 'failed') and import.undo_until < ${now}::timestamptz)
		or import.state in ('undone', 'dropped') or (import.state in ('uploaded', 'mapped', 'checked') and import.created_at < ${now}::timestamptz - interval '30 days')`;
	const old = sql`in (select import.id from imports.import where ${over})`;
	const count = async (from: ReturnType<typeof sql>) =>
		(await tx.one<{ n: number }>(sql`select count(*)::int as n from ${from}`))!.n;
	const answered = sql`imports.proposal where proposal.decided_at < ${now}::timestamptz - interval '30 days'
		or (proposal.decided_at is null and proposal.made_at < ${now}::timestamptz - interval '1 year')`;
	const told = sql`imports.invited where invited.at < ${now}::timestamptz - interval '1 year'
		or exists (select from people.person where person.id = invited.person_id and person.confirmed_at is not null)`;
	const found = {
		'imports.invited': await count(told),
		'imports.line': await count(sql`imports.line where line.import_id ${old}`),
		'imports.change': await count(sql`imports.change where change.import_id ${old}`),
		'imports.proposal': await count(answered),
	};
	if (dry) return found;
	await tx.run(sql`delete from imports.line where line.import_id ${old}`);
	await tx.run(sql`delete from imports.change where change.import_id ${old}`);
	await tx.run(sql`delete from ${answered}`);
	await tx.run(sql`delete from ${told}`);
	const files = await tx.many<{ stored_id: string }>(
		sql`select stored_id from imports.import where import.stored_id is not null and (${over})`,
	);
	await tx.run(sql`update imports.import set stored_id = null, columns = '[]', choices = '[]',
		state = case when import.state in ('uploaded', 'mapped', 'checked') then 'dropped' else import.state end where ${over}`);
	leaveBytes(tx, files);
	return found;
}
