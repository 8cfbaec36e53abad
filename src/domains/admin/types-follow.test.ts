import { beforeEach, expect, test } from 'vitest';
import { offeredTypes } from '#domains/people/index.ts';
import { usual } from '#domains/territory/index.ts';
import { asSystem } from '#platform/db.ts';
import { saveSetting } from '#platform/settings.ts';
import { sql } from '#platform/sql.ts';
import { visitor } from '#platform/viewer.ts';
import { lexicons } from '#platform/wording/index.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { neighbour } from './lexicon.fixture.ts';
import { chooseBase, editEntry, resetEntry } from './lexicon.ts';
import { keptTypes, renameType } from './membership.ts';
import { organisation } from './organisation.ts';

stage();

interface Row {
	id: string;
	name: unknown;
}
let founded: Row[];
beforeEach(async () => {
	founded ??= await asSystem('test', (tx) => tx.many<Row>(sql`select id, name from people.membership_type`));
	for (const { id, name } of founded)
		await scene(
			sql`update people.membership_type set name = ${JSON.stringify(name)}::jsonb, named_by_hand = false where id = ${id}`,
		);
	await asSystem('test', (tx) => saveSetting(tx, 'organisation', { name: 'La Rive commune' }, null));
});
const called = async (key: string) =>
	(await offeredTypes(visitor)).find((type) => type.key === key)!.name.fr.one_f;
const version = async () => (await organisation(await as('bertrand'))).versions.words;
const base = async (name: keyof typeof lexicons, own: 'keep' | 'drop' = 'keep') =>
	chooseBase(await as('bertrand'), { base: name, own, version: await version() });
const word = async (entry: string, more = {}) =>
	editEntry(await as('bertrand'), entry, { ...neighbour, ...more, version: await version() });
const back = async (entry: string) => resetEntry(await as('bertrand'), entry, { version: await version() });
const rename = async (key: string, typed = {}) => {
	const bertrand = await as('bertrand');
	const { id } = (await keptTypes(bertrand)).find((type) => type.key === key)!;
	const { gender_n: _n, one_dot: _o, many_dot: _m, aspirate: _h, an: _a, ...noun } = neighbour;
	await renameType(bertrand, id, { ...noun, ...typed, description_fr: '', description_en: '' });
};

test('another ready lexicon names the kinds of membership too, there and back', async () => {
	const before = [await called('member'), await called('sympathiser')];
	await base('union');
	expect([await called('member'), await called('sympathiser')]).toEqual([
		lexicons.union.member!.fr.one_f,
		lexicons.union.sympathiser!.fr.one_f,
	]);
	await base('coopol');
	expect([await called('member'), await called('sympathiser')]).toEqual(before);
});

test('a word that the house makes its own is what newcomers are offered; taken back, the ready one returns', async () => {
	const before = await called('member');
	await word('member');
	expect(await called('member')).toBe('voisine');
	await word('member', { one_f: 'riveraine', many_f: 'riveraines' });
	expect(await called('member')).toBe('riveraine');
	await back('member');
	expect(await called('member')).toBe(before);
});

test('own words outlive another ready lexicon, or go with it, and the kind says so', async () => {
	await word('sympathiser');
	await base('association');
	expect([await called('sympathiser'), await called('member')]).toEqual([
		'voisine',
		lexicons.association.member!.fr.one_f,
	]);
	await base('union', 'drop');
	expect(await called('sympathiser')).toBe(lexicons.union.sympathiser!.fr.one_f);
});

test('what an officer named stays as they wrote it, even when they wrote again what it was called at first', async () => {
	await rename('sympathiser');
	await rename('member');
	const { name } = usual.memberships.find(({ key }) => key === 'member')!;
	await rename('member', { ...name.fr, en_one: name.en.one, en_many: name.en.many });
	await base('association');
	await word('member', { one_f: 'riveraine' });
	expect([await called('member'), await called('sympathiser')]).toEqual([name.fr.one_f, 'voisine']);
});

test('a kind saved with the name it had still follows; one that no lexicon names never moves', async () => {
	const youth = await called('youth');
	const { name } = (await keptTypes(await as('bertrand'))).find(({ key }) => key === 'youth')!;
	await rename('youth', { ...name.fr, en_one: name.en.one, en_many: name.en.many });
	const byHand = await asSystem('test', (tx) =>
		tx.many<{ key: string }>(sql`select key from people.membership_type where named_by_hand`),
	);
	expect(byHand).toEqual([]);
	await base('union');
	expect(await called('youth')).toBe(youth);
});

test('a new sentence about a kind is no new name: its name keeps what the form does not ask, and follows on', async () => {
	const own = { fr: { ...lexicons.union.member!.fr, one_dot: 'syndiqué·e', many_dot: 'syndiqué·es' } };
	const { gender, one_f, one_m, many_f, many_m, one_n, many_n } = own.fr;
	await word('member', {
		...{ gender, one_f, one_m, many_f, many_m, one_n, many_n },
		...{ one_dot: own.fr.one_dot, many_dot: own.fr.many_dot, en_one: 'member', en_many: 'members' },
	} as object);
	const name = async () => (await offeredTypes(visitor)).find(({ key }) => key === 'member')!.name;
	const before = await name();
	expect(before.fr).toMatchObject({ one_dot: 'syndiqué·e' });
	await rename('member', {
		gender,
		one_f,
		one_m,
		many_f,
		many_m,
		one_n,
		many_n,
		en_one: 'member',
		en_many: 'members',
	});
	expect(await name()).toEqual(before);
	await back('member');
	expect(await called('member')).toBe(lexicons.coopol.member!.fr.one_f);
});

test('a form sent from words that changed meanwhile renames nothing', async () => {
	const old = await version();
	await word('friend');
	const before = await called('member');
	const late = chooseBase(await as('bertrand'), { base: 'union', own: 'keep', version: old });
	expect(await outcome(late)).toBe('Conflict');
	expect(await called('member')).toBe(before);
});
