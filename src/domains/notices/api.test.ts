import * as v from 'valibot';
import { beforeEach, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import type { Operation } from '#platform/domain.ts';
import { parse } from '#platform/http/form.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { api } from './api.ts';
import { keepDevice } from './devices.ts';
import { notify } from './notify.ts';
import { pretendBrowser } from './push.fixture.ts';

stage();

const house = <T>(work: Parameters<typeof asSystem<T>>[1]) => asSystem('test', work);
beforeEach(() =>
	house(async (tx) => {
		for (const table of ['notice', 'choice', 'quiet'])
			await tx.run(sql`delete from notices.${sql.raw(table)}`);
	}),
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
const tell = () =>
	house((tx) =>
		notify(tx, {
			type: 'welcomed',
			to: [idOf('odile')],
			byId: idOf('samuel'),
			unitId: idOf('villebrume'),
			subjectId: newId(),
		}),
	);
type Listed = { items: { id: string; text: string; readAt: string | null; href: string }[] };
const list = (who: CastName) => call<Listed>('GET /api/v1/notices', who);

test('a program reads the lines of its person in words, opens one, then all; nobody else’s', async () => {
	await tell();
	await tell();
	const { items } = await list('odile');
	expect(items).toHaveLength(2);
	expect(items[0]!.text).toContain('Samuel Oudraine te souhaite la bienvenue');
	const read = (who: CastName) => call('POST /api/v1/notices/[id]/reading', who, {}, items[0]!.id);
	expect(await outcome(read('mathis'))).toBe('NotFound');
	expect(await read('odile')).toEqual({ href: `/unites/${idOf('villebrume')}` });
	await call('POST /api/v1/notices/reading', 'odile', { until: new Date(Date.now() + 1000).toISOString() });
	expect((await list('odile')).items.filter(({ readAt }) => !readAt)).toEqual([]);
	expect((await list('mathis')).items).toEqual([]);
});

test('and makes its choices, cell by cell, for everything and for one’s own places only', async () => {
	const put = (input: object) => call('PUT /api/v1/notices/choices', 'odile', input);
	await put({ choices: ['thanks.mail.daily'] });
	await put({ scope: `unit:${idOf('villebrume')}`, choices: ['thanks.mail.none'] });
	const { items } = await call<{ items: { scope: string; cells: Record<string, string>[] }[] }>(
		'GET /api/v1/notices/choices',
		'odile',
	);
	const thanks = (scope: string) =>
		items
			.find((one) => one.scope === scope)!
			.cells.find(({ category, channel }) => category === 'thanks' && channel === 'mail')!.rhythm;
	expect([thanks('all'), thanks(`unit:${idOf('villebrume')}`)]).toEqual(['daily', 'none']);
	expect(await outcome(put({ scope: `unit:${idOf('pontsarvan')}`, choices: ['thanks.mail.none'] }))).toBe(
		'NotFound',
	);
	expect(await outcome(put({ choices: ['thanks.mail.hourly'] }))).toBe('Invalid');
	expect(await outcome(put({ scope: 'unit:x', choices: [] }))).toBe('Invalid');
	expect(
		await call('PUT /api/v1/notices/quiet', 'odile', { quiet_from: '22:00', quiet_until: '07:30' }),
	).toEqual({
		from: '22:00',
		until: '07:30',
	});
});

test('a program lists where its person is told, and makes a device silent; nobody else’s', async () => {
	const session = await house((tx) =>
		tx.one<{ id: string }>(sql`insert into people.session (id, person_id, token_hash, device, expires_at)
			values (${newId()}, ${idOf('odile')}, ${`${newId()}`}, 'Firefox', now() + interval '1 day') returning id`),
	);
	await keepDevice({ ...(await as('odile')), sessionId: session!.id }, pretendBrowser());
	const devices = async (who: CastName) =>
		(await call<{ items: { id: string; name: string }[] }>('GET /api/v1/notices/devices', who)).items;
	const [mine] = await devices('odile');
	expect(mine).toMatchObject({ name: 'Firefox' });
	expect(await devices('mathis')).toEqual([]);
	const forget = (who: CastName) => call('DELETE /api/v1/notices/devices/[id]', who, {}, mine!.id);
	expect(await outcome(forget('mathis'))).toBe('NotFound');
	await forget('odile');
	expect(await devices('odile')).toEqual([]);
});
