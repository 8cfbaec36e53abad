import { enter } from '../access.ts';
import type { LiveTopic } from '../domain.ts';
import type { Viewer } from '../viewer.ts';

export type Topics = Readonly<Record<string, LiveTopic>>;

/** What somebody may hear now. */
export interface Hearing {
	viewer: Viewer;
	/** Channel → topics heard on it. */
	channels: Map<string, string[]>;
	/** Whose acts are kept from them; they know their own. */
	apart: Set<string>;
}

/** What each of these people may hear, in the same order. The queries are as many for a hundred people as for one. */
export async function hearingsOf(topics: Topics, viewers: readonly Viewer[]): Promise<Hearing[]> {
	const hearings = viewers.map(
		(viewer): Hearing => ({
			viewer,
			channels: new Map(),
			apart: new Set(viewer.id ? [viewer.id] : []),
		}),
	);
	for (const [name, topic] of Object.entries(topics)) {
		const letIn = hearings.filter(({ viewer }) => enter(viewer, topic.gate) === 'in');
		if (letIn.length) await addTopic(letIn, name, topic);
	}
	return hearings;
}

async function addTopic(hearings: Hearing[], name: string, topic: LiveTopic): Promise<void> {
	const viewers = hearings.map(({ viewer }) => viewer);
	const [keys, people] = await Promise.all([topic.channels(viewers), topic.apart?.(viewers) ?? []]);
	for (const [at, { channels, apart }] of hearings.entries()) {
		for (const key of keys[at] ?? []) channels.set(key, [...(channels.get(key) ?? []), name]);
		for (const person of people[at] ?? []) apart.add(person);
	}
}
