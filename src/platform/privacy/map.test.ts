import postgres from 'postgres';
import { describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import type { Domain } from '#platform/domain.ts';
import { domains } from '#registry.ts';
import { stage } from '#tests/stage.ts';
import { impersonal } from './impersonal.fixture.ts';
import { keptAbout, stale, unmapped } from './map.ts';

stage();

const missing = (from: readonly Domain[] = domains) =>
	asSystem('test', (tx) => unmapped(tx, from, impersonal));

async function within(change: string, look: () => Promise<void>, back: string): Promise<void> {
	const owner = postgres(process.env.COOPOL_OWNER_URL!, { max: 1, onnotice: () => {} });
	try {
		await owner.unsafe(change);
		await look();
	} finally {
		await owner.unsafe(back);
		await owner.end();
	}
}

describe('the map of personal data', () => {
	test('names every column that may name a person or hold their words', async () => {
		expect(await missing()).toEqual([]);
	});

	test('promises nothing about columns that are gone', async () => {
		expect(await asSystem('test', (tx) => stale(tx, domains))).toEqual([]);
	});

	test('sees a new table, a new name of a person, a new place for words', async () => {
		const table = () =>
			within(
				'create table safety.gossip (id uuid)',
				async () => expect(await missing()).toEqual(['safety.gossip']),
				'drop table safety.gossip',
			);
		const person = () =>
			within(
				'alter table feed.poll add closed_by uuid',
				async () => expect(await missing()).toEqual(['feed.poll.closed_by']),
				'alter table feed.poll drop closed_by',
			);
		const words = () =>
			within(
				'alter table feed.comment add aside text',
				async () => expect(await missing()).toEqual(['feed.comment.aside']),
				'alter table feed.comment drop aside',
			);
		for (const change of [table, person, words]) await change();
	});

	test('sees a column forgotten by its domain', async () => {
		const forgetful = domains.map((domain) => {
			const table = domain.privacy?.tables['feed.comment'];
			const tables = {
				...domain.privacy?.tables,
				...(table && {
					'feed.comment': { ...table, columns: table.columns.filter((name) => name !== 'text') },
				}),
			};
			return domain.privacy ? { ...domain, privacy: { ...domain.privacy, tables } } : domain;
		});
		expect(await missing(forgetful)).toEqual(['feed.comment.text']);
	});

	test('says for each how long it is kept', () => {
		const held = keptAbout(domains);
		expect(held.length).toBeGreaterThan(40);
		expect(held.filter(({ kept }) => !kept.trim())).toEqual([]);
	});
});

/** Words that must not be asked of anybody, in either language. */
const forbidden =
	/civil|marital|spouse|children|enfant|national(?!_|$)|nationalit|religio|health|sante|profession|socio|opinion|score|ethni|birth|gender|sex|honorific|civilit/i;

test('no table asks for what must not be known of a person', async () => {
	const rows = await asSystem('test', (tx) =>
		tx.raw(`select table_schema || '.' || table_name || '.' || column_name as name
		from information_schema.columns where table_schema not in ('pg_catalog', 'information_schema', 'jobs')`),
	);
	const names = rows.map(({ name }) => String(name));
	expect(names.length).toBeGreaterThan(300);
	expect(names.filter((name) => forbidden.test(name.split('.')[2]!))).toEqual([]);
	expect(
		[
			'people.person.marital_status',
			'people.person.nationality',
			'people.contact.children_count',
			'x.y.birth_date',
		].every((name) => forbidden.test(name.split('.')[2]!)),
	).toBe(true);
});
