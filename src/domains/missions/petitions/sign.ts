import { contactOf } from '#domains/people/index.ts';
import { asSystem, asSystemOnce, read, type Tx } from '#platform/db.ts';
import { forbidden, linkOver, notFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { sendWhenMade } from '#platform/mail/queue.ts';
import { fingerprint, hashOfSecret } from '#platform/seal.ts';
import { sql } from '#platform/sql.ts';
import { throttle } from '#platform/throttle.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { Signing } from './input.ts';
import { type Asked, askedKind, secretOf, sendingToSigners } from './mails.ts';
import { petitions } from './policy.ts';

const printOf = (email: string) => fingerprint('petition', email.toLowerCase());

/** Throws NotFound, or Forbidden once it is closed. */
const maySign = (viewer: Viewer, id: string) =>
	read(viewer, async (tx) => {
		const row = await tx.one<{ sign: boolean }>(sql`select ${petitions.sign(viewer)} as sign
			from missions.petition where petition.id = ${id}::uuid and ${petitions.see(viewer)}`);
		if (!row) throw notFound();
		if (!row.sign) throw forbidden('missions.petition_over');
	});

/** Holds the row until the end: a count and its signatures move together. False once it is closed. */
const hold = async (tx: Tx, id: string) =>
	Boolean(
		await tx.one(
			sql`select 1 as yes from missions.petition where petition.id = ${id}::uuid and petition.state = 'open' for update`,
		),
	);

const count = (tx: Tx, id: string, change: 1 | -1) =>
	tx.run(
		sql`update missions.petition set signed = petition.signed + ${change}::int where petition.id = ${id}::uuid`,
	);

/**
 * Signs as the person one is, at once. What the same address had signed as a visitor becomes theirs: nobody counts twice.
 * Throws NotFound, Forbidden once it is closed.
 */
export async function signAsMember(viewer: Viewer, id: string): Promise<void> {
	await maySign(viewer, id);
	await asSystemOnce(viewer, 'petitions', async (tx) => {
		if (!(await hold(tx, id))) throw forbidden('missions.petition_over');
		const contact = await contactOf(tx, viewer.id!);
		const print = contact && printOf(contact.email);
		const [before] = await tx.many<{ confirmed: boolean }>(sql`delete from missions.signature
			where signature.petition_id = ${id}::uuid and (signature.person_id = ${viewer.id}::uuid or signature.email_print = ${print}::text)
			returning signature.confirmed_at is not null as confirmed`);
		await tx.run(sql`insert into missions.signature (id, petition_id, person_id, name, email_print, confirmed_at)
			values (${newId()}, ${id}::uuid, ${viewer.id}::uuid, ${viewer.name}, ${print}::text, now())`);
		if (!before?.confirmed) await count(tx, id, 1);
	});
}

/** Takes one's signature back. Throws NotFound, Forbidden when there is none. */
export async function unsign(viewer: Viewer, id: string): Promise<void> {
	await read(viewer, async (tx) => {
		const may = await tx.one(
			sql`select 1 as yes from missions.petition where petition.id = ${id}::uuid and ${petitions.unsign(viewer)}`,
		);
		if (!may) await petitions.refuse(tx, viewer, id);
	});
	await asSystemOnce(viewer, 'petitions', async (tx) => {
		await tx.run(sql`select 1 from missions.petition where petition.id = ${id}::uuid for update`);
		const gone = await tx.run(sql`delete from missions.signature where signature.petition_id = ${id}::uuid
			and signature.person_id = ${viewer.id}::uuid and signature.confirmed_at is not null`);
		if (gone) await count(tx, id, -1);
	});
}

const rates = {
	/** From one place on the network: a stand lends its telephone. */
	source: { burst: 20, perHour: 30 },
	/** To one address: a mail must not serve to annoy its owner. */
	reader: { burst: 3, perHour: 0.2 },
};

/**
 * Asks a visitor's address to confirm; the answer is the same whether it signed already or not. A robot that fills the
 * hidden field is thanked and nothing leaves. `from` is the network address. Throws NotFound, Forbidden, TooMany.
 */
export async function signAsVisitor(
	viewer: Viewer,
	id: string,
	{ name, postcode, email, website }: Signing,
	from: string,
): Promise<void> {
	await maySign(viewer, id);
	if (website) return;
	const print = printOf(email);
	await throttle({
		[`petition:${fingerprint('petition', from)}`]: rates.source,
		[`petition-to:${print}`]: rates.reader,
	});
	await asSystemOnce(viewer, 'petitions', async (tx) => {
		const link = newId();
		await tx.run(sql`insert into missions.signature as kept (id, petition_id, name, postcode, email_print, token_hash)
			values (${newId()}, ${id}::uuid, ${name}, ${postcode}, ${print}, ${hashOfSecret(secretOf(link))})
			on conflict (petition_id, email_print) where email_print is not null do update set token_hash = excluded.token_hash,
				name = case when kept.confirmed_at is null then excluded.name else kept.name end,
				postcode = case when kept.confirmed_at is null then excluded.postcode else kept.postcode end,
				at = case when kept.confirmed_at is null then now() else kept.at end`);
		const asked: Asked = { link, language: viewer.language };
		await sendWhenMade(tx, { to: email, kind: askedKind, job: sendingToSigners, from: { ...asked } });
	});
}

/** What the link of a mail opens: the petition, and whether it is signed. Throws NotFound for a link that opens nothing. */
export const signatureAt = (secret: string) =>
	asSystem('petitions', async (tx) => {
		const row = await tx.one<{ id: string; title: string; confirmed: boolean; open: boolean }>(sql`
			select petition.id, petition.title, signature.confirmed_at is not null as confirmed, petition.state = 'open' as open
			from missions.signature join missions.petition on petition.id = signature.petition_id
			where signature.token_hash = ${hashOfSecret(secret)}
				and not exists (select from safety.hidden where hidden.kind = 'petition' and hidden.subject_id = petition.id)`);
		if (!row) throw linkOver();
		return row;
	});

/** Confirms, by the button behind a mail's link: a program that follows links signs nothing. Twice is once. */
export async function confirm(secret: string): Promise<string> {
	const { id } = await signatureAt(secret);
	await asSystem('petitions', async (tx) => {
		if (!(await hold(tx, id))) throw forbidden('missions.petition_over');
		const fresh = await tx.run(sql`update missions.signature set confirmed_at = now()
			where signature.token_hash = ${hashOfSecret(secret)} and signature.confirmed_at is null`);
		if (fresh) await count(tx, id, 1);
	});
	return id;
}

/** Takes back a signature, or a request to sign, by the same link. */
export async function retract(secret: string): Promise<string> {
	const { id } = await signatureAt(secret);
	await asSystem('petitions', async (tx) => {
		await tx.run(sql`select 1 from missions.petition where petition.id = ${id}::uuid for update`);
		const [gone] = await tx.many<{ was: boolean }>(sql`delete from missions.signature
			where signature.token_hash = ${hashOfSecret(secret)} returning signature.confirmed_at is not null as was`);
		if (gone?.was) await count(tx, id, -1);
	});
	return id;
}
