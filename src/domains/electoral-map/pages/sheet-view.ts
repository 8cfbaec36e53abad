import type { Words } from '#platform/wording/index.ts';
import type { Fraction } from '../measures/fraction.ts';
import type { Trait } from '../sheet/profile.ts';
import type { Beside, Candidate, Round } from '../sheet/rounds.ts';
import type { Holder } from '../sheet/where.ts';
import type { VotingPlace } from '../store/places.ts';
import { alikeSaid, type ShownAlike } from './alike-view.ts';
import { stationAddress } from './asked.ts';
import type { Beside as Told } from './explore.ts';
import { numberOf } from './lines.ts';
import { electionSaid, figureSaid, marginSaid, percent, themeSaid } from './said.ts';
import type { Sheet } from './station.ts';
import { type Shown, type ShownStation, shown } from './view.ts';

/** A share beside others: "54 % (commune : 46 %)", then "Fédération du Val-d'Orsande : 44 %". */
interface SaidBeside {
	text: string;
	wide: string | null;
}

/** A bar: how long it is, out of 100, and what it says. */
interface Bar {
	label: string;
	value: number;
	text: string;
}

/** The sheet of a station, said. */
export interface ShownSheet {
	station: ShownStation;
	commune: string;
	/** That its commune is of before a merger. */
	merged: string | null;
	/** Where its voters go, in one line. */
	place: string | null;
	/** Stations left under a commune of before a merger. */
	left: { href: string | null; label: string }[];
	rounds: {
		election: string;
		registered: string;
		abstention: SaidBeside;
		ours: SaidBeside;
		/** That its ground is not the same, or may not be. */
		ground: string | null;
		candidates: (Bar & { family: string | null; ours: boolean })[];
	}[];
	/** What is looked at first: voters, abstention, then the figures of the map. */
	facts: { label: string; value: string; note: string | null }[];
	/** How far the estimates can be believed. */
	quality: string | null;
	/** Our share at the last rounds where somebody was ours, the latest first. */
	ours: Bar[];
	profile: { text: string; margin: string | null }[];
	neighbours: ShownStation[];
	alike: ShownAlike;
	/** That the round asked for was not counted here, and which one is shown. */
	missed: string | null;
	around: Shown;
}

const MOST_BARS = 2;

/** Says all that is known of a station. */
export function sheetShown(words: Words, sheet: Sheet): ShownSheet {
	const around = shown(words, sheet.around);
	const byKey = new Map(around.stations.map((station) => [station.key, station]));
	const years = new Set(sheet.profile.map(({ year }) => year).filter((year) => year !== null));
	const census = [...years].map((year) => words.say('electoral-map.source_profile', { year: String(year) }));
	const told = sheet.rounds.filter(({ ours }) => ours.here !== null).slice(0, MOST_BARS);
	return {
		station: byKey.get(sheet.station.key) as ShownStation,
		commune: sheet.commune,
		merged: sheet.merged && mergedSaid(words, sheet.merged.commune),
		place: sheet.place && placeSaid(words, sheet.place),
		left: sheet.left.map((one) => leftSaid(words, one)),
		rounds: sheet.rounds.map((round) => roundSaid(words, round, sheet.reference)),
		facts: factsSaid(words, sheet),
		quality: sheet.station.mark && words.say(`electoral-map.quality_${sheet.station.mark}`),
		ours: told.map(({ election, ours }) => ({
			label: electionSaid(words, election),
			value: (ours.here ?? 0) * 100,
			text: besideSaid(words, ours, null).text,
		})),
		profile: sheet.profile.map((trait) => ({
			text: traitSaid(words, trait, sheet.reference),
			margin: trait.here ? marginSaid(words, trait.margin) : null,
		})),
		neighbours: sheet.neighbours.flatMap((key) => byKey.get(key) ?? []),
		alike: alikeSaid(words, sheet.alike),
		missed:
			sheet.missed &&
			words.say('electoral-map.sheet_other_round', {
				election: electionSaid(words, sheet.missed),
				latest: around.election,
			}),
		around: {
			...around,
			sources: [...new Set([...around.sources, ...census, ...placesSource(words, sheet)])],
		},
	};
}

