import { describe, expect, test } from 'vitest';
import { asSystem, read } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { toldOf } from '#tests/traces.ts';
import { appeal, appealOf, decisionOf, decisionsAboutMe, hearAppeal } from './appeal.ts';
import { decide, take } from './decide.ts';
import { figures } from './figures.ts';
import { appealsToHear, caseOf, queue } from './queue.ts';
import { report, type Subject } from './report.ts';
import { slowedUntil } from './slow.ts';

stage();

const said = (author: CastName, more: Partial<Subject> = {}): Subject => {
	const id = newId();
	return {
		kind: 'post',
		id,
		placeId: id,
		authorId: idOf(author),
		hostId: idOf(author),
		unitId: idOf('villebrume'),
		...more,
	};
};
const because = { reason: 'attack' as const, note: 'Elle se moque de lui.' };
const hides = {
	outcome: 'hide' as const,
	rule: 'attack' as const,
	note: 'Une attaque personnelle.',
	days: '7' as const,
};
const about = ({ kind, id }: Subject) => ({ kind, subjectId: id, words: 'Les mots en cause' });
const hidden = (id: string) =>
	asSystem('test', (tx) => tx.many(sql`select 1 from safety.hidden where subject_id = ${id}`));
const waiting = async (name: CastName, id: string) =>
	(await queue(await as(name))).some(({ subjectId }) => subjectId === id);

describe('a report', () => {
	test('reaches the moderators of the place and above, nobody else', async () => {
		const post = said('mathis');
		await report(await as('odile'), post, because);
		expect(await waiting('samuel', post.id)).toBe(true);
		expect(await waiting('yamina', post.id)).toBe(true);
		expect(await waiting('paulo', post.id)).toBe(true);
		for (const name of ['odile', 'ines', 'fanny', 'driss', 'leontine', 'gerard', 'mathis'] as const)
			expect(await waiting(name, post.id)).toBe(false);
		expect((await queue(await as('samuel', { factor: false }))).length).toBe(0);
		expect(await outcome(caseOf(await as('fanny'), 'post', post.id))).toBe('NotFound');
	});

	test('said twice by the same person is one, even at once; its judge does not learn who said it', async () => {
		const post = said('mathis');
		const odile = await as('odile');
		await Promise.all([1, 2, 3].map(() => report({ ...odile }, post, because)));
		await report(await as('ines'), post, { reason: 'hate', note: '' });
		const found = await caseOf(await as('samuel'), 'post', post.id);
		expect(found).toMatchObject({ reports: 2, reasons: ['attack', 'hate'], author: { id: idOf('mathis') } });
		expect(JSON.stringify(found)).not.toContain(idOf('odile'));
	});

	test('of what belongs to no unit goes to the national moderators', async () => {
		const post = said('tidiane', { unitId: null });
		await report(await as('odile'), post, because);
		expect(await waiting('paulo', post.id)).toBe(true);
		expect(await waiting('samuel', post.id)).toBe(false);
	});

	test('of one’s own words, or by who may not act, is refused', async () => {
		expect(await outcome(report(await as('odile'), said('odile'), because))).toBe('Invalid');
		expect(await outcome(report(await as('thibaud'), said('odile'), because))).toBe('Forbidden');
	});
});

describe('nobody judges their own case', () => {
	test('neither the author, nor the host of the thread, nor who reported', async () => {
		const own = said('samuel');
		const thread = said('mathis', { kind: 'comment', hostId: idOf('samuel') });
		const reported = said('mathis');
		await report(await as('odile'), own, because);
		await report(await as('odile'), thread, because);
		await report(await as('odile'), reported, because);
		await report(await as('samuel'), reported, because);
		for (const one of [own, thread, reported]) {
			expect(await waiting('samuel', one.id)).toBe(false);
			expect(await outcome(decide(await as('samuel'), about(one), hides))).toBe('NotFound');
			expect(await waiting('yamina', one.id)).toBe(true);
		}
	});
});

