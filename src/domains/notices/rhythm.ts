import { type Category, categories, kinds } from './kinds.ts';

export const channels = ['app', 'mail', 'push'] as const;
export type Channel = (typeof channels)[number];
export const rhythms = ['each', 'daily', 'weekly', 'none'] as const;
/** When a notice reaches its person: at once, with the mail of the day, with that of the week, or not. */
export type Rhythm = (typeof rhythms)[number];
/** The pace a person chose when they came; nothing chosen cell by cell, it decides. */
export type Pace = 'weekly' | 'concerned' | 'asap';

/** What a person decided of one cell. `scopeId` is that of a unit or of a group, or `everywhere`. */
export interface Chosen {
	category: Category;
	channel: Channel;
	rhythm: Rhythm;
	scopeId: string;
}

/** Stands for no unit and no group: the choice for everything. */
export const everywhere = '00000000-0000-0000-0000-000000000000';

/** Decisions about a person and about their data are always in their list: it is where they answer them. */
export const isOfficial = (category: Category) => category === 'safety';
/** Categories whose notices come from a unit or a group: they may be set apart for one of them. */
export const isScoped = (category: Category) =>
	['answers', 'unit', 'office', 'thanks', 'events', 'groups', 'missions'].includes(category);

/** What may be chosen in a cell; a single answer cannot be changed, none means there is no such cell. */
export function offered(category: Category, channel: Channel): readonly Rhythm[] {
	if (category === 'digest') return channel === 'mail' ? ['weekly', 'none'] : [];
	if (channel === 'mail') return rhythms;
	return channel === 'app' && isOfficial(category) ? ['each'] : ['each', 'none'];
}

/** The categories of which something may come, and the digest. */
export const offeredCategories = (): Category[] => {
	const used = new Set(Object.values(kinds).map(({ category }) => category));
	return categories.filter((one) => one === 'digest' || used.has(one));
};

const mail: Record<Category, Record<Pace, Rhythm>> = {
	answers: { weekly: 'weekly', concerned: 'each', asap: 'each' },
	friends: { weekly: 'weekly', concerned: 'each', asap: 'each' },
	unit: { weekly: 'weekly', concerned: 'each', asap: 'each' },
	office: { weekly: 'each', concerned: 'each', asap: 'each' },
	safety: { weekly: 'each', concerned: 'each', asap: 'each' },
	thanks: { weekly: 'none', concerned: 'none', asap: 'each' },
	groups: { weekly: 'weekly', concerned: 'daily', asap: 'each' },
	events: { weekly: 'weekly', concerned: 'each', asap: 'each' },
	missions: { weekly: 'weekly', concerned: 'daily', asap: 'each' },
	messages: { weekly: 'daily', concerned: 'each', asap: 'each' },
	digest: { weekly: 'weekly', concerned: 'weekly', asap: 'weekly' },
};
/** What a telephone that asked for it is told of, whatever the pace: what awaits an answer. */
const pushed: readonly Category[] = ['answers', 'friends', 'office', 'safety', 'events', 'messages'];

/** What holds for a person of this pace who decided nothing. */
export function usual(pace: Pace, category: Category, channel: Channel): Rhythm {
	if (channel === 'mail') return mail[category][pace];
	if (category === 'digest') return 'none';
	return channel === 'app' || pushed.includes(category) ? 'each' : 'none';
}

/** Where a notice comes from, as far as choices go. */
export interface Scope {
	groupId?: string | null;
	unitId?: string | null;
}

/** What holds for one cell: what was chosen for the group, else for the unit, else for everything, else the pace. */
export function rhythmFor(
	pace: Pace,
	chosen: readonly Chosen[],
	{ category, channel, groupId, unitId }: { category: Category; channel: Channel } & Scope,
): Rhythm {
	const offers = offered(category, channel);
	if (offers.length < 2) return offers[0] ?? 'none';
	const mine = chosen.filter((one) => one.category === category && one.channel === channel);
	for (const scopeId of [groupId, unitId, everywhere]) {
		const rhythm = scopeId && mine.find((one) => one.scopeId === scopeId)?.rhythm;
		if (rhythm && offers.includes(rhythm)) return rhythm;
	}
	return usual(pace, category, channel);
}
