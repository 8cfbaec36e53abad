import { beforeEach, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { choicesOf, choose } from './choices.ts';
import type { Category } from './kinds.ts';
import { listeners } from './listen.ts';
import { type News, notify } from './notify.ts';
import { privacy } from './privacy.ts';
import { countAtMost, notices, readAll, unread } from './read.ts';
import { everywhere } from './rhythm.ts';

stage();

const house = <T>(work: Parameters<typeof asSystem<T>>[1]) => asSystem('test', work);
beforeEach(() => house((tx) => tx.run(sql`delete from notices.notice`)));
const tell = (to: CastName, by: CastName, more: Partial<News> = {}) =>
	house((tx) =>
		notify(tx, { type: 'welcomed', to: [idOf(to)], byId: idOf(by), subjectId: newId(), ...more }),
	);
const mailed = (category: Category) => ({
	scope: { kind: 'all' as const, id: everywhere },
	choices: [[category, 'mail', 'each'] as [Category, 'mail', 'each']],
});
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
const lines = async (name: CastName) => (await notices(await as(name))).fresh;

test('lines told at the very same instant all have their page', async () => {
	await house(async (tx) => {
		for (let n = 0; n < 90; n++)
			await notify(tx, { type: 'welcomed', to: [idOf('odile')], byId: idOf('samuel'), subjectId: newId() });
	});
	const odile = await as('odile');
	await readAll(odile, inDays(1));
	const seen: string[] = [];
	let before: string | null = null;
	do {
		const page: Awaited<ReturnType<typeof notices>> = await notices(odile, before);
		seen.push(...page.earlier.map(({ id }) => id));
		before = page.next;
	} while (before);
	expect([seen.length, new Set(seen).size]).toEqual([90, 90]);
});

test('the bell stops counting at ninety-nine', async () => {
	for (let n = 0; n < countAtMost + 3; n++) await tell('odile', 'samuel');
	expect(await unread(await as('odile'))).toHaveLength(countAtMost);
});

test('what came after the page was shown stays new', async () => {
	await tell('odile', 'samuel');
	const shownAt = new Date();
	await house((tx) => tx.run(sql`update notices.notice set at = now() - interval '1 minute'`));
	await tell('odile', 'ines');
	await readAll(await as('odile'), shownAt);
	expect(await lines('odile')).toMatchObject([{ by: { id: idOf('ines') } }]);
});

test('reading all is for one’s own lines', async () => {
	await tell('odile', 'samuel');
	await readAll(await as('mathis'), inDays(1));
	expect(await lines('odile')).toHaveLength(1);
});

test('a person takes away their lines and choices, and nobody else’s', async () => {
	await tell('odile', 'samuel');
	await tell('mathis', 'samuel');
	await choose(await as('odile'), mailed('friends'));
	const taken = await house((tx) => privacy.gather(tx, idOf('odile')));
	expect(taken['notices.notice']).toHaveLength(1);
	expect(taken['notices.cause']).toMatchObject([{ by_id: idOf('samuel') }]);
	expect(taken['notices.choice']).toHaveLength(1);
});

test('erased, a person is in no line of anybody: theirs go, those that they alone caused too, shared ones count one less', async () => {
	const shared = newId();
	await tell('odile', 'samuel', { subjectId: shared });
	await tell('odile', 'mathis', { subjectId: shared });
	await tell('odile', 'mathis');
	await tell('mathis', 'samuel');
	await house((tx) => privacy.erase(tx, idOf('mathis')));
	expect(await lines('odile')).toMatchObject([{ subjectId: shared, others: 0, by: { id: idOf('samuel') } }]);
	const left = await house((tx) =>
		tx.one(sql`select (select count(*)::int from notices.notice where person_id = ${idOf('mathis')}) as own,
			(select count(*)::int from notices.cause where by_id = ${idOf('mathis')}) as caused`),
	);
	expect(left).toEqual({ own: 0, caused: 0 });
});

test('read lines go after ninety days, the others after a year; a rehearsal says how many and keeps them', async () => {
	await tell('odile', 'samuel');
	await readAll(await as('odile'), inDays(1));
	await tell('odile', 'ines');
	const counted = async (days: number, dry: boolean) =>
		(await house((tx) => privacy.retain!(tx, inDays(days), dry)))['notices.notice'];
	expect([await counted(89, true), await counted(91, true), await counted(366, true)]).toEqual([0, 1, 2]);
	expect(await counted(91, false)).toBe(1);
	expect(await lines('odile')).toHaveLength(1);
	expect(await counted(366, false)).toBe(1);
	expect(await lines('odile')).toEqual([]);
});

test('two accounts that were one: choices made on the kept one win, lines of the other go', async () => {
	await tell('gerard', 'samuel');
	await choose(await as('gerard'), mailed('thanks'));
	await house((tx) => tx.run(sql`delete from notices.choice where person_id = ${idOf('odile')}`));
	const merged = listeners.find(({ to }) => to === 'people.merged')!;
	await merged.hear({ fromId: idOf('gerard'), intoId: idOf('odile') } as never);
	const thanks = (await choicesOf(await as('odile')))[0]!.rows.find(({ category }) => category === 'thanks')!;
	expect(thanks.cells.find(({ channel }) => channel === 'mail')!.rhythm).toBe('each');
	expect(
		await house((tx) => tx.many(sql`select 1 from notices.notice where person_id = ${idOf('gerard')}`)),
	).toEqual([]);
});
