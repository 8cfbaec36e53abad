import { suppressionOf } from '#domains/people/index.ts';
import { record } from '#platform/audit.ts';
import { asSystem, type Tx, write } from '#platform/db.ts';
import { conflict } from '#platform/errors.ts';
import { house, wordsOf } from '#platform/house.ts';
import { enqueue, type JobDefinition } from '#platform/jobs.ts';
import { sendMail } from '#platform/mail/queue.ts';
import { type Sql, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { Words } from '#platform/wording/index.ts';
import { hold } from '../model.ts';
import { imports } from '../policy.ts';

/** Mails that leave in one go. */
const batch = 50;

/** Those whom this file brought, and who have not opened their account; as rows named `person` and `contact`. */
export const unopened = (
	importId: string,
): Sql => sql`people.person left join people.contact on contact.person_id = person.id
	where person.confirmed_at is null and person.erased_at is null and person.left_at is null and person.id in (
		select change.subject_id from imports.change where change.import_id = ${importId}::uuid and change.subject = 'person' and change.undone_at is null)`;
const isInvited = sql`exists (select from imports.invited where invited.person_id = person.id)`;

/** How far the invitations of a file are. */
export interface Inviting {
	/** People who may be written to, and were not yet. */
	left: number;
	/** Written to, who have not come yet. */
	sent: number;
	/** Those whom no mail reaches: a letter does. */
	withoutEmail: number;
	/** It was asked for. */
	isAsked: boolean;
	/** What each reads. */
	letter: Letter;
}
export interface Letter {
	subject: string;
	paragraphs: string[];
}

/** What somebody reads who is on a list and has no account yet. */
export const letterOf = ({ say }: Words, by: string, unit: string): Letter => ({
	subject: say('imports.invite_subject', { unit }),
	paragraphs: [say('imports.invite_why', { name: by, unit }), say('imports.invite_how')],
});

/** What may be sent for an import that is done, for who sent the file; null for any other. */
export async function invitingOf(
	viewer: Viewer,
	one: { id: string; kind: string; state: string; mine: boolean; unit: string },
): Promise<Inviting | null> {
	if (!one.mine || one.kind !== 'members' || one.state !== 'done') return null;
	return asSystem('imports', async (tx) => {
		const counts = (await tx.one<
			Omit<Inviting, 'letter'>
		>(sql`select count(*) filter (where contact.email is not null and not ${isInvited})::int as left,
				count(*) filter (where ${isInvited})::int as sent, count(*) filter (where contact.email is null)::int as "withoutEmail",
				(select import.invited_at is not null from imports.import where import.id = ${one.id}::uuid) as "isAsked"
			from ${unopened(one.id)}`))!;
		return { ...counts, letter: letterOf(wordsOf(await house()), viewer.name, one.unit) };
	});
}

/** Writes to whoever a file brought and has no account yet, each once. Asked twice it is done once. Throws NotFound, Conflict. */
export const invite = (viewer: Viewer, id: string): Promise<void> =>
	write(viewer, async (tx) => {
		await imports.guard(tx, viewer, 'launch', id);
		const one = (await hold(tx, id))!;
		if (one.kind !== 'members' || one.state !== 'done') throw conflict('imports.invite_not_yet');
		await tx.run(sql`update imports.import set invited_at = now() where import.id = ${id}::uuid`);
		await enqueue(tx, 'imports.invite', { id });
		await record(tx, {
			actorId: viewer.id,
			act: 'imports.invite',
			subject: 'import',
			subjectId: id,
			unitId: one.unit_id,
		});
	});

/** So many at a time; an import that is undone meanwhile invites nobody more. */
const sendSome = ({ id }: { id: string }): Promise<void> =>
	asSystem('imports', async (tx) => {
		const from = await senderOf(tx, id);
		if (!from) return;
		const people =
			await tx.many<Guest>(sql`select person.id, person.name, person.language, contact.email from ${unopened(id)}
			and contact.email is not null and not ${isInvited} order by person.id limit ${batch} for update of person skip locked`);
		for (const guest of people) await writeTo(tx, id, guest, from);
		if (people.length === batch) await enqueue(tx, 'imports.invite', { id });
	});

interface Guest {
	id: string;
	name: string;
	language: 'fr' | 'en' | null;
	email: string;
}
interface Sender {
	id: string;
	name: string;
	unit: string;
}

const senderOf = (tx: Tx, id: string) =>
	tx.one<Sender>(sql`select person.id, person.name, unit.name as unit from imports.import join territory.unit on unit.id = import.unit_id
		join people.person on person.id = import.by_id and person.erased_at is null
		where import.id = ${id}::uuid and import.state = 'done' and import.invited_at is not null`);

async function writeTo(tx: Tx, importId: string, guest: Guest, from: Sender): Promise<void> {
	await tx.run(
		sql`insert into imports.invited (person_id, import_id) values (${guest.id}::uuid, ${importId}::uuid) on conflict do nothing`,
	);
	const gone = await tx.one(
		sql`select 1 as found from people.suppression where suppression.email_hash = ${suppressionOf(guest.email)}`,
	);
	if (gone) return;
	const words = wordsOf(await house(), guest.language ?? undefined);
	await sendMail(tx, {
		to: guest.email,
		personId: guest.id,
		byId: from.id,
		kind: 'imports.invitation',
		...(guest.language && { language: guest.language }),
		fromName: from.name,
		greeting: words.say('imports.invite_hello', { name: guest.name }),
		...letterOf(words, from.name, from.unit),
		action: { label: words.say('imports.invite_open'), url: '/bienvenue' },
		footer: [
			words.say('imports.invite_once'),
			{ label: words.say('imports.invite_data'), url: '/donnees-personnelles' },
		],
	});
}

export const inviteJobs = [
	{ name: 'imports.invite', policy: 'house', work: sendSome } as JobDefinition<never>,
];
