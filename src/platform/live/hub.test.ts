import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import type { LiveTopic } from '#platform/domain.ts';
import { sql } from '#platform/sql.ts';
import { type Viewer, visitor } from '#platform/viewer.ts';
import { idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { emit } from './emit.ts';
import { createHub, renewMs, streamsPerPerson } from './hub.ts';

stage();

const topics: Record<string, LiveTopic> = {
	posts: {
		gate: 'network',
		channels: ({ units }) => units.map((id) => `unit:${id}`),
		apart: () => [idOf('gerard')],
	},
	notices: {
		gate: 'account',
		channels: ({ id }) => (id ? [`person:${id}`] : []),
	},
};
/** What each browser shows, and who it is then; how many questions were asked, and of how many at once. */
const holders = new Map<string, () => Promise<Viewer>>();
let questions: number[] = [];
const hub = createHub(topics, (secrets) => {
	questions.push(secrets.length);
	return Promise.all(secrets.map((secret) => holders.get(secret)!()));
});
afterAll(() => hub.close());

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
	for (const end of opened.splice(0)) await end();
});

/** A browser that listens: what it heard, and whether it was closed. */
async function follow(viewer: Viewer, renew = async () => viewer) {
	const secret = `secret ${holders.size}`;
	holders.set(secret, renew);
	const reader = (await hub.open(viewer, secret)).getReader();
	const seen = { heard: '', closed: false };
	const pump = async () => {
		for (;;) {
			const { done, value } = await reader.read();
			if (done) break;
			seen.heard += new TextDecoder().decode(value);
		}
		seen.closed = true;
	};
	void pump();
	opened.push(() => reader.cancel().catch(() => {}));
	return seen;
}
const tell = (channel: string | string[], news: Parameters<typeof emit>[2]) =>
	asSystem('test', (tx) => emit(tx, channel, news));
const until = async (isTrue: () => boolean) => {
	for (let n = 0; n < 100 && !isTrue(); n++) await pause(20);
	expect(isTrue()).toBe(true);
};
const villebrume = `unit:${idOf('villebrume')}`;

