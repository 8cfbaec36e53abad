import { declareSubjects } from '#domains/safety/index.ts';
import type { Domain } from '#platform/domain.ts';
import { api } from './api.ts';
import { partApi } from './api-part.ts';
import { jobs } from './jobs.ts';
import { somethingNew } from './live.ts';
import { seesFile } from './policy.ts';
import { privacy } from './privacy.ts';
import { reportedMessage } from './reported.ts';
import { listeners, sights } from './tell.ts';

const sees = { gate: 'network', rule: 'messages.conversation.see' } as const;
const may = (ability: string) => ({ gate: 'network', rule: `messages.conversation.${ability}` }) as const;
const writesUnit = { gate: 'office', rule: 'messages.letter.see' } as const;
const reports = { gate: 'network', rule: 'messages.message.report' } as const;

declareSubjects({ message: reportedMessage });

/** What the house knows of this domain. */
export const messages: Domain = {
	name: 'messages',
	routes: {
		'GET /messages': sees,
		'GET /messages/demandes': sees,
		'GET /messages/compte': sees,
		'GET /messages/nouveau': { gate: 'network', rule: 'people.person.ask' },
		'POST /messages/nouveau?start': { gate: 'network', rule: 'people.person.ask', rate: 'upload' },
		'GET /messages/[id=id]': sees,
		'POST /messages/[id=id]?send': { ...may('write'), files: true },
		'POST /messages/[id=id]?edit': { gate: 'network', rule: 'messages.message.edit' },
		'POST /messages/[id=id]?remove': { gate: 'network', rule: 'messages.message.remove' },
		'POST /messages/[id=id]?hush': sees,
		'POST /messages/[id=id]?keep': may('keep'),
		'POST /messages/[id=id]?add': may('add'),
		'POST /messages/[id=id]?leave': may('leave'),
		'POST /messages/[id=id]?rejoin': may('rejoin'),
		'POST /messages/[id=id]?accept': may('answer'),
		'POST /messages/[id=id]?refuse': may('answer'),
		'POST /messages/[id=id]?reconsider': may('reconsider'),
		'GET /messages/[id=id]/signaler': reports,
		'POST /messages/[id=id]/signaler?report': reports,
		'GET /messages/unite/[id=id]': writesUnit,
		'POST /messages/unite/[id=id]?write': { ...writesUnit, audit: true },
	},
	api: { ...api, ...partApi },
	apps: [
		{
			name: 'messages',
			label: 'messages.title',
			icon: 'message-circle',
			href: '/messages',
			gate: { open: 'network' },
			fixed: true,
			group: 'network',
			position: 30,
		},
	],
	jobs,
	listeners,
	sights,
	live: { messages: somethingNew },
	holders: { 'messages.message': seesFile },
	privacy,
};
