import { beforeEach, describe, expect, test } from 'vitest';
import * as friends from '#domains/friends/index.ts';
import { asSystem, read } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { unseal } from '#platform/seal.ts';
import { sql } from '#platform/sql.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import {
	accept,
	add,
	conversationsOf,
	edit,
	hush,
	keep,
	leave,
	markDelivered,
	markRead,
	reconsider,
	refuse,
	remove,
	start,
	thread,
	unreadMessages,
} from './index.ts';
import { befriend, clear, house, reads, says, writes } from './messages.fixture.ts';

stage();
beforeEach(clear);

const lines = async (who: CastName, requests = false) =>
	(await conversationsOf(await as(who), { requests })).lines.map(({ people, last }) => [
		people.map(({ name }) => name).join(', '),
		last?.text,
	]);
const opens = async (who: CastName, id: string) => markRead(await as(who), id);
const told = async (who: CastName) =>
	(
		await house<{ type: string }>(
			sql`select type from notices.notice where person_id = ${idOf(who)} and type like 'message%' and read_at is null order by type`,
		)
	).map(({ type }) => type);

describe('writing to somebody of one’s unit', () => {
	test('they read it in their list; answering goes to the same conversation, whoever begins', async () => {
		const id = await writes('odile', 'samuel', 'On se voit mardi ?');
		expect(await lines('samuel')).toEqual([['Odile Fabrègat', 'On se voit mardi ?']]);
		await says('samuel', id, 'Oui');
		expect(await writes('samuel', 'odile', 'Vers 18 h')).toBe(id);
		expect(await reads('odile', id)).toEqual(['On se voit mardi ?', 'Oui', 'Vers 18 h']);
	});

	test('two who begin at the same instant have one conversation', async () => {
		const ids = await Promise.all([writes('odile', 'samuel', 'A'), writes('samuel', 'odile', 'B')]);
		expect(new Set(ids).size).toBe(1);
	});

	test('a person who may not be known, nobody, oneself, no word: refused', async () => {
		expect(await outcome(writes('odile', 'ines'))).toBe('NotFound');
		expect(await outcome(writes('odile', 'josiane'))).toBe('NotFound');
		expect(await outcome(writes('odile', 'odile'))).toBe('Invalid');
		expect(await outcome(writes('odile', 'samuel', ''))).toBe('Invalid');
		expect(await outcome(start(await as('thibaud'), { to: [idOf('odile')], text: 'x', files: [] }))).toBe(
			'NotFound',
		);
	});

	test('sent, delivered, read: each said when it is so', async () => {
		const id = await writes('odile', 'samuel');
		const mark = async () =>
			(await thread(await as('odile'), id)).people.map((one) => [one.delivered, one.read]);
		expect(await mark()).toEqual([[0, 0]]);
		await markDelivered(await as('samuel'));
		expect(await mark()).toEqual([[1, 0]]);
		expect(await unreadMessages(await as('samuel'))).toBe(1);
		await opens('samuel', id);
		expect(await mark()).toEqual([[1, 1]]);
		expect(await unreadMessages(await as('samuel'))).toBe(0);
		expect(await unreadMessages(await as('odile'))).toBe(0);
	});

	test('a notice says who, never what; reading settles it, and the next one is told again', async () => {
		const id = await writes('odile', 'samuel', 'secret-du-jour');
		await drainJobs();
		expect(await told('samuel')).toEqual(['message_received']);
		const kept = await house(sql`select to_jsonb(notice)::text as all from notices.notice`);
		const queued = await house(sql`select data::text as all from jobs.job`);
		expect(JSON.stringify([kept, queued])).not.toContain('secret-du-jour');
		await opens('samuel', id);
		expect(await told('samuel')).toEqual([]);
		await says('odile', id, 'Encore');
		await drainJobs();
		expect(await told('samuel')).toEqual(['message_received']);
	});

	test('muted, a conversation still gets its words, without notice nor count', async () => {
		const id = await writes('odile', 'samuel');
		await opens('samuel', id);
		await hush(await as('samuel'), { conversation: id }, true);
		await says('odile', id, 'Tu dors ?');
		await drainJobs();
		expect(await told('samuel')).toEqual([]);
		expect(await unreadMessages(await as('samuel'))).toBe(0);
		expect(await reads('samuel', id)).toContain('Tu dors ?');
	});
});

