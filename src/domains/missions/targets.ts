import { selectionSheet } from '#domains/electoral-map/index.ts';
import { read, type Tx, write } from '#platform/db.ts';
import { invalidField } from '#platform/errors.ts';
import { announce } from '#platform/jobs.ts';
import { list, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { comingSpan, insertMission, recordAct } from './create.ts';
import { type FromTargets, titleMax } from './input.ts';
import { callers } from './policy.ts';

/** The most missions that one act makes. */
export const atMost = 200;

/** A station that becomes a mission, in the unit it is given to. */
export interface Callable {
	key: string;
	/** "10. Foyer du Rail", or its number. */
	name: string;
	commune: string;
	unitId: string;
	unit: string;
}

/** Stations kept from the map, and those among them that become missions. */
export interface ToCall {
	id: string;
	name: string;
	stations: Callable[];
	/** Given to nobody, or to a unit where the viewer may not call. */
	left: number;
	/** Have a mission to come already. */
	made: number;
	/** How many missions one act makes, when it is not all of them. */
	first: number | null;
}

const callableIn = async (tx: Tx, viewer: Viewer, ids: string[]) =>
	new Map(
		(
			await tx.many<{ id: string; name: string }>(sql`select unit.id, unit.name from territory.unit
				where unit.id = any (${list(ids, 'uuid')}) and ${callers.official(viewer)}`)
		).map(({ id, name }) => [id, name]),
	);

const madeFor = async (tx: Tx, keys: string[]) =>
	new Set(
		(
			await tx.many<{
				at: string;
			}>(sql`select mission.unit_id || ' ' || mission.station as at from missions.mission
				where mission.station = any (${list(keys, 'text')}) and mission.state = 'open' and mission.ends_at > now()`)
		).map(({ at }) => at),
	);

async function sort(tx: Tx, viewer: Viewer, sheet: Awaited<ReturnType<typeof selectionSheet>>) {
	const { selection, targets } = sheet;
	const given = targets.filter(({ unit }) => unit !== null);
	const units = await callableIn(tx, viewer, [...new Set(given.map(({ unit }) => unit as string))]);
	const mine = given.filter(({ unit }) => units.has(unit as string));
	const made = await madeFor(
		tx,
		mine.map(({ key }) => key),
	);
	const stations = mine
		.filter(({ key, unit }) => !made.has(`${unit} ${key}`))
		.map(({ key, number, place, commune, unit }) => ({
			key,
			name: place ? `${number}. ${place}` : number,
			commune,
			unitId: unit as string,
			unit: units.get(unit as string) ?? '',
		}));
	return {
		id: selection.id,
		name: selection.name,
		stations,
		left: targets.length - mine.length,
		made: mine.length - stations.length,
		first: stations.length > atMost ? atMost : null,
	};
}

/** What a selection of stations becomes. Throws NotFound for who does not answer for it. */
export async function targetsToCall(viewer: Viewer, id: string): Promise<ToCall> {
	const sheet = await selectionSheet(viewer, id);
	return read(viewer, (tx) => sort(tx, viewer, sheet));
}

/**
 * One official mission for each station given to a unit where the viewer may call, all of them or none; a station that has one
 * to come gets no second. Gives how many. Throws NotFound, Invalid when there is none to make.
 */
export async function createFromTargets(viewer: Viewer, input: FromTargets): Promise<number> {
	const { targets, day, starts, ends, ...said } = input;
	const span = await comingSpan({ day, starts, ends });
	const sheet = await selectionSheet(viewer, targets);
	return write(viewer, async (tx) => {
		// Two clicks of two people: the second one sees what the first one made.
		await tx.run(sql`select pg_advisory_xact_lock(hashtext(${`missions ${targets}`}))`);
		const { stations, made } = await sort(tx, viewer, sheet);
		if (!stations.length) throw invalidField('', made ? 'missions.targets_done' : 'missions.targets_none');
		for (const station of stations.slice(0, atMost)) {
			const id = await insertMission(tx, {
				...{ ...said, ...span, title: `${said.title} · ${station.name}`.slice(0, titleMax + 80) },
				...{ place: `${station.name} (${station.commune})`.slice(0, 200), station: station.key },
				...{ unitId: station.unitId, byId: viewer.id as string, isOfficial: true },
			});
			await recordAct(tx, viewer, 'create', { id, unitId: station.unitId });
			await announce(tx, 'missions.created', { missionId: id, byId: viewer.id, unitId: station.unitId });
		}
		return Math.min(stations.length, atMost);
	});
}
