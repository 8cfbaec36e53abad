import * as v from 'valibot';
import {
	clearStation,
	EntryForm,
	enterAndGoOn,
	entrySaid,
	stationEntry,
} from '#domains/electoral-map/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words }, params: { id, key }, url }) => {
	const found = await stationEntry(viewer, id, key);
	const entry = entrySaid(words, found, { done: url.searchParams.get('fait'), viewerId: viewer.id ?? '' });
	return { title: entry.name, entry };
};

export const actions = {
	enter: form(EntryForm, (viewer, input, { params }) =>
		enterAndGoOn(viewer, { id: params.id!, key: params.key! }, input),
	),
	clear: form(v.object({}), async (viewer, _, { params }) => {
		await clearStation(viewer, { id: params.id!, key: params.key! });
		return { say: 'electoral-map.entry_cleared_note' };
	}),
} satisfies Actions;
