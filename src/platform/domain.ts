import {
	type GenericSchema,
	type InferOutput,
	type ObjectEntries,
	object,
	type StrictObjectSchema,
	strictObject,
	string,
} from 'valibot';
import type { Access, Routes } from './access.ts';
import type { Apart } from './apart.ts';
import type { Tx } from './db.ts';
import type { JobDefinition, Listener } from './jobs.ts';
import type { Rule } from './policy.ts';
import type { Sql } from './sql.ts';
import type { ToCall } from './to-call.ts';
import type { Viewer } from './viewer.ts';
import type { Key, Words } from './wording/index.ts';

/** An app of the network: a place in the menu behind a gate that the organisation may change. */
export interface App {
	name: string;
	/** Key of its name in the word catalogues. */
	label: string;
	/** Key of a name that fits under an icon, where the full one may be long. */
	short?: string;
	/** Key of what it is for, in a line, where the administration lists it. */
	hint?: string;
	icon: string;
	href: string;
	/** Who is let in when the organisation decided nothing. */
	gate: GateRule;
	/** Part of the house (home, one's own unit, friends, the administration): its gate is not the organisation's to change. */
	fixed?: true;
	/** Kinds of notices counted beside its name while they are unread, and the key of the count in words. */
	waits?: { kinds: readonly string[]; label: string };
	/** Where it stands in the menu. */
	group: 'network' | 'members' | 'office' | 'national';
	position: number;
}

/** Who is let into an app: everyone of the network, members, or holders of an office (of given kinds of unit, or with a power). */
export interface GateRule {
	open: 'anyone' | 'network' | 'members' | 'office' | 'nobody';
	/** With `office`: keys of kinds of unit. Empty means any. */
	kinds?: string[];
	/** With `office`: a power the office must have. */
	power?: string;
}

/** Who is let into an app now, from what the organisation decided of each. */
export const gateOf = ({ name, gate, fixed }: App, decided: Readonly<Record<string, GateRule>>): GateRule =>
	(!fixed && decided[name]) || gate;

/** What a domain keeps about people, and what becomes of it. Every column that names a person or holds their words is mapped. */
export interface Privacy {
	/** `schema.table` → columns with personal data, in the sense of docs/guides/privacy. */
	tables: Record<
		string,
		{ person: string | null; columns: string[]; kept: string; onErase: 'delete' | 'anonymise' | 'keep' }
	>;
	/** Everything the domain holds about a person, for their export. Runs as the house. */
	gather(tx: Tx, personId: string): Promise<Record<string, unknown[]>>;
	/**
	 * What a person reads of codes: `theme.key` → the start of the keys that say its values (or, where it holds others, their names), such
	 * as `events.visible_`; what has no word there is said by `privacy.is_…`. Null for what tells a person nothing.
	 */
	said?: Readonly<Record<string, string | null>>;
	/** Removes or makes anonymous what the domain holds about a person. Runs as the house. */
	erase(tx: Tx, personId: string): Promise<void>;
	/** People whose whole record outlived its time: they are erased. */
	outlived?(tx: Tx, now: Date): Promise<string[]>;
	/** Deletes what outlived its time; gives rows touched by table. `dry` only counts. */
	retain?(tx: Tx, now: Date, dry: boolean): Promise<Record<string, number>>;
}

/** One verb of the HTTP API, documented and checked by the same schemas. */
export interface Operation<
	In extends GenericSchema = GenericSchema,
	Out extends GenericSchema = GenericSchema,
> extends Access {
	summary: string;
	/** What a personal token must be allowed. */
	scope: string;
	input: In;
	output: Out;
	/** Status of a success; 200 unless said. */
	status?: 200 | 201 | 202;
	/** It answers the bytes of a file (`act` gives the whole Response), to a token alone: pages show files from their own host. */
	bytes?: true;
	act(viewer: Viewer, input: InferOutput<In>, params: Record<string, string>): Promise<unknown>;
}

/** Ties an operation's function to its schemas. */
export const operation = <In extends GenericSchema, Out extends GenericSchema>(one: Operation<In, Out>) =>
	one as unknown as Operation;

type Door = Omit<Operation, 'input' | 'output' | 'act'>;

