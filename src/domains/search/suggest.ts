import { type FoundPerson, peopleLike, rank, startsWord, wordsOf } from '#domains/profiles/index.ts';
import { type UnitCard, unitCards, units } from '#domains/territory/index.ts';
import { read, type Tx } from '#platform/db.ts';
import { list, sql } from '#platform/sql.ts';
import { isActive, type Viewer } from '#platform/viewer.ts';
import { isOpen, name } from './units.ts';

/** A line proposed while somebody types. */
export interface Suggestion {
	value: string;
	label: string;
	/** What it is: an office, a unit, a kind of unit; in words of the organisation. */
	person: FoundPerson | null;
	unit: UnitCard | null;
}

const proposed = 8;

/** Under so many signs, half the network begins so: only close people are proposed, and units that begin so. */
const closeUnder = 3;

/** People and units whose name begins like this, at most eight: fast enough for each key pressed. */
export async function suggest(viewer: Viewer, typed: string): Promise<Suggestion[]> {
	const words = wordsOf(typed);
	if (!words.length || !isActive(viewer)) return [];
	const isShort = words.join('').length < closeUnder;
	const fits: typeof startsWord = isShort
		? (column, some) => sql`${startsWord(column, some)} and ${isClose(viewer)}`
		: startsWord;
	const [people, found] = await Promise.all([
		read(viewer, (tx) => peopleLike(tx, viewer, words, 5, fits)),
		read(viewer, (tx) => unitsStarting(tx, viewer, words, isShort)),
	]);
	return [
		...people.map((person) => ({ value: person.name, label: person.name, person, unit: null })),
		...found.map((unit) => ({ value: unit.name, label: unit.name, person: null, unit })),
	].slice(0, proposed);
}

/** Of the viewer's own units, or a friend: few enough to be looked at one by one. */
const isClose = (viewer: Viewer) => sql`person.id in (
	select attachment.person_id from territory.attachment where attachment.until is null and attachment.unit_id = any (${list(viewer.units, 'uuid')})
	union all select link.friend_id from friends.link where link.person_id = ${viewer.id}::uuid)`;

async function unitsStarting(
	tx: Tx,
	viewer: Viewer,
	words: readonly string[],
	isShort: boolean,
): Promise<UnitCard[]> {
	const begins = isShort ? sql`${name} like ${`${words.join(' ')}%`}` : startsWord(name, words);
	const order = isShort
		? sql`unit.folded_name, unit.id`
		: sql`${rank(name, words)}, unit.folded_name, unit.id`;
	const rows = await tx.many<{ id: string }>(sql`select unit.id from territory.unit
		where ${begins} and ${isOpen} and ${units.see(viewer)} order by ${order} limit ${proposed}`);
	return unitCards(
		tx,
		viewer,
		rows.map(({ id }) => id),
	);
}