describe('a decision', () => {
	test('hides, quotes the rule, tells the author, and closes every report of it', async () => {
		const post = said('mathis');
		await report(await as('odile'), post, because);
		await report(await as('ines'), post, because);
		const id = await decide(await as('samuel'), about(post), hides);
		expect(await hidden(post.id)).toHaveLength(1);
		expect(await decisionOf(await as('mathis'), id)).toMatchObject({
			outcome: 'hide',
			rule: 'attack',
			mine: true,
			mayAppeal: true,
		});
		expect(await waiting('yamina', post.id)).toBe(false);
		expect(await outcome(decisionOf(await as('odile'), id))).toBe('NotFound');
		expect(await outcome(decide(await as('yamina'), about(post), hides))).toBe('NotFound');
		const [entry] = await asSystem('test', (tx) =>
			tx.many(sql`select act, actor_id, detail from audit.entry where subject_id = ${post.id}`),
		);
		expect(entry).toMatchObject({
			act: 'safety.decide',
			actor_id: idOf('samuel'),
			detail: { outcome: 'hide', rule: 'attack' },
		});
	});

	test('to keep is not told to the author', async () => {
		const post = said('mathis');
		await report(await as('odile'), post, because);
		const id = await decide(await as('samuel'), about(post), { ...hides, outcome: 'keep' });
		expect(await hidden(post.id)).toEqual([]);
		expect(await outcome(decisionOf(await as('mathis'), id))).toBe('NotFound');
		expect((await decisionsAboutMe(await as('mathis'))).map((one) => one.id)).not.toContain(id);
	});

	test('is taken by one moderator at a time, ten minutes', async () => {
		const post = said('mathis');
		await report(await as('odile'), post, because);
		const both = await Promise.all([
			outcome(take(await as('samuel'), 'post', post.id)),
			outcome(take(await as('yamina'), 'post', post.id)),
		]);
		expect(both.filter((one) => one === 'Conflict')).toHaveLength(1);
		const [first, second] =
			both[0] === 'Conflict' ? (['yamina', 'samuel'] as const) : (['samuel', 'yamina'] as const);
		expect(await outcome(decide(await as(second), about(post), hides))).toBe('Conflict');
		expect((await caseOf(await as(second), 'post', post.id)).takenBy).toBeTruthy();
		expect((await caseOf(await as(first), 'post', post.id)).takenBy).toBeNull();
		await asSystem('test', (tx) => tx.run(sql`update safety.review set until = now() - interval '1 second'`));
		await decide(await as(second), about(post), hides);
		expect(await hidden(post.id)).toHaveLength(1);
	});

	test('raced by two moderators is one', async () => {
		const post = said('mathis');
		await report(await as('odile'), post, because);
		await Promise.all([
			outcome(decide(await as('samuel'), about(post), hides)),
			outcome(decide(await as('yamina'), about(post), hides)),
			outcome(decide(await as('paulo'), about(post), hides)),
		]);
		expect(
			await asSystem('test', (tx) =>
				tx.many(sql`select 1 from safety.decision where subject_id = ${post.id}`),
			),
		).toHaveLength(1);
	});

	test('suspends within reach only: not an officer above, and an officer cannot be silenced from below', async () => {
		const post = said('ines', { unitId: idOf('montclairval') });
		await report(await as('odile'), post, because);
		await decide(await as('yamina'), about(post), { ...hides, outcome: 'suspend' });
		expect((await as('ines')).standing).toBe('suspended');
		const above = said('yamina');
		await report(await as('odile'), above, because);
		expect(await outcome(decide(await as('samuel'), about(above), { ...hides, outcome: 'suspend' }))).toBe(
			'Forbidden',
		);
		expect((await as('yamina')).standing).toBe('member');
	});

	test('slows down within the same reach; the words are hidden, the person still enters', async () => {
		const post = said('noemie', { unitId: idOf('castelmauve') });
		await report(await as('odile'), post, because);
		await decide(await as('yamina'), about(post), { ...hides, outcome: 'slow', days: '30' });
		const noemie = await as('noemie');
		expect(noemie.standing).toBe('member');
		expect(await hidden(post.id)).toHaveLength(1);
		const until = await read(noemie, (tx) => slowedUntil(tx, noemie.id!));
		expect(Math.round((until!.getTime() - Date.now()) / 86_400_000)).toBe(30);
		expect(await read(noemie, (tx) => slowedUntil(tx, idOf('odile')))).toBeNull();
		const above = said('yamina');
		await report(await as('odile'), above, because);
		expect(await outcome(decide(await as('samuel'), about(above), { ...hides, outcome: 'slow' }))).toBe(
			'Forbidden',
		);
	});

	test('does not hide a profile', async () => {
		const profile = said('mathis', { kind: 'profile', id: idOf('mathis') });
		await report(await as('odile'), profile, because);
		expect(await outcome(decide(await as('samuel'), about(profile), hides))).toBe('Invalid');
	});
});

