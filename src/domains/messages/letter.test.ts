import { beforeEach, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { conversationsOf, letterTo, unreadMessages, writeLetter } from './index.ts';
import { clear, house, reads, says } from './messages.fixture.ts';

stage();
beforeEach(clear);

const villebrume = idOf('villebrume');
const lines = async (who: CastName) => (await conversationsOf(await as(who))).lines;

describe('a secretary who writes to the whole unit', () => {
	test('sees to how many; each reads it in a conversation with the office, and answers to the officer alone', async () => {
		const samuel = await as('samuel');
		const { people } = await letterTo(samuel, villebrume);
		await writeLetter(samuel, villebrume, { text: 'Réunion jeudi' });
		await drainJobs();
		const [line] = await lines('odile');
		expect(line).toMatchObject({
			kind: 'unit',
			unit: 'Section de Villebrume',
			unread: true,
			last: { text: 'Réunion jeudi' },
		});
		expect(line!.people.map(({ name }) => name)).toEqual(['Samuel Oudraine']);
		// Odile, Mathis, Gérard, Lucien and, suspended, Thibaud, who reads it once back.
		expect(people).toBe(5);
		expect((await letterTo(samuel, villebrume)).sent).toMatchObject([{ people: 5, done: 5, finished: true }]);
		expect(await lines('samuel')).toEqual([]);
		await says('odile', line!.id, 'J’y serai');
		expect(await lines('samuel')).toMatchObject([
			{ isOffice: true, unread: true, last: { text: 'J’y serai' } },
		]);
		expect(await unreadMessages(samuel)).toBe(1);
		expect(await reads('samuel', line!.id)).toEqual(['Réunion jeudi', 'J’y serai']);
		expect(await outcome(reads('mathis', line!.id))).toBe('NotFound');
	});

	test('the next letter goes to the same conversation; who blocked them gets none', async () => {
		const samuel = await as('samuel');
		await writeLetter(samuel, villebrume, { text: 'Un' });
		await drainJobs();
		await house(
			sql`insert into safety.block (person_id, blocked_id) values (${idOf('gerard')}, ${idOf('samuel')})`,
		);
		await writeLetter(samuel, villebrume, { text: 'Deux' });
		await drainJobs();
		expect(await reads('odile', (await lines('odile'))[0]!.id)).toEqual(['Un', 'Deux']);
		expect(await reads('gerard', (await lines('gerard'))[0]!.id)).toEqual(['Un']);
	});

	test('interrupted, goes on where it was: nobody gets it twice', async () => {
		await asSystem('test', (tx) =>
			tx.run(sql`insert into people.person (id, name, folded_name, confirmed_at)
			select gen_random_uuid(), 'Passante', 'passante', now() from generate_series(1, 120)`),
		);
		await asSystem('test', (tx) =>
			tx.run(sql`insert into territory.attachment (id, person_id, unit_id, since)
			select gen_random_uuid(), person.id, ${villebrume}::uuid, now() from people.person where person.name = 'Passante'`),
		);
		const id = await writeLetter(await as('samuel'), villebrume, { text: 'À toutes' });
		const { sendLetter } = await import('./letter.ts');
		await Promise.all([sendLetter({ letterId: id }), sendLetter({ letterId: id })]);
		const rows = await house<{ n: number; people: number }>(
			sql`select count(*)::int as n, count(distinct conversation_id)::int as people from messages.message`,
		);
		expect(rows).toEqual([{ n: 125, people: 125 }]);
		await asSystem('test', async (tx) => {
			await tx.run(
				sql`delete from territory.attachment using people.person where person.id = attachment.person_id and person.name = 'Passante'`,
			);
			await tx.run(sql`delete from people.person where name = 'Passante'`);
		});
	}, 60_000);

	test('is written in the journal, without its words', async () => {
		await writeLetter(await as('samuel'), villebrume, { text: 'mot-secret' });
		const rows = await house<{ act: string; all: string }>(
			sql`select act, to_jsonb(entry)::text as all from audit.entry order by seq desc limit 1`,
		);
		expect(rows[0]!.act).toBe('messages.write_unit');
		expect(rows[0]!.all).not.toContain('mot-secret');
	});

	test('writes no more than three letters in a row', async () => {
		const samuel = await as('samuel');
		for (const text of ['1', '2', '3']) await writeLetter(samuel, villebrume, { text });
		expect(await outcome(writeLetter(samuel, villebrume, { text: '4' }))).toBe('TooMany');
	});

	test.each<[CastName, boolean, string]>([
		['odile', true, 'holds no office'],
		['fanny', true, 'holds one elsewhere'],
		['gerard', true, 'held it once'],
		['leontine', true, 'has another office above'],
		['samuel', false, 'gave no second factor'],
	])('%s does not: %s %s', async (name, factor) => {
		const viewer = await as(name, { factor });
		expect(await outcome(letterTo(viewer, villebrume))).toBe('NotFound');
		expect(await outcome(writeLetter(viewer, villebrume, { text: 'x' }))).toBe('NotFound');
	});
});
