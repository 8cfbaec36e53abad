import { beforeEach, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import { stage } from '#tests/stage.ts';
import { meeting, scene } from '#tests/traces.ts';
import type { Kind } from '../files/recognise.ts';
import type { Count, StationKey } from '../model.ts';
import { loadedVersions } from '../queries.ts';
import { restore } from '../restore.ts';
import { alone } from './alone.ts';
import { preparedFrom, readCounts } from './results.ts';
import { beginSource, dropSource, now, type Prepared, switchTo } from './sources.ts';

stage();
beforeEach(() => scene(sql`delete from electoral_map.source`));

const election = '2022_pres_t1';
const asMap = <T>(work: Parameters<typeof alone<T>>[0]) => asSystem('map', alone(work));

/** Writes a source of some communes, which nothing reads yet; gives its id. */
const begin = (kind: Kind, about: Partial<Prepared>): Promise<string> =>
	asMap(async (tx) => {
		const id = newId();
		const made: Prepared = {
			...{ vintage: '2022', election: null, columns: [], communes: [], counts: {}, remarks: [], rows: 0 },
			write: async () => {},
			...about,
		};
		await beginSource(tx, { id, kind, byId: null, fileName: '' }, made);
		return id;
	});
const put = async (kind: Kind, about: Partial<Prepared>) => {
	const id = await begin(kind, about);
	await asMap((tx) => switchTo(tx, id));
	return id;
};
const ain = { communes: ['01004', '01005'] };
const stateOf = async () => Object.fromEntries((await loadedVersions()).map(({ id, state }) => [id, state]));
/** The source that counts for each commune. */
const counting = async (kind: Kind) =>
	Object.fromEntries(
		(
			await asMap((tx) =>
				tx.many<{ commune: string; id: string }>(sql`select held.commune, held.id from ${now(kind)} as held`),
			)
		).map(({ commune, id }) => [commune, id]),
	);

describe('two switches at the same instant', () => {
	test('of versions that say the same leave one current: the later puts the other in the past', async () => {
		for (let round = 0; round < 4; round++) {
			const [one, two] = [await begin('outlines', ain), await begin('outlines', ain)];
			const done = await meeting(
				'electoral_map.source',
				() => asMap((tx) => switchTo(tx, one)),
				() => asMap((tx) => switchTo(tx, two)),
			);
			expect(done).toEqual([true, true]);
			const states = await stateOf();
			expect([states[one], states[two]].toSorted()).toEqual(['current', 'past']);
		}
		expect(Object.values(await stateOf()).filter((state) => state === 'current')).toHaveLength(1);
	});

	test('back to the same version: one does it, the other is told that there is nothing to put back', async () => {
		const old = await put('outlines', ain);
		await put('outlines', ain);
		const back = () => asMap((tx) => switchTo(tx, old));
		expect((await meeting('electoral_map.source', back, back)).toSorted()).toEqual([false, true]);
		expect((await stateOf())[old]).toBe('current');
	});
});

describe('a switch', () => {
	test('that fails before its end changes nothing for anybody', async () => {
		const [old, next] = [await put('outlines', ain), await begin('outlines', ain)];
		const failing = asMap(async (tx) => {
			await switchTo(tx, next);
			throw new Error('power cut');
		});
		await expect(failing).rejects.toThrow('power cut');
		expect(await stateOf()).toEqual({ [old]: 'current', [next]: 'checked' });
		expect(await counting('outlines')).toEqual({ '01004': old, '01005': old });
	});

	test('touches its own kind, vintage and round alone', async () => {
		const others = [
			await put('iris', ain),
			await put('outlines', { ...ain, vintage: '2017' }),
			await put('results', { ...ain, election }),
			await put('results', { ...ain, election: '2022_pres_t2' }),
		];
		await put('outlines', ain);
		const states = await stateOf();
		expect(others.map((id) => states[id])).toEqual(others.map(() => 'current'));
	});

	test('of results counted on other outlines replaces those of the same round: a round is one thing', async () => {
		const old = await put('results', { ...ain, election, vintage: '2017' });
		const next = await put('results', { ...ain, election, vintage: '2022' });
		expect(await stateOf()).toEqual({ [old]: 'past', [next]: 'current' });
	});

	test('of one town takes that town, and leaves the rest of the department to the older file', async () => {
		const wide = await put('outlines', ain);
		const narrow = await put('outlines', { communes: ['01004'] });
		expect(await counting('outlines')).toEqual({ '01004': narrow, '01005': wide });
		await asMap((tx) => dropSource(tx, narrow));
		expect(await counting('outlines')).toEqual({ '01004': wide, '01005': wide });
	});

	test('of a base with one column less leaves the fuller one: both answer', async () => {
		const full = await put('census', { ...ain, columns: ['P21_POP', 'P21_POP65P'] });
		const less = await put('census', { ...ain, columns: ['P21_POP'] });
		expect(await stateOf()).toEqual({ [full]: 'current', [less]: 'current' });
		const more = await put('census', { ...ain, columns: ['P21_POP', 'P21_POP65P', 'P21_MEN'] });
		expect(await stateOf()).toEqual({ [full]: 'past', [less]: 'past', [more]: 'current' });
	});

	test('to what is refused, current already, or was never there, is none', async () => {
		const current = await put('outlines', ain);
		await scene(
			sql`update electoral_map.source set state = 'refused' where id = ${await begin('outlines', ain)}::uuid`,
		);
		const refused = (await loadedVersions()).find(({ state }) => state === 'refused')?.id ?? '';
		for (const id of [current, refused, newId()])
			expect([id, await asMap((tx) => switchTo(tx, id))]).toEqual([id, false]);
		expect(await stateOf()).toEqual({ [current]: 'current', [refused]: 'refused' });
	});
});

describe('put back', () => {
	const counts = (registered: number, key: StationKey): Count[] => [
		{
			...{ key, registered, voters: 50, blank: 0, spoilt: 0, valid: 50 },
			voices: [{ candidate: '1', name: 'Aurore', nuance: null, votes: 50 }],
		},
	];
	const write = async (registered: number, vintage = '2022', key: StationKey = '01004_0001') => {
		const made = preparedFrom(counts(registered, key), { id: election, vintage });
		const id = await begin('results', made);
		await asMap((tx) => made.write(tx, id, 0, made.rows));
		return id;
	};
	const lay = async (...given: Parameters<typeof write>) => {
		const id = await write(...given);
		await asMap((tx) => switchTo(tx, id));
		return id;
	};

	test('and forth: each time the one asked for counts, with its own figures', async () => {
		const [first, second] = [await lay(100), await lay(200)];
		const registered = async () =>
			(await asMap((tx) => readCounts(tx, election, '01004'))).map((count) => count.registered);
		expect(await registered()).toEqual([200]);
		for (const [id, figure] of [
			[first, 100],
			[second, 200],
			[first, 100],
		] as const) {
			await restore(id);
			expect(await registered()).toEqual([figure]);
			expect(Object.values(await stateOf()).toSorted()).toEqual(['current', 'past']);
		}
	});

	test('with the outlines that it was counted on; one that is only written says nothing of them', async () => {
		const laidOn = async () =>
			asMap((tx) =>
				tx.one(sql`select election.vintage from electoral_map.election where election.id = ${election}`),
			);
		const first = await lay(100, '2022');
		const second = await write(200, '2024');
		expect(await laidOn()).toEqual({ vintage: '2022' });
		await asMap((tx) => switchTo(tx, second));
		expect(await laidOn()).toEqual({ vintage: '2024' });
		expect(await asMap((tx) => switchTo(tx, second))).toBe(false);
		await restore(first);
		expect(await laidOn()).toEqual({ vintage: '2022' });
		// Another town's, the last one put in place: what was current before and is asked again changes nothing.
		await lay(300, '2024', '01005_0001');
		expect(await asMap((tx) => switchTo(tx, first))).toBe(false);
		expect(await laidOn()).toEqual({ vintage: '2024' });
	});

	test('what is no version is refused in words, an address cut short included', async () => {
		const current = await put('outlines', ain);
		for (const id of ['', 'nothing', newId(), current])
			await expect(restore(id)).rejects.toMatchObject({
				problems: [{ key: 'electoral-map.no_version', args: { id } }],
			});
		await expect(restore('x'.repeat(500))).rejects.toMatchObject({
			problems: [{ args: { id: 'x'.repeat(40) } }],
		});
	});
});
