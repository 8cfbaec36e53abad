import type { Words } from '#platform/wording/index.ts';
import type { Fraction } from '../measures/fraction.ts';
import { electionSaid, percent, themeSaid } from './said.ts';
import type { Round, Sheet, Trait } from './station.ts';
import { type Shown, type ShownStation, shown } from './view.ts';

/** The sheet of a station, said. */
export interface ShownSheet {
	station: ShownStation;
	commune: string;
	rounds: { election: string; registered: string; abstention: string; ours: string; redrawn: boolean }[];
	profile: string[];
	neighbours: ShownStation[];
	around: Shown;
}

/** Says all that is known of a station. */
export function sheetShown(words: Words, sheet: Sheet): ShownSheet {
	const around = shown(words, sheet.around);
	const byKey = new Map(around.stations.map((station) => [station.key, station]));
	const years = new Set(sheet.profile.map(({ year }) => year).filter((year) => year !== null));
	const census = [...years].map((year) => words.say('electoral-map.source_profile', { year: String(year) }));
	return {
		station: byKey.get(sheet.station.key) as ShownStation,
		commune: sheet.commune,
		rounds: sheet.rounds.map((round) => roundSaid(words, round)),
		profile: sheet.profile.map((trait) => traitSaid(words, trait)),
		neighbours: sheet.neighbours.flatMap((key) => byKey.get(key) ?? []),
		around: { ...around, sources: [...new Set([...around.sources, ...census])] },
	};
}

function roundSaid(words: Words, { election, registered, abstention, ours, redrawn }: Round) {
	const beside = ({ here, there }: Round['ours']) =>
		here === null || there === null
			? '–'
			: words.say('electoral-map.beside', { here: percent(words, here), there: percent(words, there) });
	return {
		election: electionSaid(words, election),
		registered: words.number(registered),
		abstention: beside(abstention),
		ours: beside(ours),
		redrawn,
	};
}

// words: electoral-map.one_in_* electoral-map.fraction_* electoral-map.profile_*
function traitSaid(words: Words, { theme, comparison, here, there, counted }: Trait): string {
	const { say } = words;
	const fraction = ({ parts, of, sense }: Fraction) => say(`electoral-map.fraction_${sense}`, { parts, of });
	return say(`electoral-map.profile_${comparison}`, {
		theme: themeSaid(words, theme),
		whom: say(`electoral-map.one_in_${counted}`),
		here: here ? fraction(here) : '',
		there: there ? fraction(there) : '',
	});
}
