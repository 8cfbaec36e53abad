import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { journal, meeting, scene, told } from '#tests/traces.ts';
import { load, resultsFile, rowsOf } from '../loaded.fixture.ts';
import { loadedVersions } from '../queries.ts';
import { alone } from '../store/alone.ts';
import { readCounts } from '../store/results.ts';
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
import { dropSending, place, putBack, sayOf } from './settle.ts';

stage();
// Each story is many transactions, and crossings in threads of their own.
vi.setConfig({ testTimeout: 60_000 });

let yamina: Browser;
beforeAll(async () => {
	yamina = await browser('yamina');
});
beforeEach(emptyShelf);

const one = resultsText([['1', 100, 20, 30]]);
const two = resultsText([
	['1', 100, 25, 25],
	['2', 300, 100, 100],
]);

/** Results read whole, waiting to be put in place. */
async function readyWith(text: string): Promise<string> {
	const at = await sendBy(yamina, text);
	await drainJobs();
	await yamina.post(`${at}?/say`, { election });
	await drainJobs();
	return idIn(at);
}

const current = async () => (await loadedVersions()).filter(({ state }) => state === 'current');
const stateOf = async (id: string) =>
	(
		await asSystem('test', (tx) =>
			tx.one<{ state: string }>(sql`select state from electoral_map.sending where id = ${id}::uuid`),
		)
	)?.state;
const counted = () =>
	asSystem(
		'test',
		alone((tx) => readCounts(tx, election, '01004')),
	);
const acts = async (act: string) => (await journal(`electoral-map.${act}`)).length;

test('two officers press at the same instant: it is in place once, and the journal has one line', async () => {
	const id = await readyWith(two);
	const before = await acts('switch');
	const [first, second] = [await as('yamina'), await as('sabrina')];
	await meeting(
		'electoral_map.sending',
		() => told(place(first, id)),
		() => told(place(second, id)),
	);
	expect(await inPlace()).toEqual([{ kind: 'results', election, stations: 2 }]);
	expect(await acts('switch')).toBe(before + 1);
	expect(await stateOf(id)).toBe('placed');
});

test('two versions put in place at the same instant leave one current, and the other can come back', async () => {
	const ids = [await readyWith(two), await readyWith(two)];
	const officer = await as('yamina');
	await Promise.all(ids.map((id) => place(officer, id)));
	expect(await current()).toHaveLength(1);
	const past = (await loadedVersions()).filter(({ state }) => state === 'past');
	expect(past).toHaveLength(1);
	await putBack(officer, { id: past[0]?.id ?? '' });
	expect((await current()).map(({ id }) => id)).toEqual([past[0]?.id]);
});

test('one officer puts a file in place while another removes it: one of the two wins, wholly', async () => {
	for (let round = 0; round < 4; round++) {
		const id = await readyWith(one);
		const officers = [await as('yamina'), await as('sabrina')];
		const [placing, dropping] = await meeting(
			'electoral_map.sending',
			() => told(place(officers[0]!, id)),
			() => told(dropSending(officers[1]!, id)),
		);
		const isPlaced = (await stateOf(id)) === 'placed';
		expect(await inPlace()).toHaveLength(isPlaced ? 1 : 0);
		expect([placing, dropping].filter((said) => said === 'done').length).toBeGreaterThan(0);
		if (!isPlaced) expect(await rowsOf('count')).toBe(0);
		await scene(sql`delete from electoral_map.source`, sql`delete from electoral_map.sending`);
	}
}, 60_000);

test('a restoration that meets a file put in place leaves one version, whole', async () => {
	const officer = await as('yamina');
	const first = await readyWith(one);
	await place(officer, first);
	const [old] = await current();
	await place(officer, await readyWith(two));
	const third = await readyWith(one);
	await Promise.all([told(putBack(officer, { id: old?.id ?? '' })), told(place(officer, third))]);
	const found = await current();
	// Results of one commune: what came last replaces what says no more
	expect(found).toHaveLength(1);
	expect((await counted()).length).toBe(found[0]?.counts.stations);
});

