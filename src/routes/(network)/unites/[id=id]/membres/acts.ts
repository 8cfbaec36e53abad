import * as territory from '#domains/territory/index.ts';
import { form } from '#platform/http/form.ts';

const undo = (unitId: string | undefined, act: string, { person }: { person: string }) => ({
	action: `/unites/${unitId}/membres?/${act}`,
	fields: { person },
});

// What officers do for who belongs to a unit; each may be taken back.
export const welcome = form(territory.WelcomeForm, async (viewer, input, { params: { id } }) => {
	await territory.welcome(viewer, id!, input);
	return { say: 'territory.member_welcomed', undo: undo(id, 'unwelcome', input) };
});
export const unwelcome = form(territory.PersonForm, async (viewer, input, { params: { id } }) => {
	await territory.unwelcome(viewer, id!, input);
	return { say: 'app.undone' };
});
export const confirm = form(territory.PersonForm, async (viewer, input, { params: { id } }) => {
	await territory.confirmMember(viewer, id!, input);
	return { say: 'territory.member_confirmed', undo: undo(id, 'unconfirm', input) };
});
export const unconfirm = form(territory.PersonForm, async (viewer, input, { params: { id } }) => {
	await territory.unconfirmMember(viewer, id!, input);
	return { say: 'app.undone' };
});
