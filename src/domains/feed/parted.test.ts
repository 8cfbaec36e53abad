import { beforeEach, expect, test } from 'vitest';
import { addSubject, mergeSubject, partSubject } from '#domains/groups/index.ts';
import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';
import { as } from '#tests/stage.ts';
import { merging } from './merged.ts';
import { privacy } from './privacy.ts';
import { publishAs } from './seed.ts';
import { feedStage } from './stage.fixture.ts';

feedStage();
beforeEach(() => asSystem('test', (tx) => tx.run(sql`delete from platform.bucket`)));

let n = 0;
/** Two subjects of the list, and a post about each. */
async function two() {
	n++;
	const bertrand = await as('bertrand');
	const named = (name: string) => addSubject(bertrand, { name_fr: `${name} ${'abcdefgh'[n]}`, name_en: '' });
	const [from, into] = [await named('Fleuves'), await named('Bois')];
	const slugs = await asSystem('test', (tx) =>
		tx.many<{ id: string; slug: string }>(sql`select id, slug from groups.subject`),
	);
	const speak = (id: string) =>
		asSystem('test', (tx) =>
			publishAs(tx, {
				authorId: idOf('odile'),
				unitId: idOf('villebrume'),
				audience: 'network',
				text: 'On en parle',
				at: new Date(),
				subject: slugs.find((one) => one.id === id)!.slug,
			}),
		);
	return { from, into, one: await speak(from), other: await speak(into) };
}
const aboutOf = async (id: string) =>
	(await asSystem('test', (tx) =>
		tx.one<{ about: string | null }>(sql`select subject_id as about from feed.post where id = ${id}`),
	))!.about;
const kept = async () =>
	(await asSystem('test', (tx) =>
		tx.one<{ n: number }>(sql`select count(*)::int as n from feed.merged_post`),
	))!.n;

test('told apart again, each subject has its posts, but for one whose author said otherwise since', async () => {
	const bertrand = await as('bertrand');
	const { from, into, one, other } = await two();
	const changed = (await two()).into;
	await mergeSubject(bertrand, from, into);
	await drainJobs();
	expect([await aboutOf(one), await aboutOf(other)]).toEqual([into, into]);
	await partSubject(bertrand, { id: from });
	await drainJobs();
	expect([await aboutOf(one), await aboutOf(other), await kept()]).toEqual([from, into, 0]);
	await mergeSubject(bertrand, from, into);
	await drainJobs();
	await asSystem('test', (tx) => tx.run(sql`update feed.post set subject_id = ${changed} where id = ${one}`));
	await partSubject(bertrand, { id: from });
	await drainJobs();
	expect(await aboutOf(one)).toBe(changed);
});

test('through two merges, one after the other, each goes back where it was', async () => {
	const bertrand = await as('bertrand');
	const [a, b] = [await two(), await two()];
	await mergeSubject(bertrand, a.from, a.into);
	await drainJobs();
	await mergeSubject(bertrand, a.into, b.into);
	await drainJobs();
	expect([await aboutOf(a.one), await aboutOf(a.other)]).toEqual([b.into, b.into]);
	await partSubject(bertrand, { id: a.into });
	await partSubject(bertrand, { id: a.from });
	// The jobs of the two come in any order: the last asked first.
	const [last] = await asSystem('test', (tx) =>
		tx.many(sql`select id as "mergeId", subject_id as "fromId", into_id as "intoId" from groups.subject_merge
			where subject_merge.subject_id = ${a.from}::uuid`),
	);
	await merging.at(-1)!.hear(last as never);
	await drainJobs();
	expect([await aboutOf(a.one), await aboutOf(a.other)]).toEqual([a.from, a.into]);
});

test('undone before anything moved, or while it moves, nothing stays behind', async () => {
	const bertrand = await as('bertrand');
	const { from, into, one, other } = await two();
	await mergeSubject(bertrand, from, into);
	await Promise.all([drainJobs(), partSubject(bertrand, { id: from })]);
	await drainJobs();
	expect([await aboutOf(one), await aboutOf(other), await kept()]).toEqual([from, into, 0]);
});

test('what was kept for the way back goes with the seven days', async () => {
	const { from, into } = await two();
	await mergeSubject(await as('bertrand'), from, into);
	await drainJobs();
	expect(await kept()).toBe(1);
	const after = (days: number) => new Date(Date.now() + days * 86_400_000);
	await asSystem('test', (tx) => privacy.retain!(tx, after(6), false));
	expect(await kept()).toBe(1);
	await asSystem('test', (tx) => privacy.retain!(tx, after(9), false));
	expect(await kept()).toBe(0);
});
