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

export type Hub = ReturnType<typeof createHub>;

/** Hands what happens in the database to the browsers that follow it: one LISTEN per process, any number of streams. */
export function createHub(topics: Readonly<Record<string, LiveTopic>>) {
	const streams = new Set<Stream>();
	const heard = new Map<string, Set<Stream>>();
	let ready: Promise<void> | undefined;
	let timers: NodeJS.Timeout[] = [];
	const ends: (() => Promise<void>)[] = [];

	const start = async () => {
		ends.push(await listen('live', (payload) => tell(heard, payload)));
		ends.push(await listen('roles', (personId) => void renewAll([...streams].filter(({ viewer }) => personId === '*' || viewer.id === personId)), () => void renewAll([...streams])));
		timers = [
			setInterval(() => void renewAll([...streams]), renewMs),
			setInterval(() => streams.forEach((stream) => stream.send(': \n\n')), heartbeatMs),
		];
		for (const timer of timers) timer.unref();
	};

	const drop = (stream: Stream) => {
		streams.delete(stream);
		for (const channel of stream.channels.keys()) forget(heard, channel, stream);
		stream.close();
	};

	const renewAll = async (some: Stream[]) => {
		for (let at = 0; at < some.length; at += renewTogether) {
			await Promise.all(some.slice(at, at + renewTogether).map((stream) => renewOne(stream).catch(() => drop(stream))));
		}
	};

	const renewOne = async (stream: Stream) => {
		if (!streams.has(stream)) return;
		stream.viewer = await stream.renew();
		const next = await channelsOf(topics, stream.viewer);
		if (!next.channels.size) return drop(stream);
		for (const channel of stream.channels.keys()) if (!next.channels.has(channel)) forget(heard, channel, stream);
		Object.assign(stream, next);
		if (streams.has(stream)) for (const channel of next.channels.keys()) remember(heard, channel, stream);
	};

	return {
		/** How many streams are open in this process. */
		get size() {
			return streams.size;
		},
		/** Opens a stream for this person; `renew` says who they are each time it is asked. */
		async open(viewer: Viewer, renew: () => Promise<Viewer>): Promise<ReadableStream<Uint8Array>> {
			ready ??= start();
			await ready;
			const own = [...streams].filter((one) => one.viewer.id === viewer.id);
			for (const old of own.slice(0, Math.max(0, own.length - streamsPerPerson + 1))) drop(old);
			return flow(async (send, close) => {
				const stream: Stream = { viewer, renew, channels: new Map(), apart: new Set(), send, close };
				streams.add(stream);
				await renewOne(stream).catch(() => drop(stream));
				return () => drop(stream);
			});
		},
		/** Reads everybody's rights again now. */
		renew: () => renewAll([...streams]),
		/** Ends every stream and stops listening. */
		async close() {
			for (const timer of timers) clearInterval(timer);
			for (const stream of [...streams]) drop(stream);
			await Promise.all(ends.splice(0).map((end) => end()));
			ready = undefined;
		},
	};
}

function flow(opened: (send: (text: string) => void, close: () => void) => Promise<() => void>): ReadableStream<Uint8Array> {
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

async function channelsOf(topics: Readonly<Record<string, LiveTopic>>, viewer: Viewer): Promise<Pick<Stream, 'channels' | 'apart'>> {
	const channels = new Map<string, string[]>();
	const apart = new Set<string>(viewer.id ? [viewer.id] : []);
	for (const [name, topic] of Object.entries(topics)) {
		if (enter(viewer, topic.gate) !== 'in') continue;
		for (const channel of await topic.channels(viewer)) channels.set(channel, [...(channels.get(channel) ?? []), name]);
		for (const person of (await topic.apart?.(viewer)) ?? []) apart.add(person);
	}
	return { channels, apart };
}

function tell(heard: Map<string, Set<Stream>>, payload: string): void {
	const { channel, count, by } = JSON.parse(payload) as News & { channel: string };
	for (const stream of heard.get(channel) ?? []) {
		if (by && stream.apart.has(by)) continue;
		for (const topic of stream.channels.get(channel) ?? []) stream.send(`event: ${topic}\ndata: ${JSON.stringify({ count })}\n\n`);
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
