import { beforeEach, expect, test } from 'vitest';
import { drainJobs } from '#platform/jobs.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { program } from '#tests/program.ts';
import { stage } from '#tests/stage.ts';
import { refused, told } from '#tests/traces.ts';
import { election, emptyShelf, inPlace, resultsText } from './sent.fixture.ts';

stage();
beforeEach(() => emptyShelf());

const tables = ['electoral_map.sending', 'electoral_map.source'];
const bytes = Buffer.from(resultsText([['0001', 1000, 600, 300]])).toString('base64');
const send = (who: CastName, input: object = { file: bytes, name: 'resultats.csv' }) =>
	program('POST /map/sendings', who, {}, input);
const on = <T = { id: string }>(act: string, who: CastName, id: string, input: object = {}) =>
	program<T>(act.replace('*', '/map/sendings/[id]'), who, { id }, input);
interface Sending {
	state: string;
	kind: string | null;
	ask: string | null;
}
const stateOf = (id: string) => on<Sending>('GET *', 'yamina', id);

/** Sends the file, and answers what it does not say of itself. */
async function lookedThrough(): Promise<string> {
	const { id } = await send('yamina');
	await drainJobs();
	if ((await stateOf(id)).ask) {
		await on('PUT */answer', 'yamina', id, { election });
		await drainJobs();
	}
	return id;
}

test('a program sends results, says of which round, and puts them in place; labels are placed by who loads', async () => {
	const id = await lookedThrough();
	expect(await stateOf(id)).toMatchObject({ state: 'ready', kind: 'results', ask: null });
	expect(await inPlace()).toEqual([]);
	await on('PUT */placement', 'yamina', id);
	expect(await inPlace()).toMatchObject([{ kind: 'results', election }]);
	expect(await refused(tables, () => on('DELETE *', 'yamina', id))).not.toBe('done');
	const labels = (who: CastName) =>
		program<{ items: { label: string; family: string | null }[] }>('GET /map/blocs', who, {}, { election });
	const [first] = (await labels('yamina')).items;
	const place = (who: CastName, bloc: string) =>
		program('PUT /map/blocs', who, {}, { election, label: [first!.label], bloc: [bloc] });
	await place('yamina', 'left');
	expect((await labels('yamina')).items[0]).toMatchObject({ label: first!.label, family: 'left' });
	expect(await told(place('yamina', 'x'))).toBe('Invalid: bloc.0 electoral-map.bloc_unknown');
	expect([await told(labels('samuel')), await told(place('odile', 'left'))]).toEqual([
		'NotFound',
		'NotFound',
	]);
});

test('a file that is not in place is thrown away; another officer who loads sees it, the others do not', async () => {
	const id = await lookedThrough();
	for (const who of ['samuel', 'odile', 'fanny'] as const) {
		expect(await refused(tables, () => send(who))).toBe('NotFound');
		for (const act of ['GET *', 'PUT */answer', 'PUT */placement', 'DELETE *'])
			expect([who, act, await refused(tables, () => on(act, who, id))]).toEqual([who, act, 'NotFound']);
	}
	expect(await told(on('GET *', 'bertrand', id))).toBe('done');
	await on('DELETE *', 'yamina', id);
	expect(await told(stateOf(id))).toBe('NotFound');
	expect(await told(on('GET *', 'yamina', idOf('nothing')))).toBe('NotFound');
});

test.each<[string, object, string]>([
	['nothing', {}, 'file electoral-map.sending_no_file'],
	['what is no base64', { file: '#' }, 'file electoral-map.sending_no_file'],
	['a field that is none', { file: bytes, secret: 1 }, 'secret app.invalid_value'],
])('%s is refused, and nothing is kept', async (_, input, problem) => {
	expect(await refused(tables, () => send('yamina', input))).toBe(`Invalid: ${problem}`);
});
