import { beforeEach, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import type { CastName } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { showSubject } from '../elsewhere.ts';
import { follow, listSubjects, showAtHome, unfollow } from '../follow.ts';
import { opened } from '../groups.fixture.ts';
import { edit } from '../lead.ts';
import { showGroup, subjectsOf } from '../queries.ts';
import { addSubject, moveSubject, renameSubject, restoreSubject, retireSubject } from './keep.ts';
import { tellRetired } from './listen.ts';
import { mergeSubject } from './merge.ts';
import { tellMerged } from './moved.ts';
import { acceptProposal, answerProposal, proposeSubject, withdrawProposal } from './propose.ts';
import { ownProposals, subjectsKept } from './read.ts';
import { told } from './told.fixture.ts';

stage();
beforeEach(() =>
	asSystem('test', async (tx) => {
		await tx.run(sql`delete from platform.bucket`);
		await tx.run(sql`delete from notices.notice`);
	}),
);

const idAt = async (slug: string) => (await showSubject(await as('odile'), slug)).subject.id;
const subjectsIn = async (groupId: string) =>
	(
		await asSystem('test', (tx) =>
			tx.many<{ slug: string }>(sql`select subject.slug from groups.circle_subject
				join groups.subject on subject.id = circle_subject.subject_id where circle_subject.circle_id = ${groupId}::uuid`),
		)
	).map(({ slug }) => slug);
const acts = async (subjectId: string) =>
	(
		await asSystem('test', (tx) =>
			tx.many<{ act: string }>(sql`select act from audit.entry where subject_id = ${subjectId} order by seq`),
		)
	).map(({ act }) => act);
const lastMerge = async () =>
	(await asSystem('test', (tx) =>
		tx.one<{ id: string }>(sql`select id from groups.subject_merge order by at desc limit 1`),
	))!.id;
const slugsFor = async (name: CastName) => (await subjectsOf(await as(name))).map(({ slug }) => slug);

describe('the list of subjects', () => {
	test('is kept by the national web officer alone, with a second factor', async () => {
		const typed = { name_fr: 'Montagne', name_en: 'Mountains' };
		for (const name of ['odile', 'samuel', 'sabrina', 'tidiane'] as const)
			expect([name, await outcome(addSubject(await as(name), typed))]).toEqual([name, 'NotFound']);
		const without = await as('bertrand', { factor: false });
		expect(await outcome(addSubject(without, typed))).toBe('NotFound');
		expect(await outcome(subjectsKept(without))).toBe('NotFound');
		const id = await addSubject(await as('bertrand'), typed);
		expect(await idAt('montagne')).toBe(id);
		expect(await acts(id)).toEqual(['groups.add_subject']);
	});

	test('has each name once, whatever its accents; without English, the French name is read', async () => {
		const bertrand = await as('bertrand');
		expect(await outcome(addSubject(bertrand, { name_fr: 'SANTE', name_en: '' }))).toBe('Invalid');
		const id = await addSubject(bertrand, { name_fr: 'Sport', name_en: '' });
		expect((await showSubject(bertrand, 'sport')).subject.name).toEqual({ fr: 'Sport', en: 'Sport' });
		await renameSubject(bertrand, id, { name_fr: 'Sports', name_en: 'Sports' });
		expect((await showSubject(bertrand, 'sport')).subject.name.fr).toBe('Sports');
		const [one, other] = await Promise.all([
			outcome(addSubject(bertrand, { name_fr: 'Mer', name_en: '' })),
			outcome(addSubject(bertrand, { name_fr: 'Mer', name_en: '' })),
		]);
		expect([one, other].filter((came) => came === 'Invalid')).toHaveLength(1);
	});

	test('is in the order that its keeper gives it', async () => {
		const bertrand = await as('bertrand');
		const [first, second] = await subjectsOf(bertrand);
		await moveSubject(bertrand, { id: second!.id, direction: 'up' });
		expect((await subjectsOf(bertrand)).slice(0, 2).map(({ id }) => id)).toEqual([second!.id, first!.id]);
		await moveSubject(bertrand, { id: first!.id, direction: 'up' });
	});
});

describe('a subject that leaves the list', () => {
	test('keeps its page and its groups, takes nothing new, and its followers are told', async () => {
		const [bertrand, odile, mathis] = [await as('bertrand'), await as('odile'), await as('mathis')];
		const id = await idAt('culture');
		const group = await opened('odile', { subjects: [id] });
		await follow(mathis, 'culture', { brings: 'Du son' });
		await retireSubject(bertrand, { id });
		await tellRetired({ subjectId: id });
		expect(await told('mathis')).toEqual(['subject_retired']);
		expect(await told('odile')).toEqual([]);
		const page = await showSubject(odile, 'culture');
		expect([page.subject.retired, page.groups.map((one) => one.id)]).toEqual([true, [group]]);
		expect(await slugsFor('odile')).not.toContain('culture');
		expect(await outcome(follow(odile, 'culture', { brings: '' }))).toBe('NotFound');
		expect((await listSubjects(mathis)).find(({ slug }) => slug === 'culture')?.retired).toBe(true);
		expect((await listSubjects(odile)).some(({ slug }) => slug === 'culture')).toBe(false);
		expect(await outcome(opened('odile', { subjects: [id] }))).toBe('Invalid');
		// A group that had it keeps it when its words change, whether the form still sends it or not.
		const said = {
			name: 'Jardins partagés',
			aim: 'Faire pousser des légumes.',
			rules: '',
			visibility: 'open',
		} as const;
		await edit(odile, group, { ...said, subjects: [], version: 1 });
		await edit(odile, group, { ...said, subjects: [id], version: 2 });
		expect((await showGroup(odile, group)).subjects.map(({ slug }) => slug)).toEqual(['culture']);
		await restoreSubject(bertrand, { id });
		expect(await slugsFor('odile')).toContain('culture');
		expect(await acts(id)).toEqual(['groups.retire_subject', 'groups.restore_subject']);
	});

	test('taken back in time tells nobody', async () => {
		const [bertrand, mathis] = [await as('bertrand'), await as('mathis')];
		const id = await idAt('europe');
		await follow(mathis, 'europe', { brings: '' });
		await retireSubject(bertrand, { id });
		await restoreSubject(bertrand, { id });
		await tellRetired({ subjectId: id });
		expect(await told('mathis')).toEqual([]);
	});

	test('merged, gives its groups and who follows it; its address leads to the other; twice at once, once', async () => {
		const [bertrand, odile, mathis] = [await as('bertrand'), await as('odile'), await as('mathis')];
		const [from, into] = [await idAt('numerique'), await idAt('democratie')];
		const group = await opened('odile', { subjects: [from, into] });
		const secret = await opened('ines', { subjects: [from, into], visibility: 'secret' });
		await follow(odile, 'numerique', { brings: 'Un serveur', shown: 'on' });
		await follow(mathis, 'numerique', { brings: 'Des mots' });
		await follow(mathis, 'democratie', { brings: 'Mes soirées' });
		expect(await outcome(mergeSubject(bertrand, from, from))).toBe('Invalid');
		expect(await outcome(mergeSubject(await as('sabrina'), from, into))).toBe('NotFound');
		const came = await Promise.all([
			outcome(mergeSubject(bertrand, from, into)),
			outcome(mergeSubject(bertrand, into, from)),
		]);
		expect(came.filter((one) => one === undefined)).toHaveLength(1);
		const [gone, kept] = came[0] === undefined ? ['numerique', 'democratie'] : ['democratie', 'numerique'];
		await drainJobs();
		await tellMerged({ mergeId: await lastMerge() });
		expect(await told('mathis')).toEqual(['subject_merged']);
		const page = await showSubject(odile, gone!);
		expect([page.subject.slug, page.groups.map(({ id }) => id)]).toEqual([kept, [group]]);
		expect(page.mine?.brings).toBe('Un serveur');
		// Which the office cannot read, and moves all the same.
		expect(await subjectsIn(secret)).toEqual([kept]);
		const followed = async () =>
			(await listSubjects(mathis))
				.filter(({ slug }) => slug === gone || slug === kept)
				.map(({ slug }) => slug);
		expect(await followed()).toEqual([kept]);
	});
});

describe('a subject that is missed', () => {
	test('is proposed to who keeps the list, who adds it; who proposed it is told', async () => {
		const [odile, bertrand] = [await as('odile'), await as('bertrand')];
		const id = await proposeSubject(odile, { name: 'Forêts', why: 'On en parle partout.' });
		expect(await told('bertrand')).toEqual(['subject_proposed']);
		expect((await subjectsKept(bertrand)).waiting).toMatchObject([
			{ id, name: 'Forêts', person: { name: 'Odile Fabrègat' } },
		]);
		const accepting = () => outcome(acceptProposal(bertrand, { id, name_fr: 'Forêts', name_en: 'Forests' }));
		const came = await Promise.all([accepting(), accepting()]);
		expect(came.filter((one) => one === 'Forbidden' || one === 'Invalid')).toHaveLength(1);
		expect(await told('odile')).toEqual(['subject_added']);
		expect((await ownProposals(odile))[0]).toMatchObject({ name: 'Forêts', subject: { slug: 'forets' } });
	});

	test('or is answered, and the answer is read by who proposed it and nobody else', async () => {
		const [odile, bertrand] = [await as('odile'), await as('bertrand')];
		const id = await proposeSubject(odile, { name: 'Philatélie', why: '' });
		for (const name of ['odile', 'samuel', 'sabrina'] as const)
			expect(await outcome(answerProposal(await as(name), { id, answer: 'Non' }))).toBe('NotFound');
		await answerProposal(bertrand, { id, answer: 'Range-le plutôt sous Culture.' });
		expect(await told('odile')).toEqual(['subject_answered']);
		expect((await ownProposals(odile))[0]?.answer).toBe('Range-le plutôt sous Culture.');
		expect(await ownProposals(await as('mathis'))).toEqual([]);
		expect(await outcome(withdrawProposal(odile, { id }))).toBe('Forbidden');
	});

	test('three a week; taken back while it waits; not what the list has already; not by who is suspended', async () => {
		const odile = await as('odile');
		expect(await outcome(proposeSubject(odile, { name: 'santé', why: '' }))).toBe('Invalid');
		const id = await proposeSubject(odile, { name: 'Astronomie', why: '' });
		expect(await outcome(withdrawProposal(await as('mathis'), { id }))).toBe('NotFound');
		await withdrawProposal(odile, { id });
		await proposeSubject(odile, { name: 'Astronomie', why: '' });
		await proposeSubject(odile, { name: 'Géologie', why: '' });
		expect(await outcome(proposeSubject(odile, { name: 'Botanique', why: '' }))).toBe('TooMany');
		expect(await outcome(proposeSubject(await as('thibaud'), { name: 'Géologie', why: '' }))).toBe(
			'Forbidden',
		);
	});
});

test('following no more can be taken back with what was said; coming home is asked apart', async () => {
	const odile = await as('odile');
	await follow(odile, 'logement', { brings: 'Du temps', shown: 'on', in_feed: 'on' });
	expect((await showSubject(odile, 'logement')).mine).toEqual({
		brings: 'Du temps',
		shown: true,
		inFeed: true,
	});
	await showAtHome(odile, 'logement', false);
	expect(await unfollow(odile, 'logement')).toEqual({ brings: 'Du temps', shown: 'on', in_feed: '' });
	expect(await outcome(showAtHome(odile, 'logement', true))).toBe('NotFound');
});
