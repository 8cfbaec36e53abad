import type { Domain } from '#platform/domain.ts';
import { api } from './api.ts';
import { listeners } from './listen.ts';
import { privacy } from './privacy.ts';

const answers = { gate: 'network', rule: 'friends.request.answer' } as const;

/** What the house knows of this domain. */
export const friends: Domain = {
	name: 'friends',
	routes: {
		'GET /contacts': { gate: 'network', rule: 'people.person.see' },
		'POST /contacts?ask': { gate: 'network', rule: 'people.person.ask' },
		'POST /contacts?accept': answers,
		'POST /contacts?refuse': answers,
		'POST /contacts?reconsider': answers,
		'POST /contacts?withdraw': { gate: 'network', rule: 'friends.request.withdraw' },
		'POST /contacts?remove': { gate: 'network' },
	},
	api,
	listeners,
	apps: [
		{
			name: 'friends',
			label: 'friends.app',
			icon: 'contact',
			href: '/contacts',
			gate: { open: 'network' },
			group: 'network',
			position: 60,
		},
	],
	privacy,
};
