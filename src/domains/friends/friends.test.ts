import { beforeEach, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { setApart } from './friends.fixture.ts';
import {
	accept,
	ask,
	bondWith,
	friendsOf,
	noteSpoken,
	reconsider,
	refuse,
	remove,
	requestsFrom,
	requestsTo,
	suggestions,
	withdraw,
} from './index.ts';

stage();

const house = <T>(query: ReturnType<typeof sql>) => asSystem('test', (tx) => tx.many<T>(query as never));
const asks = async (from: CastName, to: CastName, note = '') =>
	ask(await as(from), { person: idOf(to), note });
const waiting = async (name: CastName) => (await requestsTo(await as(name))).map(({ name: from }) => from);
const requestFor = async (name: CastName) => ({ request: (await requestsTo(await as(name)))[0]!.requestId });
const friendsNamed = async (name: CastName) =>
	(await friendsOf(await as(name))).friends.map(({ name: friend }) => friend);

beforeEach(async () => {
	await asSystem('test', async (tx) => {
		for (const table of ['friends.link', 'friends.request', 'friends.shown', 'safety.block'])
			await tx.run(sql`delete from ${sql.raw(table)}`);
		await tx.run(sql`delete from platform.bucket`);
	});
});

describe('asking', () => {
	test('somebody of one’s unit gets the request with its note, and says yes', async () => {
		expect(await asks('odile', 'samuel', 'On s’est vus au marché.')).toBe('asked');
		const samuel = await as('samuel');
		expect(await requestsTo(samuel)).toMatchObject([
			{ name: 'Odile Fabrègat', note: 'On s’est vus au marché.', unit: 'Section de Villebrume' },
		]);
		await accept(samuel, await requestFor('samuel'));
		expect([await friendsNamed('odile'), await friendsNamed('samuel')]).toEqual([
			['Samuel Oudraine'],
			['Odile Fabrègat'],
		]);
		expect(await waiting('samuel')).toEqual([]);
	});

	test.each<[CastName, CastName, string, string]>([
		['odile', 'ines', 'somebody of another unit, without anything in common', 'NotFound'],
		['mathis', 'noemie', 'a stranger of another place', 'NotFound'],
		['odile', 'josiane', 'somebody who left', 'NotFound'],
		['odile', 'awa', 'somebody who has not confirmed their address', 'NotFound'],
		['odile', 'odile', 'oneself', 'Forbidden'],
		['thibaud', 'odile', 'anybody, while suspended', 'NotFound'],
		['odile', 'yamina', 'an officer elsewhere: their office is public inside', 'asked'],
		['yamina', 'noemie', 'somebody their office reaches', 'asked'],
	])('%s → %s: %s is %s%s', async (from, to, _why, result) => {
		expect(await outcome(asks(from, to))).toBe(result);
	});

	test('a person who spoke to the whole network can be asked; a unit’s voice shows nobody', async () => {
		const spoken = (byId: string, more: object) =>
			asSystem('test', (tx) => noteSpoken(tx, { byId, asUnitId: null, unitId: null, ...more }));
		await spoken(idOf('ines'), { audience: 'network', asUnitId: idOf('montclairval') });
		await spoken(idOf('ines'), { audience: 'friends' });
		expect(await outcome(asks('odile', 'ines'))).toBe('NotFound');
		await spoken(idOf('ines'), { audience: 'members' });
		expect([await outcome(asks('mathis', 'ines')), await outcome(asks('odile', 'ines'))]).toEqual([
			'NotFound',
			'asked',
		]);
		await spoken(idOf('noemie'), { audience: 'unit', unitId: idOf('valdorsande') });
		expect([await outcome(asks('odile', 'noemie')), await outcome(asks('fanny', 'noemie'))]).toEqual([
			'asked',
			'NotFound',
		]);
	});

	test('two people asking each other at once are friends once', async () => {
		const [odile, samuel] = [await as('odile'), await as('samuel')];
		const results = await Promise.all([
			ask(odile, { person: samuel.id!, note: '' }),
			ask(samuel, { person: odile.id!, note: '' }),
		]);
		expect(results.toSorted()).toEqual(['asked', 'friends']);
		expect(await house(sql`select 1 from friends.link`)).toHaveLength(2);
	});

	test('asking twice tells once; the twenty-first of a day waits', async () => {
		await asks('odile', 'samuel');
		await asks('odile', 'samuel');
		expect(await waiting('samuel')).toEqual(['Odile Fabrègat']);
		const odile = await as('odile');
		const results = await Promise.all(
			Array.from({ length: 20 }, () => outcome(ask(odile, { person: idOf('samuel'), note: '' }))),
		);
		expect(results.filter((result) => result === 'TooMany')).toHaveLength(2);
	});
});

describe('answering', () => {
	test('a refusal is not told: the asker sees a request that waits, and asking again changes nothing', async () => {
		await asks('odile', 'samuel');
		await refuse(await as('samuel'), await requestFor('samuel'));
		const odile = await as('odile');
		expect((await requestsFrom(odile)).map(({ name }) => name)).toEqual(['Samuel Oudraine']);
		expect((await bondWith(odile, idOf('samuel'))).state).toBe('asked');
		expect(await asks('odile', 'samuel')).toBe('asked');
		expect(await waiting('samuel')).toEqual([]);
	});

	test('taking back and asking again does not reset the thirty days; later one may ask anew', async () => {
		await asks('odile', 'samuel');
		await refuse(await as('samuel'), await requestFor('samuel'));
		const { requestId } = (await requestsFrom(await as('odile')))[0]!;
		await withdraw(await as('odile'), { request: requestId });
		await asks('odile', 'samuel');
		expect(await waiting('samuel')).toEqual([]);
		await asSystem('test', (tx) =>
			tx.run(sql`update friends.request set asked_at = now() - interval '31 days'`),
		);
		expect(await requestsFrom(await as('odile'))).toEqual([]);
		await asks('odile', 'samuel');
		expect(await waiting('samuel')).toEqual(['Odile Fabrègat']);
	});

	test('one may change one’s mind about a refusal', async () => {
		await asks('odile', 'samuel');
		const which = await requestFor('samuel');
		await refuse(await as('samuel'), which);
		await reconsider(await as('samuel'), which);
		expect(await waiting('samuel')).toEqual(['Odile Fabrègat']);
	});

	test('accepting twice at once makes one friendship', async () => {
		await asks('odile', 'samuel');
		const which = await requestFor('samuel');
		const samuel = await as('samuel');
		expect(await Promise.all([outcome(accept(samuel, which)), outcome(accept(samuel, which))])).toEqual([
			idOf('odile'),
			idOf('odile'),
		]);
		expect(await house(sql`select 1 from friends.link`)).toHaveLength(2);
		expect(await outcome(refuse(samuel, which))).toBe('Forbidden');
	});

	test('nobody answers for another, nor what was taken back', async () => {
		await asks('odile', 'samuel');
		const which = await requestFor('samuel');
		expect(await outcome(accept(await as('mathis'), which))).toBe('NotFound');
		expect(await outcome(accept(await as('odile'), which))).toBe('NotFound');
		expect(await outcome(withdraw(await as('samuel'), which))).toBe('Forbidden');
		await withdraw(await as('odile'), which);
		expect(await outcome(accept(await as('samuel'), which))).toBe('NotFound');
	});

	test('an acceptance and a withdrawal at once leave one truth', async () => {
		await asks('odile', 'samuel');
		const which = await requestFor('samuel');
		const [accepted] = await Promise.all([
			outcome(accept(await as('samuel'), which)),
			outcome(withdraw(await as('odile'), which)),
		]);
		expect(await friendsNamed('odile')).toEqual(accepted === idOf('odile') ? ['Samuel Oudraine'] : []);
	});
});

describe('ending', () => {
	test('either side ends it for both, once', async () => {
		await asks('odile', 'samuel');
		await accept(await as('samuel'), await requestFor('samuel'));
		await remove(await as('samuel'), { person: idOf('odile') });
		expect([await friendsNamed('odile'), await friendsNamed('samuel')]).toEqual([[], []]);
		expect(await outcome(remove(await as('samuel'), { person: idOf('odile') }))).toBe('NotFound');
		expect(await asks('odile', 'samuel')).toBe('asked');
		expect(await waiting('samuel')).toEqual(['Odile Fabrègat']);
	});

	test('a block ends it, hides each from the other, and is not told', async () => {
		await asks('odile', 'samuel');
		await accept(await as('samuel'), await requestFor('samuel'));
		await setApart(idOf('samuel'), idOf('odile'));
		expect(await friendsNamed('odile')).toEqual([]);
		expect(await outcome(asks('odile', 'samuel'))).toBe('NotFound');
		await drainJobs();
		expect(await house(sql`select 1 from friends.link`)).toEqual([]);
	});
});

describe('suggestions', () => {
	test('are people of one’s own unit and nobody else, without those already asked', async () => {
		const odile = await as('odile');
		const names = async () => (await suggestions(odile)).map(({ name }) => name);
		expect(await names()).toEqual(['Samuel Oudraine', ...(await names()).slice(1)]);
		expect((await names()).toSorted()).toEqual([
			'Gérard Valmorin',
			'Lucien Barrandou',
			'Mathis Lanoëz',
			'Samuel Oudraine',
			'Thibaud Marlague',
		]);
		await asks('odile', 'samuel');
		expect(await names()).not.toContain('Samuel Oudraine');
		expect(await suggestions(await as('thibaud'))).toEqual([]);
	});
});

test('row-level security alone keeps links and requests between the two', async () => {
	const { read } = await import('#platform/db.ts');
	await asks('odile', 'samuel');
	await accept(await as('samuel'), await requestFor('samuel'));
	const seen = async (name: CastName) =>
		read(await as(name), async (tx) => [
			(await tx.many(sql`select 1 from friends.link`)).length,
			(await tx.many(sql`select 1 from friends.request`)).length,
		]);
	expect([await seen('odile'), await seen('mathis'), await seen('sabrina')]).toEqual([
		[2, 1],
		[0, 0],
		[0, 0],
	]);
});
