import { invalid, Refusal } from '#platform/errors.ts';
import type { Viewer } from '#platform/viewer.ts';
import { ownLines, saveRows } from './edit.ts';
import type { Audience } from './policy.ts';
import type { RowKind } from './show.ts';

/** A line as a program writes it; without id it is new. Years. */
interface Written {
	id?: string | undefined;
	text: string;
	place: string;
	url: string;
	since: number | null;
	until: number | null;
	audience: Audience;
}

/** Where the page says `since.2`, a program sent `items.2.since`. */
const asSent = (field: string) => field.replace(/^(\w+)\.(\d+)$/, 'items.$2.$1');

/** Writes the lines of one kind as they should be: what is left out goes. Throws Invalid at the line, such as `items.2.since`. */
export async function saveList(viewer: Viewer, kind: RowKind, items: Written[]): Promise<void> {
	const kept = new Set(items.map(({ id }) => id));
	const { lines } = await ownLines(viewer);
	const gone = lines.filter((line) => line.kind === kind && !kept.has(line.id)).map(({ id }) => id);
	const column = (name: keyof Written) => items.map((one) => String(one[name] ?? ''));
	const form = {
		id: [...column('id'), ...gone],
		text: column('text'),
		place: column('place'),
		url: column('url'),
		since: column('since'),
		until: column('until'),
		audience: items.map(({ audience }) => audience),
		remove: gone,
	};
	await saveRows(viewer, kind, form).catch((error) => {
		if (!(error instanceof Refusal) || error.name !== 'Invalid') throw error;
		throw invalid(error.problems.map((problem) => ({ ...problem, field: asSent(problem.field) })));
	});
}
