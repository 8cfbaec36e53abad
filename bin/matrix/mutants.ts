import { rehearsal } from '#platform/rehearsal.ts';
import { type Cell, run } from './cross.ts';
import { declared } from './doors.ts';
import { keyOf, type Ledger, printOf } from './ledger.ts';

const tableOf = (ability: string) => ability.split('.').slice(0, 2).join('.');
const rulesOf = ({ target }: Cell) => [declared[target.route]?.rule ?? '', ...(target.rules ?? [])];

/** Cells that may tell this ability apart, the likeliest first: refused ones of its own rule, then of its table, then what is read. */
function witnesses(ability: string, cells: Cell[]): Cell[] {
	const refused = cells.filter(
		({ target, wanted }) => target.in && (wanted === 'hidden' || wanted === 'forbidden'),
	);
	const own = refused.filter((cell) => rulesOf(cell).includes(ability));
	const near = refused.filter(
		(cell) =>
			!rulesOf(cell).includes(ability) && rulesOf(cell).some((rule) => tableOf(rule) === tableOf(ability)),
	);
	return [...own, ...near];
}

/** Whether anything that was refused or kept back changes when this ability answers yes to everybody. */
async function isKilled(origin: string, cells: Cell[], ledger: Ledger): Promise<boolean> {
	let killed = false;
	await run(origin, cells, (result) => {
		const before = ledger.get(keyOf(result));
		killed ||= before !== undefined && before.outcome !== result.outcome;
		return killed;
	});
	return killed;
}

async function showsOn(origin: string, pages: Cell[], prints: Map<string, string>): Promise<boolean> {
	let killed = false;
	await run(origin, pages, (result) => {
		const before = prints.get(keyOf(result));
		killed ||= before !== undefined && before !== printOf(result);
		return killed;
	});
	return killed;
}

/** What pages hold, twice: a page that changes by itself is no witness. */
async function steadyPrints(origin: string, pages: Cell[]): Promise<Map<string, string>> {
	const prints = new Map<string, string>();
	await run(origin, pages, (result) => void prints.set(keyOf(result), printOf(result)));
	await run(
		origin,
		pages,
		(result) => void (prints.get(keyOf(result)) !== printOf(result) && prints.delete(keyOf(result))),
	);
	return prints;
}

/** Makes each ability answer yes to everybody, one at a time; gives those that nothing noticed. */
export async function killAll(
	origin: string,
	abilities: string[],
	cells: Cell[],
	ledger: Ledger,
	say: (line: string) => void,
): Promise<string[]> {
	const late: string[] = [];
	for (const [index, ability] of abilities.entries()) {
		rehearsal().mutant = ability;
		if (!(await isKilled(origin, witnesses(ability, cells), ledger))) late.push(ability);
		if (index % 20 === 19) say(`${index + 1} of ${abilities.length} mutants`);
	}
	rehearsal().mutant = null;
	if (!late.length) return [];
	say(`no refusal noticed ${late.join(', ')}: looking at what pages show`);
	const pages = cells.filter(
		({ target, wanted }) => target.method === 'GET' && wanted === 'in' && !target.path.startsWith('/live'),
	);
	const prints = await steadyPrints(origin, pages);
	const survivors: string[] = [];
	for (const ability of late) {
		rehearsal().mutant = ability;
		if (!(await showsOn(origin, pages, prints))) survivors.push(ability);
	}
	rehearsal().mutant = null;
	return survivors;
}
