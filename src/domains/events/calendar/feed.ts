import * as v from 'valibot';
import { units, unitsAbove, viewerOfPerson } from '#domains/territory/index.ts';
import { asSystem, read, write, writeSecret } from '#platform/db.ts';
import type { App } from '#platform/domain.ts';
import { notFound } from '#platform/errors.ts';
import { type HouseSettings, wordsOf } from '#platform/house.ts';
import { hashOfSecret, newSecret } from '#platform/seal.ts';
import { sql } from '#platform/sql.ts';
import { isActive, type Viewer } from '#platform/viewer.ts';
import type { Words } from '#platform/wording/index.ts';
import { atomText } from './atom.ts';
import { entriesAmong, isMine, isPublic, isPublicOf } from './entries.ts';
import { calendarText } from './write.ts';

export const NothingForm = v.object({});

/** What one may subscribe to: one's own calendar (since when, and when it was last read), and those of one's units. */
export interface Subscriptions {
	mine: { made_at: Date; read_at: Date | null } | null;
	units: { id: string; name: string }[];
}

export const mySubscriptions = (viewer: Viewer): Promise<Subscriptions> =>
	read(viewer, async (tx) => ({
		mine:
			(await tx.one<NonNullable<Subscriptions['mine']>>(
				sql`select feed.made_at, feed.read_at from events.feed where feed.person_id = ${viewer.id}::uuid`,
			)) ?? null,
		units: await tx.many(sql`select unit.id, unit.name from territory.unit
			where unit.id = any (${unitsAbove(viewer)}) and ${units.see(viewer)} order by cardinality(unit.ancestors) desc`),
	}));

/** Makes the secret address of the viewer's own calendar, or a new one: the one before ends. Gives its secret, shown once. */
export function makeFeed(viewer: Viewer): Promise<string> {
	return writeSecret(viewer, async (tx) => {
		const secret = newSecret();
		await tx.run(sql`insert into events.feed (person_id, token_hash) values (${viewer.id}::uuid, ${hashOfSecret(secret)})
			on conflict (person_id) do update set token_hash = excluded.token_hash, made_at = now(), read_at = null`);
		return secret;
	});
}

/** Ends the viewer's own calendar at once. */
export const endFeed = (viewer: Viewer): Promise<number> =>
	write(viewer, (tx) => tx.run(sql`delete from events.feed where feed.person_id = ${viewer.id}::uuid`));

/**
 * The calendar of the person whom a secret address is of, with what they may see now: without their office, which acts
 * with a second factor only. Throws NotFound once it was renewed or ended, or its person left.
 */
export async function personalCalendar(
	house: HouseSettings,
	secret: string,
	apps: readonly App[],
): Promise<string> {
	const person = await asSystem('calendar', (tx) =>
		tx.one<{ id: string }>(sql`update events.feed set read_at = date_trunc('hour', now())
			where feed.token_hash = ${hashOfSecret(secret)} returning feed.person_id as id`),
	);
	const viewer = person && (await viewerOfPerson(person.id, apps));
	if (!viewer || !isActive(viewer)) throw notFound();
	const entries = await read(viewer, (tx) => entriesAmong(tx, viewer, isMine(viewer)));
	const words = wordsOf(house, viewer.language);
	const name = words.say('events.calendar_mine', { house: house.name });
	return calendarText(house, words, { name, entries, isPersonal: true });
}

/** Public events of the house, for anybody. */
export async function publicCalendar(viewer: Viewer, house: HouseSettings, words: Words): Promise<string> {
	const entries = await read(viewer, (tx) => entriesAmong(tx, viewer, isPublic));
	return calendarText(house, words, { name: house.name, entries });
}

/** Public events of an open unit and of those below it, for anybody. Throws NotFound. */
export async function unitCalendar(
	viewer: Viewer,
	house: HouseSettings,
	words: Words,
	unitId: string,
): Promise<string> {
	return read(viewer, async (tx) => {
		const unit = await tx.one<{ name: string }>(
			sql`select unit.name from territory.unit where unit.id = ${unitId}::uuid and unit.closed_at is null and ${units.see(viewer)}`,
		);
		if (!unit) throw notFound();
		const entries = await entriesAmong(tx, viewer, isPublicOf(unitId));
		return calendarText(house, words, { name: `${unit.name} · ${house.name}`, entries });
	});
}

/** One event, to put in a calendar by hand. Throws NotFound. */
export async function eventCalendar(
	viewer: Viewer,
	house: HouseSettings,
	words: Words,
	id: string,
): Promise<string> {
	const entries = await read(viewer, (tx) => entriesAmong(tx, viewer, sql`event.id = ${id}::uuid`));
	const [entry] = entries;
	if (!entry) throw notFound();
	return calendarText(house, words, { name: entry.title, entries, isPersonal: isActive(viewer) });
}

/** The latest news of the public events of the house (Atom), for anybody. */
export async function publicNews(viewer: Viewer, house: HouseSettings, words: Words): Promise<string> {
	const entries = await read(viewer, (tx) =>
		entriesAmong(tx, viewer, sql`${isPublic} and event.ends_at > now()`),
	);
	return atomText(house, words, entries);
}
