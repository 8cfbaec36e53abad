import type { IrisOutline, RegisterAddress, Remark, StationKey, StationOutline, Weight } from '../model.ts';
import { byCommune, inOrder } from './grounds.ts';
import { countAddresses, type Laid, layCommune, measureAreas, nearestStation } from './measures.ts';
import { drawing, type Pen } from './pen.ts';
import { coverageOf, type IrisCoverage, qualityOf, remarksOn, type StationQuality } from './quality.ts';

/** What is crossed: IRIS of one vintage, stations of another. */
export interface CrossingInput {
	irises: IrisOutline[];
	stations: StationOutline[];
	/** Of the same stations. In an IRIS that has some, they decide instead of areas. */
	addresses?: RegisterAddress[];
	/** Of the stations: 2017, 2022-09… */
	vintage: string;
	/** IRIS where somebody lives; all of them when nobody knows. */
	populated?: string[];
}

/** Weights of every IRIS whose commune has a station, and what they are worth. In order of communes, then of codes. */
export interface Crossing {
	weights: Weight[];
	coverage: IrisCoverage[];
	quality: StationQuality[];
	remarks: Remark[];
}

/**
 * Shares each IRIS out among the stations of its commune: by addresses where it holds some, else by area. Its parts
 * add up to one, so that nobody is lost at the edges of outlines that do not match.
 */
export async function crossGrounds(input: CrossingInput): Promise<Crossing> {
	const stations = byCommune(input.stations);
	const addresses = byCommune(input.addresses ?? []);
	const irises = byCommune(input.irises);
	const communes = [...new Set([...irises.keys(), ...stations.keys(), ...addresses.keys()])].sort(inOrder);
	const crossing: Crossing = { weights: [], coverage: [], quality: [], remarks: [] };
	// A pen for each: the shapes of one commune are gone when the next one begins.
	for (const commune of communes) {
		const given = {
			irises: irises.get(commune) ?? [],
			stations: stations.get(commune) ?? [],
			addresses: addresses.get(commune) ?? [],
			vintage: input.vintage,
		};
		const { weights, coverage, quality } = await drawing((pen) => crossCommune(pen, given));
		crossing.weights.push(...weights);
		crossing.coverage.push(...coverage);
		crossing.quality.push(...quality);
	}
	return { ...crossing, remarks: remarksOn(input, crossing) };
}

type Commune = Required<Omit<CrossingInput, 'populated'>>;

function crossCommune(pen: Pen, commune: Commune): Omit<Crossing, 'remarks'> {
	const { stations, addresses, vintage } = commune;
	const keys = [...new Set([...stations, ...addresses].map(({ key }) => key))].sort(inOrder);
	const [only] = keys;
	if (only === undefined) return { weights: [], coverage: [], quality: [] };
	if (keys.length === 1) return giveAll(only, commune);
	const laid = layCommune(pen, commune.irises, stations);
	const byAddress = addresses.length ? countAddresses(pen, laid, addresses) : null;
	const needsAreas = laid.irises.some(({ code }) => !byAddress?.common.has(code));
	const byArea = needsAreas ? measureAreas(pen, laid) : null;
	const weights = laid.irises.flatMap(({ code }) => {
		const counted = byAddress?.common.get(code);
		return counted ? shareOf(code, counted, false) : shareOf(code, byArea?.common.get(code), true);
	});
	const orphans = nearestOf(pen, laid, weights, addresses);
	const all = [...weights, ...orphans].sort((a, b) => inOrder(a.iris, b.iris) || inOrder(a.key, b.key));
	return {
		weights: all,
		coverage: coverageOf(all, byArea?.irisSizes ?? new Map(), orphans),
		quality: qualityOf(keys, all, byAddress ?? byArea, vintage),
	};
}

/** One station: it has everybody, whatever the drawings. */
function giveAll(key: StationKey, { irises, vintage }: Commune): Omit<Crossing, 'remarks'> {
	const codes = irises.map(({ iris }) => iris).sort(inOrder);
	return {
		weights: codes.map((iris) => ({ iris, key, weight: 1, area: null })),
		coverage: codes.map((iris) => ({ iris, coverage: null, nearest: false })),
		quality: [{ key, irises: codes.length, largest: null, coverage: null, vintage }],
	};
}

function shareOf(iris: string, common: Map<StationKey, number> | undefined, isArea: boolean): Weight[] {
	const parts = [...(common ?? [])];
	const total = parts.reduce((sum, [, part]) => sum + part, 0);
	return parts.map(([key, part]) => ({ iris, key, weight: part / total, area: isArea ? part : null }));
}

/** IRIS that nothing meets go whole to the nearest station. */
function nearestOf(pen: Pen, laid: Laid, weights: Weight[], addresses: RegisterAddress[]): Weight[] {
	const met = new Set(weights.map(({ iris }) => iris));
	return laid.irises.flatMap((iris) => {
		if (met.has(iris.code)) return [];
		const key = nearestStation(pen, iris, laid, addresses);
		return key ? [{ iris: iris.code, key, weight: 1, area: null }] : [];
	});
}
