import { nextOf } from '#domains/events/index.ts';
import { type Arrived, keepZone } from '#domains/people/index.ts';
import {
	findCommunes,
	sectionsFor,
	showInvitation,
	showUnit,
	type UnitCard,
} from '#domains/territory/index.ts';
import { read } from '#platform/db.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { Words } from '#platform/wording/index.ts';

const labelOf = ({ name, postcode }: { name: string; postcode: string | null }) =>
	[name, postcode].filter(Boolean).join(' ');

/** What a newcomer typed or chose, the commune it means, and the units there: their invitation's first. */
// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: cases of the language stand side by side, read as a table
export async function placesAsked(viewer: Viewer, words: Words, url: URL, arrival: Arrived | undefined) {
	const typed = url.searchParams.get('commune')?.slice(0, 100) ?? '';
	const found = typed ? await findCommunes(viewer, typed) : [];
	const places = found.map((one) => ({ id: one.id, label: labelOf(one), hint: one.within ?? '' }));
	const zone =
		url.searchParams.get('zone')?.slice(0, 20) ||
		(places.length === 1 ? places[0]!.id : typed ? '' : (arrival?.zone_id ?? ''));
	const place = zone ? (places.find(({ id }) => id === zone) ?? { id: zone, label: typed, hint: '' }) : null;
	if (zone && zone !== arrival?.zone_id) await keepZone(viewer, zone);
	return {
		typed,
		places: place ? [] : places,
		place,
		units: await unitsAt(viewer, words, zone, arrival?.invitation ?? null),
	};
}

// More places than these are a list to look through: what each prepares is on its page.
const describedMost = 4;

async function unitsAt(viewer: Viewer, words: Words, zone: string, invitation: string | null) {
	const near = zone ? await read(viewer, (tx) => sectionsFor(tx, viewer, zone)) : [];
	const invited = invitation ? (await showInvitation(invitation))?.unit : null;
	const units: Pick<UnitCard, 'id' | 'name' | 'members'>[] = [
		...(invited ? [invited] : []),
		...near.filter(({ id }) => id !== invited?.id),
	];
	return Promise.all(
		units.map(async ({ id, name, members }, n) => ({
			id,
			name,
			hint: [
				...(members ? [words.say('people.section_members', { n: members })] : []),
				...(n < describedMost ? await whoAndWhen(viewer, words, id) : []),
			].join(' · '),
		})),
	);
}

/** Whom one meets there and when next: what makes a place somewhere to go. */
async function whoAndWhen(viewer: Viewer, { say, noun }: Words, unitId: string): Promise<string[]> {
	const [unit, events] = await Promise.all([showUnit(viewer, unitId), nextOf(viewer, unitId)]);
	const next = events.find(({ cancelledAt }) => !cancelledAt);
	const first = unit.officers?.[0];
	return [
		...(next ? [say('people.section_next', { at: next.startsAt, title: next.title })] : []),
		...(first
			? [say('people.section_officer', { name: first.name, office: noun(first.office, 'one') })]
			: []),
	];
}
