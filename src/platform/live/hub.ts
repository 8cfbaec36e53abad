import { listen } from '../listen.ts';
import type { Viewer } from '../viewer.ts';
import type { News } from './emit.ts';
import { type Hearing, hearingsOf, type Topics } from './hearing.ts';

/** Streams one person may hold at once; the oldest gives way. */
export const streamsPerPerson = 6;
const heartbeatMs = 25_000;
/** How often the rights of an open stream are read again, in milliseconds: a revoked one falls silent within five seconds. */
export const renewMs = 4000;
/** Streams whose rights are read by the same queries: the cost of a round is a few queries, not a few for each browser. */
const readTogether = 100;
const waitingMost = 64;

interface Stream extends Hearing {
	/** What its browser showed to be let in: who it is now is asked again with it. */
	secret: string;
	send(text: string): void;
	close(): void;
}

/** Who holds each of these secrets now, in the same order; a visitor where the session ended. */
type WhoHolds = (secrets: readonly string[]) => Promise<Viewer[]>;
/** Streams whose rights are to be read, the first come first, and how to say that they were. */
type Queue = Map<Stream, PromiseWithResolvers<void>>;

interface Hall {
	topics: Topics;
	whoHolds: WhoHolds;
	streams: Set<Stream>;
	/** Channel → who hears it. */
	heard: Map<string, Set<Stream>>;
	/** How to stop listening and ticking. */
	ends: (() => Promise<void> | void)[];
	ready: Promise<void> | undefined;
	/** Whoever just came or just lost something is read before those whose turn it is. */
	soon: Queue;
	round: Queue;
	reading: Promise<void> | undefined;
}

/** Hands what happens in the database to the browsers that follow it: one LISTEN per process, any number of streams. */
export function createHub(topics: Topics, whoHolds: WhoHolds) {
	const hall: Hall = {
		...{ topics, whoHolds, streams: new Set(), heard: new Map(), ends: [], ready: undefined },
		...{ soon: new Map(), round: new Map(), reading: undefined },
	};
	return {
		/** How many streams are open in this process. */
		get size() {
			return hall.streams.size;
		},
		/** Opens a stream for this person, whose browser holds this secret. */
		open: (viewer: Viewer, secret: string) => open(hall, viewer, secret),
		/** Reads everybody's rights again now. */
		renew: () => readAgain(hall, 'round', hall.streams),
		/** Ends every stream and stops listening. */
		async close() {
			for (const stream of [...hall.streams]) drop(hall, stream);
			await Promise.all(hall.ends.splice(0).map((end) => end()));
			hall.ready = undefined;
		},
	};
}

async function start(hall: Hall): Promise<void> {
	const ofPerson = (id: string) => [...hall.streams].filter(({ viewer }) => id === '*' || viewer.id === id);
	hall.ends.push(await listen('live', (payload) => tell(hall.heard, payload)));
	hall.ends.push(await listen('roles', (id) => void readAgain(hall, 'soon', ofPerson(id))));
	every(hall, renewMs, () => void readAgain(hall, 'round', hall.streams));
	every(hall, heartbeatMs, () => {
		for (const stream of hall.streams) stream.send(': \n\n');
	});
}

function every(hall: Hall, ms: number, act: () => void): void {
	const timer = setInterval(act, ms).unref();
	hall.ends.push(() => clearInterval(timer));
}

async function open(hall: Hall, viewer: Viewer, secret: string): Promise<ReadableStream<Uint8Array>> {
	hall.ready ??= start(hall);
	await hall.ready;
	const own = [...hall.streams].filter((one) => one.viewer.id === viewer.id);
	for (const old of own.slice(0, Math.max(0, own.length - streamsPerPerson + 1))) drop(hall, old);
	return flow(async (send, close) => {
		const stream: Stream = { viewer, secret, channels: new Map(), apart: new Set(), send, close };
		hall.streams.add(stream);
		await readAgain(hall, 'soon', [stream]);
		return () => drop(hall, stream);
	});
}

