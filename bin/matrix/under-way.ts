import { type Knock, rehearsal } from '#platform/rehearsal.ts';
import { changedRows } from '#tests/matrix/effects.ts';
import type { Answer } from '../serve/index.ts';

interface UnderWay extends Knock {
	/** Canaries of rows that were changed; looked at only while row-level security is off. */
	changed: Set<string>;
}

/** Knocks being answered, by the number that each request carries: the server runs in this process. */
const underWay = new Map<string, UnderWay>();
let last = 0;

/** The server's answer, given within the knock that the request belongs to: its mutant, the rules it asks. */
export const within =
	(answer: Answer): Answer =>
	(request, response, next) => {
		const knock = underWay.get(String(request.headers['x-knock']));
		return knock
			? rehearsal().knock.run(knock, () => answer(request, response, next))
			: answer(request, response, next);
	};

/** Notes what each transaction changed, before it is rolled back. */
export function lookAtChanges(): void {
	rehearsal().look = async (tx) => {
		const knock = rehearsal().knock.getStore() as UnderWay | undefined;
		if (!knock?.rowsOff) return;
		// What works alone ends as a role that reads no table about people.
		await tx.raw('reset role');
		for (const { word } of await tx.raw(changedRows)) knock.changed.add(String(word));
	};
}

/** What is taken away for one knock. */
export interface Off {
	/** The ability that answers yes to everybody; `*` for all. */
	mutant?: string | null;
	/** Row-level security. */
	rows?: boolean;
	/** Gates of routes. */
	doors?: boolean;
}

/** Knocks while something is off; gives what came of it, the abilities that were asked and what was changed. */
export async function knockWith<T>(
	{ mutant = null, rows = false, doors = false }: Off,
	knock: (headers: Record<string, string>) => Promise<T>,
): Promise<{ answer: T; asked: Set<string>; changed: Set<string> }> {
	const number = String(++last);
	const [asked, changed] = [new Set<string>(), new Set<string>()];
	underWay.set(number, { mutant, rowsOff: rows, doorsOff: doors, asked, changed });
	try {
		return { answer: await knock({ 'x-knock': number }), asked, changed };
	} finally {
		underWay.delete(number);
	}
}
