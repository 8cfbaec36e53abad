import { beforeAll, describe, expect, test } from 'vitest';
import { read } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type CastName, cast, idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { add, edit, leave, remove, thread } from './index.ts';
import { clear, house, says, writes } from './messages.fixture.ts';
import { conversations, said } from './policy.ts';

stage();

const everybody = [...(Object.keys(cast) as CastName[]), 'visitor'] as const;

async function whoMay(table: 'conversation' | 'message', id: string, ability: string): Promise<string[]> {
	const found: string[] = [];
	for (const name of everybody) {
		const viewer = await as(name);
		const rules = (table === 'conversation' ? conversations : said) as unknown as Record<
			string,
			typeof said.see
		>;
		const row = await read(viewer, (tx) =>
			tx.one(
				sql`select 1 as yes from ${sql.raw(`messages.${table}`)} where id = ${id}::uuid and ${rules[ability]!(viewer)}`,
			),
		);
		if (row) found.push(name);
	}
	return found.toSorted();
}

let pair: string;
let several: string;
let request: string;
beforeAll(async () => {
	await clear();
	pair = await writes('odile', 'samuel', 'Entre nous');
	several = await writes('odile', ['mathis', 'gerard'], 'À trois');
	// Fanny is known of all by her office, and knows nobody of Villebrume.
	request = await writes('odile', 'fanny', 'Bonjour Fanny');
});

describe('a conversation', () => {
	test.each([
		['see', () => pair, ['odile', 'samuel']],
		['write', () => pair, ['odile', 'samuel']],
		['keep', () => pair, ['odile', 'samuel']],
		['add', () => pair, []],
		['leave', () => pair, []],
		['see', () => several, ['gerard', 'mathis', 'odile']],
		['add', () => several, ['gerard', 'mathis', 'odile']],
		['leave', () => several, ['gerard', 'mathis', 'odile']],
		['see', () => request, ['fanny', 'odile']],
		['write', () => request, ['odile']],
		['answer', () => request, ['fanny']],
		['reconsider', () => request, []],
	])('%s: those of its people, no officer, nobody else', async (ability, id, expected) => {
		expect(await whoMay('conversation', id(), ability)).toEqual(expected);
	});

	test('is not there for a person suspended since', async () => {
		await house(sql`insert into people.suspension (id, person_id, ends_at, by_id, reason)
			values (${idOf('messages suspension')}, ${idOf('gerard')}, now() + interval '1 day', ${idOf('paulo')}, 'x')`);
		expect(await whoMay('conversation', several, 'see')).toEqual(['mathis', 'odile']);
		await house(sql`delete from people.suspension where id = ${idOf('messages suspension')}`);
	});
});

describe('a message', () => {
	test('is seen by the people of the conversation; its author alone corrects and removes it', async () => {
		const id = await says('odile', pair, 'Un mot');
		expect(await whoMay('message', id, 'see')).toEqual(['odile', 'samuel']);
		expect(await whoMay('message', id, 'edit')).toEqual(['odile']);
		expect(await whoMay('message', id, 'remove')).toEqual(['odile']);
		expect(await whoMay('message', id, 'report')).toEqual(['samuel']);
		expect(await outcome(edit(await as('samuel'), { id, text: 'Autre' }))).toBe('Invalid');
		expect(await outcome(remove(await as('samuel'), { id }))).toBe('Forbidden');
		expect(await outcome(remove(await as('paulo'), { id }))).toBe('NotFound');
	});

	test('older than five minutes is corrected no more', async () => {
		const id = await says('odile', pair, 'Vieux');
		await house(sql`update messages.message set sent_at = now() - interval '301 seconds' where id = ${id}`);
		expect(await whoMay('message', id, 'edit')).toEqual([]);
		expect(await whoMay('message', id, 'remove')).toEqual(['odile']);
	});

	test('said before somebody came is not theirs; said after somebody left neither', async () => {
		const before = await says('odile', several, 'Avant');
		await add(await as('odile'), several, { person: idOf('lucien') });
		const after = await says('odile', several, 'Après');
		expect(await whoMay('message', before, 'see')).not.toContain('lucien');
		expect(await whoMay('message', after, 'see')).toContain('lucien');
		await leave(await as('lucien'), { conversation: several });
		const later = await says('odile', several, 'Enfin');
		expect(await whoMay('message', later, 'see')).not.toContain('lucien');
		expect(await outcome(thread(await as('lucien'), several))).toBe('NotFound');
		expect(await outcome(add(await as('odile'), several, { person: idOf('lucien') }))).toBe('Invalid');
	});
});

describe('the database, were every rule to say yes', () => {
	const rows = async (name: CastName, from: string) => {
		const viewer = await as(name);
		return read(viewer, (tx) => tx.many<{ id: string }>(sql.raw(`select * from messages.${from}`) as never));
	};
	test('gives a moderator and the web officer no row of it', async () => {
		for (const name of ['paulo', 'bertrand', 'yamina'] as const)
			for (const table of ['conversation', 'participant', 'message', 'attachment'])
				expect(await rows(name, table)).toEqual([]);
	});
	test('holds no word of it', async () => {
		const kept = await house<{ all: string }>(
			sql`select string_agg(to_jsonb(message)::text, ' ') as all from messages.message`,
		);
		expect(kept[0]!.all).not.toMatch(/Entre nous|trois|Bonjour/);
	});
});
