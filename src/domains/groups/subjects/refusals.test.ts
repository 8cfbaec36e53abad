import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { as, stage } from '#tests/stage.ts';
import { faults, refused, scene } from '#tests/traces.ts';
import { addSubject, renameSubject, restoreSubject, retireSubject } from './keep.ts';
import { MergeForm, mergeSubject, partSubject } from './merge.ts';
import { acceptProposal, answerProposal, proposeSubject } from './propose.ts';

stage();
beforeEach(() => scene(sql`delete from platform.bucket`));

let odile: Viewer;
let bertrand: Viewer;
beforeAll(async () => {
	[odile, bertrand] = [await as('odile'), await as('bertrand')];
});
const why = (work: () => Promise<unknown>) =>
	refused(['groups.subject', 'groups.subject_merge', 'groups.proposal', 'groups.circle_subject'], work);

describe('the list of subjects', () => {
	const named = (name_fr: string, name_en = '') => addSubject(bertrand, { name_fr, name_en });

	test('has no name twice, in one language or the other, accents and capitals apart', async () => {
		const id = await named('Forêts anciennes', 'Old forests');
		const other = await named('Tourbières');
		for (const name_fr of ['forets ANCIENNES', 'old Forests'])
			expect(await why(() => named(name_fr))).toBe('Invalid: name_fr groups.subject_exists');
		expect(
			await why(() => renameSubject(bertrand, other, { name_fr: 'Forêts anciennes', name_en: '' })),
		).toBe('Invalid: name_fr groups.subject_exists');
		expect(await why(() => proposeSubject(odile, { name: 'Forêts Anciennes', why: '' }))).toBe(
			'Invalid: name groups.subject_exists',
		);
		await retireSubject(bertrand, { id });
		await named('Forêts anciennes');
		expect(await why(() => restoreSubject(bertrand, { id }))).toBe('Invalid: groups.subject_exists');
	});

	test('merges a subject neither into itself, nor into one that left, nor into nothing', async () => {
		const [id, gone] = [await named('Étangs'), await named('Mares')];
		await retireSubject(bertrand, { id: gone });
		for (const into of [id, gone, newId()])
			expect(await why(() => mergeSubject(bertrand, id, into))).toBe('Invalid: into groups.merge_choose');
		expect(faults(MergeForm, { into: '' })).toEqual(['into groups.merge_choose']);
	});

	test('parts two subjects within seven days, and not before the other is parted from a third', async () => {
		const [one, two, three] = [await named('Ruisseaux'), await named('Fleuves'), await named('Torrents')];
		await mergeSubject(bertrand, one, two);
		await mergeSubject(bertrand, two, three);
		expect(await why(() => partSubject(bertrand, { id: one }))).toBe('Conflict: groups.part_later_first');
		await scene(
			sql`update groups.subject_merge set until = now() - interval '1 minute' where subject_id = ${two}`,
		);
		expect(await why(() => partSubject(bertrand, { id: two }))).toBe('Conflict: groups.part_too_late');
	});

	test('answers a proposal once, whoever answers second', async () => {
		const id = await proposeSubject(odile, { name: 'Lagunes', why: '' });
		await answerProposal(bertrand, { id, answer: 'Pas pour l’instant.' });
		for (const again of [
			() => answerProposal(bertrand, { id, answer: 'Finalement non.' }),
			() => acceptProposal(bertrand, { id, name_fr: 'Lagunes', name_en: '' }),
		])
			expect(await why(again)).toMatch(/^(Conflict: groups.proposal_answered|Forbidden|NotFound)$/);
		const other = await proposeSubject(odile, { name: 'Estuaires', why: '' });
		const both = await Promise.allSettled([
			answerProposal(bertrand, { id: other, answer: 'Pas cette année.' }),
			acceptProposal(bertrand, { id: other, name_fr: 'Estuaires', name_en: '' }),
		]);
		expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
	});
});
