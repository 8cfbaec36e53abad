import { beforeEach, describe, expect, test } from 'vitest';
import { asSystem, read } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type CastName, cast, idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { meeting, scene, told, toldOf } from '#tests/traces.ts';
import { setApart } from './friends.fixture.ts';
import {
	accept,
	ask,
	bondWith,
	friendsOf,
	persons,
	reconsider,
	refuse,
	remove,
	requestsFrom,
	requestsTo,
	withdraw,
} from './index.ts';

stage();

const tables = [
	'friends.link',
	'friends.request',
	'friends.shown',
	'safety.block',
	'platform.bucket',
	'notices.notice',
	'jobs.job',
];
beforeEach(() => scene(...tables.map((table) => sql`delete from ${sql.raw(table)}`)));

type Person = Awaited<ReturnType<typeof as>>;
const asks = (from: Person, to: CastName) => ask(from, { person: idOf(to), note: '' });
const requestTo = async (who: Person) => ({ request: (await requestsTo(who))[0]!.requestId });
const friends = async (who: Person) => (await friendsOf(who)).friends.map(({ name }) => name);
const state = async (one: Person, other: Person) => [
	(await bondWith(one, other.id!)).state,
	(await bondWith(other, one.id!)).state,
];
const links = () =>
	asSystem('test', (tx) => tx.many<{ person_id: string }>(sql`select person_id from friends.link`));

describe('two gestures at the same instant', () => {
	test('both ask: they are friends, with one link each way and nothing waiting', async () => {
		const [odile, samuel] = [await as('odile'), await as('samuel')];
		const done = await meeting(
			'friends.request',
			() => asks(odile, 'samuel'),
			() => asks(samuel, 'odile'),
		);
		expect(done.toSorted()).toEqual(['asked', 'friends']);
		expect([await state(odile, samuel), (await links()).length]).toEqual([['friends', 'friends'], 2]);
		expect([await requestsTo(odile), await requestsTo(samuel)]).toEqual([[], []]);
	});

	test('one takes the request back while the other asks: they are friends, or it waits; never a yes to nothing', async () => {
		const [odile, samuel] = [await as('odile'), await as('samuel')];
		await asks(odile, 'samuel');
		const which = await requestTo(samuel);
		const [back, asked] = await meeting(
			'friends.request',
			() => told(withdraw(odile, which)),
			() => asks(samuel, 'odile') as Promise<string>,
		);
		if (back === 'done') {
			expect([asked, await state(odile, samuel)]).toEqual(['asked', ['asks', 'asked']]);
			expect(await links()).toEqual([]);
		} else expect(await state(odile, samuel)).toEqual(['friends', 'friends']);
	});

	test('accepted and refused in two tabs, one of the two holds, and the other says so', async () => {
		const [odile, samuel] = [await as('odile'), await as('samuel')];
		await asks(odile, 'samuel');
		const which = await requestTo(samuel);
		await meeting<unknown>(
			'friends.request',
			() => outcome(accept(samuel, which)),
			() => outcome(refuse(samuel, which)),
		);
		// A refusal may still be followed by a yes; a yes is not followed by a refusal.
		expect([await friends(odile), await friends(samuel)]).toEqual([['Samuel Oudraine'], ['Odile Fabrègat']]);
	});

	test('both end it: it ends once, and the second is told that there is nothing', async () => {
		const [odile, samuel] = [await as('odile'), await as('samuel')];
		await asks(odile, 'samuel');
		await accept(samuel, await requestTo(samuel));
		const done = await meeting(
			'friends.link',
			() => told(remove(odile, { person: samuel.id! })),
			() => told(remove(samuel, { person: odile.id! })),
		);
		expect(done.toSorted()).toEqual(['NotFound', 'done']);
		expect(await state(odile, samuel)).toEqual(['none', 'none']);
	});

	test('blocked while accepting, the two end apart', async () => {
		const [odile, samuel] = [await as('odile'), await as('samuel')];
		await asks(odile, 'samuel');
		const which = await requestTo(samuel);
		await Promise.all([outcome(accept(samuel, which)), setApart(odile.id!, samuel.id!)]);
		await toldOf('any');
		expect([await friends(odile), await friends(samuel), await links()]).toEqual([[], [], []]);
	});
});