describe('an appeal', () => {
	test('goes to somebody uninvolved, who can reverse everything', async () => {
		const post = said('tidiane', { unitId: idOf('pontsarvan') });
		await report(await as('odile'), post, because);
		const id = await decide(await as('fanny'), about(post), { ...hides, outcome: 'suspend' });
		const tidiane = await as('tidiane');
		expect(tidiane.standing).toBe('suspended');
		await appeal(tidiane, id, { text: 'C’était une citation.' });
		expect(await outcome(appeal(await as('tidiane'), id, { text: 'encore' }))).toBe('Invalid');
		expect(await appealsToHear(await as('fanny'))).toEqual([]);
		const [open] = await appealsToHear(await as('driss'));
		expect(await appealOf(await as('driss'), open!.id)).toMatchObject({
			words: 'Les mots en cause',
			appeal: { text: 'C’était une citation.' },
		});
		const back = { outcome: 'reversed' as const, answer: 'La citation était claire.' };
		expect(await outcome(hearAppeal(await as('fanny'), open!.id, back))).toBe('NotFound');
		expect(await outcome(hearAppeal(await as('samuel'), open!.id, back))).toBe('NotFound');
		await hearAppeal(await as('driss'), open!.id, back);
		expect(await hidden(post.id)).toEqual([]);
		expect((await as('tidiane')).standing).toBe('sympathiser');
		expect(await outcome(hearAppeal(await as('paulo'), open!.id, back))).toBe('Forbidden');
	});

	test('is not heard by who reported, nor known to them', async () => {
		const post = said('mathis');
		await report(await as('odile'), post, because);
		await report(await as('paulo'), post, because);
		const id = await decide(await as('samuel'), about(post), hides);
		await appeal(await as('mathis'), id, { text: 'Pourquoi ?' });
		const mine = (await appealsToHear(await as('yamina'))).find(({ author }) => author === 'Mathis Lanoëz')!;
		expect(
			await outcome(hearAppeal(await as('paulo'), mine.id, { outcome: 'confirmed', answer: 'Non.' })),
		).toBe('NotFound');
		await hearAppeal(await as('yamina'), mine.id, { outcome: 'confirmed', answer: 'La règle est claire.' });
		expect(await hidden(post.id)).toHaveLength(1);
	});

	test('about words said in one’s own thread is heard by somebody else, who alone is told that it waits', async () => {
		const comment = said('mathis', { kind: 'comment', hostId: idOf('yamina') });
		await report(await as('odile'), comment, because);
		const id = await decide(await as('samuel'), about(comment), hides);
		await drainJobs();
		await asSystem('test', (tx) => tx.run(sql`delete from notices.notice`));
		await appeal(await as('mathis'), id, { text: 'Son fil, sa règle ?' });
		const answer = { outcome: 'confirmed' as const, answer: 'Chez moi, non.' };
		const asked = await asSystem('test', (tx) =>
			tx.one<{ id: string }>(sql`select id from safety.appeal where decision_id = ${id}`),
		);
		const hears = async (name: CastName) =>
			(await appealsToHear(await as(name))).some((one) => one.id === asked!.id);
		expect([await hears('yamina'), await hears('paulo')]).toEqual([false, true]);
		expect(await outcome(appealOf(await as('yamina'), asked!.id))).toBe('NotFound');
		expect(await outcome(hearAppeal(await as('yamina'), asked!.id, answer))).toBe('NotFound');
		const behindOurRules = await read(await as('yamina'), (tx) =>
			tx.many(sql`select 1 from safety.appeal where id = ${asked!.id}`),
		);
		expect(behindOurRules).toEqual([]);
		const told = await toldOf('appeal_waits');
		expect([told.includes('yamina'), told.includes('paulo')]).toEqual([false, true]);
		await hearAppeal(await as('paulo'), asked!.id, answer);
	});

	test('is the author’s alone', async () => {
		const post = said('mathis');
		await report(await as('odile'), post, because);
		const id = await decide(await as('samuel'), about(post), hides);
		expect(await outcome(appeal(await as('odile'), id, { text: 'moi' }))).toBe('NotFound');
		expect(await outcome(appeal(await as('yamina'), id, { text: 'moi' }))).toBe('Forbidden');
	});
});

test('the year’s figures are numbers, for the network', async () => {
	const shown = await figures(await as('odile'), new Date().getFullYear());
	expect(shown.reports).toBeGreaterThan(5);
	expect(shown.rules.find(({ rule }) => rule === 'attack')!.hide).toBeGreaterThan(1);
	await expect(async () => figures(await as('visitor'), 2026)).rejects.toThrow();
	expect(await read(await as('odile'), (tx) => tx.many(sql`select * from safety.decision`))).toEqual([]);
});
