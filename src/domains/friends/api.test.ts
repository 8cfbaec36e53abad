import * as v from 'valibot';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Operation } from '#platform/domain.ts';
import { parse } from '#platform/http/form.ts';
import { sql } from '#platform/sql.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { refused, scene, toldOf } from '#tests/traces.ts';
import { api } from './api.ts';
import { setApart } from './friends.fixture.ts';

stage();

const tables = ['friends.link', 'friends.request'];
beforeEach(() =>
	scene(
		...[...tables, 'safety.block', 'platform.bucket', 'notices.notice', 'jobs.job'].map(
			(table) => sql`delete from ${sql.raw(table)}`,
		),
	),
);

/** What a program gets for somebody, by the operation's own schemas. */
async function call<T = Record<string, unknown>>(
	name: string,
	who: CastName,
	input: object = {},
	id = '',
): Promise<T> {
	const one = api[name] as Operation;
	const result = await one.act(await as(who), parse(one.input, input), { id });
	return v.parse(one.output, JSON.parse(JSON.stringify(result))) as T;
}
interface Told {
	received: { id: string; person: { id: string; name: string }; note: string }[];
	sent: Told['received'];
}
const asks = (from: CastName, to: CastName, note = '') =>
	call<{ state: string }>('POST /api/v1/friends/requests', from, { person: idOf(to), note });
const requests = (who: CastName) => call<Told>('GET /api/v1/friends/requests', who);
const received = async (who: CastName) => (await requests(who)).received[0]!.id;
const names = async (who: CastName) =>
	(await call<{ items: { name: string }[] }>('GET /api/v1/friends', who)).items.map(({ name }) => name);
const accepts = async (who: CastName) =>
	call('POST /api/v1/friends/requests/[id]/acceptance', who, {}, await received(who));

test('a program asks, its person is answered, and either ends it', async () => {
	expect(await asks('odile', 'samuel', 'Du marché')).toEqual({ state: 'asked' });
	expect((await requests('samuel')).received).toMatchObject([
		{ person: { id: idOf('odile'), name: 'Odile Fabrègat' }, note: 'Du marché' },
	]);
	await accepts('samuel');
	expect([await names('odile'), await names('samuel')]).toEqual([['Samuel Oudraine'], ['Odile Fabrègat']]);
	await call('DELETE /api/v1/friends/[id]', 'odile', {}, idOf('samuel'));
	expect([await names('odile'), await names('samuel')]).toEqual([[], []]);
});

test('what the other answered is not in what one sent: refused or waiting, the same words to the letter', async () => {
	await asks('odile', 'samuel', 'Bonjour');
	const waiting = await requests('odile');
	await call('POST /api/v1/friends/requests/[id]/refusal', 'samuel', {}, await received('samuel'));
	expect(await requests('odile')).toEqual(waiting);
	expect((await requests('samuel')).received).toEqual([]);
	expect(await toldOf('accepted')).toEqual([]);
});

test('who asked first and who asks back are friends at once, and only the first hears of a yes', async () => {
	await asks('odile', 'samuel');
	expect(await asks('samuel', 'odile')).toEqual({ state: 'friends' });
	expect(await requests('odile')).toEqual({ received: [], sent: [] });
	expect(await asks('odile', 'samuel')).toEqual({ state: 'friends' });
});

test('one’s friends and requests are one’s own: nobody else’s program reads them', async () => {
	await asks('odile', 'samuel');
	await accepts('samuel');
	await asks('gerard', 'mathis');
	for (const other of ['lucien', 'yamina', 'sabrina', 'paulo'] as const)
		expect([await names(other), await requests(other)]).toEqual([[], { received: [], sent: [] }]);
});

