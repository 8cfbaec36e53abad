import * as v from 'valibot';
import { petition, SettleForm } from '#domains/missions/index.ts';
import { form } from '#platform/http/form.ts';

// What who leads a petition does on its page.
export const settle = form(SettleForm, async (viewer, input, { params }) => {
	await petition.settle(viewer, params.id!, input);
	const undo = { action: `/petitions/${params.id}?/reopen`, fields: {} };
	return { say: 'missions.petition_closed', undo };
});
export const reopen = form(v.object({}), async (viewer, _input, { params }) => {
	await petition.reopen(viewer, params.id!);
	return { say: 'missions.petition_reopened' };
});
