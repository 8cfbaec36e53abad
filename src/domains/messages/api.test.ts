import * as v from 'valibot';
import { beforeEach, expect, test } from 'vitest';
import type { Operation } from '#platform/domain.ts';
import { parse } from '#platform/http/form.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { api } from './api.ts';
import { refuse } from './index.ts';
import { clear } from './messages.fixture.ts';

stage();
beforeEach(clear);

/** What a program gets for somebody, by the operation's own schemas. */
async function call<T = { id: string }>(
	name: string,
	who: CastName,
	input: object = {},
	id = '',
): Promise<T> {
	const one = api[name] as Operation;
	const result = await one.act(await as(who), parse(one.input, input), { id });
	return v.parse(one.output, JSON.parse(JSON.stringify(result))) as T;
}
interface Read {
	items: { id: string; text: string | null; removed: boolean; author: { name: string } }[];
	before: number | null;
}
const begins = (who: CastName, to: CastName, text = 'Bonjour') =>
	call('POST /api/v1/conversations', who, { to: [idOf(to)], text });
const read = (who: CastName, id: string) =>
	call<Read>('GET /api/v1/conversations/[id]/messages', who, {}, id);

test('a program writes, reads, corrects and removes for its person; the other’s reads the same', async () => {
	const { id } = await begins('odile', 'samuel');
	await call('POST /api/v1/conversations/[id]/messages', 'samuel', { text: 'Oui ?' }, id);
	const { items } = await read('odile', id);
	expect(items.map(({ text, author }) => `${author.name} : ${text}`)).toEqual([
		'Odile Fabrègat : Bonjour',
		'Samuel Oudraine : Oui ?',
	]);
	const first = items[0]!.id;
	await call('PATCH /api/v1/messages/[id]', 'odile', { text: 'Bonsoir' }, first);
	expect((await read('samuel', id)).items[0]!.text).toBe('Bonsoir');
	await call('DELETE /api/v1/messages/[id]', 'odile', {}, first);
	expect((await read('samuel', id)).items[0]).toMatchObject({ text: null, removed: true });
});

test('a list says what waits; read, nothing waits', async () => {
	const { id } = await begins('odile', 'samuel');
	const list = () => call<{ items: { unread: boolean }[] }>('GET /api/v1/conversations', 'samuel');
	expect((await list()).items.map(({ unread }) => unread)).toEqual([true]);
	await call('POST /api/v1/conversations/[id]/reading', 'samuel', {}, id);
	expect((await list()).items.map(({ unread }) => unread)).toEqual([false]);
});

test('refused or waiting, a request reads the same to the letter; nothing tells its author', async () => {
	const { id } = await begins('odile', 'fanny');
	const [waiting, listed] = [await read('odile', id), await call('GET /api/v1/conversations', 'odile')];
	await refuse(await as('fanny'), { conversation: id });
	expect(await read('odile', id)).toEqual(waiting);
	expect(await call('GET /api/v1/conversations', 'odile')).toEqual(listed);
});

test.each<[string, CastName, object, string]>([
	['GET /api/v1/conversations/[id]/messages', 'mathis', {}, 'NotFound'],
	['POST /api/v1/conversations/[id]/messages', 'mathis', { text: 'x' }, 'NotFound'],
	['POST /api/v1/conversations/[id]/reading', 'paulo', {}, 'NotFound'],
	['POST /api/v1/conversations/[id]/messages', 'odile', { text: 'é'.repeat(10_001) }, 'Invalid'],
	['POST /api/v1/conversations/[id]/messages', 'odile', { text: '  ' }, 'Invalid'],
])('%s by %s is refused: %#', async (name, who, input, refusal) => {
	const { id } = await begins('odile', 'samuel');
	expect(await outcome(call(name, who, input, id))).toBe(refusal);
});
