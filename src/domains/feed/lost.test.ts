import { beforeAll, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as } from '#tests/stage.ts';
import { meeting, refused, told } from '#tests/traces.ts';
import { answers, conversation, mathis, odile, said, samuel, to, wordsKept } from './stage.fixture.ts';
import { thank } from './thank.ts';
import { thread } from './thread.ts';
import { vote } from './vote.ts';

conversation();

describe('votes', () => {
	let poll: string;
	let ids: string[];
	beforeAll(async () => {
		poll = await said(samuel, 'Quel soir ?', { options: ['Jeudi', 'Samedi', 'Dimanche'] });
		ids = (await thread(samuel, poll)).card.poll!.options.map(({ id }) => id);
	});
	const result = async () => {
		const { poll: shown } = (await thread(samuel, poll)).card;
		return [shown!.voters, ...shown!.options.map(({ votes }) => votes)];
	};

	test('one person in two tabs has one voice, for one of the two answers', async () => {
		await meeting(
			'feed.vote',
			() => vote(odile, poll, { choices: [ids[0]!] }),
			() => vote(odile, poll, { choices: [ids[1]!] }),
		);
		const [voters, ...votes] = await result();
		expect([voters, votes.reduce((sum, n) => sum + n)]).toEqual([1, 1]);
	});

	test('the same answer sent twice in one form is one answer', async () => {
		await vote(mathis, poll, { choices: [ids[2]!, ids[2]!] });
		expect((await result())[3]).toBe(1);
	});

	test('a vote with one good answer and one of another poll leaves the former vote whole', async () => {
		const other = await said(samuel, 'Et où ?', { options: ['Ici', 'Là'], several: 'on' });
		const [here] = (await thread(samuel, other)).card.poll!.options;
		await vote(mathis, other, { choices: [here!.id] });
		expect(await refused(wordsKept, () => vote(mathis, other, { choices: [here!.id, ids[0]!] }))).toBe(
			'Invalid: choices feed.answer_unknown',
		);
	});

	test('a post without poll takes no vote', async () => {
		const plain = await said(odile, 'Pas de question');
		expect(await refused(wordsKept, () => vote(mathis, plain, { choices: [ids[0]!] }))).toBe(
			'Invalid: choices feed.no_poll',
		);
	});
});

describe('an audience just lost', () => {
	const gestures = (who: Viewer, post: string, answer: string, choice: string) => ({
		comment: () => answers(who, post, 'Trop tard'),
		reply: () => answers(who, post, 'Trop tard', answer),
		'thank the post': () => thank(who, 'post', post),
		'thank the comment': () => thank(who, 'comment', answer),
		vote: () => vote(who, post, { choices: [choice] }),
	});
	const losses: Record<
		string,
		{
			who: CastName;
			say: object;
			lose: (post: string) => ReturnType<typeof sql>;
			back: ReturnType<typeof sql>;
		}
	> = {
		'no longer a friend': {
			who: 'fanny',
			say: to('friends'),
			lose: () => sql`delete from friends.link where ${idOf('fanny')}::uuid in (person_id, friend_id)`,
			back: sql`insert into friends.link (person_id, friend_id) values (${idOf('odile')}, ${idOf('fanny')}), (${idOf('fanny')}, ${idOf('odile')})
				on conflict do nothing`,
		},
		'left the unit': {
			who: 'lucien',
			say: {},
			lose: () =>
				sql`update territory.attachment set until = now() where attachment.person_id = ${idOf('lucien')}`,
			back: sql`update territory.attachment set until = null where attachment.person_id = ${idOf('lucien')}`,
		},
		'no longer a member': {
			who: 'ines',
			say: to('members'),
			lose: () =>
				sql`update people.membership set ended_at = now() where membership.person_id = ${idOf('ines')}`,
			back: sql`update people.membership set ended_at = null where membership.person_id = ${idOf('ines')}`,
		},
		'blocked by the author': {
			who: 'mathis',
			say: to('network'),
			lose: () =>
				sql`insert into safety.block (person_id, blocked_id) values (${idOf('odile')}, ${idOf('mathis')})`,
			back: sql`delete from safety.block`,
		},
		'hidden by moderation': {
			who: 'gerard',
			say: to('network'),
			lose: (post) =>
				sql`insert into safety.hidden (kind, subject_id, place_id, decision_id) values ('post', ${post}, ${post}, ${idOf('why')})`,
			back: sql`delete from safety.hidden`,
		},
	};

	test.each(Object.keys(losses))('%s: every gesture finds nothing, and nothing moves', async (name) => {
		const { who, say: more, lose, back } = losses[name]!;
		const run = (statement: ReturnType<typeof sql>) => asSystem('test', (tx) => tx.run(statement));
		await run(back);
		const post = await said(odile, `Perdu : ${name}`, { options: ['Oui', 'Non'], ...more });
		const answer = await answers(odile, post, 'Premier mot');
		const choice = (await thread(await as(who), post)).card.poll!.options[0]!.id;
		await run(lose(post));
		const viewer = await as(who);
		for (const [gesture, act] of Object.entries(gestures(viewer, post, answer, choice)))
			expect([gesture, await refused(wordsKept, act)]).toEqual([gesture, 'NotFound']);
		await run(back);
		expect(await told(thank(await as(who), 'post', post))).toBe('done');
	});
});
