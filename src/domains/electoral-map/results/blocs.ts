import type { Count, Voice } from '../model.ts';

/** Families of candidates, in neutral words; an organisation decides who belongs to which. */
export const blocs = ['left', 'centre', 'right', 'far_right', 'other'] as const;
export type Bloc = (typeof blocs)[number];

/** Nuances (`UG`) or, where the file has none, names of candidates and lists as written, each with its bloc. */
export type BlocTable = Readonly<Record<string, Bloc>>;

// For 2024, the very families of the published map by station of that year (read back from its votes).
const lists: Record<Bloc, string> = {
	left: 'EXG DXG LUT LCR LO NPA COM FG FI SOC PG RDG PRG VEC ECO DVG UG UGE NUP NFP GEN UCG',
	centre: 'ENS REN REM MDM MAJ MODM HOR DVC UC UCD ALLI NC PRV UDI',
	right: 'LR UMP UD DVD UMR MPF CPNT',
	far_right: 'FN RN MNR EXD DXD REC UXD DSV DLF DLR',
	other: 'REG DIV AUT ANM INC NCE GJ',
};

/** Letters that changed sides: what they were before `year`. UDI ran with the right until 2022. */
const earlier: { year: number; table: BlocTable }[] = [{ year: 2023, table: { UDI: 'right' } }];

const base: ReadonlyMap<string, Bloc> = new Map(
	blocs.flatMap((bloc) => lists[bloc].split(' ').map((nuance) => [nuance, bloc] as const)),
);

/** The letters that matter: lists put an L before theirs (`LDVG`), pairs of candidates `BC-`. */
function lettersOf(nuance: string): string {
	const text = nuance.trim().toUpperCase().replace(/^BC-?/, '');
	return !base.has(text) && text.startsWith('L') && base.has(text.slice(1)) ? text.slice(1) : text;
}

/** True for letters that the Ministry gave as a political label, with their L or BC. */
export const isNuance = (text: string) => base.has(lettersOf(text));

/** The nuances of the house and their blocs in an election of `year`, to show and to edit. */
export function defaultBlocs(year: number): BlocTable {
	const changed = earlier.filter((change) => year < change.year).map(({ table }) => table);
	return Object.assign(Object.fromEntries(base), ...changed);
}

/** Says the bloc of a voice, or null when no table places it. */
export type Placing = (voice: Pick<Voice, 'nuance' | 'name'>) => Bloc | null;

/** How an election of `year` is read: what the organisation says of a nuance or of a name goes first. */
export function placing(year: number, own: BlocTable = {}): Placing {
	const house = new Map(Object.entries(defaultBlocs(year)));
	const said = new Map(Object.entries(own));
	return (voice) => toldOf(said, voice) ?? house.get(lettersIn(voice)) ?? null;
}

const lettersIn = ({ nuance }: Pick<Voice, 'nuance'>) => (nuance ? lettersOf(nuance) : '');

/** What a table says of a voice: by its nuance as written, by the letters that matter, or by its name. */
const toldOf = <T>(table: Map<string, T>, voice: Pick<Voice, 'nuance' | 'name'>): T | undefined =>
	table.get(voice.nuance ?? '') ?? table.get(lettersIn(voice)) ?? table.get(voice.name);

/** A family, or ours. */
export const families = ['ours', ...blocs] as const;
export type Family = (typeof families)[number];

/** What the organisation says of a label, at one election or (empty) at all; an empty family means: as the house has it. */
export interface Said {
	election: string;
	label: string;
	bloc: Family | '';
}

/**
 * How the organisation reads an election: what it says of that one goes before what it says of all, whatever the family
 * is, and both before the house's own table.
 */
export function familyIn(
	election: string,
	said: Said[],
): (voice: Pick<Voice, 'nuance' | 'name'>) => Family | null {
	const house = placing(yearOf(election));
	const tableOf = (id: string) =>
		new Map(said.filter((one) => one.election === id).map(({ label, bloc }) => [label, bloc] as const));
	const [own, general] = [tableOf(election), tableOf('')];
	return (voice) => (toldOf(own, voice) ?? toldOf(general, voice)) || house(voice);
}

const yearOf = (election: string) => Number(election.slice(0, 4)) || 0;

/** The votes of a station by bloc; they add up to its voices, what nobody places among the others. */
export function votesByBloc(voices: Voice[], place: Placing): Record<Bloc, number> {
	const votes: Record<Bloc, number> = { left: 0, centre: 0, right: 0, far_right: 0, other: 0 };
	for (const voice of voices) votes[place(voice) ?? 'other'] += voice.votes;
	return votes;
}

/** What no table places, with its votes, most first: the organisation is asked about these. */
export function unplaced(counts: Count[], place: Placing): { label: string; votes: number }[] {
	const votes = new Map<string, number>();
	for (const { voices } of counts)
		for (const voice of voices) {
			if (place(voice)) continue;
			const label = voice.nuance ?? voice.name;
			votes.set(label, (votes.get(label) ?? 0) + voice.votes);
		}
	return [...votes].map(([label, total]) => ({ label, votes: total })).toSorted((a, b) => b.votes - a.votes);
}
