import { enter } from '../access.ts';
import { asSystem } from '../db.ts';
import type { Known, LiveTopic } from '../domain.ts';
import { type Sql, sql } from '../sql.ts';
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

/** What each of these people may hear, in the same order: one query, for a hundred people as for one, whatever the topics. */
export async function hearingsOf(topics: Topics, viewers: readonly Viewer[]): Promise<Hearing[]> {
	const isLetIn = (viewer: Viewer) => Object.values(topics).some(({ gate }) => enter(viewer, gate) === 'in');
	const asked = viewers.filter(isLetIn);
	const known = await askAll(topics, asked);
	return viewers.map((viewer) => hearingOf(topics, viewer, known[asked.indexOf(viewer)] ?? {}));
}

type Answers = Readonly<Record<string, readonly string[]>>;
/** Questions in the same words are one: SQL and what it takes. */
const wordsOf = ({ text, values }: Sql) => JSON.stringify([text, values]);

/** Asked by the house: what it gives is on which channels to tell somebody, never what is said there. */
async function askAll(topics: Topics, viewers: readonly Viewer[]): Promise<Answers[]> {
	const questions = new Map(
		Object.values(topics)
			.flatMap(({ asks = {} }) => Object.values(asks))
			.map((question) => [wordsOf(question), question]),
	);
	if (!viewers.length || !questions.size) return [];
	const columns = [...questions.values()].map((question, at) => sql`${question} as ${sql.ref(`a${at}`)}`);
	const rows = await asSystem('live', (tx) =>
		tx.many<Answers>(sql`select ${sql.join(columns)} from rows from (
				jsonb_to_recordset(${JSON.stringify(viewers.map(({ id, units }) => ({ id, units })))}::jsonb) as (id uuid, units uuid[])
			) with ordinality as asker (id, units, place) order by asker.place`),
	);
	return rows.map((row) =>
		Object.fromEntries([...questions.keys()].map((words, at) => [words, row[`a${at}`]!])),
	);
}

function hearingOf(topics: Topics, viewer: Viewer, answers: Answers): Hearing {
	const channels = new Map<string, string[]>();
	const apart = new Set<string>(viewer.id ? [viewer.id] : []);
	for (const [name, topic] of Object.entries(topics)) {
		if (enter(viewer, topic.gate) !== 'in') continue;
		const known = knownOf(topic, answers);
		for (const key of topic.channels(viewer, known)) channels.set(key, [...(channels.get(key) ?? []), name]);
		for (const person of topic.apart?.(viewer, known) ?? []) apart.add(person);
	}
	return { viewer, channels, apart };
}

const knownOf = ({ asks = {} }: LiveTopic, answers: Answers): Known =>
	Object.fromEntries(Object.entries(asks).map(([key, question]) => [key, answers[wordsOf(question)] ?? []]));
