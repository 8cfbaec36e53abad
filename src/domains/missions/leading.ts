import { forbidden } from '#platform/errors.ts';
import { house } from '#platform/house.ts';
import type { Viewer } from '#platform/viewer.ts';
import { type Mission, showMission } from './queries.ts';
import { fieldsAt } from './when.ts';

/** A mission as the fields of its form hold it. Throws NotFound, or Forbidden for who does not lead it or once it is settled. */
export async function editFields(viewer: Viewer, id: string) {
	const one = await showMission(viewer, id);
	if (!one.may.edit) throw forbidden();
	const { timeZone } = await house();
	const [from, to] = [fieldsAt(one.startsAt, timeZone), fieldsAt(one.endsAt, timeZone)];
	return {
		...{ id, kind: one.kind, title: one.title, text: one.text, place: one.place, audience: one.audience },
		...{ needed: String(one.needed), version: String(one.version) },
		...{ day: from.day, starts: from.hour, ends: to.hour },
		enrolled: one.enrolled,
		isOfficial: one.isOfficial,
	};
}

/** A mission to close, or whose list of those who came is corrected. Throws NotFound, Forbidden for who may neither. */
export async function missionToSettle(viewer: Viewer, id: string): Promise<Mission> {
	const one = await showMission(viewer, id);
	if (!one.may.close && !one.may.attend) throw forbidden();
	return one;
}

/** A mission with who comes, to be printed. Throws NotFound, Forbidden for who does not lead it. */
export async function missionSheet(viewer: Viewer, id: string): Promise<Mission> {
	const one = await showMission(viewer, id);
	if (!one.may.names) throw forbidden();
	return one;
}
