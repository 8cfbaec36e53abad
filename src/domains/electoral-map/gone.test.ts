import { beforeAll, beforeEach, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { store } from '#platform/files/keep.ts';
import { drainJobs } from '#platform/jobs.ts';
import { retain } from '#platform/privacy/index.ts';
import { sql } from '#platform/sql.ts';
import { domains } from '#registry.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { forget, placesOf, taken } from '#tests/left.ts';
import { idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { rowsOf } from './loaded.fixture.ts';
import { election, inPlace, resultsText, sendBy, shelfAt } from './loading/sent.fixture.ts';

stage();

let [yamina, sabrina]: Browser[] = [];
beforeAll(async () => {
	[yamina, sabrina] = [await browser('yamina'), await browser('sabrina')];
});
beforeEach(async () => {
	await drainJobs();
	await scene(
		sql`delete from platform.bucket`,
		sql`delete from electoral_map.source`,
		sql`delete from electoral_map.sending`,
	);
});

const text = resultsText([['1', 100, 20, 30]]);
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
const idIn = (at: string) => at.split('/').at(-1) ?? '';

/** Sent, and read whole; nobody has put it in place. */
async function ready(who: Browser | undefined, name: string): Promise<string> {
	const at = await sendBy(who!, text, name);
	await drainJobs();
	await who!.post(`${at}?/say`, { election });
	await drainJobs();
	return idIn(at);
}
const rowOf = (id: string) =>
	asSystem('test', (tx) =>
		tx.one<Record<string, unknown>>(sql`select * from electoral_map.sending where id = ${id}::uuid`),
	);

test('who asks for their data finds the files that they sent, and those of nobody else', async () => {
	await ready(yamina, 'canton-de-yamina.csv');
	await ready(sabrina, 'canton-de-sabrina.csv');
	const given = await taken('yamina', 'electoral-map');
	expect(given).toContain('canton-de-yamina.csv');
	expect(given).not.toContain('canton-de-sabrina.csv');
	expect(await taken('odile', 'electoral-map')).toBe('{"loaded":[],"sent":[],"typed":[]}');
});

test('what they put in place is theirs too, and stays told once put back', async () => {
	const id = await ready(yamina, 'canton-de-yamina.csv');
	await yamina!.post(`${shelfAt}/${id}?/place`);
	const { loaded } = JSON.parse(await taken('yamina', 'electoral-map'));
	expect(loaded).toMatchObject([{ kind: 'results', election, state: 'current' }]);
});

test('a list of what is old goes with its bytes and its rows; what is in place stays', async () => {
	const placed = await ready(yamina, 'en-place.csv');
	await yamina!.post(`${shelfAt}/${placed}?/place`);
	await ready(yamina, 'jamais-place.csv');
	const asked = await sendBy(yamina!, text, 'sans-reponse.csv');
	await drainJobs();
	const kept = String((await rowOf(idIn(asked)))?.stored_id);
	const bytes = await store().get(kept);
	bytes.destroy();

	expect((await retain(domains, inDays(29), false))['electoral_map.sending']).toBe(0);
	expect((await retain(domains, inDays(31), true))['electoral_map.sending']).toBe(2);
	expect(await rowsOf('sending')).toBe(3);
	expect((await retain(domains, inDays(31), false))['electoral_map.sending']).toBe(2);
	expect([await rowsOf('sending'), await rowsOf('source')]).toEqual([1, 1]);
	await expect(store().get(kept)).rejects.toThrow();
	expect(await inPlace()).toHaveLength(1);
});

test('done again, it finds nothing more', async () => {
	await ready(yamina, 'jamais-place.csv');
	await retain(domains, inDays(31), false);
	expect((await retain(domains, inDays(31), false))['electoral_map.sending']).toBe(0);
});

// The last one: Sabrina is no more after it.
test('gone, their name and the names of their files go; the versions stay, and can be put back by others', async () => {
	const first = await ready(sabrina, 'carnet-de-sabrina.csv');
	await sabrina!.post(`${shelfAt}/${first}?/place`);
	const second = await ready(yamina, 'plus-tard.csv');
	await yamina!.post(`${shelfAt}/${second}?/place`);
	const waiting = await sendBy(sabrina!, text, 'carnet-sans-reponse.csv');
	await drainJobs();
	await forget('sabrina');
	expect(await rowOf(first)).toMatchObject({ by_id: null, by_name: '', file_name: '' });
	expect(await rowOf(idIn(waiting))).toMatchObject({ by_id: null, by_name: '' });
	const left = (await placesOf('Tessouane', idOf('sabrina'))).filter((at) => at.startsWith('electoral_map.'));
	expect(left).toEqual([]);
	const past = await asSystem('test', (tx) =>
		tx.one<{ id: string }>(sql`select id from electoral_map.source where state = 'past'`),
	);
	expect((await yamina!.through(`${shelfAt}?/restore`, { id: past?.id ?? '' })).text).toContain(
		'de nouveau en place',
	);
	expect((await yamina!.get(shelfAt)).main).not.toContain('Sabrina');
});
