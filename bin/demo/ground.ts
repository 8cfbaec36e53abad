import type { MadeUp } from '#domains/electoral-map/index.ts';
import { type Chance, chance } from './random.ts';
import { areaOf, cell, clip, type Point, shore, toDegrees } from './shapes.ts';

const COMMUNE = 'X01001';
const VINTAGE = '2025';

/** A station as it is told: where it stands, who lives around, how they vote. Parts are out of 100. */
interface Told {
	at: Point;
	place: string;
	registered: number;
	abstention: number;
	aged: number;
	social: number;
	ours: number;
}

const told = (at: Point, place: string, ...figures: [number, number, number, number, number]): Told => {
	const [registered, abstention, aged, social, ours] = figures;
	return { at, place, registered, abstention, aged, social, ours };
};

const stations: Told[] = [
	told([361, 296], 'Mairie', 742, 44, 31, 18, 24),
	told([196, 382], 'Halle aux Grains', 806, 37, 36, 9, 17),
	told([542, 223], 'École des Tilleuls', 915, 52, 22, 34, 33),
	told([727, 203], 'Gymnase du Moulin', 688, 49, 27, 27, 29),
	told([516, 394], 'Salle des Tanneries', 1012, 41, 26, 15, 25),
	told([382, 475], 'École du Gué', 771, 36, 33, 8, 16),
	told([207, 580], 'Collège des Deux-Rives', 834, 39, 41, 11, 19),
	told([670, 374], 'Maison des Aubrelles', 902, 47, 24, 30, 31),
	told([888, 366], 'École Sainte-Prune', 655, 55, 28, 42, 34),
	told([554, 540], 'Foyer du Rail', 948, 54, 41, 20, 26),
	told([413, 647], 'Médiathèque', 729, 38, 44, 7, 18),
	told([718, 510], 'École du Plateau', 812, 54, 40, 22, 28),
	told([891, 570], 'Salle Courbevoisin', 867, 45, 39, 25, 23),
	told([685, 685], 'Club des Lavandières', 703, 50, 21, 38, 32),
];
const irisSeeds: Point[] = [
	[270, 330],
	[530, 215],
	[780, 200],
	[250, 570],
	[460, 430],
	[670, 365],
	[635, 525],
	[890, 430],
	[690, 700],
	[410, 650],
];

/** Rounds, the latest first: how abstention and our share stood beside those of today, in points; the outlines they had. */
const rounds: { id: string; vintage: string; abstention: number; ours: number }[] = [
	{ id: '2026_muni_t1', vintage: VINTAGE, abstention: 0, ours: 0 },
	{ id: '2024_legi_t1', vintage: VINTAGE, abstention: -11, ours: 3 },
	{ id: '2024_euro_t1', vintage: VINTAGE, abstention: 4, ours: -4 },
	{ id: '2020_muni_t1', vintage: '2019', abstention: 9, ours: -6 },
];

const keyOf = (n: number) => `${COMMUNE}_${String(n + 1).padStart(4, '0')}`;
const irisOf = (n: number) => `${COMMUNE}01${String(n + 1).padStart(2, '0')}`;

/** Villebrume, which does not exist: fourteen stations, ten small areas, four rounds; the same at every run. */
export function villebrume(): MadeUp {
	const luck = chance(1905);
	const town = shore();
	const cells = stations.map((_, n) =>
		cell(
			town,
			stations.map(({ at }) => at),
			n,
		),
	);
	const areas = irisSeeds.map((_, n) => cell(town, irisSeeds, n));
	const { weights, quality } = crossed(cells, areas);
	return {
		commune: COMMUNE,
		vintage: VINTAGE,
		stations: stations.map(({ place }, n) => ({
			key: keyOf(n),
			commune: COMMUNE,
			place,
			outline: toDegrees(cells[n] as Point[]),
		})),
		irises: areas.map((area, n) => ({ iris: irisOf(n), commune: COMMUNE, outline: toDegrees(area) })),
		weights,
		quality,
		census: { year: 2021, ...censusOf(weights, luck) },
		rounds: rounds.map(({ id, vintage, ...shift }) => ({ id, vintage, counts: countsOf(shift, luck) })),
		ours: 'RIVE',
	};
}

function crossed(cells: Point[][], areas: Point[][]): Pick<MadeUp, 'weights' | 'quality'> {
	const weights = areas.flatMap((area, n) => {
		const all = areaOf(area);
		const parts = cells.map((one, station) => ({ station, area: areaOf(clip(one, area)) }));
		return parts
			.filter((part) => part.area > all / 1000)
			.map((part) => ({
				iris: irisOf(n),
				key: keyOf(part.station),
				weight: part.area / all,
				area: part.area,
			}));
	});
	const quality = cells.map((one, n) => {
		const links = weights.filter(({ key }) => key === keyOf(n));
		const largest = Math.max(...links.map(({ area }) => (area ?? 0) / areaOf(one)));
		return { key: keyOf(n), irises: links.length, largest, coverage: 1 };
	});
	return { weights: sharedOut(weights), quality };
}

