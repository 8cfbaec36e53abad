import { communesLike } from '#domains/territory/index.ts';
import type { Tx } from '#platform/db.ts';
import { invalidField } from '#platform/errors.ts';
import { dayAfter, instantOf } from '#platform/local-time.ts';
import { type Sql, sql } from '#platform/sql.ts';
import { fold } from '#platform/text/fold.ts';
import { plainText } from '#platform/text/markdown.ts';
import type { Said } from './input.ts';

/** The columns that somebody decides, ready to be written. */
export interface Plan {
	title: string;
	text: string;
	placeName: string;
	address: string;
	access: string;
	zoneId: string | null;
	onlineUrl: string | null;
	startsAt: Date;
	endsAt: Date;
	timeZone: string;
	visibility: string;
	capacity: number | null;
	guestsAllowed: number;
	folded: string;
}

const longest = 31 * 86_400_000;

/** Reads what was said of an event. Throws Invalid at the fields. */
export async function planFrom(tx: Tx, said: Said): Promise<Plan> {
	const { startsAt, endsAt } = hoursOf(said);
	return {
		title: said.title,
		text: said.text,
		placeName: said.place_name,
		address: said.street,
		access: said.access,
		zoneId: await zoneOf(tx, said),
		onlineUrl: said.online_url || null,
		startsAt,
		endsAt,
		timeZone: said.time_zone,
		visibility: said.visibility,
		capacity: said.capacity,
		guestsAllowed: said.guests_allowed ?? 0,
		folded: fold(plainText([said.title, said.place_name, said.text].join('\n'))).slice(0, 20_000),
	};
}

/** An end that the clock shows before the beginning is that of the night that follows. */
function hoursOf(said: Pick<Said, 'day' | 'starts' | 'ends' | 'end_day' | 'time_zone'>) {
	const startsAt = instantOf(said.day, said.starts, said.time_zone);
	if (!startsAt) throw invalidField('day', 'events.day_needed');
	const endDay = said.end_day || (said.ends < said.starts ? dayAfter(said.day) : said.day);
	const field = said.end_day ? 'end_day' : 'ends';
	const endsAt = instantOf(endDay, said.ends, said.time_zone);
	if (!endsAt) throw invalidField(field, 'events.time_needed');
	if (endsAt <= startsAt) throw invalidField(field, 'events.end_before');
	if (endsAt.getTime() - startsAt.getTime() > longest) throw invalidField('end_day', 'events.too_long');
	return { startsAt, endsAt };
}

/** Chosen in the list, or typed where no script runs: then it must have one answer. */
async function zoneOf(tx: Tx, { zone, commune }: Said): Promise<string | null> {
	if (!commune) return null;
	if (zone) {
		const known = await tx.one<{ id: string }>(
			sql`select zone.id from territory.zone where zone.id = ${zone}`,
		);
		if (known) return known.id;
	}
	const [found] = await communesLike(tx, commune);
	if (!found) throw invalidField('commune', 'events.commune_unknown');
	return found.id;
}

/** An event is made for days to come. Throws Invalid. */
export function checkComing({ endsAt }: Plan, now = new Date()): void {
	if (endsAt <= now) throw invalidField('day', 'events.day_past');
}

/** `column = value` of all that a plan decides, hours apart. */
export const whatOf = (
	plan: Plan,
): Sql => sql`title = ${plan.title}, text = ${plan.text}, place_name = ${plan.placeName},
	address = ${plan.address}, access = ${plan.access}, zone_id = ${plan.zoneId}, online_url = ${plan.onlineUrl}, time_zone = ${plan.timeZone},
	visibility = ${plan.visibility}, capacity = ${plan.capacity}::int, guests_allowed = ${plan.guestsAllowed}, folded = ${plan.folded}`;
