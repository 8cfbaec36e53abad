import { beforeAll, describe, expect, test } from 'vitest';
import { openAs } from '#domains/groups/index.ts';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, outcome } from '#tests/stage.ts';
import { remove } from '../remove.ts';
import { feedStage, said } from '../stage.fixture.ts';
import { documentsOf, pinnedIn } from './list.ts';
import { pin, unpin } from './pin.ts';

feedStage();

const groups = {} as Record<'open' | 'closed', string>;
beforeAll(async () => {
	for (const visibility of ['open', 'closed'] as const)
		groups[visibility] = await asSystem('test', (tx) =>
			openAs(tx, {
				name: `Groupe ${visibility}`,
				purpose: 'Agir ensemble',
				visibility,
				homeId: null,
				ownerId: idOf('odile'),
				subjects: [],
				people: [idOf('mathis'), idOf('tidiane'), idOf('gerard')],
				at: new Date('2026-01-10'),
				activeAt: new Date(),
			}),
		);
});

const gives = async (name: CastName, group: string, file: string, words = 'Voilà') =>
	said(await as(name), words, {
		audience: { audience: 'group' as const, unitId: null, groupId: group },
		document: new File([`contenu de ${file}`], file, { type: 'text/plain' }),
	});
const names = async (name: CastName, group: string, q = '') =>
	(await documentsOf(await as(name), group, { q })).documents.map((one) => one.name);
const idOfFile = async (group: string, name: string) =>
	(await documentsOf(await as('odile'), group, { limit: 200 })).documents.find((one) => one.name === name)!
		.id;

describe('documents of a group', () => {
	test('are those of its posts, newest first, with who gave them; removed ones are gone', async () => {
		await gives('gerard', groups.closed, 'compte-rendu.txt');
		const second = await gives('tidiane', groups.closed, 'budget.txt');
		expect(await names('odile', groups.closed)).toEqual(['budget.txt', 'compte-rendu.txt']);
		const [first] = (await documentsOf(await as('odile'), groups.closed)).documents;
		expect(first).toMatchObject({ by: { name: 'Tidiane Solvignac' }, postId: second, isPinned: false });
		expect(first?.bytes).toBeGreaterThan(5);
		await remove(await as('tidiane'), second);
		expect(await names('odile', groups.closed)).toEqual(['compte-rendu.txt']);
	});

	test('are read by who reads the group, and by nobody else', async () => {
		await gives('gerard', groups.open, 'ouvert.txt');
		expect(await names('ines', groups.open)).toContain('ouvert.txt');
		for (const name of ['ines', 'samuel', 'sabrina', 'thibaud'] as const)
			expect(await outcome(documentsOf(await as(name), groups.closed))).toBe('NotFound');
		expect(await pinnedIn(await as('ines'), groups.closed)).toEqual([]);
	});

	test('are found by a word of their name or of what was said, accents or not', async () => {
		await gives('gerard', groups.closed, 'Réunion du 3.txt', 'Ordre du jour');
		expect(await names('odile', groups.closed, 'reunion')).toEqual(['Réunion du 3.txt']);
		expect(await names('odile', groups.closed, 'RÉUNION jour')).toEqual(['Réunion du 3.txt']);
		expect(await names('odile', groups.closed, '%')).toHaveLength(2);
		expect(await names('odile', groups.closed, 'introuvable')).toEqual([]);
	});

	test('come by pages, none twice', async () => {
		for (let n = 0; n < 5; n++) await gives('gerard', groups.open, `page-${n}.txt`);
		await pin(await as('odile'), groups.open, await idOfFile(groups.open, 'ouvert.txt'));
		const seen: string[] = [];
		let from: string | null = null;
		do {
			const page: { documents: { name: string }[]; next: string | null } = await documentsOf(
				await as('ines'),
				groups.open,
				{ from, limit: 2 },
			);
			seen.push(...page.documents.map((one) => one.name));
			from = page.next;
		} while (from);
		expect(seen).toEqual(['ouvert.txt', ...[4, 3, 2, 1, 0].map((n) => `page-${n}.txt`)]);
	});
});

describe('pinning', () => {
	test('is for who leads the group, and puts a document first', async () => {
		await gives('gerard', groups.closed, 'dernier.txt');
		const id = await idOfFile(groups.closed, 'compte-rendu.txt');
		expect(await outcome(pin(await as('mathis'), groups.closed, id))).toBe('Forbidden');
		expect(await outcome(pin(await as('ines'), groups.closed, id))).toBe('Forbidden');
		await pin(await as('odile'), groups.closed, id);
		await pin(await as('odile'), groups.closed, id);
		expect((await names('mathis', groups.closed))[0]).toBe('compte-rendu.txt');
		expect((await pinnedIn(await as('mathis'), groups.closed)).map((one) => one.id)).toEqual([id]);
		await unpin(await as('odile'), groups.closed, id);
		expect((await names('mathis', groups.closed)).at(-1)).toBe('compte-rendu.txt');
	});

	test('takes a document of this group alone', async () => {
		const other = await idOfFile(groups.open, 'ouvert.txt');
		expect(await outcome(pin(await as('odile'), groups.closed, other))).toBe('NotFound');
		expect(await outcome(unpin(await as('odile'), groups.closed, other))).toBe('NotFound');
	});

	test('keeps ten at most, even at once', async () => {
		for (let n = 0; n < 7; n++) await gives('gerard', groups.open, `plus-${n}.txt`);
		const { documents } = await documentsOf(await as('odile'), groups.open, { limit: 200 });
		const odile = await as('odile');
		const done = await Promise.all(documents.map(({ id }) => outcome(pin({ ...odile }, groups.open, id))));
		expect(done.filter((one) => one === 'Conflict')).toHaveLength(documents.length - 10);
		const kept = await asSystem('test', (tx) =>
			tx.one<{ n: number }>(sql`select count(*)::int as n from feed.media where media.pinned_at is not null`),
		);
		expect(kept?.n).toBe(10);
	});
});