/** A verb with nothing to send: it acts on what its address names first, and gives its id back. */
export const plainVerb = (
	access: Door,
	act: (viewer: Viewer, id: string, params: Record<string, string>) => Promise<unknown>,
): Operation =>
	operation({
		...access,
		input: object({}),
		output: object({ id: string() }),
		act: async (viewer, _input, params) => {
			await act(viewer, params.id!, params);
			return { id: params.id! };
		},
	});

/** A verb that sends a form about what its address names first, and gives its id back. Fields that the form does not know are refused. */
export const formVerb = <E extends ObjectEntries>(
	access: Door,
	form: { entries: E },
	act: (
		viewer: Viewer,
		id: string,
		input: InferOutput<StrictObjectSchema<E, undefined>>,
		params: Record<string, string>,
	) => Promise<unknown>,
): Operation =>
	operation({
		...access,
		input: strictObject(form.entries),
		output: object({ id: string() }),
		act: async (viewer, input, params) => {
			await act(viewer, params.id!, input, params);
			return { id: params.id! };
		},
	});

/** One line of the mail of the week. */
export interface DigestItem {
	/** What it is: what two sources tell is told once. */
	id: string;
	/** Key of the heading under which it stands, such as `events.digest`. */
	heading: Key;
	/** A plain line, in the reader's language. */
	text: string;
	/** A path of the site. */
	href: string;
	/** When it takes place or ends, for what has a date: what is over is never told. */
	at?: Date;
}

/** For whom the lines of a mail of the week are found. */
export interface DigestReader {
	/** As they would be signed in, without second factor. */
	viewer: Viewer;
	/**
	 * False for a person of the member file who has no account yet: only what is public, or said to all of a unit of theirs.
	 * A source that cannot say so gives nothing.
	 */
	hasAccount: boolean;
	words: Words;
	/** What came before was in an earlier mail. */
	since: Date;
	timeZone: string;
}

/** Finds what the mail of the week may say, best first, a few lines; runs as the house, so it filters by the reader's policies itself. */
export type DigestSource = (tx: Tx, reader: DigestReader) => Promise<DigestItem[]>;

/** Groups of which this person is, by name. */
export type Circles = (tx: Tx, viewer: Viewer) => Promise<{ id: string; name: string }[]>;

/** All that a domain declares to the house; `src/registry.ts` gathers them. */
export interface Domain {
	name: string;
	routes: Routes;
	/** `GET /api/v1/posts/[id]` → operation. */
	api?: Record<string, Operation>;
	jobs?: JobDefinition<never>[];
	listeners?: Listener<never>[];
	apps?: App[];
	/** Live topics a browser may follow: name → who, and which channel keys. */
	live?: Record<string, LiveTopic>;
	privacy?: Privacy;
	/** Who may fetch the files a thing holds: holder (`feed.post`) → rule about the row named `file`. */
	holders?: Record<string, Rule>;
	/** Kind of notice → whether what the row named `notice` speaks of is still seen; filters the list, the count and the mails. */
	sights?: Record<string, Rule>;
	/** What the mail of the week may say from this domain; see `DigestSource`. */
	digest?: DigestSource;
	/** Groups of which a person is, so that their notices may be set apart. */
	circles?: Circles;
	/** Who is kept apart from whom: one domain says it, the lists of those below ask it (`#platform/apart.ts`). */
	apart?: Apart;
	/** Who may be called: one domain says it, those beside and below it ask (`#platform/to-call.ts`). */
	calls?: ToCall;
	/** Powers that offices may be given, for the "who may do what" screen. */
	powers?: string[];
}

/** What was asked of one person, by the names of the questions. */
export type Known = Readonly<Record<string, readonly string[]>>;

export interface LiveTopic extends Access {
	/**
	 * What must be known of each person that the gate lets in: arrays of ids, in SQL about `asker.id` and `asker.units`. Asked at each
	 * (re)connection and every four seconds, of a hundred people and for every topic by one query; what two topics ask in the same
	 * words is asked once.
	 */
	asks?: Readonly<Record<string, Sql>>;
	/** Keys of the channels that this person hears on this topic. */
	channels(viewer: Viewer, known: Known): string[];
	/** Ids of people whose acts they must not hear of. */
	apart?(viewer: Viewer, known: Known): readonly string[];
}
