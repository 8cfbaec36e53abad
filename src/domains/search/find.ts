import { type EventCard, findEvents } from '#domains/events/index.ts';
import { findPosts } from '#domains/feed/index.ts';
import { findGroups, type GroupLine } from '#domains/groups/index.ts';
import {
	findIdeas,
	findMissions,
	findPetitions,
	type IdeaCard,
	type MissionCard,
	type Petition,
} from '#domains/missions/index.ts';
import { countPeople, type FoundPerson, peopleLike, wordsOf } from '#domains/profiles/index.ts';
import type { UnitCard } from '#domains/territory/index.ts';
import { read } from '#platform/db.ts';
import { isActive, type Viewer } from '#platform/viewer.ts';
import { countUnits, unitsLike } from './units.ts';

/** What is searched; null is everything. */
export const groups = [
	'people',
	'units',
	'groups',
	'events',
	'missions',
	'initiatives',
	'petitions',
	'posts',
] as const;
export type Group = (typeof groups)[number];

/** What a search found. Counts stop at 101: beyond, one says "more than a hundred". */
export interface Results {
	q: string;
	within: Group | null;
	people: FoundPerson[];
	peopleCount: number;
	units: UnitCard[];
	unitCount: number;
	groups: GroupLine[];
	events: EventCard[];
	missions: MissionCard[];
	initiatives: IdeaCard[];
	petitions: Petition[];
	posts: Awaited<ReturnType<typeof findPosts>>;
	/** Of these there are more than those listed. */
	more: Group[];
}

const few = 6;
const many = 100;
const manyTexts = 30;

/** All that exists for the viewer under what is typed, and nothing else, in lists and counts alike. */
export async function search(viewer: Viewer, typed: string, within: Group | null = null): Promise<Results> {
	const words = wordsOf(typed);
	const results = nothingFor(typed, within);
	if (!words.length || !isActive(viewer)) return results;
	const text = words.join(' ');
	const size = within ? many : few;
	const look: Record<Group, () => Promise<unknown>> = {
		people: () =>
			read(viewer, async (tx) => {
				results.people = await peopleLike(tx, viewer, words, size);
				results.peopleCount = await countedAfter(results.people.length, size, () =>
					countPeople(tx, viewer, words),
				);
			}),
		units: () =>
			read(viewer, async (tx) => {
				results.units = await unitsLike(tx, viewer, words, size);
				results.unitCount = await countedAfter(results.units.length, size, () =>
					countUnits(tx, viewer, words),
				);
			}),
		groups: () => some(results, 'groups', size, (limit) => findGroups(viewer, text, limit)),
		events: () => someTexts(results, 'events', (limit) => findEvents(viewer, text, limit)),
		missions: () => someTexts(results, 'missions', (limit) => findMissions(viewer, text, limit)),
		initiatives: () => someTexts(results, 'initiatives', (limit) => findIdeas(viewer, text, limit)),
		petitions: () => someTexts(results, 'petitions', (limit) => findPetitions(viewer, text, limit)),
		posts: () => someTexts(results, 'posts', (limit) => findPosts(viewer, text, limit)),
	};
	await Promise.all(groups.filter((group) => !within || within === group).map((group) => look[group]()));
	return results;
}

const nothingFor = (typed: string, within: Group | null): Results => ({
	q: typed.trim().slice(0, 200),
	within,
	...{ people: [], peopleCount: 0, units: [], unitCount: 0 },
	...{ groups: [], events: [], missions: [], initiatives: [], petitions: [] },
	...{ posts: [], more: [] },
});

/** Kinds that are listed without being counted. */
export type Listed = Exclude<Group, 'people' | 'units'>;

/** Lists what is found of one kind, and notes whether there is more: one is asked beyond what is shown. */
async function some<K extends Listed>(
	results: Results,
	kind: K,
	size: number,
	find: (limit: number) => Promise<Results[K]>,
): Promise<void> {
	const found = await find(size + 1);
	results[kind] = found.slice(0, size) as Results[K];
	if (found.length > size) results.more.push(kind);
}

const someTexts = <K extends Listed>(
	results: Results,
	kind: K,
	find: (limit: number) => Promise<Results[K]>,
): Promise<void> => some(results, kind, results.within ? manyTexts : few, find);

/** A list that is not full needs no counting. */
const countedAfter = async (length: number, size: number, count: () => Promise<number>) =>
	length < size ? length : Math.max(length, await count());
