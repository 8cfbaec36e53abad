import { readdirSync } from 'node:fs';
import postgres from 'postgres';
import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { store } from '#platform/files/keep.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { contents, rowsOf } from '../loaded.fixture.ts';
import { checkSending } from './check.ts';
import { loadingJobs } from './jobs.ts';
import {
	election,
	emptyShelf,
	idIn,
	inPlace,
	outlinesText,
	resultsText,
	sendBy,
	shelfAt,
} from './sent.fixture.ts';

stage();
// Each story is many transactions, and crossings in threads of their own.
vi.setConfig({ testTimeout: 60_000 });

let yamina: Browser;
beforeAll(async () => {
	yamina = await browser('yamina');
});
beforeEach(emptyShelf);

const many = (count: number) =>
	resultsText(
		Array.from({ length: count }, (_, at) => [String(at + 1), at === count - 1 ? 777 : 100, 20, 30]),
	);
const jobNamed = (name: string) => loadingJobs.find((job) => job.name === `electoral-map.${name}`)!;
/** The job as a worker does it: what it throws is its failure. */
const check = (id: string) => jobNamed('check').work({ id } as never);

interface Row {
	state: string;
	tries: number;
	stored_id: string | null;
	sources: string[];
	done: number;
	total: number;
}
const rowOf = (id: string) =>
	asSystem('test', (tx) => tx.one<Row>(sql`select * from electoral_map.sending where id = ${id}::uuid`));
const sources = () =>
	asSystem('test', (tx) =>
		tx.many<{ id: string; state: string }>(sql`select id, state from electoral_map.source`),
	);

/** Bytes kept on disk for this id are there, or not. */
const isKept = async (id: string) =>
	store()
		.get(id)
		.then(
			(stream) => {
				stream.destroy();
				return true;
			},
			() => false,
		);

/** Makes the database refuse a row in the middle, as a full disk or a lost connection would; then heals it. */
async function whileBroken<T>(work: () => Promise<T>): Promise<T> {
	const owner = postgres(process.env.COOPOL_OWNER_URL ?? '', { max: 1, onnotice: () => {} });
	try {
		await owner.unsafe('alter table electoral_map.count add constraint full_disk check (registered <> 777)');
		return await work();
	} finally {
		await owner.unsafe('alter table electoral_map.count drop constraint full_disk');
		await owner.end();
	}
}

/** Sent, and its election said: what is left is one reading that would succeed. */
async function sentAndSaid(text: string): Promise<string> {
	const at = await sendBy(yamina, text);
	await drainJobs();
	await yamina.post(`${at}?/say`, { election });
	return idIn(at);
}

test('a reading that breaks in the middle has written rows that nobody reads, and is taken up from the start', async () => {
	const id = await sentAndSaid(many(2500));
	await expect(whileBroken(() => check(id))).rejects.toThrow('full_disk');
	const broken = await rowOf(id);
	expect(broken).toMatchObject({ state: 'waiting', tries: 1 });
	expect(await rowsOf('count')).toBe(2000);
	expect(await inPlace()).toEqual([]);
	const [left] = broken?.sources ?? [];
	await check(id);
	expect(await rowOf(id)).toMatchObject({ state: 'ready', tries: 0, total: 2500 });
	expect(await rowsOf('count')).toBe(2500);
	expect((await sources()).map(({ state }) => state)).toEqual(['checked']);
	expect((await sources())[0]?.id).not.toBe(left);
});

test('a process that dies says nothing: two minutes later the file is back in the queue, and read once', async () => {
	const id = await sentAndSaid(many(2100));
	await expect(whileBroken(() => drainJobs())).rejects.toThrow('full_disk');
	// What a killed process leaves: waiting, with rows written, and a job that nobody does
	await scene(
		sql`update jobs.job set state = 'failed' where name = 'electoral-map.check'`,
		sql`update electoral_map.sending set beat_at = now() - interval '3 minutes' where id = ${id}::uuid`,
	);
	const [before] = await sources();
	expect(before?.state).toBe('checked');
	await jobNamed('resume').work({} as never);
	await jobNamed('resume').work({} as never);
	expect(await drainJobs()).toBe(1);
	expect(await rowOf(id)).toMatchObject({ state: 'ready' });
	const after = await sources();
	expect(after).toHaveLength(1);
	expect(after[0]?.id).not.toBe(before?.id);
	expect(await rowsOf('count')).toBe(2100);
});

test('one that still beats is left alone', async () => {
	const id = await sentAndSaid(many(3));
	await scene(
		sql`update electoral_map.sending set beat_at = now() - interval '1 minute' where id = ${id}::uuid`,
		sql`update jobs.job set state = 'failed' where name = 'electoral-map.check'`,
	);
	await jobNamed('resume').work({} as never);
	expect(await drainJobs()).toBe(0);
	expect(await rowOf(id)).toMatchObject({ state: 'waiting' });
});