describe('one’s own words', () => {
	test('are corrected and say so, removed and leave their place', async () => {
		const id = await writes('odile', 'samuel', 'Mardy');
		const message = (await thread(await as('odile'), id)).messages[0]!;
		await edit(await as('odile'), { id: message.id, text: 'Mardi' });
		const seen = (await thread(await as('samuel'), id)).messages[0]!;
		expect([seen.text, seen.editedAt instanceof Date]).toEqual(['Mardi', true]);
		await remove(await as('odile'), { id: message.id });
		const gone = (await thread(await as('samuel'), id)).messages[0]!;
		expect([gone.text, gone.removed]).toEqual([null, true]);
		expect(await outcome(remove(await as('odile'), { id: message.id }))).toBe('Forbidden');
	});

	test('are sealed for their row: carried to another, they do not open', async () => {
		const id = await writes('odile', 'samuel', 'Premier');
		await says('odile', id, 'Second');
		const rows = await house<{ id: string; sealed: string }>(
			sql`select id, sealed from messages.message order by number`,
		);
		expect(rows.map(({ id: row, sealed }) => unseal(`message ${row}`, sealed))).toEqual([
			'Premier',
			'Second',
		]);
		expect(() => unseal(`message ${rows[0]!.id}`, rows[1]!.sealed)).toThrow();
	});
});

describe('somebody one does not know', () => {
	test('waits apart; the other reads without it being seen, accepts, and both write', async () => {
		const id = await writes('odile', 'fanny', 'Bonjour Fanny');
		expect(await lines('fanny')).toEqual([]);
		expect(await lines('fanny', true)).toEqual([['Odile Fabrègat', 'Bonjour Fanny']]);
		await drainJobs();
		expect(await told('fanny')).toEqual(['message_requested']);
		await opens('fanny', id);
		expect((await thread(await as('odile'), id)).people).toMatchObject([{ read: 0, delivered: 0 }]);
		expect(await outcome(says('fanny', id, 'Non'))).toBe('Forbidden');
		await accept(await as('fanny'), { conversation: id });
		await says('fanny', id, 'Oui ?');
		expect(await reads('odile', id)).toEqual(['Bonjour Fanny', 'Oui ?']);
	});

	test('refused, sees a request without answer: the same as waiting', async () => {
		const id = await writes('odile', 'fanny', 'Un');
		const waiting = await thread(await as('odile'), id);
		await refuse(await as('fanny'), { conversation: id });
		expect(await thread(await as('odile'), id)).toEqual(waiting);
		await says('odile', id, 'Deux');
		await says('odile', id, 'Trois');
		expect(await outcome(says('odile', id, 'Quatre'))).toBe('Invalid');
		expect(await lines('fanny', true)).toEqual([]);
		expect(await outcome(thread(await as('fanny'), id))).toBe('NotFound');
		await drainJobs();
		expect(await told('fanny')).toEqual([]);
		await reconsider(await as('fanny'), { conversation: id });
		expect(await lines('fanny', true)).toEqual([['Odile Fabrègat', 'Trois']]);
	});

	test('a friend of another place is no stranger', async () => {
		await befriend('odile', 'ines');
		await writes('odile', 'ines', 'Coucou');
		expect(await lines('ines')).toEqual([['Odile Fabrègat', 'Coucou']]);
	});
});

describe('several people', () => {
	test('who comes later reads from there on; all see who was added, and by whom', async () => {
		const id = await writes('odile', ['samuel', 'mathis'], 'Avant');
		await add(await as('samuel'), id, { person: idOf('lucien') });
		await says('odile', id, 'Après');
		expect(await reads('lucien', id)).toEqual(['added', 'Après']);
		expect(await reads('mathis', id)).toEqual(['Avant', 'added', 'Après']);
		expect(await outcome(add(await as('gerard'), id, { person: idOf('gerard') }))).toBe('NotFound');
		expect(await outcome(add(await as('odile'), id, { person: idOf('lucien') }))).toBe('Invalid');
	});

	test('naming somebody adds nobody', async () => {
		const id = await writes('odile', ['samuel', 'mathis'], `@Gérard Valmorin viens, @[${idOf('gerard')}]`);
		expect((await thread(await as('odile'), id)).people).toHaveLength(2);
		expect(await outcome(thread(await as('gerard'), id))).toBe('NotFound');
	});

	test('who leaves is seen to, and gets nothing more', async () => {
		const id = await writes('odile', ['samuel', 'mathis'], 'Bonjour');
		await leave(await as('mathis'), { conversation: id });
		await drainJobs();
		await says('odile', id, 'Sans toi');
		expect(await reads('samuel', id)).toEqual(['Bonjour', 'left', 'Sans toi']);
		expect(await lines('mathis')).toEqual([]);
		const mathis = await as('mathis');
		expect(await read(mathis, (tx) => tx.many(sql`select id from messages.conversation`))).toEqual([]);
	});

	test('how long words are kept is chosen by one and told to all', async () => {
		const id = await writes('odile', ['samuel', 'mathis'], 'Bonjour');
		await keep(await as('mathis'), { conversation: id, days: '30' });
		await keep(await as('samuel'), { conversation: id, days: '30' });
		expect(await reads('odile', id)).toEqual(['Bonjour', 'kept_30']);
	});
});

