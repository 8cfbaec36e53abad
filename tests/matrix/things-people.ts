import type { Tx } from '#platform/db.ts';
import { seal } from '#platform/seal.ts';
import { sql } from '#platform/sql.ts';
import { type CastName, idOf } from '#tests/party.ts';

const odile = idOf('odile');
export const fieldAudiences = ['me', 'friends', 'unit', 'members', 'network'] as const;

/** What belongs to Odile alone, or to whom she shows it; Mathis asks to be her friend. */
export async function putPeople(tx: Tx) {
	for (const audience of fieldAudiences) {
		await tx.run(sql`insert into profiles.field (id, person_id, kind, value, audience)
			values (${idOf(`matrix field ${audience}`)}, ${odile}, 'skill', ${JSON.stringify({ text: `canary-field-${audience}` })}::jsonb, ${audience})`);
	}
	await tx.run(
		sql`insert into profiles.field (id, person_id, kind, audience) values (${idOf('matrix field email')}, ${odile}, 'email', 'friends')`,
	);
	await tx.run(
		sql`insert into people.passkey (id, person_id, public_key, counter, name) values ('matrix-passkey', ${odile}, '\\x00', 0, 'canary-passkey')`,
	);
	await tx.run(
		sql`insert into people.consent (id, person_id, purpose, text_version, proof) values (${idOf('matrix consent')}, ${odile}, 'newsletter', '1', 'canary-consent')`,
	);
	const request = idOf('matrix request');
	await tx.run(
		sql`insert into friends.request (id, from_id, to_id, note) values (${request}, ${idOf('mathis')}, ${odile}, 'canary-request-note')`,
	);
	const accepted = idOf('matrix accepted');
	await tx.run(sql`insert into friends.request (id, from_id, to_id, answer, answered_at)
		values (${accepted}, ${idOf('ines')}, ${odile}, 'accepted', now())`);
	// Taken back: she does not see him, and did meet him.
	await tx.run(
		sql`insert into friends.request (id, from_id, to_id, note, withdrawn_at)
			values (${idOf('matrix withdrawn')}, ${idOf('lucien')}, ${idOf('ines')}, 'canary-withdrawn-note', now())`,
	);
	await tx.run(
		sql`update territory.attachment set greeting = 'canary-greeting', welcomed_by = ${idOf('samuel')}::uuid where person_id = ${odile}`,
	);
	const notice = idOf('matrix notice');
	await tx.run(
		sql`insert into notices.notice (person_id, id, type, subject_id, unit_id)
		values (${odile}, ${notice}, 'welcomed', ${odile}, ${idOf('villebrume')})`,
	);
	const device = idOf('matrix device');
	await tx.run(sql`insert into notices.device (id, person_id, session_id, endpoint_key, sealed)
		values (${device}, ${odile}, ${await first(tx, 'session', 'odile')}, 'matrix', 'canary-device-sealed')`);
	const recovery = idOf('matrix recovery');
	await tx.run(
		sql`insert into people.recovery (id, person_id, email, told, expires_at)
		values (${recovery}, ${odile}, 'odile.new@courrier.example', 'canary-recovery-told', now() + interval '9 days')`,
	);
	const unsent = idOf('matrix unsent');
	const written = {
		action: '/fil/publier?/publish',
		fields: [['text', 'canary-unsent et la suite']],
		files: [],
	};
	await tx.run(sql`insert into platform.unsent (id, person_id, sealed)
		values (${unsent}, ${odile}, ${seal(`unsent ${odile}`, JSON.stringify(written))})`);
	const type = await tx.one<{ id: string }>(
		sql`select id from people.membership_type where key = 'sympathiser'`,
	);
	return {
		request,
		accepted,
		notice,
		device,
		recovery,
		unsent,
		membershipType: type!.id,
		session: await first(tx, 'session', 'odile'),
		token: await first(tx, 'token', 'odile'),
	};
}

async function first(tx: Tx, table: 'session' | 'token', person: CastName): Promise<string> {
	const row = await tx.one<{ id: string }>(
		sql`select id from ${sql.ref(`people.${table}`)} where person_id = ${idOf(person)} order by created_at, id limit 1`,
	);
	return row!.id;
}
