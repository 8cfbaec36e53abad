import { read, type Tx } from '#platform/db.ts';
import { notFound } from '#platform/errors.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { Counted } from '../census/columns.ts';
import { type ProfileLine, profileOf } from '../measures/profile.ts';
import { territoryMean } from '../measures/ranks.ts';
import type { Count, StationKey } from '../model.ts';
import { alone } from '../store/alone.ts';
import { type Explored, explore } from './explore.ts';
import { oursIn } from './figures.ts';
import type { StationLine } from './lines.ts';
import { basesIn, countsIn, type Election, electionsIn, outlinesIn, ownLabels } from './loaded.ts';
import { neighboursOf } from './neighbours.ts';
import { themeColumn, themesOf } from './themes.ts';

/** A round as one station and its commune lived it; shares from 0 to 1, null when nobody can say. */
export interface Round {
	election: Omit<Election, 'vintage'>;
	registered: number;
	abstention: { here: number | null; there: number | null };
	ours: { here: number | null; there: number | null };
	/** Counted on other outlines than today's: the number is the same, the ground is not. */
	redrawn: boolean;
}

/** A line of the profile, and of whom it speaks. */
export type Trait = ProfileLine & { counted: Counted; year: number | null };

/** A station, beside its commune. */
export interface Sheet {
	station: StationLine;
	commune: string;
	rounds: Round[];
	profile: Trait[];
	neighbours: StationKey[];
	/** The commune's map, where the station stands. */
	around: Explored;
}

/** Everything about one station. NotFound when its commune is not theirs to look at, or has no such station. */
export async function stationSheet(viewer: Viewer, key: StationKey, election: string | null): Promise<Sheet> {
	const code = key.slice(0, Math.max(key.indexOf('_'), 0));
	if (!code) throw notFound();
	const around = await explore(viewer, {
		at: code,
		goal: 'door_to_door',
		criteria: [],
		election,
		sort: 'rank',
	});
	const station = around.lines.find((line) => line.key === key);
	if (!station) throw notFound();
	const more = await read(
		viewer,
		alone(async (tx) => ({
			rounds: await roundsIn(tx, code, key, around.vintage),
			profile: await profileIn(tx, code, around, key),
			neighbours: neighboursOf(await outlinesIn(tx, around.vintage, [code]), key),
		})),
	);
	return { station, commune: around.scope.name, around, ...more };
}

const ratio = (above: number, below: number) => (below > 0 ? above / below : null);
const MOST_ROUNDS = 10;

async function roundsIn(tx: Tx, code: string, key: StationKey, vintage: string): Promise<Round[]> {
	const elections = (await electionsIn(tx, [code])).slice(0, MOST_ROUNDS);
	const counts = await countsIn(
		tx,
		elections.map(({ id }) => id),
		[code],
	);
	const labels = await ownLabels(tx);
	return elections.flatMap(({ vintage: counted, ...election }) => {
		const all = counts.get(election.id) ?? [];
		const here = all.filter((count) => count.key === key);
		if (!here[0]) return [];
		const isOurs = oursIn(labels, election.id);
		const shares = (of: Count[]) => sharesOf(of, isOurs);
		const [own, town] = [shares(here), shares(all)];
		return [
			{
				election,
				registered: here[0].registered,
				abstention: { here: own.abstention, there: town.abstention },
				ours: { here: own.ours, there: town.ours },
				redrawn: counted !== vintage,
			},
		];
	});
}

/** Sums of votes first, one division after. */
function sharesOf(counts: Count[], isOurs: ReturnType<typeof oursIn>) {
	const sum = (figure: (count: Count) => number) => counts.reduce((all, count) => all + figure(count), 0);
	const votes = sum(({ voices }) => voices.filter(isOurs).reduce((all, voice) => all + voice.votes, 0));
	const hasOurs = counts.some(({ voices }) => voices.some(isOurs));
	return {
		abstention: ratio(
			sum(({ registered, voters }) => registered - voters),
			sum(({ registered }) => registered),
		),
		ours: hasOurs
			? ratio(
					votes,
					sum(({ valid }) => valid),
				)
			: null,
	};
}

const MOST_TRAITS = 8;

async function profileIn(
	tx: Tx,
	code: string,
	{ vintage, lines }: Explored,
	key: StationKey,
): Promise<Trait[]> {
	const bases = await basesIn(tx, vintage, [code]);
	const stations = lines.map((line) => line.key);
	const at = stations.indexOf(key);
	const about = new Map<string, Pick<Trait, 'counted' | 'year'>>();
	const inputs = [];
	for (const theme of themesOf(bases)) {
		const found = await themeColumn(tx, theme, bases, stations);
		// Jobs that are in a town say nothing of who votes there.
		if (!found || found.counted === 'jobs') continue;
		const { column, counted, year } = found;
		about.set(theme, { counted, year });
		const reference = territoryMean(column, new Uint8Array(stations.length).fill(1));
		inputs.push({ theme, share: column.values[at] as number, margin: column.margin?.[at] ?? 0, reference });
	}
	return profileOf(inputs)
		.slice(0, MOST_TRAITS)
		.map((line) => ({ ...line, ...(about.get(line.theme) as Pick<Trait, 'counted' | 'year'>) }));
}
