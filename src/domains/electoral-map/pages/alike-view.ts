import type { Words } from '#platform/wording/index.ts';
import type { Alike, Likeness } from '../sheet/alike.ts';
import type { Unexplained } from '../sheet/unexplained.ts';
import { stationAddress } from './asked.ts';
import { numberOf } from './lines.ts';
import { electionSaid, percent, themeSaid } from './said.ts';

/** Stations like this one where we do better, each with who to write to. */
export interface ShownAlike {
	/** What they are compared by, or why there is none. */
	text: string;
	/** What the profile does not explain of our share. */
	unexplained: string | null;
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

/** Says which stations look like this one, or why there is none. */
// words: electoral-map.alike_*
export function alikeSaid(words: Words, { state, election, list, unexplained }: Alike): ShownAlike {
	const round = election ? electionSaid(words, election) : '';
	return {
		text: words.say(`electoral-map.alike_${state}`, { round }),
		unexplained: unexplained && unexplainedSaid(words, unexplained, round),
		list: list.map((one) => likenessSaid(words, one)),
	};
}

// words: electoral-map.unexplained_*
function unexplainedSaid({ say }: Words, { gap, usual, stations }: Unexplained, round: string) {
	const points = Math.round(Math.abs(gap) * 100);
	const side = Math.abs(gap) <= usual || points === 0 ? 'usual' : gap > 0 ? 'above' : 'below';
	return say(`electoral-map.unexplained_${side}`, {
		n: points,
		usual: Math.max(1, Math.round(usual * 100)),
		stations,
		round,
	});
}

function likenessSaid(words: Words, { commune, unit, share, better, traits, station }: Likeness) {
	const { say } = words;
	const number = station && numberOf(station.key);
	const place = station?.place ?? say('electoral-map.station', { number: number ?? '' });
	return {
		place: station ? say('electoral-map.alike_place', { place, commune }) : commune,
		href: station && stationAddress(station.key),
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
