import type { Words } from '#platform/wording/index.ts';
import { roundIn } from '../model.ts';
import { stationAddress } from '../pages/asked.ts';
import { numberOf } from '../pages/lines.ts';
import { electionSaid } from '../pages/said.ts';
import type { Standing } from './model.ts';
import type { SelectionSheet, Target } from './selections.ts';
import type { StationEntry, TallyLine, TallySheet } from './tallies.ts';

export const roundsAt = '/carte/entre-deux-tours';
export const entryAt = '/carte/saisie';

/** "10. Foyer du Rail", or the station's number alone. */
export const nameSaid = ({ say }: Words, { number, place }: { number: string; place: string | null }) =>
	place ? `${number}. ${place}` : say('electoral-map.station', { number });

/** An identifier of an election, in words. */
export const electionNamed = (words: Words, id: string): string =>
	electionSaid(words, roundIn(id) ?? { id, year: null, kind: null, round: null });

/** An entry under way, in words. */
export const tallySaid = (words: Words, line: TallyLine) => ({
	...line,
	href: `${entryAt}/${line.id}`,
	title: words.say('electoral-map.tally_name', {
		round: electionNamed(words, line.election),
		place: line.place,
	}),
	progress: words.say('electoral-map.tally_progress', { settled: line.settled, n: line.stations }),
});
export type ShownTally = ReturnType<typeof tallySaid>;

const isCounted = (standing: Standing) => standing === 'agreed' || standing === 'decided';

/** The grid of an entry, in words. */
// words: electoral-map.standing_*
export function sheetSaid(words: Words, { tally, communes, stations }: TallySheet) {
	const settled = stations.filter(({ standing }) => isCounted(standing)).length;
	const { id, election, place, state, may } = tally;
	const next = stations.find(({ standing, mine }) => !mine && !isCounted(standing));
	const hrefOf = (key: string) => `${entryAt}/${id}/${encodeURIComponent(key)}`;
	return {
		...tallySaid(words, { id, election, place, state, stations: stations.length, settled }),
		may,
		next: next && state === 'open' ? hrefOf(next.key) : null,
		differ: stations.filter(({ standing }) => standing === 'differs').length,
		groups: communes.map(({ code, name }) => ({
			code,
			name: communes.length > 1 ? name : null,
			stations: stations
				.filter(({ commune }) => commune === code)
				.map((one) => ({
					key: one.key,
					href: hrefOf(one.key),
					name: nameSaid(words, { number: numberOf(one.key), place: one.place }),
					standing: one.standing,
					said: words.say(`electoral-map.standing_${one.standing}`),
					mine: one.mine,
				})),
		})),
	};
}
export type ShownSheet = ReturnType<typeof sheetSaid>;

/** A station to type, in words. */
export function entrySaid(
	words: Words,
	one: StationEntry,
	{ done, viewerId }: { done: string | null; viewerId: string },
) {
	const { tally, key, settled, mine } = one;
	const names = ['registered', 'voters', 'blank', 'spoilt', ...tally.candidates.map((_, at) => `v${at}`)];
	const draft = (station: string, name: string) => `bv-${tally.id}-${station}-${viewerId}-${name}`;
	const figures = settled ?? mine;
	return {
		...{ key, settled: settled !== null, mine: mine !== null, standing: one.standing, may: tally.may },
		isOpen: tally.state === 'open',
		grid: `${entryAt}/${tally.id}`,
		tally: words.say('electoral-map.tally_name', {
			round: electionNamed(words, tally.election),
			place: tally.place,
		}),
		name: nameSaid(words, { number: numberOf(key), place: one.place }),
		said: words.say(`electoral-map.standing_${one.standing}`),
		known: one.known === null ? null : words.say('electoral-map.entry_known', { n: one.known }),
		fields: (['registered', 'voters', 'blank', 'spoilt'] as const).map((name) => ({
			name,
			label: words.say(`electoral-map.entry_${name}`),
			value: figures ? String(figures[name]) : '',
			draft: draft(key, name),
		})),
		lists: tally.candidates.map(({ name, nuance }, at) => ({
			label: nuance ? `${at + 1}. ${name} (${nuance})` : `${at + 1}. ${name}`,
			value: figures ? String(figures.votes[at] ?? '') : '',
			draft: draft(key, `v${at}`),
		})),
		entries: one.entries.map((entry) => ({
			by: entry.byName || words.say('electoral-map.entry_by_nobody'),
			at: entry.at,
			figures: [entry.registered, entry.voters, entry.blank, entry.spoilt, ...entry.votes],
		})),
		/** Drafts of the station typed just before, which are of no use any more. */
		draftsDone: done ? names.map((name) => draft(done, name)).join(' ') : '',
	};
}
// words: electoral-map.entry_*
export type ShownEntry = ReturnType<typeof entrySaid>;

/** A target, in words. */
export const targetSaid = (words: Words, target: Target) => ({
	key: target.key,
	href: stationAddress(target.key),
	name: nameSaid(words, target),
	commune: target.commune,
	reserve: target.reserve ? words.say('electoral-map.target_reserve', { n: target.reserve }) : null,
});
export type ShownTarget = ReturnType<typeof targetSaid>;

/** A selection, in words. */
// words: electoral-map.selection_state_*
export function selectionSaid(words: Words, { selection, targets }: SelectionSheet) {
	return {
		...{ id: selection.id, name: selection.name, state: selection.state },
		lead: words.say('electoral-map.selection_lead', {
			n: targets.length,
			round: electionNamed(words, selection.election),
		}),
		said: words.say(`electoral-map.selection_state_${selection.state}`),
		back: `${roundsAt}?ou=${selection.unit_id}&scrutin=${encodeURIComponent(selection.election)}`,
		csv: `${roundsAt}/cibles/${selection.id}/liste.csv`,
		targets: targets.map((target) => ({
			...targetSaid(words, target),
			unit: target.unit ?? '',
			unitName: target.offered.find(({ id }) => id === target.unit)?.name ?? '',
			options: [
				{ value: '', label: words.say('electoral-map.selection_nobody') },
				...target.offered.map(({ id, name }) => ({ value: id, label: name })),
			],
		})),
	};
}
export type ShownSelection = ReturnType<typeof selectionSaid>;
