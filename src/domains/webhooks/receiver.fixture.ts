import postgres from 'postgres';
import { asSystem } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { announce, drainJobs } from '#platform/jobs.ts';
import type { Ask } from '#platform/outgoing/gateway.ts';
import { OutgoingProblem, type OutgoingProblemCode } from '#platform/outgoing/problem.ts';
import { forgetSettings } from '#platform/settings.ts';
import { sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';
import { as } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { create } from './create.ts';
import { type HookKind, hookKinds } from './kinds.ts';
import { outside } from './outside.ts';
import { send } from './send.ts';

const bytesOf = (text: string) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));

/**
 * For each signature of a message, whether it is of this secret: as a receiver checks it, with the Web Crypto of the
 * platform. None of the code that signs is used here.
 */
export async function genuine(
	secret: string,
	headers: Record<string, string>,
	body: string,
): Promise<boolean[]> {
	const raw = bytesOf(secret.slice('whsec_'.length));
	const key = await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify']);
	const content = new TextEncoder().encode(
		`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`,
	);
	const signatures = headers['webhook-signature']?.split(' ') ?? [];
	return Promise.all(
		signatures.map(async (one) => {
			const [version, text = ''] = one.split(',');
			return version === 'v1' && crypto.subtle.verify('HMAC', key, bytesOf(text), content);
		}),
	);
}

/** What an address received. */
export interface Got {
	url: string;
	headers: Record<string, string>;
	body: string;
}

/** Stands for every address outside: keeps what is sent, and answers as told. */
export function receiver() {
	const got: Got[] = [];
	const answer = {
		status: 200,
		headers: {} as Record<string, string>,
		problem: null as OutgoingProblemCode | null,
	};
	outside.request = async (url, ask: Ask = {}) => {
		got.push({ url, headers: ask.headers ?? {}, body: String(ask.body) });
		if (answer.problem) throw new OutgoingProblem(answer.problem);
		return { status: answer.status, headers: answer.headers, body: Buffer.from(''), url };
	};
	const reset = () => {
		got.length = 0;
		Object.assign(answer, { status: 200, headers: {}, problem: null });
	};
	return { got, answer, reset };
}

/** Has everything that waits tried once more, whenever it was due. */
export async function tryAgain(): Promise<void> {
	await scene(sql`update webhooks.delivery set next_at = now() where state = 'waiting'`);
	const due = await asSystem('test', (tx) =>
		tx.many<{ id: string }>(
			sql`select id from webhooks.delivery where delivery.state = 'waiting' order by delivery.id`,
		),
	);
	for (const { id } of due) await send({ id });
}

/** Says something to the database as its owner. */
export async function owner(statement: string): Promise<void> {
	const open = postgres(process.env.COOPOL_OWNER_URL!, { max: 1, onnotice: () => {} });
	await open.unsafe(statement).finally(() => open.end());
}

const when = sql`now() + interval '2 days', now() + interval '2 days 1 hour'`;
const [unit, by] = [idOf('villebrume'), idOf('odile')];

/** An event of Villebrume, for these people; gives its id. */
export async function eventFor(visibility: string): Promise<string> {
	const id = newId();
	await scene(sql`insert into events.event (id, unit_id, by_id, title, visibility, starts_at, ends_at)
		values (${id}, ${unit}, ${by}, 'canary-title', ${visibility}, ${when})`);
	return id;
}

/** A mission of Villebrume, for these people; gives its id. */
export async function missionFor(audience: string): Promise<string> {
	const id = newId();
	await scene(sql`insert into missions.mission (id, kind, title, unit_id, audience, by_id, is_official, place, needed, starts_at, ends_at)
		values (${id}, 'stand', 'canary-title', ${unit}, ${audience}, ${by}, true, 'canary-place', 3, ${when})`);
	return id;
}

/** What a domain below announces, in a transaction of its own, and everything that comes of it. */
export async function said(event: string, payload: object): Promise<void> {
	await asSystem('test', (tx) => announce(tx, event, payload));
	await drainJobs();
}

/** A public event is made; gives its id. */
export async function happens(): Promise<string> {
	const eventId = await eventFor('public');
	await said('events.created', { eventId, unitId: unit, byId: by });
	return eventId;
}

/** As many public dates are called off at once: one message each. */
export async function manyHappen(n: number): Promise<void> {
	const eventIds = await Promise.all(Array.from({ length: n }, () => eventFor('public')));
	await said('events.cancelled', { eventIds });
}

/** Outside the demonstration, from which nothing leaves; without address, message nor notice. */
export const clearAll = () =>
	scene(
		sql`update platform.setting set value = 'false' where key = 'demo'`,
		sql`delete from webhooks.hook`,
		sql`delete from notices.notice`,
		sql`delete from jobs.job`,
		sql`delete from platform.bucket`,
	).then(forgetSettings);

/** Adds an address as the web officer; gives its id and its secret. */
export const added = async (
	url = 'https://agenda.example.org/coopol',
	kinds: readonly HookKind[] = hookKinds,
) => create(await as('bertrand'), { name: 'Agenda public', url, kinds: [...kinds] });
