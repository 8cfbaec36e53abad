import { at, type Target } from '../cell.ts';
import type { Things } from '../things.ts';
import { crowd, over } from '../who.ts';

const base = '/administration/webhooks';
const keeps = { in: over.top.settings, busy: true } as const;
const typed = { name: 'Agenda', url: 'https://agenda.example.org/', 'kinds[]': ['event.created'] };
const byProgram = { name: 'Agenda', url: 'https://agenda.example.org/', kinds: ['event.created'] };

/** Addresses outside: the web officer's. For any other officer they do not exist, nor does one that was removed. */
export function webhooks({ hooks, delivery }: Things): Target[] {
	const page = `${base}/${hooks.active}`;
	const on = (action: string, body?: Record<string, string | string[]>) =>
		at(`POST ${base}/[id=id]?${action}`, 'webhook', page, { ...keeps, ...(body && { body }) });
	const api = '/api/v1/webhooks';
	// A token carries no second factor: no office acts through it alone.
	const write = { in: crowd.nobody };
	return [
		at(`GET ${base}`, 'list', base, { ...keeps, finds: { 'canary-webhook-active': over.top.settings } }),
		at(`POST ${base}?create`, 'list', base, { ...keeps, body: typed }),
		at(`POST ${base}?restore`, 'webhook removed', base, { ...keeps, body: { id: hooks.removed } }),
		at(`GET ${base}/[id=id]`, 'webhook', page, keeps),
		at(`GET ${base}/[id=id]`, 'webhook removed', `${base}/${hooks.removed}`, { in: crowd.nobody }),
		on('edit', { name: 'Autre', 'kinds[]': ['event.created'] }),
		on('renew'),
		on('pause'),
		on('resume'),
		on('remove'),
		on('test'),
		on('replay', { id: delivery }),
		at(`GET ${api}`, 'list', api, keeps),
		at(`POST ${api}`, 'list', api, { ...write, body: byProgram }),
		at(`DELETE ${api}/[id]`, 'webhook', `${api}/${hooks.active}`, write),
		at(`GET ${api}/[id]/deliveries`, 'webhook', `${api}/${hooks.active}/deliveries`, keeps),
		at(`POST ${api}/deliveries/[id]/replay`, 'webhook', `${api}/deliveries/${delivery}/replay`, write),
	];
}
