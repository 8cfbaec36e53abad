import { beforeEach, describe, expect, test } from 'vitest';
import { mergeSubject, partSubject, retireSubject, subjectsOf } from '#domains/groups/index.ts';
import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, outcome } from '#tests/stage.ts';
import { aboutSubject } from './about-subject.ts';
import { edit } from './edit.ts';
import { feedStage, later, said, to } from './stage.fixture.ts';

feedStage();
let subjects: Awaited<ReturnType<typeof subjectsOf>> = [];
beforeEach(async () => {
	await asSystem('test', async (tx) => {
		await tx.run(sql`delete from platform.bucket`);
		await tx.run(sql`update groups.subject set retired_at = null, merged_into = null`);
		await tx.run(sql`delete from groups.subject_merge`);
	});
	subjects = await subjectsOf(await as('odile'));
});
const idAt = (slug: string) => subjects.find((one) => one.slug === slug)!.id;
const aboutOf = async (id: string) =>
	(await asSystem('test', (tx) =>
		tx.one<{ about: string | null }>(sql`select subject_id as about from feed.post where id = ${id}`),
	))!.about;
const change = async (who: CastName, id: string, subject?: string) =>
	edit(await as(who), id, { text: 'Encadrer les loyers', ...(subject !== undefined && { subject }) });
const post = async (subject?: string) => {
	const id = await said(await as('odile'), 'Encadrer les loyers', {
		...to('network'),
		...(subject && { subject }),
	});
	await later(id);
	return id;
};

describe('what a post is about', () => {
	test('is changed by who wrote it, and taken away; not said, it stays; it moves from page to page', async () => {
		const [logement, ecologie] = [idAt('logement'), idAt('ecologie')];
		const id = await post(logement);
		await change('odile', id);
		expect(await aboutOf(id)).toBe(logement);
		await change('odile', id, ecologie);
		const heard = async (subject: string) =>
			(await aboutSubject(await as('fanny'), subject)).some((one) => one.id === id);
		expect([await heard(logement), await heard(ecologie)]).toEqual([false, true]);
		await change('odile', id, '');
		expect(await aboutOf(id)).toBeNull();
	});

	test('is nobody else’s to change, and only a subject of the list is taken; its own, retired, may stay', async () => {
		const [logement, ecologie] = [idAt('logement'), idAt('ecologie')];
		const id = await post(logement);
		expect(await outcome(change('mathis', id, ecologie))).toBe('Forbidden');
		expect(await outcome(change('odile', id, idOf('no subject')))).toBe('Invalid');
		const bertrand = await as('bertrand');
		await retireSubject(bertrand, { id: ecologie });
		expect(await outcome(change('odile', id, ecologie))).toBe('Invalid');
		await retireSubject(bertrand, { id: logement });
		await change('odile', id, logement);
		expect(await aboutOf(id)).toBe(logement);
		await change('odile', id, '');
		expect(await outcome(change('odile', id, logement))).toBe('Invalid');
	});

	test('changed while two subjects become one, it is never left on the one that is gone', async () => {
		const [logement, ecologie, culture] = [idAt('logement'), idAt('ecologie'), idAt('culture')];
		const bertrand = await as('bertrand');
		for (let round = 0; round < 3; round++) {
			const [stays, comes] = [await post(logement), await post(culture)];
			const [, , came] = await Promise.all([
				mergeSubject(bertrand, logement, ecologie),
				change('odile', stays),
				outcome(change('odile', comes, logement)),
			]);
			await drainJobs();
			expect(await aboutOf(stays)).toBe(ecologie);
			expect(await aboutOf(comes)).toBe(came === 'Invalid' ? culture : ecologie);
			await partSubject(bertrand, { id: logement });
			await drainJobs();
		}
	});

	test('is chosen on the page, without script, its own first when it left the list; a refusal is said at it', async () => {
		const [logement, ecologie] = [idAt('logement'), idAt('ecologie')];
		const id = await post(logement);
		await retireSubject(await as('bertrand'), { id: logement });
		const odile = await browser('odile');
		const at = `/publications/${id}/modifier`;
		const page = await odile.get(at);
		expect([page.field('subject'), page.main]).toEqual([logement, expect.stringContaining('Logement')]);
		const wrong = await odile.post(`${at}?/edit`, { text: 'Loyers', subject: idOf('no subject') });
		expect(wrong.form!.problems).toEqual(['subject feed.subject_unknown']);
		expect(wrong.main).toContain('Ce sujet n’est plus dans la liste');
		const done = await odile.post(`${at}?/edit`, { text: 'Loyers', subject: ecologie, version: '1' });
		expect([done.to, await aboutOf(id)]).toEqual([`/publications/${id}`, ecologie]);
	});
});
