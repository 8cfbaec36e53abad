import { beforeAll, expect, test } from 'vitest';
import { asSystem, read } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';
import { as, outcome } from '#tests/stage.ts';
import { feedStage, said } from './stage.fixture.ts';
import { thread } from './thread.ts';
import { vote } from './vote.ts';

feedStage();

let several: string;
let single: string;
beforeAll(async () => {
	several = await said(await as('samuel'), 'Quel soir ?', {
		options: ['Jeudi', 'Vendredi', 'Mercredi'],
		several: 'on',
	});
	single = await said(await as('samuel'), 'Oui ou non ?', { options: ['Oui', 'Non'] });
});
const pollOf = async (who: Parameters<typeof as>[0], id: string) =>
	(await thread(await as(who), id)).card.poll!;
const optionsOf = async (id: string) => (await pollOf('samuel', id)).options.map((option) => option.id);

test('one changes one’s mind until the end; results follow', async () => {
	const [thursday, friday, wednesday] = (await optionsOf(several)) as [string, string, string];
	const odile = await as('odile');
	await vote(odile, several, { choices: [thursday, friday] });
	await vote(odile, several, { choices: [wednesday] });
	expect(await pollOf('odile', several)).toMatchObject({
		voters: 1,
		options: [{ votes: 0 }, { votes: 0 }, { votes: 1, mine: true }],
	});
	await vote(odile, several, { choices: [] });
	expect(await pollOf('odile', several)).toMatchObject({
		voters: 0,
		options: [{ votes: 0 }, { votes: 0 }, { votes: 0 }],
	});
});

test('votes that cross are each counted once', async () => {
	const [yes, no] = (await optionsOf(single)) as [string, string];
	const people = await Promise.all(
		(['odile', 'mathis', 'samuel', 'gerard', 'lucien'] as const).map((name) => as(name)),
	);
	await Promise.all(
		people.flatMap((person, n) =>
			[yes, no, n % 2 ? yes : no].map((choice) => vote(person, single, { choices: [choice] })),
		),
	);
	const poll = await pollOf('odile', single);
	const real = await asSystem('test', (tx) =>
		tx.many<{ n: number }>(sql`
		select (select count(*)::int from feed.vote where vote.option_id = option.id) as n from feed.option where option.post_id = ${single}::uuid order by position`),
	);
	expect(poll.options.map(({ votes }) => votes)).toEqual(real.map(({ n }) => n));
	expect(poll.voters).toBe(5);
});

test('two answers where one is asked, an answer of another poll, a closed poll: each is said', async () => {
	const odile = await as('odile');
	expect(await outcome(vote(odile, single, { choices: await optionsOf(single) }))).toBe('Invalid');
	expect(await outcome(vote(odile, single, { choices: (await optionsOf(several)).slice(0, 1) }))).toBe(
		'Invalid',
	);
	expect(await outcome(vote(odile, single, { choices: [idOf('nothing')] }))).toBe('Invalid');
	expect(await outcome(vote(await as('ines'), single, { choices: [] }))).toBe('NotFound');
	await asSystem('test', (tx) =>
		tx.run(sql`update feed.poll set ends_at = now() where poll.post_id = ${single}::uuid`),
	);
	expect(await outcome(vote(odile, single, { choices: (await optionsOf(single)).slice(0, 1) }))).toBe(
		'Invalid',
	);
	expect((await pollOf('odile', single)).over).toBe(true);
});

test('nobody reads what another chose', async () => {
	await vote(await as('odile'), several, { choices: (await optionsOf(several)).slice(0, 1) });
	expect(
		await read(await as('samuel'), (tx) =>
			tx.many(sql`select * from feed.vote where person_id = ${idOf('odile')}::uuid`),
		),
	).toEqual([]);
});
