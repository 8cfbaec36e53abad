import { type EventCard, findEvents } from '#domains/events/index.ts';
import { findPosts } from '#domains/feed/index.ts';
import {
	countPeople,
	type FoundPerson,
	forgiveTypos,
	goesLike,
	holdsWords,
	peopleLike,
	rank,
	startsWord,
	wordsOf,
} from '#domains/profiles/index.ts';
import { type UnitCard, unitCards, units } from '#domains/territory/index.ts';
import { read, type Tx } from '#platform/db.ts';
import { list, sql } from '#platform/sql.ts';
import { isActive, type Viewer } from '#platform/viewer.ts';

/** What is searched; null is everything. */
export const groups = ['people', 'units', 'events', 'posts'] as const;
export type Group = (typeof groups)[number];

/** What a search found. Counts stop at 101: beyond, one says "more than a hundred". */
export interface Results {
	q: string;
	within: Group | null;
	people: FoundPerson[];
	peopleCount: number;
	units: UnitCard[];
	unitCount: number;
	events: EventCard[];
	posts: Awaited<ReturnType<typeof findPosts>>;
	/** More posts are there than those listed. */
	morePosts: boolean;
}

const few = 6;
const many = 100;
const manyPosts = 30;

const nothing = (typed: string, within: Group | null): Results => ({
	q: typed.trim().slice(0, 200),
	within,
	people: [],
	peopleCount: 0,
	units: [],
	unitCount: 0,
	events: [],
	posts: [],
	morePosts: false,
});

/** People, units, events and posts for what is typed: what exists for the viewer, and nothing else, in lists and counts alike. */
export async function search(viewer: Viewer, typed: string, within: Group | null = null): Promise<Results> {
	const words = wordsOf(typed);
	const results = nothing(typed, within);
	if (!words.length || !isActive(viewer)) return results;
	const isAsked = (group: Group) => within === null || within === group;
	const size = within ? many : few;
	await Promise.all([
		isAsked('people') &&
			read(viewer, async (tx) => {
				results.people = await peopleLike(tx, viewer, words, size);
				results.peopleCount = await countedAfter(results.people.length, size, () =>
					countPeople(tx, viewer, words),
				);
			}),
		isAsked('units') &&
			read(viewer, async (tx) => {
				results.units = await unitsLike(tx, viewer, words, size);
				results.unitCount = await countedAfter(results.units.length, size, () =>
					countUnits(tx, viewer, words),
				);
			}),
		isAsked('events') &&
			findEvents(viewer, words.join(' '), within ? manyPosts : few).then((found) => {
				results.events = found;
			}),
		isAsked('posts') &&
			findPosts(viewer, words.join(' '), (within ? manyPosts : few) + 1).then((found) => {
				results.posts = found.slice(0, within ? manyPosts : few);
				results.morePosts = found.length > results.posts.length;
			}),
	]);
	return results;
}

/** A list that is not full needs no counting. */
const countedAfter = async (length: number, size: number, count: () => Promise<number>) =>
	length < size ? length : Math.max(length, await count());

const name = sql`unit.folded_name`;
const isOpen = sql`unit.closed_at is null`;

/** Units whose name holds these words, the closest to people first; typos forgiven when few are found. */
async function unitsLike(
	tx: Tx,
	viewer: Viewer,
	words: readonly string[],
	limit: number,
): Promise<UnitCard[]> {
	const exact = await tx.many<{ id: string }>(sql`select unit.id from territory.unit
		where ${holdsWords(name, words)} and ${isOpen} and ${units.see(viewer)}
		order by ${rank(name, words)}, unit.folded_name, unit.id limit ${limit}`);
	const ids = exact.map(({ id }) => id);
	if (ids.length < limit && words.join('').length > 3) {
		await forgiveTypos(tx);
		const near = await tx.many<{ id: string }>(sql`select unit.id from territory.unit
			where ${goesLike(name, words)} and not ${holdsWords(name, words)} and ${isOpen} and ${units.see(viewer)}
			order by platform.word_similarity(${words.join(' ')}, unit.folded_name) desc, unit.id limit ${limit - ids.length}`);
		ids.push(...near.map(({ id }) => id));
	}
	return unitCards(tx, viewer, ids);
}

const countUnits = async (tx: Tx, viewer: Viewer, words: readonly string[]): Promise<number> =>
	(await tx.one<{ n: number }>(sql`select count(*)::int as n from (select 1 from territory.unit
		where ${holdsWords(name, words)} and ${isOpen} and ${units.see(viewer)} limit 101) as counted`))!.n;

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