describe('a browser that follows', () => {
	test('that hears two channels of one piece of news is told once', async () => {
		const odile = await follow(await as('odile'));
		await tell([villebrume, villebrume, `unit:${idOf('castelmauve')}`], { count: 4 });
		await tell(villebrume, { count: 9 });
		await until(() => odile.heard.includes('"count":9'));
		expect(odile.heard.match(/"count":4/g)).toHaveLength(1);
	});

	test('hears of its units after commit, and of nobody else’s', async () => {
		const [odile, ines] = [await follow(await as('odile')), await follow(await as('ines'))];
		await tell(villebrume, { count: 1, by: idOf('mathis') });
		await until(() => odile.heard.includes('event: posts\ndata: {"count":1}\n\n'));
		expect(ines.heard).not.toContain('event:');
		expect(odile.heard).not.toContain(idOf('mathis'));
	});

	test('hears nothing of a transaction that failed', async () => {
		const odile = await follow(await as('odile'));
		await asSystem('test', async (tx) => {
			await emit(tx, villebrume, { count: 7 });
			throw new Error('no');
		}).catch(() => {});
		await tell(villebrume, { count: 2 });
		await until(() => odile.heard.includes('"count":2'));
		expect(odile.heard).not.toContain('"count":7');
	});

	test('hears neither its own acts nor those of people apart', async () => {
		const odile = await follow(await as('odile'));
		await tell(villebrume, { count: 1, by: idOf('odile') });
		await tell(villebrume, { count: 1, by: idOf('gerard') });
		await tell(`person:${idOf('odile')}`, { count: 5 });
		await until(() => odile.heard.includes('event: notices\ndata: {"count":5}'));
		expect(odile.heard).not.toContain('event: posts');
	});

	test('is closed at once when its session is revoked and the roles say so', async () => {
		let now = await as('odile');
		const odile = await follow(now, async () => now);
		now = visitor;
		await asSystem('test', (tx) => tx.run(sql`select pg_notify('roles', ${idOf('odile')})`));
		await until(() => odile.closed);
		await tell(villebrume, { count: 9 });
		expect(odile.heard).not.toContain('"count":9');
	});

	test('is closed within five seconds when nobody says so', async () => {
		expect(renewMs).toBeLessThan(5000);
		let now = await as('odile');
		const odile = await follow(now, async () => now);
		now = { ...now, id: null, standing: 'visitor', units: [] };
		await pause(renewMs + 600);
		expect(odile.closed).toBe(true);
	});

	test('changes channels when it changes units', async () => {
		let now = await as('odile');
		const odile = await follow(now, async () => now);
		now = { ...now, units: [idOf('montclairval')] };
		await hub.renew();
		await tell(villebrume, { count: 3 });
		await tell(`unit:${idOf('montclairval')}`, { count: 4 });
		await until(() => odile.heard.includes('"count":4'));
		expect(odile.heard).not.toContain('"count":3');
	});

	test('is closed when its rights cannot be read', async () => {
		const odile = await follow(await as('odile'), () => Promise.reject(new Error('no database')));
		await until(() => odile.closed);
	});

	test('leaves its place to the newest when a person opens too many', async () => {
		const viewer = await as('odile');
		const streams: Awaited<ReturnType<typeof follow>>[] = [];
		for (let n = 0; n < streamsPerPerson + 2; n++) streams.push(await follow(viewer));
		await until(() => streams.filter(({ closed }) => closed).length === 2);
		expect(streams.slice(0, 2).every(({ closed }) => closed)).toBe(true);
	});

	test('leaves nothing behind when it goes away', async () => {
		await follow(await as('odile'));
		for (const end of opened.splice(0)) await end();
		await until(() => hub.size === 0);
	});

	test('a visitor has nothing to hear', async () => {
		const nobody = await follow(visitor);
		await until(() => nobody.closed);
	});
});

test('rights that are slow to read are not asked again before they are told', async () => {
	const odile = await as('odile');
	let [calls, asking, most] = [0, 0, 0];
	await follow(odile, async () => {
		asking++;
		most = Math.max(most, asking);
		await pause(calls++ ? 1.2 * renewMs : 1);
		asking--;
		return odile;
	});
	await pause(2.3 * renewMs);
	expect(most).toBe(1);
}, 20_000);

test('a hundred pages that listen are read again by one question, whoever they are', async () => {
	const cast = await Promise.all((['odile', 'ines', 'mathis', 'samuel'] as const).map((name) => as(name)));
	const crowd: Awaited<ReturnType<typeof follow>>[] = [];
	for (let n = 0; n < 100; n++) crowd.push(await follow({ ...cast[n % 4]!, id: `${n}` }));
	questions = [];
	await hub.renew();
	// The clock's own round may fall in between.
	expect([...new Set(questions)]).toEqual([100]);
	expect(questions.length).toBeLessThan(3);
	await tell(villebrume, { count: 6 });
	await until(() => crowd.every(({ heard }, n) => n % 4 !== 0 || heard.includes('"count":6')));
	expect(crowd.filter(({ heard }, n) => n % 4 === 1 && heard.includes('"count":6'))).toEqual([]);
});

test('who lost a right is read before those whose turn it is', async () => {
	const odile = await as('odile');
	let now = odile;
	const everybody = [...Array.from({ length: 250 }, (_, n) => ({ ...odile, id: `${n}` })), odile];
	const pages = everybody.map((one) => follow(one, () => pause(50).then(() => (one === odile ? now : one))));
	const hers = (await Promise.all(pages)).at(-1)!;
	await hub.renew();
	questions = [];
	const round = hub.renew();
	now = visitor;
	await asSystem('test', (tx) => tx.run(sql`select pg_notify('roles', ${odile.id})`));
	await until(() => hers.closed);
	// Alone, and not with the fifty that she came with.
	expect(questions).toContain(1);
	await round;
});
