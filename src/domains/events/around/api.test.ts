import * as v from 'valibot';
import { expect, test } from 'vitest';
import type { Operation } from '#platform/domain.ts';
import { parse } from '#platform/http/parse.ts';
import { idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { planned } from '../stage.fixture.ts';
import { visits } from '../visits.fixture.ts';
import { aroundApi } from './api.ts';

stage();

type Who = Parameters<typeof as>[0];
type Params = Record<string, string>;
/** What a program gets, by the operation's own schemas; `key` is what it sends to be answered once. */
async function call<T = { id: string }>(name: string, who: Who, input: object, params: Params, key?: string) {
	const one = aroundApi[name] as Operation;
	const viewer = { ...(await as(who)), ...(key && { requestKey: key }) };
	const result = await one.act(viewer, parse(one.input, input), params);
	return v.parse(one.output, JSON.parse(JSON.stringify(result ?? null))) as T;
}
const at = '/api/v1/events/[id]';
type Items<T> = { items: T[] };

test('a program adds a shift once, people take it and give it back, and it goes', async () => {
	const id = await planned();
	const body = { name: 'Tenir le stand', needed: 1 };
	const first = await call(`POST ${at}/shifts`, 'samuel', body, { id }, 'once');
	expect(await call(`POST ${at}/shifts`, 'samuel', body, { id }, 'once')).toEqual(first);
	const one = { id, shift: first.id };
	await call(`PUT ${at}/shifts/[shift]/taker`, 'odile', {}, one);
	expect(await outcome(call(`PUT ${at}/shifts/[shift]/taker`, 'mathis', {}, one))).toBe('Invalid');
	const list = (who: Who) => call<Items<object>>(`GET ${at}/shifts`, who, {}, { id });
	expect((await list('odile')).items).toMatchObject([
		{ id: first.id, taken: 1, mine: true, takers: [{ name: 'Odile Fabrègat' }] },
	]);
	await call(`DELETE ${at}/shifts/[shift]/taker`, 'odile', {}, one);
	expect((await list('mathis')).items).toMatchObject([{ taken: 0, mine: false }]);
	expect(await outcome(call(`DELETE ${at}/shifts/[shift]`, 'odile', {}, one))).toBe('Forbidden');
	expect(await outcome(call(`DELETE ${at}/shifts/[shift]`, 'fanny', {}, one))).toBe('NotFound');
	expect(await outcome(call(`DELETE ${at}/shifts/[shift]`, 'samuel', {}, { id, shift: 'no-id' }))).toBe(
		'NotFound',
	);
	await call(`DELETE ${at}/shifts/[shift]`, 'samuel', {}, one);
	expect((await list('odile')).items).toEqual([]);
});

test('of the last place of a shift wanted by three programs at once, one has it', async () => {
	const id = await planned();
	const { id: shift } = await call(`POST ${at}/shifts`, 'samuel', { name: 'Café' }, { id });
	const tries = (['odile', 'mathis', 'gerard'] as const).map((who) =>
		outcome(call(`PUT ${at}/shifts/[shift]/taker`, who, {}, { id, shift })),
	);
	expect((await Promise.all(tries)).toSorted()).toEqual(['Invalid', 'Invalid', { id: shift }]);
});

test('a program asks, answers and takes away a question, under the rules of the page', async () => {
	const id = await planned();
	const { id: question } = await call(`POST ${at}/questions`, 'odile', { question: 'À pied ?' }, { id });
	const one = { id, question };
	const read = (who: Who) => call<Items<object>>(`GET ${at}/questions`, who, {}, { id });
	expect((await read('mathis')).items).toEqual([]);
	expect(await outcome(call(`PUT ${at}/questions/[question]/answer`, 'odile', { reply: 'x' }, one))).toBe(
		'Forbidden',
	);
	await call(`PUT ${at}/questions/[question]/answer`, 'samuel', { reply: 'Oui, dix minutes' }, one);
	expect((await read('mathis')).items).toMatchObject([
		{ text: 'À pied ?', answer: 'Oui, dix minutes', by: { name: 'Odile Fabrègat' } },
	]);
	expect(await outcome(call(`DELETE ${at}/questions/[question]`, 'mathis', {}, one))).toBe('Forbidden');
	await call(`DELETE ${at}/questions/[question]`, 'odile', {}, one);
	expect((await read('samuel')).items).toEqual([]);
});

test('a program asks a unit, its officer accepts, then leaves', async () => {
	const id = await planned();
	const unit = idOf('pontsarvan');
	await call(`POST ${at}/units`, 'samuel', { unit }, { id });
	const read = (who: Who) => call<Items<{ id: string }>>(`GET ${at}/units`, who, {}, { id });
	expect((await read('odile')).items).toEqual([]);
	const [asked] = (await read('fanny')).items;
	expect(asked).toMatchObject({ unit: { id: unit }, accepted: null });
	const one = { id, asked: asked!.id };
	expect(await outcome(call(`PUT ${at}/units/[asked]/answer`, 'samuel', { accept: 'yes' }, one))).toBe(
		'Forbidden',
	);
	await call(`PUT ${at}/units/[asked]/answer`, 'fanny', { accept: 'yes' }, one);
	expect((await read('odile')).items).toMatchObject([{ accepted: true }]);
	await call(`DELETE ${at}/units/[asked]`, 'fanny', {}, one);
	expect((await read('samuel')).items).toEqual([]);
	expect(await outcome(read('fanny'))).toBe('NotFound');
});

test('who comes without account is read by who organises, by the name they gave and never by their address', async () => {
	const id = await planned({ visibility: 'public', guests: 2, capacity: 2 });
	await visits(id, { email: 'lou@dehors.example', name: 'Lou', guests: 1 });
	await visits(id, { email: 'bao@dehors.example', name: 'Bao' });
	const read = (who: Who) => call(`GET ${at}/visitors`, who, {}, { id });
	const found = await read('samuel');
	expect(found).toMatchObject({ coming: 2, waiting: 1 });
	expect(JSON.stringify(found)).toMatch(/Lou.*Bao/);
	expect(JSON.stringify(found)).not.toContain('dehors.example');
	expect(await outcome(read('odile'))).toBe('Forbidden');
});
