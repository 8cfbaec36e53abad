import { choose, enterAndGoOn, openTally, publishTargets } from '#domains/electoral-map/index.ts';
import { viewerOfPerson } from '#domains/territory/index.ts';
import type { Viewer } from '#platform/viewer.ts';
import { apps } from '#registry.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { villebrume } from './ground.ts';

const acting = (name: CastName) => viewerOfPerson(idOf(name), apps, new Date());

/** Stations counted by two, of the fourteen; the next one has one entry, the one after two that differ. */
const COUNTED = 9;

/** The evening of a first round in Villebrume: typed in part by the cast; three stations of the round before are given to the section. */
export async function liveBetweenRounds(): Promise<void> {
	const [yamina, samuel, odile] = [await acting('yamina'), await acting('samuel'), await acting('odile')];
	const id = await openTally(yamina, {
		unit: idOf('valdorsande'),
		place: 'X01001',
		kind: 'legi',
		year: '2026',
		round: '1',
		lists: 'Odalie Vernessac ; RIVE\nBastien Courteroche ; PONT\nMaud Elbrasse ; HORI',
	});
	const stations = villebrume().rounds[0]?.counts ?? [];
	for (const [n, { key }] of stations.slice(0, COUNTED).entries())
		for (const who of [odile, samuel]) await type(who, { id, key }, n);
	const [once, differs] = stations.slice(COUNTED);
	if (once) await type(odile, { id, key: once.key }, COUNTED);
	if (differs)
		for (const [n, who] of [odile, samuel].entries()) await type(who, { id, key: differs.key }, n * 2);
	await giveTargets(yamina);
}

/** What the minutes of a station say: a few more voters than at the round before. */
function type(who: Viewer, which: { id: string; key: string }, n: number) {
	const before = villebrume().rounds[0]?.counts.find(({ key }) => key === which.key);
	if (!before) throw new Error(`${which.key} is no station of Villebrume`);
	const { registered, voters, blank, spoilt, valid, voices } = before;
	const more = 12 + ((n * 7) % 20);
	const ours = Math.round((voices[0]?.votes ?? 0) * 1.04);
	const second = Math.round((valid + more - ours) * 0.55);
	const votes = [ours, second, valid + more - ours - second];
	const typed = { registered, voters: voters + more, blank: blank ?? 0, spoilt: spoilt ?? 0, votes };
	return enterAndGoOn(who, which, typed);
}

async function giveTargets(yamina: Viewer): Promise<void> {
	const chosen = await choose(yamina, {
		unit: idOf('valdorsande'),
		election: '2026_muni_t1',
		name: 'Bureaux à viser avant le second tour',
		station: ['X01001_0003', 'X01001_0008', 'X01001_0010'],
	});
	await publishTargets(yamina, chosen);
}