describe('who is told', () => {
	/** Who heard since it was last asked. */
	const heard = async (type: string) => {
		const names = await toldOf(type);
		await scene(sql`delete from notices.notice`);
		return names;
	};

	test('of a request once, however often it is taken back and sent again', async () => {
		const odile = await as('odile');
		await asks(odile, 'samuel');
		expect(await heard('asked')).toEqual(['samuel']);
		for (let n = 0; n < 3; n++) {
			await withdraw(odile, { request: (await requestsFrom(odile))[0]!.requestId });
			await asks(odile, 'samuel');
		}
		expect(await heard('asked')).toEqual([]);
	});

	test('of a request again once thirty days have passed, not a day before', async () => {
		const odile = await as('odile');
		await asks(odile, 'samuel');
		await heard('asked');
		for (const [days, expected] of [
			[29, []],
			[31, ['samuel']],
		] as const) {
			await scene(sql`update friends.request set asked_at = now() - make_interval(days => ${days})`);
			await asks(odile, 'samuel');
			expect([days, await heard('asked')]).toEqual([days, expected]);
		}
	});

	test('of a yes the one who asked, of a no nobody, of an end nobody', async () => {
		const [odile, samuel] = [await as('odile'), await as('samuel')];
		await asks(odile, 'samuel');
		const which = await requestTo(samuel);
		await refuse(samuel, which);
		await reconsider(samuel, which);
		expect(await heard('accepted')).toEqual([]);
		await accept(samuel, which);
		expect(await heard('accepted')).toEqual(['odile']);
		await scene(sql`delete from jobs.job`);
		await remove(samuel, { person: odile.id! });
		expect(await asSystem('test', (tx) => tx.many(sql`select name from jobs.job`))).toEqual([]);
	});
});

describe('who may know of whom', () => {
	const everybody = Object.keys(cast) as CastName[];
	const knows = async (name: CastName, factor = true) => {
		const viewer = await as(name, { factor });
		const rows = await read(viewer, (tx) =>
			tx.many<{ id: string }>(sql`select person.id from people.person where ${persons.see(viewer)}`),
		);
		const ids = new Set(rows.map(({ id }) => id));
		return everybody.filter((one) => ids.has(idOf(one)));
	};
	/** Whoever holds an office now is known inside the network. */
	const officers: CastName[] = [
		'samuel',
		'yamina',
		'leontine',
		'bertrand',
		'sabrina',
		'paulo',
		'fanny',
		'driss',
	];
	const section: CastName[] = ['odile', 'mathis', 'samuel', 'gerard', 'thibaud', 'lucien'];
	const union = (...lists: CastName[][]) =>
		everybody.filter((one) => lists.some((list) => list.includes(one)));

	test.each<[CastName, CastName[]]>([
		['odile', union(officers, section)],
		['mathis', union(officers, section)],
		['noemie', union(officers, ['noemie'])],
		['tidiane', union(officers, ['tidiane'])],
		['samuel', union(officers, section)],
		['yamina', union(officers, section, ['ines', 'noemie'])],
		['thibaud', ['thibaud']],
		['awa', ['awa']],
		['josiane', ['josiane']],
	])('%s knows those people and nobody else', async (name, expected) => {
		expect(await knows(name)).toEqual(expected);
	});

	test('without the second factor an office makes nobody known', async () => {
		expect(await knows('yamina', false)).toEqual(union(officers, ['ines']));
	});

	test('an office that ended makes its holder known no more', async () => {
		await scene(sql`update territory.term set ends_at = now() where term.person_id = ${idOf('driss')}`);
		expect(await knows('noemie')).not.toContain('driss');
		await scene(sql`update territory.term set ends_at = null where term.person_id = ${idOf('driss')}`);
	});

	test('one that begins tomorrow does not make its holder known yet', async () => {
		await scene(
			sql`update territory.term set starts_at = now() + interval '1 day' where term.person_id = ${idOf('driss')}`,
		);
		expect(await knows('noemie')).not.toContain('driss');
		await scene(
			sql`update territory.term set starts_at = '2025-02-01' where term.person_id = ${idOf('driss')}`,
		);
	});

	test('a request makes each known to the other until it is taken back; a block at once, both ways', async () => {
		const yamina = await as('yamina');
		await asks(yamina, 'noemie');
		expect(await knows('noemie')).toContain('yamina');
		await asks(await as('noemie'), 'yamina');
		await setApart(idOf('noemie'), idOf('yamina'));
		expect([await knows('noemie'), await knows('yamina')]).toEqual([
			expect.not.arrayContaining(['yamina']),
			expect.not.arrayContaining(['noemie']),
		]);
	});
});
