import { expect, test } from 'vitest';
import { offeredTypes } from '#domains/people/index.ts';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { visitor } from '#platform/viewer.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { addType, keptTypes, orderType, placeType, renameType } from './membership.ts';

stage();
const words = {
	gender: 'f' as const,
	one_f: 'marraine',
	many_f: 'marraines',
	one_m: '',
	many_m: '',
	one_n: '',
	many_n: '',
	en_one: 'sponsor',
	en_many: 'sponsors',
	description_fr: 'Tu soutiens de loin.',
	description_en: '',
};
const offered = async () => (await offeredTypes(visitor)).map(({ key }) => key);

test('a kind is added, offered, renamed and moved first; newcomers read it so', async () => {
	const bertrand = await as('bertrand');
	const id = await addType(bertrand, { ...words, grants: 'sympathiser' });
	expect(await offered()).not.toContain('marraine');
	await placeType(bertrand, { id, state: 'offered' });
	await renameType(bertrand, id, { ...words, one_f: 'parraine' });
	for (let n = 0; n < 5; n++) await orderType(bertrand, { id, direction: 'up' });
	const [first] = await offeredTypes(visitor);
	expect(first).toMatchObject({
		id,
		key: 'marraine',
		grants: 'sympathiser',
		description: { fr: 'Tu soutiens de loin.' },
	});
	expect(first!.name.fr.one_f).toBe('parraine');
	const acts = await asSystem('test', (tx) =>
		tx.many<{ act: string }>(
			sql`select distinct act from audit.entry where subject = 'membership_type' order by act`,
		),
	);
	expect(acts.map(({ act }) => act)).toEqual(
		['create', 'edit', 'order', 'place'].map((verb) => `admin.${verb}_membership_type`),
	);
});

test('two kinds of one name get two keys', async () => {
	const bertrand = await as('bertrand');
	await Promise.all(
		[1, 2].map(() => addType({ ...bertrand }, { ...words, one_f: 'jumelle', grants: 'member' })),
	);
	const keys = (await keptTypes(bertrand)).map(({ key }) => key).filter((key) => key.startsWith('jumelle'));
	expect(keys.toSorted()).toEqual(['jumelle', 'jumelle_2']);
});

test('a closed kind is taken by nobody and kept by who has it; it opens again', async () => {
	const bertrand = await as('bertrand');
	const member = (await keptTypes(bertrand)).find(({ key }) => key === 'member')!;
	await placeType(bertrand, { id: member.id, state: 'retired' });
	expect(await offered()).not.toContain('member');
	expect((await keptTypes(bertrand)).find(({ id }) => id === member.id)).toMatchObject({
		retired: true,
		offered: false,
		people: member.people,
	});
	expect((await as('odile')).standing).toBe('member');
	await placeType(bertrand, { id: member.id, state: 'offered' });
	expect(await offered()).toContain('member');
});

test('something is always offered, even when two officers close the last ones at once', async () => {
	const bertrand = await as('bertrand');
	const types = (await keptTypes(bertrand)).filter((type) => type.offered);
	const ended = await Promise.all(
		types.map(({ id }) => outcome(placeType({ ...bertrand }, { id, state: 'kept' }))),
	);
	expect(ended.filter((end) => end === 'Conflict')).toHaveLength(1);
	expect(await offered()).toHaveLength(1);
});

test('to anybody else kinds of membership are no page, and stay', async () => {
	const bertrand = await as('bertrand');
	const before = await keptTypes(bertrand);
	const { id } = before[0]!;
	for (const person of ['visitor', 'odile', 'samuel', 'sabrina', 'thibaud'] as const) {
		const viewer = await as(person);
		const tries: Promise<unknown>[] = [
			keptTypes(viewer),
			addType(viewer, { ...words, grants: 'member' }),
			renameType(viewer, id, words),
			placeType(viewer, { id, state: 'retired' }),
			orderType(viewer, { id, direction: 'down' }),
		];
		expect([person, ...(await Promise.all(tries.map(outcome)))]).toEqual([
			person,
			...tries.map(() => 'NotFound'),
		]);
	}
	expect(await keptTypes(bertrand)).toEqual(before);
	expect(await outcome(renameType(bertrand, '00000000-0000-7000-8000-000000000000', words))).toBe('NotFound');
	expect(() => renameType(bertrand, id, { ...words, one_f: '' })).toThrow('Invalid');
});