test('five failures in a row end it: it says so, nothing is in place, and it can be removed', async () => {
	const id = await sentAndSaid(many(10));
	for (let time = 1; time <= 5; time++) {
		await expect(whileBroken(() => check(id))).rejects.toThrow('full_disk');
		expect((await rowOf(id))?.tries).toBe(time);
	}
	expect(await rowOf(id)).toMatchObject({ state: 'failed' });
	await check(id);
	expect(await rowOf(id)).toMatchObject({ state: 'failed' });
	const page = await yamina.get(`${shelfAt}/${id}`);
	expect(page.main).toContain('La lecture s’est arrêtée cinq fois. Rien n’a changé.');
	expect(page.html).not.toContain('?/place');
	await yamina.post(`${shelfAt}/${id}?/drop`);
	expect(await contents()).toEqual(
		Object.fromEntries(Object.keys(await contents()).map((name) => [name, 0])),
	);
	expect(await inPlace()).toEqual([]);
});

test('bytes stay while a question is open, and go once the file is read or removed', async () => {
	const asked = await sendBy(yamina, many(2));
	const kept = (await rowOf(idIn(asked)))?.stored_id ?? '';
	expect(await isKept(kept)).toBe(true);
	await drainJobs();
	expect(await isKept(kept)).toBe(true);
	await yamina.post(`${asked}?/say`, { election });
	await drainJobs();
	expect([await isKept(kept), (await rowOf(idIn(asked)))?.stored_id]).toEqual([false, null]);

	const dropped = await sendBy(yamina, many(2));
	const other = (await rowOf(idIn(dropped)))?.stored_id ?? '';
	await yamina.post(`${dropped}?/drop`);
	expect([await isKept(other), (await rowOf(idIn(dropped)))?.stored_id]).toEqual([false, null]);
});

test('bytes of a file that is refused, or that is no file of the map, go too', async () => {
	const before = readdirSync(process.env.COOPOL_FILES ?? '', { recursive: true }).length;
	for (const text of ['Cher Paul,\nà mardi.\n', many(2).replace('inscrits', 'unknown')]) {
		const at = await sendBy(yamina, text, 'lettre.txt');
		await drainJobs();
		expect(await rowOf(idIn(at))).toMatchObject({ state: 'refused', stored_id: null, sources: [] });
	}
	expect(readdirSync(process.env.COOPOL_FILES ?? '', { recursive: true }).length).toBeLessThanOrEqual(
		before + 4,
	);
	expect(await rowsOf('source')).toBe(0);
});

test('removed while its rows are written: the reading stops, and leaves nothing', async () => {
	const id = await sentAndSaid(many(12_000));
	const reading = checkSending('house', id);
	await expect.poll(() => rowsOf('count'), { timeout: 15_000, interval: 5 }).toBeGreaterThan(0);
	await yamina.post(`${shelfAt}/${id}?/drop`);
	await reading;
	expect(await rowOf(id)).toMatchObject({ state: 'dropped', sources: [] });
	expect(await rowsOf('count')).toBe(0);
	expect(await sources()).toEqual([]);
});

test('read by two processes at once, a file is ready once, with one set of rows', async () => {
	const id = await sentAndSaid(many(400));
	await Promise.allSettled([checkSending('house', id), checkSending('house', id)]);
	const row = await rowOf(id);
	if (row?.state === 'waiting') await check(id);
	expect((await rowOf(id))?.state).toBe('ready');
	await yamina.post(`${shelfAt}/${id}?/place`);
	expect(await inPlace()).toEqual([{ kind: 'results', election, stations: 400 }]);
});

test('taken up again once its rows are written: the first reader stops, and the second says it is ready', async () => {
	const id = await sentAndSaid(many(400));
	const first = checkSending('house', id);
	await expect.poll(() => rowsOf('count'), { timeout: 15_000, interval: 1 }).toBe(400);
	await Promise.all([first, checkSending('house', id)]);
	expect(await rowOf(id)).toMatchObject({ state: 'ready', sources: [expect.any(String)] });
	expect(await rowsOf('count')).toBe(400);
	await yamina.post(`${shelfAt}/${id}?/place`);
	expect(await inPlace()).toEqual([{ kind: 'results', election, stations: 400 }]);
});

test('how far it is can be followed, and is never past the whole', async () => {
	const id = await sentAndSaid(many(300));
	await drainJobs();
	const row = await rowOf(id);
	expect(row?.total).toBe(300);
	expect(row?.done).toBeLessThanOrEqual(300);
	const at = await sendBy(yamina, outlinesText(['0001']), 'bureaux-2022.geojson');
	expect((await yamina.get(at)).html).toContain('data-refresh="2"');
	expect((await yamina.get(at)).html).toContain('role="progressbar"');
	await drainJobs();
	expect((await yamina.get(at)).html).not.toContain('data-refresh');
});