function drop(hall: Hall, stream: Stream): void {
	hall.streams.delete(stream);
	for (const channel of stream.channels.keys()) forget(hall.heard, channel, stream);
	stream.close();
}

/** Resolves once the rights of all of these have been read, or those streams let go because they cannot be. */
async function readAgain(hall: Hall, queue: 'soon' | 'round', some: Iterable<Stream>): Promise<void> {
	const told = [...some].map((stream) => {
		const known = hall[queue].get(stream) ?? Promise.withResolvers<void>();
		hall[queue].set(stream, known);
		return known.promise;
	});
	// One reader for the process: a round that lasts longer than the time between two does not begin over itself.
	hall.reading ??= readQueues(hall).finally(() => {
		hall.reading = undefined;
	});
	await Promise.all(told);
}

async function readQueues(hall: Hall): Promise<void> {
	for (;;) {
		const queue = hall.soon.size ? hall.soon : hall.round;
		const next = [...queue].slice(0, readTogether);
		if (!next.length) return;
		for (const [stream] of next) queue.delete(stream);
		const streams = next.map(([stream]) => stream).filter((stream) => hall.streams.has(stream));
		await readRights(hall, streams).catch(() => {
			for (const stream of streams) drop(hall, stream);
		});
		for (const [, told] of next) told.resolve();
	}
}

async function readRights(hall: Hall, streams: Stream[]): Promise<void> {
	const hearings = await hearingsOf(hall.topics, await hall.whoHolds(streams.map(({ secret }) => secret)));
	for (const [at, stream] of streams.entries()) {
		// Somebody let the stream go while the rights were being read.
		if (!hall.streams.has(stream)) continue;
		const hearing = hearings[at]!;
		if (!hearing.channels.size) {
			drop(hall, stream);
			continue;
		}
		for (const channel of stream.channels.keys()) forget(hall.heard, channel, stream);
		Object.assign(stream, hearing);
		for (const channel of hearing.channels.keys()) remember(hall.heard, channel, stream);
	}
}

function flow(
	opened: (send: (text: string) => void, close: () => void) => Promise<() => void>,
): ReadableStream<Uint8Array> {
	const encoder = new TextEncoder();
	let end = () => {};
	let isOpen = true;
	return new ReadableStream<Uint8Array>({
		async start(controller) {
			const close = () => {
				if (isOpen) controller.close();
				isOpen = false;
			};
			const send = (text: string) => {
				if (!isOpen) return;
				// A reader that does not read is let go: the browser comes back by itself.
				if ((controller.desiredSize ?? 0) < -waitingMost) return end();
				controller.enqueue(encoder.encode(text));
			};
			send('retry: 4000\n\n');
			end = await opened(send, close);
			// The reader may have left while the stream was being opened.
			if (!isOpen) end();
		},
		cancel() {
			isOpen = false;
			end();
		},
	});
}

function tell(heard: Map<string, Set<Stream>>, payload: string): void {
	const { channels, count, by } = JSON.parse(payload) as News & { channels: string[] };
	for (const stream of new Set(channels.flatMap((channel) => [...(heard.get(channel) ?? [])]))) {
		if (by && stream.apart.has(by)) continue;
		for (const topic of new Set(channels.flatMap((channel) => stream.channels.get(channel) ?? [])))
			stream.send(`event: ${topic}\ndata: ${JSON.stringify({ count })}\n\n`);
	}
}

function remember(heard: Map<string, Set<Stream>>, channel: string, stream: Stream): void {
	const known = heard.get(channel) ?? new Set();
	heard.set(channel, known.add(stream));
}

function forget(heard: Map<string, Set<Stream>>, channel: string, stream: Stream): void {
	const known = heard.get(channel);
	known?.delete(stream);
	if (known && !known.size) heard.delete(channel);
}
