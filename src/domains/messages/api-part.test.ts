import { beforeEach, expect, test } from 'vitest';
import { sql } from '#platform/sql.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { program } from '#tests/program.ts';
import { outcome, stage } from '#tests/stage.ts';
import { told } from '#tests/traces.ts';
import { clear, house, reads, says, writes } from './messages.fixture.ts';

stage();
beforeEach(clear);

interface Lines {
	items: { id: string; muted: boolean }[];
}
const lines = async (who: CastName, requests = 'false') =>
	(await program<Lines>('GET /conversations', who, {}, { requests })).items;
const on = (act: string, who: CastName, id: string, input = {}) =>
	program(act.replace(' ', ' /conversations/[id]/'), who, { id }, input);

test('a conversation is hushed and heard again, by each for themselves', async () => {
	const id = await writes('odile', 'samuel');
	await on('PUT mute', 'odile', id);
	await on('PUT mute', 'odile', id);
	expect([(await lines('odile'))[0]!.muted, (await lines('samuel'))[0]!.muted]).toEqual([true, false]);
	await on('DELETE mute', 'odile', id);
	expect((await lines('odile'))[0]!.muted).toBe(false);
	expect(await outcome(on('PUT mute', 'mathis', id))).toBe('NotFound');
});

test('how long words are kept is said to all, by one of them', async () => {
	const id = await writes('odile', 'samuel');
	await on('PUT keeping', 'samuel', id, { days: '30' });
	await on('PUT keeping', 'samuel', id, { days: '30' });
	expect((await reads('odile', id)).filter((line) => line === 'kept_30')).toHaveLength(1);
	expect(await outcome(on('PUT keeping', 'samuel', id, { days: '7' }))).toBe('Invalid');
	expect(await outcome(on('PUT keeping', 'mathis', id, { days: '30' }))).toBe('NotFound');
});

test('somebody is added to several, and leaves for good', async () => {
	const id = await writes('odile', ['samuel', 'mathis']);
	await on('POST people', 'mathis', id, { person: idOf('gerard') });
	expect(await outcome(on('POST people', 'odile', id, { person: idOf('gerard') }))).toBe('Invalid');
	await on('DELETE participation', 'gerard', id);
	expect(await outcome(on('DELETE participation', 'gerard', id))).toBe('NotFound');
	expect(await outcome(on('POST people', 'odile', id, { person: idOf('gerard') }))).toBe('Invalid');
	expect(await outcome(on('POST people', 'noemie', id, { person: idOf('gerard') }))).toBe('NotFound');
});

test('a request waits, is refused, thought over, accepted; its author is not told of a refusal', async () => {
	const id = await writes('odile', 'fanny');
	expect((await lines('fanny', 'true')).map((line) => line.id)).toEqual([id]);
	expect(await outcome(on('POST acceptance', 'odile', id))).toBe('Forbidden');
	await on('POST refusal', 'fanny', id);
	expect([(await lines('fanny', 'true')).length, (await lines('odile')).length]).toEqual([0, 1]);
	await on('DELETE refusal', 'fanny', id);
	await on('POST acceptance', 'fanny', id);
	expect((await lines('fanny')).map((line) => line.id)).toEqual([id]);
	expect(await outcome(on('POST refusal', 'fanny', id))).toBe('Forbidden');
});

test('an officer writes to all of a unit; nobody else does', async () => {
	const write = (who: CastName) =>
		program('POST /units/[id]/letters', who, { id: idOf('villebrume') }, { text: 'Bonjour à tous' });
	const { id } = await write('samuel');
	expect(await house(sql`select by_id from messages.letter where letter.id = ${id}::uuid`)).toEqual([
		{ by_id: idOf('samuel') },
	]);
	for (const who of ['odile', 'fanny'] as const) expect(await outcome(write(who))).toBe('NotFound');
});

test('a message is reported with those that one chose to show: who moderates reads these, and no more', async () => {
	const id = await writes('gerard', 'odile', 'premier-mot');
	const shown = await says('odile', id, 'reponse-privee');
	const message = await says('gerard', id, 'injure-dite');
	const report = (who: CastName, input = {}) =>
		program(
			'POST /messages/[id]/report',
			who,
			{ id: message },
			{ reason: 'attack', shown: [shown], ...input },
		);
	expect(await told(report('odile', { reason: '' }))).toBe('Invalid: reason safety.reason_needed');
	expect(await told(report('odile', { shown: ['x'] }))).toBe('Invalid: shown.0 app.invalid_value');
	// Neither somebody outside of the conversation, nor its author about themselves.
	for (const who of ['samuel', 'mathis', 'gerard'] as const) expect(await told(report(who))).not.toBe('done');
	// Not as a post is: nobody chose what to show.
	const bare = { kind: 'message', id: message, reason: 'attack' };
	expect(await told(program('POST /reports', 'odile', {}, bare))).toBe('NotFound');
	await report('odile');
	const about = await program<{ words: string }>('GET /moderation/cases/[kind]/[id]', 'samuel', {
		kind: 'message',
		id: message,
	});
	expect(about.words.split('\n').map((line) => line.split(' : ')[1])).toEqual([
		'reponse-privee',
		'injure-dite',
	]);
});
