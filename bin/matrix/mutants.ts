import { type Cell, eachOf, nameOf, tryCell } from './cross.ts';
import { declared } from './doors.ts';
import { weigh } from './findings.ts';
import { type Kill, rememberedKills } from './kills.ts';
import type { Off } from './under-way.ts';

/** A cell that fitted while every rule was in force, and the abilities that were asked on the way. */
export interface Witness {
	cell: Cell;
	asked: Set<string>;
}

/** An ability that answered yes to everybody, and what came of it. */
export interface Mutant {
	ability: string;
	/** What the cell that noticed it says; absent: nothing did. */
	by?: string;
	/** Where, and what had to be off for it: it would have kept the row, or sent people away, all the same. */
	at?: Kill;
	knocks: number;
}

const rulesOf = ({ target }: Cell) => [declared[target.route]?.rule ?? '', ...(target.rules ?? [])];
const isRefused = ({ wanted }: Cell) => wanted === 'hidden' || wanted === 'forbidden';

/** The likeliest to notice first: refusals by that very rule, other refusals, what is read. */
function inOrder(ability: string, cells: Cell[]): Cell[] {
	const rank = (cell: Cell) => (isRefused(cell) ? (rulesOf(cell).includes(ability) ? 0 : 1) : 2);
	return [0, 1, 2].flatMap((wanted) => spread(cells.filter((cell) => rank(cell) === wanted)));
}

const witnessesOf = (ability: string, witnesses: Witness[]) =>
	inOrder(
		ability,
		witnesses.filter((one) => one.asked.has(ability)).map(({ cell }) => cell),
	);

/** Whom the gate sent away where others were asked the rule: what they would find behind it. */
function sentAway(ability: string, witnesses: Witness[]): Cell[] {
	const targets = new Set(witnessesOf(ability, witnesses).map(({ target }) => target));
	const cells = witnesses.filter(({ cell, asked }) => !asked.size && targets.has(cell.target));
	return inOrder(
		ability,
		cells.map(({ cell }) => cell).filter(({ wanted }) => wanted !== 'in'),
	);
}

/** One cell of each target, then a second of each: thirty people at one door tell little more than three. */
function spread(cells: Cell[]): Cell[] {
	const turns: Cell[][] = [];
	const seen = new Map<Cell['target'], number>();
	for (const cell of cells) {
		const turn = seen.get(cell.target) ?? 0;
		seen.set(cell.target, turn + 1);
		turns[turn] ??= [];
		turns[turn].push(cell);
	}
	return turns.flat();
}

/** So many cells of each way are tried before any other: nearly every mutant that leaks does so among them. */
const likeliest = 60;

/** The likeliest cells of every way first, then all that are left: a way that never leaks is not gone through in vain. */
function inTurns(ways: [Off, Cell[]][]): [Off, Cell[]][] {
	const first = ways.map(([off, cells]): [Off, Cell[]] => [off, cells.slice(0, likeliest)]);
	const rest = ways.map(([off, cells]): [Off, Cell[]] => [off, cells.slice(likeliest)]);
	return [...first, ...rest];
}

/** The cell that noticed it last time, before all others. */
function rememberedFirst(kill: Kill | undefined, ways: [Off, Cell[]][]): [Off, Cell[]][] {
	const cells = ways.flatMap(([, all]) => all.filter((cell) => nameOf(cell) === kill?.cell));
	return [[kill?.off ?? {}, cells.slice(0, 1)], ...inTurns(ways)];
}

/**
 * Three ways, until a cell gives more than agreed: the run would have been red. Where row-level security keeps the row all the
 * same, the rule is tried without it; where the gate sends away all whom the rule would refuse, without the gate too. There,
 * a cell counts that gives no more than agreed as long as the rule is in force.
 */
async function tryMutant(
	origin: string,
	ability: string,
	witnesses: Witness[],
	kill?: Kill,
): Promise<Mutant> {
	let knocks = 0;
	const leak = async (cell: Cell, off: Off) => {
		knocks++;
		return weigh(await tryCell(origin, cell, off)).leaks[0];
	};
	const own = witnessesOf(ability, witnesses);
	const ways: [Off, Cell[]][] = [
		[{}, own],
		[{ rows: true }, own],
		[{ rows: true, doors: true }, sentAway(ability, witnesses)],
	];
	for (const [off, cells] of rememberedFirst(kill, ways))
		for (const cell of cells) {
			const by = await leak(cell, { ...off, mutant: ability });
			if (by && !(off.rows && (await leak(cell, off))))
				return { ability, by, at: { cell: nameOf(cell), off }, knocks };
		}
	return { ability, knocks };
}

/** Makes each ability answer yes to everybody, one at a time, at the doors that ask it. */
export async function tryMutants(
	origin: string,
	abilities: string[],
	witnesses: Witness[],
	say: (line: string) => void,
): Promise<Mutant[]> {
	const mutants: Mutant[] = [];
	const kills = rememberedKills();
	await eachOf(abilities, async (ability) => {
		const mutant = await tryMutant(origin, ability, witnesses, kills[ability]);
		mutants.push(mutant);
		if (!mutant.by) say(`survived ${ability}, after ${mutant.knocks} knocks`);
	});
	return mutants;
}
