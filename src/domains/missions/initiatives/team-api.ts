import { type Operation, plainVerb } from '#platform/domain.ts';
import { onePerson } from '#platform/http/parse.ts';
import { closeIdea } from './propose.ts';
import { accept, ask, decline, quit } from './support.ts';

const path = '/api/v1/initiatives/[id]';
const may = (ability: string) =>
	({ gate: 'network', scope: 'missions:write', rule: `missions.initiative.${ability}` }) as const;

/** The team of an idea, for programs. */
export const ideaTeamApi: Record<string, Operation> = {
	[`PUT ${path}/membership`]: plainVerb(
		{ ...may('join'), summary: 'Ask to be of the team of an idea; who leads it answers' },
		ask,
	),
	[`DELETE ${path}/membership`]: plainVerb(
		{ ...may('quit'), summary: 'Leave the team of an idea, or take back that one asked' },
		quit,
	),
	[`PUT ${path}/team/[person]`]: plainVerb(
		{ ...may('lead'), summary: 'Take somebody who asked into the team of an idea' },
		(viewer, id, params) => accept(viewer, id, onePerson(params)),
	),
	[`DELETE ${path}/team/[person]`]: plainVerb(
		{ ...may('lead'), summary: 'Decline somebody who asked to be of the team of an idea' },
		(viewer, id, params) => decline(viewer, id, onePerson(params)),
	),
	[`POST ${path}/closing`]: plainVerb(
		{ ...may('lead'), summary: 'Close an idea: it stays read, and is supported no more' },
		closeIdea,
	),
};
