import { type SilentUnit, silentUnits } from '#domains/feed/index.ts';
import { lateToJudge } from '#domains/safety/index.ts';
import {
	type Late,
	lateInTerritory,
	membersPath,
	type OnceUnit,
	type UnledUnit,
	unitsSeenOnce,
	unitsWithoutOfficer,
} from '#domains/territory/index.ts';
import type { Viewer } from '#platform/viewer.ts';

/** Units of one sign: a page, where the next one starts, how many in all (up to 101). */
export interface Listed<Unit> {
	rows: Unit[];
	next: string | null;
	count: number;
}

/** Every sign of the viewer's territory. One that is not asked for is null. */
export interface Signs {
	unled: Listed<UnledUnit> | null;
	silent: Listed<SilentUnit> | null;
	/** Its count is of people. */
	once: Listed<Met> | null;
	late: Owed[] | null;
}

/** A unit and the list of who came there once. */
export type Met = OnceUnit & { href: string };

/** An answer owed and where to give it. */
export type Owed = Late & { href: string };

const answeredAt: Record<Late['kind'], (one: Late) => string> = {
	declared: ({ unitId }) => membersPath(unitId!, 'declared'),
	welcome: ({ unitId }) => membersPath(unitId!, 'waiting'),
	claim: () => '/responsabilites#offres',
	handover: ({ unitId, id }) => `/unites/${unitId}/bureau/passation/${id}`,
	report: () => '/moderation#signalements',
	appeal: ({ id }) => `/moderation/recours/${id}`,
};

/** One sign alone, all of it, page by page. */
const sheets = { silence: 'silent', visites: 'once' } as const;
export type Sheet = keyof typeof sheets;

/** The sign that an address asks for alone: `?voir=silence`. */
export const sheetAsked = (asked: string | null): Sheet | null =>
	asked === 'silence' || asked === 'visites' ? asked : null;

const few = 8;
const many = 30;

/** The signs that the viewer's offices may do something about: a few units of each, or one sign page by page. */
export async function signs(
	viewer: Viewer,
	{ sheet = null, after = null }: { sheet?: Sheet | null; after?: string | null } = {},
): Promise<Signs> {
	const size = sheet ? many : few;
	const isAsked = (sign: keyof Signs) => !sheet || sheets[sheet] === sign;
	const [unled, silent, once, late] = await Promise.all([
		isAsked('unled') ? unitsWithoutOfficer(viewer) : null,
		isAsked('silent') ? silentUnits(viewer, size, after) : null,
		isAsked('once') ? met(viewer, size, after) : null,
		isAsked('late') ? answersOwed(viewer) : null,
	]);
	return { unled: unled && { ...unled, rows: unled.rows.slice(0, few) }, silent, once, late };
}

async function met(viewer: Viewer, size: number, after: string | null): Promise<Listed<Met>> {
	const listed = await unitsSeenOnce(viewer, size, after);
	return { ...listed, rows: listed.rows.map((unit) => ({ ...unit, href: membersPath(unit.id, 'once') })) };
}

const answersOwed = async (viewer: Viewer): Promise<Owed[]> =>
	[...(await lateInTerritory(viewer)), ...(await lateToJudge(viewer))]
		.toSorted((one, other) => one.since.getTime() - other.since.getTime())
		.map((one) => ({ ...one, href: answeredAt[one.kind](one) }));
