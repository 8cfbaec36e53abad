// A message from the click that sends it to the open page of who reads it, while a thousand pages listen; and a long conversation opened.
import { get, type IncomingMessage } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import { markRead, send, start, thread } from '#domains/messages/index.ts';
import { viewerOfPerson } from '#domains/territory/index.ts';
import { newId } from '#platform/ids.ts';
import { openQueues } from '#platform/jobs.ts';
import { hashOfSecret, seal } from '#platform/seal.ts';
import { apps } from '#registry.ts';
import { fillFeed, readerId, readerSecret } from './feed-data.ts';
import type { Measured, Options } from './index.ts';
import { quantile, rounded, timed } from './load.ts';
import { buildPages, runServer, withDatabase } from './scene.ts';

const listeners = 1000;
const sendings = 200;
const long = 100_000;
const lostMs = 5000;
const writerId = '00000000-0000-7000-8000-000000000002';

/** How long until another open page hears of a message, against a bare notice of the database; how long a long conversation takes to open. */
export async function measure({ members, say }: Options): Promise<Measured> {
	buildPages();
	const [size = 26_000] = members;
	return withDatabase(async (owner) => {
		say(`${size} members: filling`);
		await fillFeed(owner, size);
		await openQueues();
		const conversation = await begin(owner);
		const rawMs = await bareNotices();
		const server = await runServer('pages');
		try {
			say(`${listeners} pages listen`);
			const crowd = await gather(server.url);
			const seen = await sentToSeen(server.url, conversation);
			for (const close of crowd) close();
			say(`${long} messages: opening`);
			const opened = await openLong(owner, conversation);
			const raw = { notifyP50: rounded(quantile(rawMs, 0.5)), notifyP99: rounded(quantile(rawMs, 0.99)) };
			const p99 = quantile(seen, 0.99);
			const rows: Measured['rows'] = [
				{
					what: `sent to seen, ${listeners} streams`,
					p50: rounded(quantile(seen, 0.5)),
					p99: rounded(p99),
					ratio: rounded(p99 / raw.notifyP99),
				},
				{
					what: `opened, ${long} messages`,
					p50: rounded(quantile(opened, 0.5)),
					p99: rounded(quantile(opened, 0.99)),
				},
			];
			return { rows, raw };
		} finally {
			await server.stop();
		}
	});
}

const secretOf = (n: number) => `a-bench-listener-${n}`;

/** Sessions of those who listen, and the conversation of the two who write. */
async function begin(owner: postgres.Sql): Promise<string> {
	const people = await owner<
		{ id: string }[]
	>`select id from people.person where id not in (${readerId}, ${writerId}) order by id limit ${listeners - 1}`;
	for (const [n, { id }] of people.entries())
		await owner`insert into people.session (id, person_id, token_hash, expires_at)
			values (gen_random_uuid(), ${id}, ${hashOfSecret(secretOf(n))}, now() + interval '1 day')`;
	await owner`insert into friends.link (person_id, friend_id) values (${readerId}, ${writerId}), (${writerId}, ${readerId}) on conflict do nothing`;
	return start(await viewerOfPerson(writerId, apps), { to: [readerId], text: 'Bonjour', files: [] });
}

/** The machine's own limit: a notice of the database heard by another connection. */
async function bareNotices(): Promise<number[]> {
	const [one, other] = [
		postgres(process.env.COOPOL_OWNER_URL!, { max: 1 }),
		postgres(process.env.COOPOL_OWNER_URL!, { max: 1 }),
	];
	let heard = () => {};
	await other.listen('bare', () => heard());
	const ms = await timed(sendings, () => {
		const came = new Promise<void>((done) => {
			heard = done;
		});
		return one.notify('bare', 'x').then(() => came);
	});
	await Promise.all([one.end(), other.end()]);
	return ms;
}

/** Those who listen come fifty at a time: the server hangs up on an address that opens more than 128 connections and says nothing yet. */
async function gather(url: string): Promise<(() => void)[]> {
	const crowd: (() => void)[] = [];
	while (crowd.length < listeners - 1) {
		const few = Math.min(50, listeners - 1 - crowd.length);
		const came = Array.from({ length: few }, (_, n) => listen(url, secretOf(crowd.length + n), () => {}));
		crowd.push(...(await Promise.all(came)));
	}
	return crowd;
}

/** Follows the live stream of a browser; gives how to close it, once it listens. */
function listen(url: string, secret: string, hear: () => void): Promise<() => void> {
	return new Promise((resolve, reject) => {
		const asked = get(
			`${url}/live`,
			{ headers: { cookie: `coopol=${secret}` } },
			(response: IncomingMessage) => {
				if (response.statusCode !== 200) return reject(new Error(`/live answered ${response.statusCode}`));
				response.on('data', (bytes: Buffer) => {
					if (bytes.includes('event: messages')) hear();
				});
				response.on('error', () => {});
				resolve(() => void asked.destroy());
			},
		);
		// Once it listens, only its own closing ends it.
		asked.on('error', reject);
	});
}

async function sentToSeen(url: string, conversation: string): Promise<number[]> {
	let heard = () => {};
	const close = await listen(url, readerSecret, () => heard());
	// The stream says what it follows a moment after it opens.
	await pause(6000);
	const writer = await viewerOfPerson(writerId, apps);
	const reader = await viewerOfPerson(readerId, apps);
	const ms = await timed(
		sendings,
		async () => {
			const came = new Promise<void>((done) => {
				heard = done;
			});
			await send(writer, conversation, { text: 'Tu viens jeudi ?', files: [] });
			// One that never comes counts as this long, rather than stopping everything.
			await Promise.race([came, pause(lostMs)]);
		},
		10,
	);
	close();
	await markRead(reader, conversation);
	return ms;
}

async function openLong(owner: postgres.Sql, conversation: string): Promise<number[]> {
	const [last] = await owner<
		{ n: number }[]
	>`select last_number as n from messages.conversation where id = ${conversation}`;
	await owner`update messages.message set number = number + ${long} where conversation_id = ${conversation} and number + ${long} > ${last!.n}`;
	for (let from = 1; from <= long; from += 5000) {
		const some = Array.from({ length: Math.min(5000, long - from + 1) }, (_, n) => {
			const id = newId();
			return { id, number: from + n, sealed: seal(`message ${id}`, 'Tu viens jeudi ? '.repeat(8)) };
		});
		await owner`insert into messages.message (id, conversation_id, number, author_id, sealed)
			select one.id, ${conversation}, one.number, ${writerId}, one.sealed
			from jsonb_to_recordset(${JSON.stringify(some)}::text::jsonb) as one (id uuid, number int, sealed text)`;
	}
	await owner`update messages.conversation set last_number = last_number + ${long} where id = ${conversation}`;
	await owner.unsafe('analyze messages.message');
	const reader = await viewerOfPerson(readerId, apps);
	return timed(100, () => thread(reader, conversation), 10);
}
