import { at, type Target } from '../cell.ts';
import type { Things } from '../things.ts';
import { any, crowd } from '../who.ts';
import { present } from './feed.ts';
import { groupsSeen } from './groups.ts';

const inside = any('odile', 'mathis');

/** Receiving by mail what is said in a group, and one's own address of it. */
export function lists({ circle, listToken }: Things): Target[] {
	const page = (state: 'closed' | 'secret' | 'open') => `/groupes/${circle[state]}`;
	const api = (state: 'closed' | 'secret') => `/api/v1/groups/${circle[state]}/by-mail`;
	const rules = ['groups.circle.receive'];
	return [
		...(['open', 'secret'] as const).map((state) =>
			at('POST /groupes/[id=id]?byMail', `group ${state}`, page(state), {
				in: inside,
				forbidden: groupsSeen[state],
				body: { mails: 'on' },
				rules,
			}),
		),
		// Mathis never received mails of it: there is nothing of his to change.
		at('POST /groupes/[id=id]?newAddress', 'group secret', page('secret'), {
			in: any('odile'),
			forbidden: groupsSeen.secret,
			rules,
		}),
		at('GET /api/v1/groups/[id]/by-mail', 'group secret', api('secret'), { in: inside }),
		at('PUT /api/v1/groups/[id]/by-mail', 'group closed', api('closed'), {
			in: inside,
			forbidden: present(groupsSeen.closed),
			body: { mails: true },
		}),
		at('POST /api/v1/groups/[id]/by-mail/address', 'group secret', `${api('secret')}/address`, {
			in: any('odile'),
			forbidden: present(groupsSeen.secret),
		}),
		at('GET /desabonnement/groupe/[token]', 'mail of Odile', `/desabonnement/groupe/${listToken}`),
		at('GET /desabonnement/groupe/[token]', 'false link', '/desabonnement/groupe/faux', { in: crowd.nobody }),
		at('POST /desabonnement/groupe/[token]?default', 'false link', '/desabonnement/groupe/faux', {
			in: crowd.nobody,
		}),
	];
}
