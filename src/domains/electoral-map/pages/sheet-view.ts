import type { Words } from '#platform/wording/index.ts';
import type { Fraction } from '../measures/fraction.ts';
import type { Alike, Likeness } from '../sheet/alike.ts';
import type { Trait } from '../sheet/profile.ts';
import type { Beside, Candidate, Round } from '../sheet/rounds.ts';
import type { Holder } from '../sheet/where.ts';
import { numberOf } from './explore.ts';
import { electionSaid, marginSaid, percent, themeSaid } from './said.ts';
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
	rounds: {
		election: string;
		registered: string;
		abstention: SaidBeside;
		ours: SaidBeside;
		redrawn: boolean;
		candidates: (Bar & { family: string | null; ours: boolean })[];
	}[];
	/** Our share at the last rounds where somebody was ours, the latest first. */
	ours: Bar[];
	profile: { text: string; margin: string | null }[];
	neighbours: ShownStation[];
	alike: ShownAlike;
	around: Shown;
}

/** Stations like this one where we do better, each with who to write to. */
export interface ShownAlike {
	/** What they are compared by, or why there is none. */
	text: string;
	list: {
		place: string;
		/** Its sheet, for those who may open it. */
		href: string | null;
		share: string;
		better: string;
		traits: string;
		unit: { href: string; name: string };
	}[];
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
		rounds: sheet.rounds.map((round) => roundSaid(words, round, sheet.reference)),
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
		around: { ...around, sources: [...new Set([...around.sources, ...census])] },
	};
}

function roundSaid(words: Words, round: Round, reference: Holder | null): ShownSheet['rounds'][number] {
	return {
		election: electionSaid(words, round.election),
		registered: words.number(round.registered),
		abstention: besideSaid(words, round.abstention, reference),
		ours: besideSaid(words, round.ours, reference),
		redrawn: round.redrawn,
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

// words: electoral-map.alike_*
function alikeSaid(words: Words, { state, election, list }: Alike): ShownAlike {
	const round = election ? electionSaid(words, election) : '';
	return {
		text: words.say(`electoral-map.alike_${state}`, { round }),
		list: list.map((one) => likenessSaid(words, one)),
	};
}

function likenessSaid(words: Words, { commune, unit, share, better, traits, station }: Likeness) {
	const { say } = words;
	const number = station && numberOf(station.key);
	const place = station?.place ?? say('electoral-map.station', { number: number ?? '' });
	return {
		place: station ? say('electoral-map.alike_place', { place, commune }) : commune,
		href: station && `/carte/bureaux/${encodeURIComponent(station.key)}`,
		share: percent(words, share),
		better: say('electoral-map.alike_better', { n: Math.round(better * 100) }),
		traits: traits
			.map(({ theme, here, there }) =>
				say('electoral-map.alike_trait', {
					theme: themeSaid(words, theme),
					there: percent(words, there),
					here: percent(words, here),
				}),
			)
			.join(', '),
		unit: { href: `/unites/${unit.id}`, name: unit.name },
	};
}
