import type { Domain } from '#platform/domain.ts';
import { sql } from '#platform/sql.ts';
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
		'POST /contacts?restore': { gate: 'network' },
	},
	api,
	listeners,
	sights: {
		asked: (viewer) => sql`exists (select from friends.request where request.from_id = notice.subject_id
			and request.to_id = ${viewer.id}::uuid and request.withdrawn_at is null)`,
		accepted: (viewer) =>
			sql`exists (select from friends.link where link.person_id = ${viewer.id}::uuid and link.friend_id = notice.subject_id)`,
	},
	apps: [
		{
			name: 'friends',
			label: 'friends.app',
			icon: 'contact',
			href: '/contacts',
			gate: { open: 'network' },
			fixed: true,
			waits: { kinds: ['asked'], label: 'friends.asked_n' },
			group: 'network',
			position: 60,
		},
	],
	privacy,
};
