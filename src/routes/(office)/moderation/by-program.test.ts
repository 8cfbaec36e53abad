import { beforeEach, expect, test } from 'vitest';
import { comment } from '#domains/feed/index.ts';
import { feedStage, said } from '#domains/feed/stage.fixture.ts';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { program } from '#tests/program.ts';
import { as } from '#tests/stage.ts';
import { journal, told } from '#tests/traces.ts';

feedStage();

let post: string;
beforeEach(async () => {
	await asSystem('test', async (tx) => {
		for (const table of ['appeal', 'hidden', 'review', 'report', 'decision'])
			await tx.run(sql`delete from ${sql.raw(`safety.${table}`)}`);
		await tx.run(sql`update people.person set created_at = '2025-01-01'`);
	});
	post = await said(await as('mathis'), 'Des mots durs');
});

interface Queue {
	cases: { kind: string; subjectId: string; takenBy: string | null }[];
	appeals: { id: string; author: string }[];
}
const report = (who: CastName, fields: object = {}) =>
	program('POST /reports', who, {}, { kind: 'post', id: post, reason: 'attack', note: 'Ligne 1', ...fields });
const queue = (who: CastName) => program<Queue>('GET /moderation', who);
const at = (kind = 'post', id = post) => ({ kind, id });
const read = (who: CastName, where = at()) =>
	program<{ words: string; notes: string[] }>('GET /moderation/cases/[kind]/[id]', who, where);
const hold = (who: CastName) => program('PUT /moderation/cases/[kind]/[id]/hold', who, at());
const verdict = { outcome: 'hide', rule: 'attack', note: 'On discute les idées.' };
const decide = (who: CastName, fields: object = {}, where = at()) =>
	program('POST /moderation/cases/[kind]/[id]/decision', who, where, { ...verdict, ...fields });
const isRead = async () => (await (await browser('odile')).get(`/publications/${post}`)).status;

test('a program reports what its person reads, a moderator’s reads what was said and decides; the rule is told', async () => {
	await report('odile', { reason: 'spam', note: 'Avant' });
	await report('odile');
	expect((await queue('samuel')).cases).toMatchObject([{ kind: 'post', subjectId: post, takenBy: null }]);
	const about = await read('samuel');
	expect(about).toMatchObject({ words: 'Des mots durs', notes: ['Ligne 1'], reports: 1 });
	expect(JSON.stringify([about, await queue('samuel')])).not.toContain(idOf('odile'));
	await hold('samuel');
	expect((await queue('yamina')).cases).toMatchObject([{ takenBy: 'Samuel Oudraine' }]);
	expect([await told(hold('yamina')), await told(decide('yamina'))]).toEqual(
		Array(2).fill('Conflict: safety.taken'),
	);
	const before = (await journal('safety.decide')).length;
	const { id } = await decide('samuel');
	expect([await isRead(), (await journal('safety.decide')).length - before]).toEqual([404, 1]);
	expect(await program('GET /decisions/[id]', 'mathis', { id })).toMatchObject({
		outcome: 'hide',
		mayAppeal: true,
	});
	expect(await told(decide('samuel'))).toBe('NotFound');
});

test('what one does not read cannot be reported, nor one’s own words, nor without a rule of the house', async () => {
	expect(await told(report('ines'))).toBe('NotFound');
	expect(await told(report('mathis'))).toBe('Invalid: safety.own_words');
	for (const [fields, problem] of [
		[{ reason: undefined }, 'reason safety.reason_needed'],
		[{ reason: 'goût' }, 'reason safety.reason_needed'],
		[{ note: 'a'.repeat(2001) }, 'note safety.note_too_long'],
		[{ kind: 'mail' }, 'kind app.invalid_value'],
		[{ id: 'x' }, 'id app.invalid_value'],
	] as const)
		expect(await told(report('odile', fields))).toBe(`Invalid: ${problem}`);
	expect((await queue('samuel')).cases).toEqual([]);
});

test('who does not moderate there, wrote it or reported it reads no case and decides nothing', async () => {
	await report('odile');
	for (const who of ['fanny', 'odile', 'mathis'] as const) {
		expect((await queue(who)).cases).toEqual([]);
		expect([await told(read(who)), await told(hold(who)), await told(decide(who))]).toEqual([
			'NotFound',
			'NotFound',
			'NotFound',
		]);
	}
	for (const where of [at('mail'), at('comment'), at('post', idOf('nothing'))])
		expect([await told(read('samuel', where)), await told(decide('samuel', {}, where))]).toEqual([
			'NotFound',
			'NotFound',
		]);
	expect(await told(decide('samuel', { outcome: 'burn' }))).toBe('Invalid: outcome safety.outcome_needed');
	expect(await told(decide('samuel', { days: 400 }))).toBe('Invalid: days safety.days_needed');
	expect(await isRead()).toBe(200);
});

test('a profile and a comment are reported as a post is; a message by its own verb alone', async () => {
	await report('odile', { kind: 'profile', id: idOf('samuel') });
	const reply = await comment(await as('mathis'), post, { text: 'Encore pire' } as never);
	await report('odile', { kind: 'comment', id: reply });
	expect((await read('yamina', at('comment', reply))).words).toBe('Encore pire');
	expect((await queue('yamina')).cases.map(({ kind }) => kind).toSorted()).toEqual(['comment', 'profile']);
	expect(await told(report('odile', { kind: 'message', id: post }))).toBe('NotFound');
});

test('an appeal is heard by a moderator who did not decide; reversed, the words are back', async () => {
	await report('odile');
	const { id } = await decide('samuel');
	await program('POST /decisions/[id]/appeal', 'mathis', { id }, { text: 'Une citation' });
	expect((await queue('samuel')).appeals).toEqual([]);
	const [waiting] = (await queue('yamina')).appeals;
	expect(waiting).toMatchObject({ author: 'Mathis Lanoëz', outcome: 'hide' });
	const hearing = { id: waiting!.id };
	const hear = (who: CastName, fields: object) =>
		program('POST /moderation/appeals/[id]/answer', who, hearing, fields);
	expect(await program('GET /moderation/appeals/[id]', 'yamina', hearing)).toMatchObject({
		words: 'Des mots durs',
		appeal: { text: 'Une citation' },
	});
	for (const who of ['samuel', 'mathis', 'fanny'] as const) {
		expect(await told(program('GET /moderation/appeals/[id]', who, hearing))).toBe('NotFound');
		expect(await told(hear(who, { outcome: 'reversed', answer: 'Oui' }))).not.toBe('done');
	}
	expect(await told(hear('yamina', { outcome: 'reversed', answer: ' ' }))).toBe(
		'Invalid: answer safety.answer_needed',
	);
	await hear('yamina', { outcome: 'reversed', answer: 'Oui' });
	expect(await isRead()).toBe(200);
	const { rules } = await program<{ rules: object[] }>(
		'GET /moderation/figures',
		'odile',
		{},
		{
			year: String(new Date().getFullYear()),
		},
	);
	expect(rules).toMatchObject([{ rule: 'attack', hide: 1, reversed: 1, keep: 0 }]);
	expect(await told(program('GET /moderation/figures', 'odile', {}, { year: 'x' }))).toBe(
		'Invalid: year app.invalid_value',
	);
});
