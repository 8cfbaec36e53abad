import { enter } from '../access.ts';
import { listen } from '../db.ts';
import type { LiveTopic } from '../domain.ts';
import type { Viewer } from '../viewer.ts';
import type { News } from './emit.ts';

/** Streams one person may hold at once; the oldest gives way. */
export const streamsPerPerson = 6;
const heartbeatMs = 25_000;
/** How often the rights of an open stream are read again, in milliseconds: a revoked one falls silent within five seconds. */
export const renewMs = 4000;
const renewTogether = 8;
const waitingMost = 64;

interface Stream {
	viewer: Viewer;
	/** Who it is now, or a visitor once the session ended. */
	renew: () => Promise<Viewer>;
	/** Channel → topics heard on it. */
	channels: Map<string, string[]>;
	apart: Set<string>;
	send(text: string): void;
	close(): void;
}

type Topics = Readonly<Record<string, LiveTopic>>;

interface Hall {
	topics: Topics;
	streams: Set<Stream>;
	/** Channel → who hears it. */
	heard: Map<string, Set<Stream>>;
	/** How to stop listening and ticking. */
	ends: (() => Promise<void> | void)[];
	ready: Promise<void> | undefined;
}

/** Hands what happens in the database to the browsers that follow it: one LISTEN per process, any number of streams. */
export function createHub(topics: Topics) {
	const hall: Hall = { topics, streams: new Set(), heard: new Map(), ends: [], ready: undefined };
	return {
		/** How many streams are open in this process. */
		get size() {
			return hall.streams.size;
		},
		/** Opens a stream for this person; `renew` says who they are each time it is asked. */
		open: (viewer: Viewer, renew: () => Promise<Viewer>) => open(hall, viewer, renew),
		/** Reads everybody's rights again now. */
		renew: () => renewAll(hall, [...hall.streams]),
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
	hall.ends.push(await listen('roles', (id) => void renewAll(hall, ofPerson(id))));
	every(
		hall,
		renewMs,
		unlessUnderWay(() => renewAll(hall, [...hall.streams])),
	);
	every(hall, heartbeatMs, () => {
		for (const stream of hall.streams) stream.send(': \n\n');
	});
}

// With many streams a round may last longer than the time between two: begun again over itself, it would never end.
function unlessUnderWay(act: () => Promise<void>): () => void {
	let isUnderWay = false;
	return () => {
		if (isUnderWay) return;
		isUnderWay = true;
		void act().finally(() => {
			isUnderWay = false;
		});
	};
}

function every(hall: Hall, ms: number, act: () => void): void {
	const timer = setInterval(act, ms).unref();
	hall.ends.push(() => clearInterval(timer));
}

async function open(
	hall: Hall,
	viewer: Viewer,
	renew: () => Promise<Viewer>,
): Promise<ReadableStream<Uint8Array>> {
	hall.ready ??= start(hall);
	await hall.ready;
	const own = [...hall.streams].filter((one) => one.viewer.id === viewer.id);
	for (const old of own.slice(0, Math.max(0, own.length - streamsPerPerson + 1))) drop(hall, old);
	return flow(async (send, close) => {
		const stream: Stream = { viewer, renew, channels: new Map(), apart: new Set(), send, close };
		hall.streams.add(stream);
		await renewAll(hall, [stream]);
		return () => drop(hall, stream);
	});
}

function drop(hall: Hall, stream: Stream): void {
	hall.streams.delete(stream);
	for (const channel of stream.channels.keys()) forget(hall.heard, channel, stream);
	stream.close();
}

async function renewAll(hall: Hall, some: Stream[]): Promise<void> {
	for (let at = 0; at < some.length; at += renewTogether) {
		const few = some.slice(at, at + renewTogether);
		await Promise.all(few.map((stream) => renewOne(hall, stream).catch(() => drop(hall, stream))));
	}
}

async function renewOne(hall: Hall, stream: Stream): Promise<void> {
	if (!hall.streams.has(stream)) return;
	stream.viewer = await stream.renew();
	const next = await channelsOf(hall.topics, stream.viewer);
	// Somebody let the stream go while the rights were being read.
	if (!hall.streams.has(stream)) return;
	if (!next.channels.size) return drop(hall, stream);
	for (const channel of stream.channels.keys()) forget(hall.heard, channel, stream);
	Object.assign(stream, next);
	for (const channel of next.channels.keys()) remember(hall.heard, channel, stream);
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

async function channelsOf(topics: Topics, viewer: Viewer): Promise<Pick<Stream, 'channels' | 'apart'>> {
	const channels = new Map<string, string[]>();
	const apart = new Set<string>(viewer.id ? [viewer.id] : []);
	const open = Object.entries(topics).filter(([, topic]) => enter(viewer, topic.gate) === 'in');
	for (const [name, topic] of open) {
		const [keys, people] = await Promise.all([topic.channels(viewer), topic.apart?.(viewer) ?? []]);
		for (const key of keys) channels.set(key, [...(channels.get(key) ?? []), name]);
		for (const person of people) apart.add(person);
	}
	return { channels, apart };
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
