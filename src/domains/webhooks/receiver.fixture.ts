import { asSystem } from '#platform/db.ts';
import { announce, drainJobs } from '#platform/jobs.ts';
import type { Ask } from '#platform/outgoing/gateway.ts';
import { OutgoingProblem, type OutgoingProblemCode } from '#platform/outgoing/problem.ts';
import { forgetSettings } from '#platform/settings.ts';
import { sql } from '#platform/sql.ts';
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

/** What a domain below says, in a transaction of its own, and everything that comes of it. */
export async function said(event: string, payload: object): Promise<void> {
	await asSystem('test', (tx) => announce(tx, event, payload));
	await drainJobs();
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
