import { rehearsal } from './rehearsal.ts';
import type { Viewer } from './viewer.ts';

/**
 * Who gets through the door of a route, before any rule about a row:
 * `anyone`; `account` (any session, pending and suspended included); `network` (confirmed, not suspended);
 * `members`; `office` (an office in term, second factor given); `app:name` (the gate the organisation set for the app).
 */
export type Gate = 'anyone' | 'account' | 'network' | 'members' | 'office' | `app:${string}`;

/** How a route is declared. Undeclared routes do not exist: start and build fail. */
export interface Access {
	gate: Gate;
	/** The rule that filters or guards its rows: `feed.post.see`. Absent only when it touches no row of anybody else. */
	rule?: string;
	/** Asks for a second factor given within ten minutes. */
	stepUp?: true;
	/** How often one person may do it. */
	rate?: RateClass;
	/** What is sent may bring files: its body may be large, and then counts as an upload. */
	files?: true;
	/** Reads of people and acts of officers leave an audit entry. */
	audit?: true;
	/** Exists in demonstration mode only. */
	demo?: true;
}

export type RateClass = 'read' | 'write' | 'sign-in' | 'upload' | 'search' | 'export';

/** What each class lets one person (or one address, for visitors) do. */
export const rates: Record<Exclude<RateClass, 'read'>, { burst: number; perHour: number }> = {
	write: { burst: 40, perHour: 600 },
	'sign-in': { burst: 20, perHour: 60 },
	upload: { burst: 20, perHour: 120 },
	search: { burst: 60, perHour: 1800 },
	export: { burst: 3, perHour: 6 },
};

/** Routes of a domain: `GET /fil`, `POST /fil?publish` (a form action), `LIVE posts` (a topic). Groups are left out of the path. */
export type Routes = Record<string, Access>;

/** What the door answers: in, or what is missing. `hidden` looks like a route that does not exist. */
export type Entrance = 'in' | 'sign-in' | 'confirm' | 'second-factor' | 'hidden';

/** Answers at the door, from what the viewer is now. */
export function enter(viewer: Viewer, gate: Gate): Entrance {
	if (gate === 'anyone' || rehearsal().knock.getStore()?.doorsOff) return 'in';
	if (!viewer.id) return 'sign-in';
	if (gate === 'account') return 'in';
	if (viewer.standing === 'pending') return 'confirm';
	if (viewer.standing === 'suspended' || viewer.standing === 'former') return 'hidden';
	return enterNetwork(viewer, gate);
}

/** The door of who is in the network. */
function enterNetwork(viewer: Viewer, gate: Gate): Entrance {
	if (gate === 'network') return 'in';
	if (gate === 'members') return viewer.standing === 'member' ? 'in' : 'hidden';
	if (gate === 'office') return viewer.officer ? needsFactor(viewer) : 'hidden';
	const app = gate.slice(4);
	if (!viewer.apps.includes(app)) return 'hidden';
	return viewer.officeApps?.includes(app) ? needsFactor(viewer) : 'in';
}

const needsFactor = (viewer: Viewer): Entrance => (viewer.secondFactor ? 'in' : 'second-factor');

/** Whether a second factor was given within the last ten minutes. */
export const isFresh = (viewer: Viewer, now = Date.now()) =>
	viewer.factorAt !== null && now - viewer.factorAt.getTime() < 10 * 60_000;
