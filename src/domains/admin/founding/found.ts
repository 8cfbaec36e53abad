import * as v from 'valibot';
import {
	askFirstCode,
	changeFirstAddress,
	Email,
	letFirstPersonIn,
	nameOf,
	putFirstPerson,
	suggestEmail,
	type Whence,
} from '#domains/people/index.ts';
import { attachMany, type Blueprint, layStructure, putUnit, startTerm } from '#domains/territory/index.ts';
import { record } from '#platform/audit.ts';
import { asSystem, asSystemOnce, type Tx } from '#platform/db.ts';
import { conflict, invalidField, notFound } from '#platform/errors.ts';
import { saveSetting } from '#platform/settings.ts';
import { list, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { type Draft, holdFounding } from './draft.ts';
import { blueprintFrom, ownWords } from './levels.ts';
import { fitsSetup } from './setup.ts';

export const FounderForm = v.object({
	name: v.pipe(v.string('people.name_problem.empty'), v.maxLength(2000, 'people.name_problem.too_long')),
	email: Email,
	/** The address as it was when a correction was offered: sent again, it is meant. */
	meant: v.optional(v.string()),
	/** The correction, accepted by its button. */
	fix: v.optional(Email),
});

/** Whether mails leave; without a server for them, no code could ever arrive. */
export const mailsLeave = (env: NodeJS.ProcessEnv = process.env) => Boolean(env.COOPOL_SMTP);

/** How the founder goes on: by the code that was mailed, or signed in already because no mail can leave. */
export type Founded = { challenge: string } | { secret: string; email: string };

function addressOf({ email, meant, fix }: v.InferOutput<typeof FounderForm>): string {
	const suggestion = fix || meant === email ? null : suggestEmail(email);
	if (suggestion) throw invalidField('email', 'people.email_suggested', { suggestion });
	return fix ?? email;
}

/**
 * Founds the organisation from what was answered: structure, words, top unit and its first officer, all or nothing, once.
 * Throws NotFound without the key or once founded; Conflict when a step is missing or the database is not empty; Invalid.
 */
export async function found(
	viewer: Viewer,
	key: string | null,
	form: v.InferOutput<typeof FounderForm>,
	whence: Whence,
): Promise<Founded> {
	if (!fitsSetup(key)) throw notFound();
	const name = nameOf('name', form.name);
	const email = addressOf(form);
	const made = await asSystemOnce(viewer, 'founding', async (tx) => {
		const draft = await holdFounding(tx, key);
		const { identity, levels, words } = draft;
		if (!identity || !levels || !words) throw conflict('admin.found_step_missing');
		await refuseOccupied(tx);
		const personId = await layHouse(tx, draft, { name, email });
		const challenge = mailsLeave() ? await askFirstCode(tx, personId, email, identity.language) : null;
		return { personId, challenge };
	});
	return made.challenge ? { challenge: made.challenge } : letIn(made.personId, email, whence);
}

// The session's secret is made apart: what a repeated request gets again is kept, and a secret never is.
const letIn = (personId: string, email: string, whence: Whence): Promise<Founded> =>
	asSystem('founding', async (tx) => ({
		secret: await letFirstPersonIn(tx, personId, whence.device),
		email,
	}));

/** The founder whose way in is not finished: address unproved or, where no mail leaves, no second factor yet. */
export interface Waiting {
	id: string;
	email: string;
	language: 'fr' | 'en';
	confirmed: boolean;
}

/** Who founded and is not in yet, for the holder of the console's key; null otherwise. */
export async function waitingFounder(_viewer: Viewer, key: string | null): Promise<Waiting | null> {
	if (!fitsSetup(key)) return null;
	const waiting = await asSystem('founding', (tx) =>
		tx.one<Waiting>(sql`
		select person.id, contact.email, person.language, person.confirmed_at is not null as confirmed
		from platform.setting join people.person on person.id = (setting.value ->> 'by')::uuid join people.contact on contact.person_id = person.id
		where setting.key = 'founding' and person.erased_at is null
			and not exists (select from people.passkey where passkey.person_id = person.id)
			and not exists (select from people.secret where secret.person_id = person.id and secret.totp_confirmed_at is not null)`),
	);
	return waiting && (!waiting.confirmed || !mailsLeave()) ? waiting : null;
}

export const AgainForm = v.object({ email: Email });

/** Goes on after the founding: another code, perhaps to a corrected address. Throws NotFound once the founder is in. */
export async function goOnFounding(
	viewer: Viewer,
	key: string | null,
	{ email }: v.InferOutput<typeof AgainForm>,
	whence: Whence,
): Promise<Founded> {
	const founder = await waitingFounder(viewer, key);
	if (!founder) throw notFound();
	if (!mailsLeave()) return letIn(founder.id, founder.email, whence);
	return asSystem('founding', async (tx) => {
		await changeFirstAddress(tx, founder.id, email);
		return { challenge: await askFirstCode(tx, founder.id, email, founder.language) };
	});
}

async function refuseOccupied(tx: Tx): Promise<void> {
	const found = await tx.one(
		sql`select 1 as found where exists (select from territory.unit_kind) or exists (select from people.person)`,
	);
	if (found) throw conflict('admin.found_not_empty');
}

async function layHouse(
	tx: Tx,
	{ identity, levels, words }: Draft,
	founder: { name: string; email: string },
): Promise<string> {
	const { name, colour, language } = identity!;
	const blueprint = blueprintFrom(levels!, words!.base);
	const kinds = await layStructure(tx, blueprint);
	const unitId = await putUnit(tx, { code: 'N', name, kind: topOf(blueprint), parent: null });
	const personId = await putFirstPerson(tx, { ...founder, language });
	await attachMany(tx, [{ personId, unitId }]);
	const office = await tx.one<{
		id: string;
	}>(sql`select id from territory.office where kind_id = ${kinds.get(topOf(blueprint))!}::uuid
		and powers @> ${list(['settings.edit', 'kinds.edit'], 'text')} order by position limit 1`);
	await startTerm(tx, { personId, unitId, officeId: office!.id, byId: null });
	const lexicon = ownWords(levels!, words!.base);
	await saveSetting(tx, 'organisation', { name, colour, language, ...words!, lexicon }, null);
	await saveSetting(tx, 'founding', { by: personId }, null);
	await record(tx, {
		actorId: null,
		act: 'admin.found',
		subject: 'person',
		subjectId: personId,
		unitId,
		detail: { name },
	});
	return personId;
}

const topOf = ({ kinds }: Blueprint) => kinds.at(-1)!.key;