const placeSaid = ({ say }: Words, { name, address }: VotingPlace) =>
	address ? say('electoral-map.sheet_place_at', { name, address }) : name;

const placesSource = ({ say }: Words, { place }: Sheet) =>
	place?.vintage ? [say('electoral-map.source_places', { year: place.vintage })] : [];

const mergedSaid = ({ say }: Words, commune: string | null) =>
	commune ? say('electoral-map.sheet_merged', { commune }) : say('electoral-map.sheet_merged_unknown');

const leftSaid = ({ say }: Words, { key, commune, election, told }: Sheet['left'][number]) => ({
	href: told ? stationAddress(key, election) : null,
	label: say('electoral-map.sheet_left_station', { number: numberOf(key), commune }),
});

// words: electoral-map.quality_*
function factsSaid(words: Words, { station, rounds, around }: Sheet): ShownSheet['facts'] {
	const { say } = words;
	const round = rounds.find(({ election }) => election.id === around.election);
	const { here = null, there = null } = round?.abstention ?? {};
	const note = there === null ? null : say('electoral-map.in_town', { share: percent(words, there) });
	const estimated = around.criteria.flatMap(({ asked }, n) => {
		const figure = station.figures[n];
		if (asked === 'abstention') return [];
		const value = figure ? figureSaid(words, asked, figure.value) : say('electoral-map.hidden');
		return [
			{
				label: themeSaid(words, asked),
				value,
				note: figure ? marginSaid(words, figure.margin, asked) : null,
			},
		];
	});
	return [
		{
			label: say('electoral-map.column_registered'),
			value: words.number(station.registered ?? 0),
			note: null,
		},
		...(here === null
			? []
			: [{ label: say('electoral-map.column_abstention'), value: percent(words, here), note }]),
		...estimated,
		...doorsSaid(words, around.beside.get(station.key)),
	];
}

/** What knocking may bring there; nothing where homes or rounds are missing. */
function doorsSaid(words: Words, found: Told | null | undefined): ShownSheet['facts'] {
	if (found === undefined) return [];
	const value = found ? figureSaid(words, 'per_doors', found.value) : words.say('electoral-map.hidden');
	const note = found && marginSaid(words, found.margin, 'per_doors');
	return [{ label: themeSaid(words, 'per_doors'), value, note }];
}

// words: electoral-map.ground_*
function roundSaid(words: Words, round: Round, reference: Holder | null): ShownSheet['rounds'][number] {
	return {
		election: electionSaid(words, round.election),
		registered: words.number(round.registered),
		abstention: besideSaid(words, round.abstention, reference),
		ours: besideSaid(words, round.ours, reference),
		ground: round.ground === 'same' ? null : words.say(`electoral-map.ground_${round.ground}`),
		candidates: round.candidates.map((one) => candidateSaid(words, one)),
	};
}

function besideSaid(words: Words, { here, there, wide }: Beside, reference: Holder | null): SaidBeside {
	if (here === null || there === null) return { text: '–', wide: null };
	const { say } = words;
	return {
		text: say('electoral-map.beside', { here: percent(words, here), there: percent(words, there) }),
		wide:
			reference && wide !== null
				? say('electoral-map.beside_wide', { unit: reference.name, share: percent(words, wide) })
				: null,
	};
}

// words: electoral-map.family_*
const candidateSaid = (words: Words, { name, family, share }: Candidate) => ({
	label: name,
	value: share * 100,
	text: percent(words, share),
	family: family && words.say(`electoral-map.family_${family}`),
	ours: family === 'ours',
});

// words: electoral-map.one_in_* electoral-map.fraction_* electoral-map.profile_*
function traitSaid(words: Words, trait: Trait, reference: Holder | null): string {
	const { theme, comparison, here, there, wide, counted } = trait;
	const { say } = words;
	const fraction = ({ parts, of, sense }: Fraction) => say(`electoral-map.fraction_${sense}`, { parts, of });
	const line = say(`electoral-map.profile_${comparison}`, {
		theme: themeSaid(words, theme),
		whom: say(`electoral-map.one_in_${counted}`),
		here: here ? fraction(here) : '',
		there: there ? fraction(there) : '',
	});
	if (!wide || !reference) return line;
	return say('electoral-map.profile_wide', { line, unit: reference.name, share: fraction(wide) });
}
