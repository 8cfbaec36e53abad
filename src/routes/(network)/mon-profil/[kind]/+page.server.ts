import { ownLines, type RowKind, RowsForm, rowAddress, rowKinds, saveRows } from '#domains/profiles/index.ts';
import { notFound } from '#platform/errors.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

function kindOf(address: string | undefined): RowKind {
	const kind = rowKinds.find((one) => rowAddress[one] === address);
	if (!kind) throw notFound();
	return kind;
}

export const load: PageServerLoad = async ({ locals: { viewer, words }, params }) => {
	const kind = kindOf(params.kind);
	const { lines } = await ownLines(viewer);
	// words: profiles.kind_*
	return {
		title: words.say(`profiles.kind_${kind}`),
		kind,
		lines: lines.filter((line) => line.kind === kind),
	};
};

export const actions = {
	save: form(RowsForm, async (viewer, input, event) => {
		await saveRows(viewer, kindOf(event.params.kind), input);
		return { say: 'app.saved' };
	}),
} satisfies Actions;
