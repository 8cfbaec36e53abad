/** What a person is to the network right now. `visitor` has no account; `pending` has not confirmed an address. */
export type Standing = 'visitor' | 'pending' | 'suspended' | 'former' | 'sympathiser' | 'member';

/** Who asks. Made afresh at each request, passed first to every verb; never kept. */
export interface Viewer {
	/** The person's id; null for a visitor. */
	readonly id: string | null;
	readonly sessionId: string | null;
	readonly name: string;
	/** Their picture, where it is for the whole network. */
	readonly photoId?: string | null;
	readonly standing: Standing;
	/** The units the person is attached to, closest first; never those above. */
	readonly units: readonly string[];
	/** Whether an office, or a power lent by one, is held now. Its powers act only with a second factor: see `secondFactor`. */
	readonly officer: boolean;
	/** A second factor was given in this session. */
	readonly secondFactor: boolean;
	/** When it was last given; acts that hand out data ask for less than ten minutes. */
	readonly factorAt: Date | null;
	/** Names of the apps whose gate lets this person in. */
	readonly apps: readonly string[];
	/** Those among them that are for offices: they open once a second factor was given. */
	readonly officeApps?: readonly string[];
	/** Scopes of a personal token; null when the person acts through a browser session. */
	readonly scopes: readonly string[] | null;
	readonly language: 'fr' | 'en';
	/** One-time key of the request: the first write of a verb is done once for it, however often it is sent. */
	requestKey?: string;
	/** A digest of what is asked under that key, where the same key with something else is refused. */
	requestAsked?: string;
}

/** Somebody without an account. */
export const visitor: Viewer = Object.freeze({
	id: null,
	sessionId: null,
	name: '',
	standing: 'visitor',
	units: [],
	officer: false,
	secondFactor: false,
	factorAt: null,
	apps: [],
	scopes: null,
	language: 'fr',
});

/** A confirmed person who is not suspended. */
export const isActive = (viewer: Viewer) => viewer.standing === 'member' || viewer.standing === 'sympathiser';
