import { beforeEach, describe, expect, test } from 'vitest';
import { read } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { add, conversationsOf, leave, rejoin, thread, unreadMessages } from './index.ts';
import { clear, house, reads, says, writes } from './messages.fixture.ts';

stage();
beforeEach(clear);

const three = () => writes('odile', ['samuel', 'mathis'], 'Bonjour');
const goes = async (who: CastName, conversation: string) => leave(await as(who), { conversation });
const back = async (who: CastName, conversation: string) => rejoin(await as(who), { conversation });
const names = async (who: CastName, id: string) =>
	(await thread(await as(who), id)).people.map(({ name }) => name);

describe('who left by mistake', () => {
	test('is back by one button, with all that was said, and the others read nothing of it', async () => {
		const id = await three();
		const mathis = await browser('mathis');
		const gone = await mathis.through(`/messages/${id}?/leave`);
		expect(gone.text).toContain('Tu as quitté la conversation.');
		expect(gone.html).toContain(`action="/messages/${id}?/rejoin"`);
		await drainJobs();
		expect((await mathis.get(`/messages/${id}`)).status).toBe(404);
		const there = await mathis.through(`/messages/${id}?/rejoin`);
		expect(there.text).toContain('Te revoilà dans la conversation.');
		expect(there.main).toContain('Bonjour');
		expect(await reads('samuel', id)).toEqual(['Bonjour']);
		expect(await names('samuel', id)).toEqual(['Mathis Lanoëz', 'Odile Fabrègat']);
		await says('mathis', id, 'Me revoilà');
		expect(await reads('odile', id)).toEqual(['Bonjour', 'Me revoilà']);
	});

	test('does not read what was said without them; the others read that they went and came back', async () => {
		const id = await three();
		await goes('mathis', id);
		await says('samuel', id, 'Entre nous deux');
		await back('mathis', id);
		await says('odile', id, 'Bon retour');
		expect(await reads('odile', id)).toEqual(['Bonjour', 'left', 'Entre nous deux', 'back', 'Bon retour']);
		expect(await reads('mathis', id)).toEqual(['Bonjour', 'back', 'Bon retour']);
		const behindOurRules = await read(await as('mathis'), (tx) =>
			tx.many(sql`select 1 from messages.message where message.number = 3`),
		);
		expect(behindOurRules).toEqual([]);
		const page = await (await browser('samuel')).get(`/messages/${id}`);
		expect(page.main).toMatch(/Mathis Lanoëz a quitté la conversation .*Mathis Lanoëz est de retour/);
		expect((await conversationsOf(await as('mathis'))).lines[0]!.last!.text).toBe('Bon retour');
	});

	test('twice gone and twice back: each absence stays theirs alone', async () => {
		const id = await three();
		for (const said of ['Première absence', 'Deuxième absence']) {
			await goes('mathis', id);
			await says('odile', id, said);
			await back('mathis', id);
			await says('samuel', id, `Après : ${said}`);
		}
		expect(await reads('mathis', id)).toEqual([
			'Bonjour',
			'back',
			'Après : Première absence',
			'back',
			'Après : Deuxième absence',
		]);
	});

	test('has ten minutes; then nobody brings them back, and who never was there does not come by this door', async () => {
		const id = await three();
		await goes('mathis', id);
		for (const name of ['samuel', 'gerard', 'paulo'] as const)
			expect([name, await outcome(back(name, id))]).toEqual([
				name,
				name === 'samuel' ? 'Forbidden' : 'NotFound',
			]);
		await house(sql`update messages.participant set left_at = now() - interval '10 minutes 1 second'
			where person_id = ${idOf('mathis')}::uuid`);
		expect(await outcome(back('mathis', id))).toBe('NotFound');
		expect(await outcome(add(await as('odile'), id, { person: idOf('mathis') }))).toBe('Invalid');
	});

	test('pressing at once, twice, is back once; and the house that was taking them out lets them be', async () => {
		const id = await three();
		await goes('mathis', id);
		const [one, other] = await Promise.all([
			outcome(back('mathis', id)),
			outcome(back('mathis', id)),
			drainJobs(),
		]);
		expect([one, other].filter((answer) => answer === undefined)).toHaveLength(1);
		await drainJobs();
		expect(await reads('mathis', id)).toEqual(['Bonjour']);
		const [kept] = await house<{
			times: number;
		}>(sql`select cardinality(array_positions(readers, ${idOf('mathis')}::uuid)) as times
			from messages.conversation where id = ${id}`);
		expect(kept).toEqual({ times: 1 });
		await says('odile', id, 'Encore là ?');
		expect(await unreadMessages(await as('mathis'))).toBe(1);
	});
});
