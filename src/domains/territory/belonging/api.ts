import * as v from 'valibot';
import { type Operation, operation, plainVerb } from '#platform/domain.ts';
import { onePerson } from '#platform/http/parse.ts';
import { changeUnit, leave } from './join.ts';
import { confirmMember, unconfirmMember, unwelcome, WelcomeForm, welcome } from './welcome.ts';

const path = '/api/v1/units/[id]';
const writes = { scope: 'units:write' } as const;
const welcomes = { ...writes, gate: 'office', rule: 'territory.unit.welcome', audit: true } as const;

/** How one comes to a unit and leaves it, and how its officers greet who came. */
export const belongingApi: Record<string, Operation> = {
	[`PUT ${path}/membership`]: plainVerb(
		{
			...writes,
			gate: 'network',
			rule: 'territory.unit.join',
			summary: 'Come to a unit, and leave the one of its level that one was of; a few times a year at most',
		},
		changeUnit,
	),
	[`DELETE ${path}/membership`]: plainVerb(
		{ ...writes, gate: 'network', rule: 'territory.unit.see', summary: 'Leave a unit' },
		leave,
	),
	[`PUT ${path}/members/[person]/welcome`]: operation({
		...welcomes,
		summary: 'Welcome somebody who came, with a few words that are sent to them',
		input: v.strictObject({ greeting: WelcomeForm.entries.greeting }),
		output: v.object({ id: v.string() }),
		act: async (viewer, { greeting }, params) => {
			await welcome(viewer, params.id!, { ...onePerson(params), greeting });
			return { id: params.person };
		},
	}),
	[`DELETE ${path}/members/[person]/welcome`]: plainVerb(
		{ ...welcomes, summary: 'Take back a welcome that one just gave' },
		(viewer, id, params) => unwelcome(viewer, id, onePerson(params)),
	),
	[`POST ${path}/members/[person]/confirmation`]: plainVerb(
		{ ...welcomes, summary: 'Confirm that somebody who says so is a member' },
		(viewer, id, params) => confirmMember(viewer, id, onePerson(params)),
	),
	[`DELETE ${path}/members/[person]/confirmation`]: plainVerb(
		{ ...welcomes, summary: 'Take back a confirmation that one just gave' },
		(viewer, id, params) => unconfirmMember(viewer, id, onePerson(params)),
	),
};
