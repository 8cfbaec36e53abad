import type { Actor } from './actors.ts';
import { type Body, isApi, isForTokens, type Target } from './cell.ts';
import type { Outcome } from './door.ts';

export interface Answer {
	outcome: Outcome;
	status: number;
	/** The body and the headers that say something, for the search of canaries. */
	text: string;
}

const doors = /^\/(connexion|compte\/verification)\?next=|^\/bienvenue$/;

/** Knocks as an actor and says what came of it. */
export async function knock(
	origin: string,
	actor: Actor,
	target: Target,
	more: Record<string, string> = {},
): Promise<Answer> {
	const { method, path, body } = target;
	const api = isApi(target);
	// As a browser asks: with `*/*`, a form's redirect would come back as JSON.
	const headers: Record<string, string> = {
		origin,
		accept: api ? 'application/json' : 'text/html',
		'accept-encoding': 'identity',
		...more,
	};
	if (api && actor.token && (isForTokens(target) || !actor.cookie))
		headers.authorization = `Bearer ${actor.token}`;
	else if (actor.cookie) headers.cookie = `coopol=${actor.cookie}`;
	const sends = method !== 'GET' && method !== 'HEAD';
	if (sends) headers['content-type'] = api ? 'application/json' : 'application/x-www-form-urlencoded';
	const response = await fetch(origin + path, {
		method,
		headers,
		redirect: 'manual',
		...(sends && { body: api ? JSON.stringify(body ?? {}) : formOf(body ?? {}) }),
	});
	const isStream = response.headers.get('content-type')?.includes('event-stream');
	if (isStream) await response.body?.cancel();
	const location = response.headers.get('location');
	return {
		outcome: outcomeOf(response.status, location),
		status: response.status,
		text: isStream ? '' : `${location ?? ''}\n${await response.text()}`,
	};
}

function formOf(body: Body): string {
	const pairs = Object.entries(body).flatMap(([name, value]) =>
		[value].flat().map((one): [string, string] => [name, String(one)]),
	);
	return new URLSearchParams(pairs).toString();
}

function outcomeOf(status: number, location: string | null): Outcome {
	if (status >= 500) return 'crash';
	if (status === 404) return 'hidden';
	if (status === 403) return 'forbidden';
	if (status === 401) return 'door';
	if (status >= 400) return 'refused';
	const to = location && new URL(location, 'http://here.invalid');
	return to && doors.test(to.pathname + to.search) ? 'door' : 'in';
}
