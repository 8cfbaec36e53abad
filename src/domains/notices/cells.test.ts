import * as v from 'valibot';
import { beforeEach, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { ChoicesForm, choicesOf, choose } from './choices.ts';
import { type Category, kinds } from './kinds.ts';
import { notify } from './notify.ts';
import { notices } from './read.ts';
import {
	type Channel,
	channels,
	everywhere,
	isScoped,
	offered,
	offeredCategories,
	type Pace,
	type Rhythm,
	rhythmFor,
	usual,
} from './rhythm.ts';

stage();

const odile = idOf('odile');
const [villebrume, montclairval, group] = ['villebrume', 'montclairval', 'a group'].map(idOf);
const house = <T>(work: Parameters<typeof asSystem<T>>[1]) => asSystem('test', work);
const chosen = (category: Category, channel: Channel, rhythm: Rhythm, scopeId = everywhere) =>
	house((tx) =>
		tx.run(sql`insert into notices.choice (person_id, category, channel, rhythm, scope_kind, scope_id)
			values (${odile}, ${category}, ${channel}, ${rhythm}, ${scopeId === everywhere ? 'all' : scopeId === group ? 'group' : 'unit'}, ${scopeId}::uuid)
			on conflict (person_id, category, channel, scope_id) do update set rhythm = excluded.rhythm`),
	);

beforeEach(() =>
	house(async (tx) => {
		await tx.run(sql`delete from notices.notice`);
		await tx.run(sql`delete from notices.choice`);
		await tx.run(sql`delete from notices.device`);
		await tx.run(sql`insert into notices.device (id, person_id, session_id, endpoint_key, sealed)
			values (${idOf('telephone')}, ${odile}, ${idOf('session')}, 'telephone', 'sealed')`);
		await tx.run(sql`delete from jobs.job where name in ('notices.mail', 'notices.push', 'notices.bell')`);
	}),
);

/** A kind of each category that needs nothing else to be seen. */
const plainKinds: Partial<Record<Category, string>> = {
	answers: 'commented',
	friends: 'accepted',
	unit: 'welcomed',
	office: 'term_started',
	safety: 'export_ready',
	thanks: 'thanked',
};

/** What becomes of one notice of this kind: whether it is listed, when it is mailed, whether it is pushed. */
async function fate(type: string, from: { unitId?: string; groupId?: string } = {}) {
	return house(async (tx) => {
		await notify(tx, { type, to: [odile], subjectId: idOf(type), ...from });
		const row = await tx.one<{ unlisted: boolean; waits: string | null }>(
			sql`select unlisted, waits from notices.notice where person_id = ${odile}`,
		);
		const queued = (
			await tx.many<{ name: string }>(sql`select name from jobs.job where data ->> 'personId' = ${odile}`)
		).map(({ name }) => name);
		return {
			app: row && !row.unlisted ? 'each' : 'none',
			mail: row?.waits ?? (queued.includes('notices.mail') ? 'each' : 'none'),
			push: queued.includes('notices.push') ? 'each' : 'none',
			rings: queued.includes('notices.bell'),
		};
	});
}

const cells = (Object.keys(plainKinds) as Category[]).flatMap((category) =>
	channels.flatMap((channel) =>
		offered(category, channel).map((rhythm) => [category, channel, rhythm] as [Category, Channel, Rhythm]),
	),
);

describe('each cell decides of its channel and of no other', () => {
	test.each(cells)('%s by %s: %s', async (category, channel, rhythm) => {
		const before = await fate(plainKinds[category]!);
		await house((tx) => tx.run(sql`delete from notices.notice`));
		await house((tx) => tx.run(sql`delete from jobs.job where name like 'notices.%'`));
		await chosen(category, channel, rhythm);
		const after = await fate(plainKinds[category]!);
		const rings = channel === 'app' ? rhythm === 'each' : true;
		expect(after).toEqual({ ...before, [channel]: rhythm, rings });
	});
});

describe('set apart for one unit or one group, it holds there and nowhere else', () => {
	const scoped = cells.filter(([category]) => isScoped(category));
	test.each(scoped)('%s by %s: %s', async (category, channel, rhythm) => {
		const other = offered(category, channel).find((one) => one !== rhythm)!;
		await chosen(category, channel, other);
		await chosen(category, channel, rhythm, villebrume);
		const at = async (from: { unitId?: string; groupId?: string }) => {
			const found = await fate(plainKinds[category]!, from);
			await house((tx) => tx.run(sql`delete from notices.notice`));
			await house((tx) => tx.run(sql`delete from jobs.job where name like 'notices.%'`));
			return found[channel];
		};
		expect(await at({ unitId: villebrume })).toBe(rhythm);
		expect(await at({ unitId: montclairval })).toBe(other);
		expect(await at({})).toBe(other);
		await chosen(category, channel, other, group);
		expect(await at({ unitId: villebrume, groupId: group })).toBe(other);
		expect(await at({ unitId: villebrume })).toBe(rhythm);
	});
});

describe('nothing chosen, the pace decides', () => {
	const paces: Pace[] = ['weekly', 'concerned', 'asap'];
	test.each(paces.flatMap((pace) => Object.keys(plainKinds).map((category) => [pace, category as Category])))(
		'%s, %s',
		async (pace, category) => {
			await house((tx) => tx.run(sql`update people.person set rhythm = ${pace} where id = ${odile}`));
			const { rings, ...found } = await fate(plainKinds[category as Category]!);
			expect(rings).toBe(true);
			for (const channel of channels)
				expect([channel, found[channel]]).toEqual([
					channel,
					usual(pace as Pace, category as Category, channel),
				]);
		},
	);

	test('who came for the weekly mail is written to at once for decisions only', () => {
		const atOnce = offeredCategories().filter((one) => usual('weekly', one, 'mail') === 'each');
		expect(atOnce).toEqual(['office', 'safety']);
	});

	test('the mail of the week is for everybody', () => {
		for (const pace of paces)
			expect(rhythmFor(pace, [], { category: 'digest', channel: 'mail' })).toBe('weekly');
	});
});

test('decisions about a person stay in their list, whatever the table says', async () => {
	await chosen('safety', 'app', 'none');
	expect((await fate('export_ready')).app).toBe('each');
	await choose(await as('odile'), v.parse(ChoicesForm, { choices: ['safety.app.none', 'safety.mail.none'] }));
	const kept = await house((tx) =>
		tx.many(sql`select channel from notices.choice where category = 'safety' and channel = 'mail'`),
	);
	expect(kept).toHaveLength(1);
	const [all] = await choicesOf(await as('odile'));
	expect(all!.rows.find(({ category }) => category === 'safety')!.cells[0]).toEqual({
		channel: 'app',
		rhythm: 'each',
		offered: ['each'],
	});
});

test('wanted nowhere, nothing is written; by mail only, it is neither listed nor counted', async () => {
	for (const channel of channels) await chosen('thanks', channel, 'none');
	await fate('thanked');
	expect(await house((tx) => tx.many(sql`select 1 from notices.notice`))).toEqual([]);
	await chosen('unit', 'app', 'none');
	await chosen('unit', 'mail', 'each');
	await fate('welcomed');
	expect((await notices(await as('odile'))).fresh).toEqual([]);
	expect(await house((tx) => tx.many(sql`select 1 from notices.notice`))).toHaveLength(1);
});

test('the same thing through a unit and two groups is one line', async () => {
	for (const from of [{ unitId: villebrume }, { groupId: group }, { groupId: idOf('another group') }])
		await house((tx) => notify(tx, { type: 'welcomed', to: [odile], subjectId: idOf('one thing'), ...from }));
	expect((await notices(await as('odile'))).fresh).toHaveLength(1);
});

describe('the table', () => {
	test('is the viewer’s own, for their unit and what is above, never elsewhere', async () => {
		const tables = await choicesOf(await as('odile'));
		expect(tables.map(({ kind, name }) => [kind, name])).toEqual([
			['all', ''],
			['unit', 'Section de Villebrume'],
			['unit', 'Fédération du Val-d’Orsande'],
			['unit', 'Région des Hautes-Orsandes'],
			['unit', 'Bureau national'],
		]);
		const elsewhere = v.parse(ChoicesForm, {
			scope: `unit:${montclairval}`,
			choices: ['thanks.app.none'],
		});
		expect(await outcome(choose(await as('odile'), elsewhere))).toBe('NotFound');
	});

	test('keeps what was chosen for a unit, and takes it back', async () => {
		const put = async (rhythm: string) =>
			choose(
				await as('odile'),
				v.parse(ChoicesForm, { scope: `unit:${villebrume}`, choices: [`thanks.mail.${rhythm}`] }),
			);
		await put('daily');
		expect((await choicesOf(await as('odile')))[1]).toMatchObject({ decided: 1 });
		expect((await choicesOf(await as('odile')))[0]).toMatchObject({ decided: 0 });
		await put('usual');
		expect((await choicesOf(await as('odile')))[1]).toMatchObject({ decided: 0 });
	});

	test('offers a row for every kind of notice there is', () => {
		const rows = offeredCategories();
		expect(Object.values(kinds).filter(({ category }) => !rows.includes(category))).toEqual([]);
	});

	test.each([
		['thanks.mail.hourly'],
		['secrets.mail.each'],
		['thanks.pigeon.each'],
		['thanks.mail'],
		[''],
		['thanks.mail.each.more'],
	])('refuses the cell “%s”', (cell) => {
		expect(v.safeParse(ChoicesForm, { choices: [cell] }).success).toBe(false);
	});
});
