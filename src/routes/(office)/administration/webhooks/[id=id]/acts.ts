import * as v from 'valibot';
import { pause, remove, renew, replay, resume, ThingForm, test } from '#domains/webhooks/index.ts';
import { form, shown } from '#platform/http/form.ts';

const verbs = { pause, resume, test };
const nothing = v.object({});

// words: webhooks.done_*
/** A change that asks for nothing more, and what is said of it. */
export const act = (verb: keyof typeof verbs) =>
	form(nothing, async (viewer, _, { params }) => {
		await verbs[verb](viewer, params.id!);
		return { say: `webhooks.done_${verb}` };
	});

export const renewed = shown(nothing, (viewer, _, { params }) => renew(viewer, params.id!));

export const again = form(ThingForm, async (viewer, { id }) => {
	await replay(viewer, id);
	return { say: 'webhooks.done_replay' };
});

export const away = form(nothing, async (viewer, _, { params }) => {
	await remove(viewer, params.id!);
	const undo = { action: '/administration/webhooks?/restore', fields: { id: params.id! } };
	return { to: '/administration/webhooks', say: 'webhooks.removed', undo };
});