describe('somebody set apart', () => {
	const blocks = async (who: CastName, whom: CastName) => friends.block(await as(who), idOf(whom));

	test('writes as before and is told nothing; the other gets nothing, even after making peace', async () => {
		const id = await writes('odile', 'samuel', 'Avant');
		await opens('samuel', id);
		await blocks('samuel', 'odile');
		const sent = await says('odile', id, 'Tu es là ?');
		await drainJobs();
		expect(await reads('odile', id)).toEqual(['Avant', 'Tu es là ?']);
		expect(await reads('samuel', id)).toEqual(['Avant']);
		await opens('samuel', id);
		await markDelivered(await as('samuel'));
		expect((await thread(await as('odile'), id)).people).toMatchObject([{ read: 1, delivered: 1 }]);
		expect(await unreadMessages(await as('samuel'))).toBe(0);
		expect(await told('samuel')).toEqual([]);
		expect(await outcome(says('samuel', id, 'Non'))).toBe('Forbidden');
		await house(sql`delete from safety.block`);
		expect(await reads('samuel', id)).toEqual(['Avant']);
		const held = await house(sql`select held from messages.message where id = ${sent}`);
		expect(held).toEqual([{ held: true }]);
	});

	test('while they write: what comes after the block passes to nobody, whatever the order of the two', async () => {
		const id = await writes('odile', 'samuel', 'Avant');
		await Promise.all([
			...Array.from({ length: 12 }, (_, n) => says('odile', id, `Pendant ${n}`)),
			blocks('samuel', 'odile'),
		]);
		const before = await house<{
			text: string;
		}>(sql`select message.id as text from messages.message, safety.block
			where message.sent_at < block.at order by number`);
		expect(await reads('samuel', id)).toHaveLength(before.length);
		await drainJobs();
		await house(sql`delete from safety.block`);
		expect(await reads('samuel', id)).toHaveLength(before.length);
		expect(await reads('odile', id)).toHaveLength(13);
	});

	test('in a conversation of several, neither gets the new words of the other', async () => {
		const id = await writes('odile', ['samuel', 'mathis'], 'Avant');
		await blocks('mathis', 'odile');
		await says('odile', id, 'De moi');
		await says('mathis', id, 'De lui');
		expect(await reads('odile', id)).toEqual(['Avant', 'De moi']);
		expect(await reads('mathis', id)).toEqual(['Avant', 'De lui']);
		expect(await reads('samuel', id)).toEqual(['Avant', 'De moi', 'De lui']);
	});
});

test('fifty who write at once: numbers are all different, without gap, and read in the order they were committed', async () => {
	const id = await writes('odile', ['samuel', 'mathis', 'gerard', 'lucien'], 'Début');
	const who = ['odile', 'samuel', 'mathis', 'gerard', 'lucien'] as const;
	let seen = 0;
	let running = true;
	// Somebody who reads all along never sees a number before those under it.
	const reader = (async () => {
		const viewer = await as('samuel');
		while (running) {
			const numbers = await read(viewer, (tx) =>
				tx.many<{ number: number }>(sql`select number from messages.message
				where conversation_id = ${id}::uuid order by number`),
			);
			expect(numbers.map(({ number }) => number)).toEqual(numbers.map((_, at) => at + 1));
			expect(numbers.length).toBeGreaterThanOrEqual(seen);
			seen = numbers.length;
		}
	})();
	await Promise.all(Array.from({ length: 50 }, (_, n) => says(who[n % 5]!, id, `Mot ${n}`)));
	running = false;
	await reader;
	const rows = await asSystem('test', (tx) =>
		tx.many<{ number: number; at: Date }>(sql`select number, sent_at as at from messages.message
		where conversation_id = ${id}::uuid order by sent_at`),
	);
	expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 51 }, (_, n) => n + 1));
});