/** What is left out at the edges is shared among the others: the parts of an area add up to one. */
function sharedOut(weights: MadeUp['weights']): MadeUp['weights'] {
	const sums = new Map<string, number>();
	for (const { iris, weight } of weights) sums.set(iris, (sums.get(iris) ?? 0) + weight);
	return weights.map((one) => ({ ...one, weight: one.weight / (sums.get(one.iris) ?? 1) }));
}

/** Columns as INSEE names them, and the part of whom they count, for a place told like this. */
const columns: [name: string, people: (place: Told, people: number) => number][] = [
	['P21_POP', (_, people) => people],
	['P21_POP0014', ({ aged }, people) => (people * (30 - aged * 0.35)) / 100],
	['P21_POP1529', ({ aged, social }, people) => (people * (26 - aged * 0.35 + social * 0.08)) / 100],
	['P21_POP6074', ({ aged }, people) => (people * aged * 0.6) / 100],
	['P21_POP75P', ({ aged }, people) => (people * aged * 0.4) / 100],
	['C21_POP15P', ({ aged }, people) => (people * (70 + aged * 0.35)) / 100],
	['C21_POP15P_CS3', ({ social }, people) => (people * Math.max(14 - social * 0.28, 2)) / 100],
	['C21_POP15P_CS5', ({ social }, people) => (people * (11 + social * 0.12)) / 100],
	['C21_POP15P_CS6', ({ social }, people) => (people * (6 + social * 0.24)) / 100],
	['C21_POP15P_CS7', ({ aged }, people) => (people * aged * 0.78) / 100],
	['P21_POP1564', ({ aged }, people) => (people * (78 - aged * 0.6)) / 100],
	['P21_ACT1564', ({ aged }, people) => (people * (57 - aged * 0.45)) / 100],
	['P21_CHOM1564', ({ aged, social }, people) => (people * (57 - aged * 0.45) * (5 + social * 0.35)) / 10000],
	['P21_RP', (_, people) => people / 2.1],
	['P21_RP_LOCHLMV', ({ social }, people) => (people / 2.1) * (social / 100)],
	['P21_RP_PROP', ({ social }, people) => (people / 2.1) * ((78 - social * 1.3) / 100)],
];

/** Each small area is made of the people of the stations it crosses; chance moves every figure a little. */
function censusOf(weights: MadeUp['weights'], luck: Chance): Pick<MadeUp['census'], 'columns' | 'rows'> {
	const rows = irisSeeds.map((_, n) => {
		const links = weights.filter(({ iris }) => iris === irisOf(n));
		const all = links.reduce((sum, { area }) => sum + (area ?? 0), 0);
		const mean = (name: 'aged' | 'social') =>
			links.reduce(
				(sum, { key, area }) =>
					sum + (stations.find((_, at) => keyOf(at) === key)?.[name] ?? 0) * ((area ?? 0) / all),
				0,
			);
		const place = { ...(stations[0] as Told), aged: mean('aged'), social: mean('social') };
		const people = 1270 + luck.below(320);
		const values = columns.map(([, count]) => count(place, people) * (0.99 + luck.next() * 0.02));
		return { iris: irisOf(n), commune: COMMUNE, quality: 1, values };
	});
	return { columns: columns.map(([name]) => name), rows };
}

const lists = [
	{ candidate: '1', name: 'Villebrume, la rive commune', nuance: 'RIVE' },
	{ candidate: '2', name: 'Le Pont des voisins', nuance: 'PONT' },
	{ candidate: '3', name: 'Horizon Orsande', nuance: 'HORI' },
	{ candidate: '4', name: 'Ensemble pour la brume', nuance: 'BRUM' },
];

function countsOf(shift: { abstention: number; ours: number }, luck: Chance) {
	return stations.map(({ registered, abstention, ours }, n) => {
		const around = () => (shift.abstention || shift.ours ? luck.below(7) - 3 : 0);
		const voters = Math.round((registered * (100 - abstention - shift.abstention - around())) / 100);
		const [blank, spoilt] = [Math.round(voters * 0.012), Math.round(voters * 0.006)];
		const valid = voters - blank - spoilt;
		const first = Math.round((valid * Math.max(ours + shift.ours + around(), 3)) / 100);
		const second = Math.round((valid - first) * (0.32 + luck.next() * 0.12));
		const third = Math.round((valid - first - second) * (0.45 + luck.next() * 0.15));
		const votes = [first, second, third, valid - first - second - third];
		const voices = lists.map((list, at) => ({ ...list, votes: votes[at] ?? 0 }));
		return { key: keyOf(n), registered, voters, blank, spoilt, valid, voices };
	});
}