describe('refused, and nothing moved', () => {
	const cases: [string, () => Promise<unknown>, string][] = [
		['asking oneself', () => asks('odile', 'odile'), 'Forbidden'],
		['asking somebody unseen', () => asks('odile', 'noemie'), 'NotFound'],
		[
			'asking nobody',
			() => call('POST /api/v1/friends/requests', 'odile', { person: idOf('nobody') }),
			'NotFound',
		],
		[
			'a word that is no id',
			() => call('POST /api/v1/friends/requests', 'odile', { person: 'samuel' }),
			'Invalid: person app.invalid_value',
		],
		[
			'a letter instead of a note',
			() => asks('odile', 'samuel', 'é'.repeat(301)),
			'Invalid: note friends.note_long',
		],
		[
			'accepting one’s own request',
			async () =>
				call(
					'POST /api/v1/friends/requests/[id]/acceptance',
					'odile',
					{},
					(await requests('odile')).sent[0]!.id,
				),
			'NotFound',
		],
		[
			'refusing somebody else’s',
			async () => call('POST /api/v1/friends/requests/[id]/refusal', 'gerard', {}, await received('lucien')),
			'NotFound',
		],
		[
			'taking back what one received',
			async () => call('DELETE /api/v1/friends/requests/[id]', 'lucien', {}, await received('lucien')),
			'Forbidden',
		],
		[
			'ending what never was',
			() => call('DELETE /api/v1/friends/[id]', 'odile', {}, idOf('samuel')),
			'NotFound',
		],
	];
	test.each(cases)('%s', async (_, attempt, why) => {
		await asks('odile', 'lucien');
		expect(await refused(tables, attempt)).toBe(why);
	});
});

test('after a block nothing of the other is in the lists, and what waited is gone', async () => {
	await asks('odile', 'samuel');
	const id = await received('samuel');
	await setApart(idOf('samuel'), idOf('odile'));
	expect(await requests('odile')).toEqual({ received: [], sent: [] });
	expect(await requests('samuel')).toEqual({ received: [], sent: [] });
	expect(
		await refused(tables, () => call('POST /api/v1/friends/requests/[id]/acceptance', 'samuel', {}, id)),
	).toBe('NotFound');
	expect(await outcome(asks('odile', 'samuel'))).toBe('NotFound');
});

test('who left is no friend any more in anybody’s list, and comes back with the account', async () => {
	await asks('odile', 'samuel');
	await accepts('samuel');
	await scene(sql`update people.person set left_at = now() where person.id = ${idOf('samuel')}`);
	expect(await names('odile')).toEqual([]);
	await scene(sql`update people.person set left_at = null where person.id = ${idOf('samuel')}`);
	expect(await names('odile')).toEqual(['Samuel Oudraine']);
});

test('homonyms come in one order, and the cursor neither skips nor repeats one of them', async () => {
	const ids = Array.from({ length: 101 }, (_, n) => idOf(`homonym ${n}`));
	await scene(
		...ids.flatMap((id) => [
			sql`insert into people.person (id, name, folded_name, confirmed_at) values (${id}, 'Claude Homonyme', 'claude homonyme', now())`,
			sql`insert into friends.link (person_id, friend_id) values (${idOf('odile')}, ${id}), (${id}, ${idOf('odile')})`,
		]),
	);
	const page = (cursor = '') =>
		call<{ items: { id: string }[]; next: string | null }>('GET /api/v1/friends', 'odile', { cursor });
	const first = await page();
	const second = await page(first.next!);
	expect([...first.items, ...second.items].map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
	expect([first.items.length, second.next]).toEqual([100, null]);
	expect((await page('zzz')).items).toEqual([]);
	expect((await page("' or 1=1 --")).next).not.toBeUndefined();
});

test('a friendship that was ended comes back with the ticket of its end, to who ended it alone', async () => {
	await asks('odile', 'samuel');
	await accepts('samuel');
	const { ticket } = await call<{ ticket: string }>(
		'DELETE /api/v1/friends/[id]',
		'odile',
		{},
		idOf('samuel'),
	);
	const back = (who: CastName, given = ticket) =>
		call('POST /api/v1/friends/restorations', who, { ticket: given });
	expect(await refused(tables, () => back('samuel'))).not.toBe('done');
	expect(await refused(tables, () => back('odile', 'x'))).not.toBe('done');
	expect(await back('odile')).toEqual({ id: idOf('samuel') });
	expect([await names('odile'), await names('samuel')]).toEqual([['Samuel Oudraine'], ['Odile Fabrègat']]);
});
