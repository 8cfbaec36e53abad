import * as v from 'valibot';
import { read, type Tx, write } from '#platform/db.ts';
import { forbidden, invalidField, notFound } from '#platform/errors.ts';
import { announce } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { idText } from '#platform/text/typed.ts';
import { isActive, type Viewer } from '#platform/viewer.ts';

export const PersonForm = v.object({
	person: idText,
});

/** Somebody set apart. */
export interface Apart {
	id: string;
	name: string;
	at: Date;
}

async function otherPerson(tx: Tx, viewer: Viewer, personId: string): Promise<void> {
	if (!isActive(viewer)) throw forbidden();
	if (personId === viewer.id) throw invalidField('', 'safety.not_oneself');
	const known = await tx.one(sql`select 1 as known from people.person
		where person.id = ${personId}::uuid and person.confirmed_at is not null and person.erased_at is null`);
	if (!known) throw notFound();
}

/**
 * Keeps two people apart, both ways, at once: neither sees nor reaches the other any more, and the other is not told.
 * What tied them ends (announced as `safety.blocked`). Throws NotFound, Invalid for oneself.
 */
export const block = (viewer: Viewer, personId: string): Promise<void> =>
	write(viewer, async (tx) => {
		await otherPerson(tx, viewer, personId);
		const isNew = await tx.run(sql`insert into safety.block (person_id, blocked_id)
			values (${viewer.id}::uuid, ${personId}::uuid) on conflict do nothing`);
		if (isNew) await announce(tx, 'safety.blocked', { personId: viewer.id, blockedId: personId });
	});

/** Ends one's own block; a block by the other, if any, stays. */
export const unblock = (viewer: Viewer, personId: string): Promise<void> =>
	write(viewer, async (tx) => {
		await tx.run(sql`delete from safety.block
			where block.person_id = ${viewer.id}::uuid and block.blocked_id = ${personId}::uuid`);
	});

/** Stops the posts and notices of somebody; they do not know it. Throws NotFound, Invalid for oneself. */
export const mute = (viewer: Viewer, personId: string): Promise<void> =>
	write(viewer, async (tx) => {
		await otherPerson(tx, viewer, personId);
		await tx.run(sql`insert into safety.mute (person_id, muted_id)
			values (${viewer.id}::uuid, ${personId}::uuid) on conflict do nothing`);
	});

/** Hears somebody again. */
export const unmute = (viewer: Viewer, personId: string): Promise<void> =>
	write(viewer, async (tx) => {
		await tx.run(sql`delete from safety.mute
			where mute.person_id = ${viewer.id}::uuid and mute.muted_id = ${personId}::uuid`);
	});

/** Who the viewer blocked and who they muted, latest first. Never who blocked them. */
export const setApart = (viewer: Viewer): Promise<{ blocked: Apart[]; muted: Apart[] }> =>
	read(viewer, async (tx) => ({
		blocked: await tx.many(sql`select person.id, person.name, block.at from safety.block
			join people.person on person.id = block.blocked_id where block.person_id = ${viewer.id}::uuid order by block.at desc limit 500`),
		muted: await tx.many(sql`select person.id, person.name, mute.at from safety.mute
			join people.person on person.id = mute.muted_id where mute.person_id = ${viewer.id}::uuid order by mute.at desc limit 500`),
	}));

/** The person one is about to set apart, and whether it is done already. Throws NotFound. */
export const apartFrom = (
	viewer: Viewer,
	personId: string,
): Promise<{ id: string; name: string; blocked: boolean; muted: boolean }> =>
	read(viewer, async (tx) => {
		await otherPerson(tx, viewer, personId);
		return (await tx.one(sql`select person.id, person.name,
			exists (select from safety.block where block.person_id = ${viewer.id}::uuid and block.blocked_id = person.id) as blocked,
			exists (select from safety.mute where mute.person_id = ${viewer.id}::uuid and mute.muted_id = person.id) as muted
			from people.person where person.id = ${personId}::uuid`))!;
	});
