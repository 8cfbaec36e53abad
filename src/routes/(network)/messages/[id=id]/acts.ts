import * as v from 'valibot';
import * as messages from '#domains/messages/index.ts';
import { form } from '#platform/http/form.ts';

const idOf = ({ params }: { params: Partial<Record<string, string>> }) => params.id!;
const pageOf = (id: string) => `/messages/${id}#ecrire`;
const none = v.object({});

// What one does in a conversation: each form of its page.
export const send = form(
	messages.SendForm,
	async (viewer, input, event) => {
		const id = idOf(event);
		await messages.send(viewer, id, input);
		return { to: pageOf(id), say: 'messages.sent_note', draftDone: `${viewer.id}:messages:${id}` };
	},
	{ keepsFiles: true },
);
export const edit = form(messages.EditForm, async (viewer, input, event) => {
	await messages.edit(viewer, input);
	return { to: pageOf(idOf(event)), say: 'messages.edit_done' };
});
export const remove = form(messages.MessageForm, async (viewer, input, event) => {
	await messages.remove(viewer, input);
	return { to: pageOf(idOf(event)), say: 'messages.remove_done' };
});
export const hush = form(
	v.object({ on: v.picklist(['0', '1'], 'app.invalid_value') }),
	async (viewer, { on }, event) => {
		await messages.hush(viewer, { conversation: idOf(event) }, on === '1');
		return { say: on === '1' ? 'messages.mute_done' : 'messages.unmute_done' };
	},
);
export const keep = form(
	v.object({ days: messages.KeepForm.entries.days }),
	async (viewer, { days }, event) => {
		await messages.keep(viewer, { conversation: idOf(event), days });
		return { say: 'messages.keep_done' };
	},
);
export const add = form(messages.AddForm, async (viewer, input, event) => {
	await messages.add(viewer, idOf(event), input);
	return { to: pageOf(idOf(event)), say: 'messages.add_done' };
});
export const leave = form(none, async (viewer, _input, event) => {
	const conversation = idOf(event);
	await messages.leave(viewer, { conversation });
	const undo = { action: `/messages/${conversation}?/rejoin`, fields: {} };
	return { to: '/messages', say: 'messages.leave_done', undo };
});
export const rejoin = form(none, async (viewer, _input, event) => {
	await messages.rejoin(viewer, { conversation: idOf(event) });
	return { to: pageOf(idOf(event)), say: 'messages.rejoin_done' };
});
export const accept = form(none, async (viewer, _input, event) => {
	await messages.accept(viewer, { conversation: idOf(event) });
	return { to: pageOf(idOf(event)), say: 'messages.accept_done' };
});
export const refuse = form(none, async (viewer, _input, event) => {
	const conversation = idOf(event);
	await messages.refuse(viewer, { conversation });
	const undo = { action: `/messages/${conversation}?/reconsider`, fields: {} };
	return { to: '/messages', say: 'messages.refuse_done', undo };
});
export const reconsider = form(none, async (viewer, _input, event) => {
	await messages.reconsider(viewer, { conversation: idOf(event) });
	return { to: '/messages/demandes', say: 'messages.reconsider_done' };
});
