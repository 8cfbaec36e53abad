import { record } from '#platform/audit.ts';
import { type Tx, write } from '#platform/db.ts';
import { forbidden, invalidField } from '#platform/errors.ts';
import { house } from '#platform/house.ts';
import { newId } from '#platform/ids.ts';
import { announce } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { fold } from '#platform/text/fold.ts';
import type { Viewer } from '#platform/viewer.ts';
import { initiatives } from './initiatives/policy.ts';
import type { Call } from './input.ts';
import { callers } from './policy.ts';
import { spanAt } from './when.ts';

/** What the search reads of a mission. */
export const folded = ({ title, text, place }: { title: string; text: string; place: string }) =>
	fold(`${title} ${place} ${text}`).slice(0, 10_000);

const yearsAhead = 2;

/** Both ends of a mission that is still to come. Throws Invalid. */
export async function comingSpan(when: Pick<Call, 'day' | 'starts' | 'ends'>) {
	const { timeZone } = await house();
	const span = spanAt(when, timeZone);
	if (!span) throw invalidField('day', 'missions.day_needed');
	if (span.endsAt.getTime() <= Date.now()) throw invalidField('day', 'missions.day_past');
	if (span.startsAt.getTime() > Date.now() + yearsAhead * 366 * 86_400_000)
		throw invalidField('day', 'missions.day_far');
	return span;
}

type Span = Awaited<ReturnType<typeof comingSpan>>;
export type NewMission = Omit<Call, 'day' | 'starts' | 'ends' | 'unit' | 'official'> &
	Span & {
		unitId: string;
		isOfficial: boolean;
		byId: string;
		commune?: string | null;
		station?: string | null;
	};

/** Writes a mission; gives its id. */
export async function insertMission(tx: Tx, one: NewMission): Promise<string> {
	const id = newId();
	await tx.run(sql`
		insert into missions.mission (id, kind, title, text, unit_id, audience, by_id, is_official, place, commune, station, initiative_id,
			starts_at, ends_at, needed, folded)
		values (${id}, ${one.kind}, ${one.title}, ${one.text}, ${one.unitId}::uuid, ${one.audience}, ${one.byId}::uuid,
			${one.isOfficial}, ${one.place}, ${one.commune ?? null}, ${one.station ?? null}, ${one.initiative ?? null}::uuid, ${one.startsAt}, ${one.endsAt},
			${one.needed}, ${folded(one)})`);
	return id;
}

/**
 * Calls for a mission in a unit: officially, by who answers for it; otherwise as somebody's own idea, marked so.
 * Gives its id. Throws NotFound where the viewer calls for none, Forbidden for an official one without the power.
 */
export async function create(viewer: Viewer, { unit, official, day, starts, ends, ...said }: Call) {
	const span = await comingSpan({ day, starts, ends });
	return write(viewer, async (tx) => {
		await callers.guard(tx, viewer, official ? 'official' : 'see', unit);
		if (!viewer.id) throw forbidden();
		if (said.initiative) await initiatives.guard(tx, viewer, 'call', said.initiative);
		checkPublic(said.audience, Boolean(official));
		if (!official) await keepFew(tx, viewer);
		const id = await insertMission(tx, {
			...{ ...said, ...span },
			...{ unitId: unit, byId: viewer.id, isOfficial: Boolean(official) },
		});
		if (official) await recordAct(tx, viewer, 'create', { id, unitId: unit });
		await announce(tx, 'missions.created', { missionId: id, byId: viewer.id, unitId: unit });
		return id;
	});
}

/** What everybody reads is the unit's, never somebody's own idea. Throws Invalid. */
export function checkPublic(audience: string, isOfficial: boolean): void {
	if (audience === 'public' && !isOfficial) throw invalidField('audience', 'missions.public_official');
}

const ownAtMost = 10;

// Somebody who calls for everything fills the lists of all the others.
async function keepFew(tx: Tx, viewer: Viewer): Promise<void> {
	const { n } = (await tx.one<{ n: number }>(sql`select count(*)::int as n from missions.mission
		where mission.by_id = ${viewer.id}::uuid and not mission.is_official and mission.state = 'open' and mission.ends_at > now()`))!;
	if (n >= ownAtMost) throw invalidField('', 'missions.too_many', { n: ownAtMost });
}

/** Writes in the journal what an officer did with a mission. */
export const recordAct = (
	tx: Tx,
	viewer: Viewer,
	act: string,
	{ id, unitId, reason }: { id: string; unitId: string; reason?: string },
) =>
	record(tx, {
		actorId: viewer.id,
		act: `missions.${act}`,
		subject: 'mission',
		subjectId: id,
		unitId,
		...(reason && { reason }),
	});