test('whoever reads meanwhile sees all of the old version or all of the new one', async () => {
	const officer = await as('yamina');
	await place(officer, await readyWith(one));
	const id = await readyWith(two);
	const seen: string[] = [];
	let going = true;
	const reading = (async () => {
		while (going) seen.push((await counted()).map(({ registered }) => registered).join());
	})();
	await place(officer, id);
	for (let n = 0; n < 5; n++) {
		const past = (await loadedVersions()).find(({ state }) => state === 'past');
		await putBack(officer, { id: past?.id ?? '' });
	}
	going = false;
	await reading;
	expect(seen.length).toBeGreaterThan(3);
	expect([...new Set(seen)].filter((one) => one !== '100' && one !== '100,300')).toEqual([]);
});

test('when one thing of a file cannot be put in place, nothing of it is', async () => {
	const id = await readyWith(two);
	await scene(
		sql`update electoral_map.sending set sources = sources || gen_random_uuid() where id = ${id}::uuid`,
	);
	expect(await told(place(await as('yamina'), id))).toBe('Conflict: electoral-map.sending_moved_on');
	expect([await inPlace(), await stateOf(id)]).toEqual([[], 'ready']);
});

test('what has moved on is said, whatever the act, and nothing is written in the journal', async () => {
	const officer = await as('yamina');
	const id = await readyWith(one);
	await place(officer, id);
	const before = [await acts('switch'), await acts('drop'), await acts('say')];
	const answer = { vintage: '', election };
	for (const act of [() => dropSending(officer, id), () => sayOf(officer, id, answer)])
		expect(await told(act())).toBe('Conflict: electoral-map.sending_moved_on');
	await place(officer, id);
	expect([await acts('switch'), await acts('drop'), await acts('say')]).toEqual(before);
	expect(await inPlace()).toHaveLength(1);
});

test('a form sent again after a lost answer does nothing more', async () => {
	const at = `${shelfAt}/${await readyWith(one)}`;
	for (let n = 0; n < 3; n++) await yamina.post(`${at}?/place`, { _key: 'the-same' });
	await yamina.post(`${shelfAt}/${await readyWith(two)}?/place`);
	const past = (await loadedVersions()).find(({ state }) => state === 'past')?.id ?? '';
	const before = await acts('restore');
	const answers = [];
	for (let n = 0; n < 2; n++)
		answers.push(await yamina.post(`${shelfAt}?/restore`, { id: past, _key: 'once-more' }));
	expect((await current()).map(({ id }) => id)).toEqual([past]);
	expect((await acts('restore')) - before).toBe(1);
});

test('each act of an officer has its line: who, what, on which file', async () => {
	const id = await readyWith(two);
	await yamina.post(`${shelfAt}/${id}?/place`);
	const other = idIn(await sendBy(yamina, outlinesText(['0001']), '../../outlines-2022.geojson'));
	await yamina.post(`${shelfAt}/${other}?/drop`);
	const lines = async (act: string) => (await journal(`electoral-map.${act}`)).at(-1);
	expect(await lines('load')).toMatchObject({
		actor: idOf('yamina'),
		subject: other,
		detail: { file: 'outlines-2022.geojson' },
	});
	expect(await lines('say')).toMatchObject({ subject: id, detail: { election, vintage: '' } });
	expect(await lines('switch')).toMatchObject({ actor: idOf('yamina'), subject: id });
	expect(await lines('drop')).toMatchObject({ actor: idOf('yamina'), subject: other });
});

test('who holds no such office does none of these acts, and leaves no line', async () => {
	const id = await readyWith(one);
	const before = await acts('switch');
	for (const name of ['odile', 'samuel', 'mathis'] as const) {
		const who = await as(name);
		for (const act of [() => place(who, id), () => dropSending(who, id), () => putBack(who, { id })])
			expect([name, await told(act())]).toEqual([name, 'NotFound']);
	}
	expect([await acts('switch'), await inPlace(), await stateOf(id)]).toEqual([before, [], 'ready']);
});

test('a version loaded by command can be put back by page', async () => {
	const folder = process.env.COOPOL_FILES ?? '';
	await load('results', resultsFile(folder, 'a.csv', [['1', 100, 20, 30]]), { election });
	await load('results', resultsFile(folder, 'b.csv', [['1', 200, 20, 30]]), { election });
	const shelf = await yamina.get(shelfAt);
	expect(shelf.main).toContain('par une commande');
	const past = /name="id" value="([^"]+)"/.exec(shelf.html)?.[1] ?? '';
	await yamina.post(`${shelfAt}?/restore`, { id: past });
	expect((await counted())[0]?.registered).toBe(100);
});
