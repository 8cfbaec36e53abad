import { beforeEach, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { journal, scene } from '#tests/traces.ts';
import { showSubject } from '../elsewhere.ts';
import { follow, unfollow } from '../follow.ts';
import { opened } from '../groups.fixture.ts';
import { edit } from '../lead.ts';
import { privacy } from '../privacy.ts';
import { showGroup } from '../queries.ts';
import { addSubject, retireSubject } from './keep.ts';
import { mergeSubject, partSubject } from './merge.ts';
import { tellMerged } from './moved.ts';
import { subjectsKept } from './read.ts';
import { told } from './told.fixture.ts';

stage();
beforeEach(() => scene(sql`delete from platform.bucket`, sql`delete from notices.notice`));

let n = 0;
/** Two subjects of the list, of this story alone. */
async function two(): Promise<[string, string]> {
	n++;
	const bertrand = await as('bertrand');
	const named = (name: string) =>
		addSubject(bertrand, { name_fr: `${name} ${'abcdefghijklmnop'[n]}`, name_en: '' });
	return [await named('Rivières'), await named('Forêts')];
}
const slugOf = async (id: string) => (await showSubject(await as('bertrand'), id)).subject.slug;
const merge = async (from: string, into: string) => mergeSubject(await as('bertrand'), from, into);
const part = async (id: string, who: CastName = 'bertrand') => partSubject(await as(who), { id });
const mine = async (who: CastName, id: string) => {
	const page = await showSubject(await as(who), id);
	return page.subject.id === id ? page.mine : null;
};
const subjectsIn = async (group: string) =>
	(await showGroup(await as('odile'), group)).subjects.map(({ id }) => id).toSorted();
const mergeOf = async (id: string) =>
	(await asSystem('test', (tx) =>
		tx.one<{ id: string }>(
			sql`select id from groups.subject_merge where subject_id = ${id} order by at desc limit 1`,
		),
	))!.id;
const said = {
	name: 'Jardins partagés',
	aim: 'Faire pousser des légumes.',
	rules: '',
	visibility: 'open',
} as const;

describe('two subjects made one, told apart again', () => {
	test('give each its own: groups, and who followed as they followed', async () => {
		const [from, into] = await two();
		const [slug, other] = [await slugOf(from), await slugOf(into)];
		const groups = {
			one: await opened('odile', { subjects: [from] }),
			both: await opened('odile', { subjects: [from, into] }),
			other: await opened('odile', { subjects: [into] }),
		};
		await follow(await as('odile'), slug, { brings: 'Un canoë', shown: 'on' });
		await follow(await as('mathis'), slug, { brings: 'Des mots' });
		await follow(await as('mathis'), other, { brings: 'Une scie' });
		await follow(await as('ines'), other, { brings: 'Des bras' });
		await merge(from, into);
		await drainJobs();
		expect([await mine('odile', from), await subjectsIn(groups.one)]).toEqual([null, [into]]);
		await part(from);
		await drainJobs();
		expect(await mine('odile', from)).toMatchObject({ brings: 'Un canoë', shown: true });
		expect(await mine('odile', into)).toBeNull();
		expect(await mine('mathis', from)).toMatchObject({ brings: 'Des mots' });
		expect(await mine('mathis', into)).toMatchObject({ brings: 'Une scie' });
		expect([await mine('ines', from), (await mine('ines', into))?.brings]).toEqual([null, 'Des bras']);
		expect(await subjectsIn(groups.one)).toEqual([from]);
		expect(await subjectsIn(groups.both)).toEqual([from, into].toSorted());
		expect(await subjectsIn(groups.other)).toEqual([into]);
		expect((await journal('groups.part_subject')).length).toBeGreaterThan(0);
		expect(await slugOf(from)).toBe(slug);
	});

	test('leave what people chose meanwhile: who stopped following, what they now say, a group that took it off', async () => {
		const [from, into] = await two();
		const [slug, other] = [await slugOf(from), await slugOf(into)];
		const [left, kept] = [
			await opened('odile', { subjects: [from] }),
			await opened('odile', { subjects: [from] }),
		];
		for (const name of ['odile', 'mathis'] as const)
			await follow(await as(name), slug, { brings: 'Avant', shown: 'on' });
		await merge(from, into);
		await drainJobs();
		await unfollow(await as('odile'), other);
		await follow(await as('mathis'), other, { brings: 'Depuis' });
		await edit(await as('odile'), left, { ...said, subjects: [], version: 1 });
		await part(from);
		await drainJobs();
		expect([await mine('odile', from), await mine('odile', into)]).toEqual([null, null]);
		expect(await mine('mathis', from)).toEqual({ brings: 'Depuis', shown: false, inFeed: false });
		expect([await subjectsIn(left), await subjectsIn(kept)]).toEqual([[], [from]]);
	});

	test('is the list’s keeper’s to do, for seven days, and once', async () => {
		const [from, into] = await two();
		await merge(from, into);
		for (const name of ['odile', 'samuel', 'sabrina'] as const)
			expect([name, await outcome(part(from, name))]).toEqual([name, 'NotFound']);
		expect(await outcome(partSubject(await as('bertrand', { factor: false }), { id: from }))).toBe(
			'NotFound',
		);
		await scene(
			sql`update groups.subject_merge set until = now() - interval '1 second' where subject_id = ${from}`,
		);
		expect(await outcome(part(from))).toBe('Conflict');
		expect((await subjectsKept(await as('bertrand'))).merged.some(({ id }) => id === from)).toBe(false);
		await scene(
			sql`update groups.subject_merge set until = now() + interval '1 day' where subject_id = ${from}`,
		);
		const before = (await journal('groups.part_subject')).length;
		const came = await Promise.all([outcome(part(from)), outcome(part(from))]);
		expect(came).toEqual([undefined, undefined]);
		expect((await journal('groups.part_subject')).length).toBe(before + 1);
	});

	test('waits for the other to be told apart from a third, brings along what had joined it, and not a name taken since', async () => {
		const [from, into] = await two();
		const [first, third] = await two();
		await merge(first, from);
		await merge(from, into);
		await merge(into, third);
		expect(await outcome(part(from))).toBe('Conflict');
		await part(into);
		await part(from);
		expect((await showSubject(await as('odile'), first)).subject.id).toBe(from);
		await merge(from, into);
		const name = (await subjectsKept(await as('bertrand'))).merged.find(({ id }) => id === from)!.name.fr;
		const twin = await addSubject(await as('bertrand'), { name_fr: name, name_en: '' });
		expect(await outcome(part(from))).toBe('Invalid');
		await retireSubject(await as('bertrand'), { id: twin });
		await part(from);
	});

	test('at once tells nobody; later, those who were told of the merge', async () => {
		const [from, into] = await two();
		await follow(await as('mathis'), await slugOf(from), { brings: '' });
		await merge(from, into);
		await part(from);
		await tellMerged({ mergeId: await mergeOf(from) });
		expect(await told('mathis')).toEqual([]);
		await merge(from, into);
		await drainJobs();
		const merged = await mergeOf(from);
		await tellMerged({ mergeId: merged });
		expect(await told('mathis')).toEqual(['subject_merged']);
		await scene(sql`update groups.subject_merge set at = now() - interval '1 hour' where id = ${merged}`);
		await part(from);
		expect(await told('mathis')).toContain('subject_parted');
	});

	test.each([0, 1, 2, 3])(
		'while somebody follows either, moved already or not yet, nobody is lost (%i)',
		async (round) => {
			const [from, into] = await two();
			const [slug, other] = [await slugOf(from), await slugOf(into)];
			await follow(await as('odile'), slug, { brings: 'Un canoë' });
			await merge(from, into);
			if (round % 2) await drainJobs();
			const [mathis, ines] = [await as('mathis'), await as('ines')];
			const [, came, there] = await Promise.all([
				part(from),
				outcome(follow(mathis, slug, { brings: 'Des mots' })),
				outcome(follow(ines, other, { brings: 'Une scie' })),
				round > 1 && drainJobs(),
			]);
			await drainJobs();
			expect(await mine('odile', from)).toMatchObject({ brings: 'Un canoë' });
			expect((await mine('mathis', from))?.brings).toBe(came === undefined ? 'Des mots' : undefined);
			expect([there, (await mine('ines', into))?.brings]).toEqual([undefined, 'Une scie']);
		},
	);

	test('what was kept goes with the person, and with the seven days', async () => {
		const [from, into] = await two();
		for (const name of ['lucien', 'noemie'] as const)
			await follow(await as(name), await slugOf(from), { brings: `De ${name}` });
		await merge(from, into);
		await drainJobs();
		const kept = async () =>
			(
				await asSystem('test', (tx) =>
					tx.many<{ brings: string }>(
						sql`select brings from groups.merge_follow where person_id in (${idOf('lucien')}, ${idOf('noemie')})`,
					),
				)
			).map(({ brings }) => brings);
		const given = await asSystem('test', (tx) => privacy.gather(tx, idOf('noemie')));
		expect(JSON.stringify(given['groups.merge_follow'])).toContain('De noemie');
		await asSystem('test', (tx) => privacy.erase(tx, idOf('noemie')));
		expect(await kept()).toEqual(['De lucien']);
		const later = new Date(Date.now() + 8 * 86_400_000);
		await asSystem('test', (tx) => privacy.retain!(tx, later, false));
		expect(await kept()).toEqual([]);
	});
});

describe('on the page of the list', () => {
	const list = '/administration/sujets';
	let bertrand: Browser;
	beforeEach(async () => {
		bertrand = await browser('bertrand');
	});

	test('it is offered at once, then for seven days; too late says so', async () => {
		const [from, into] = await two();
		const after = await bertrand.through(`${list}/${from}?/merge`, { into });
		expect(after.html).toContain(`action="${list}?/part"`);
		expect(after.main).toContain('Réunis depuis peu');
		const done = await bertrand.through(`${list}?/part`, { id: from });
		expect(done.text).toContain('Les deux sujets sont de nouveau séparés.');
		await merge(from, into);
		await scene(sql`update groups.subject_merge set until = now() where undone_at is null`);
		expect((await bertrand.get(list)).main).not.toContain('Réunis depuis peu');
		const late = await bertrand.post(`${list}?/part`, { id: from });
		expect([late.status, late.main.includes('Les 7 jours sont passés')]).toEqual([409, true]);
	});
});
