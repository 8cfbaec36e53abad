import type { RequestEvent } from '@sveltejs/kit';
import { asSystem, read } from '../db.ts';
import { isId, newId } from '../ids.ts';
import { seal, unseal } from '../seal.ts';
import { sql } from '../sql.ts';
import type { Viewer } from '../viewer.ts';
import { isFresh, lettersAtMost, makeRoom, unsents } from './unsent.ts';

/** What a refused form answers: its status, and what its page shows at the fields. */
export interface Refusing {
	status: number;
	shows: Record<string, unknown>;
}

/** What a request remembers of the refused form that its page shows again. */
export interface Recalled {
	refused?: Refusing;
}

/** In the address of a page that shows a refused form. */
const mark = 'refus';
const use = (personId: string) => `refused ${personId}`;

/** A browser that goes from page to page: it would ask before sending the form again, were its answer no page of its own. */
const isNavigation = ({ request }: RequestEvent) => request.headers.get('sec-fetch-mode') === 'navigate';

/**
 * Keeps what a refused form answers, for a day, sealed, and gives the address of the page that shows it: going back to it or
 * reloading it asks nothing and loses nothing. Null when the answer must be given at once: to a visitor, to a program, when too long.
 */
export async function addressOf(
	event: RequestEvent,
	viewer: Viewer,
	refusing: Refusing,
): Promise<string | null> {
	if (!viewer.id || !isNavigation(event)) return null;
	const action = actionOf(event.url);
	const text = JSON.stringify({ action, ...refusing });
	if (text.length > lettersAtMost) return null;
	const id = newId();
	await asSystem('unsent', async (tx) => {
		await tx.run(sql`insert into platform.unsent (id, person_id, sealed, refused)
			values (${id}, ${viewer.id}::uuid, ${seal(use(viewer.id!), text)}, true)`);
		await makeRoom(tx, viewer.id!, true);
	});
	return `${action}${action.includes('?') ? '&' : '?'}${mark}=${id}`;
}

/**
 * At the address of a refused form, the page is asked as the form's own answer: its action gives that answer again (see `form.ts`)
 * and does nothing. Anything else there, or nothing kept, and it is a page like any other.
 */
export async function recall(event: RequestEvent): Promise<void> {
	const { request, url } = event;
	const id = url.searchParams.get(mark);
	const { viewer } = event.locals as { viewer: Viewer };
	if (request.method !== 'GET' || !viewer.id || !id || !isId(id)) return;
	const row = await read(viewer, (tx) =>
		tx.one<{ sealed: string }>(
			sql`select unsent.sealed from platform.unsent where unsent.id = ${id}::uuid and unsent.refused and ${unsents.see(viewer)} and ${isFresh}`,
		),
	);
	if (!row) return;
	const { action, ...refusing } = JSON.parse(unseal(use(viewer.id), row.sealed)) as Refusing & {
		action: string;
	};
	if (action !== actionOf(url)) return;
	(event.locals as Recalled).refused = refusing;
	(event as { request: Request }).request = new Request(url, {
		method: 'POST',
		body: new URLSearchParams(),
		headers: { accept: 'text/html' },
	});
}

/** Path and action, without the mark. */
function actionOf(url: URL): string {
	const rest = url.search
		.slice(1)
		.split('&')
		.filter((part) => part && !part.startsWith(`${mark}=`));
	return url.pathname + (rest.length ? `?${rest.join('&')}` : '');
}

/** A page's address without what only says that a form was refused there. */
export const isOfForms = (name: string): boolean => name.startsWith('/') || name === mark;
