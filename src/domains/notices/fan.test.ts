import postgres from 'postgres';
import { beforeEach, describe, expect, test } from 'vitest';
import { block, unblock } from '#domains/safety/index.ts';
import { asSystem } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import { fold } from '#platform/text/fold.ts';
import { type CastName, cast, idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { batchSize, notifyMany, progressOf, tellMany } from './fan.ts';
import { notices } from './read.ts';

stage();

const house = <T>(work: Parameters<typeof asSystem<T>>[1]) => asSystem('test', work);
beforeEach(() =>
	house(async (tx) => {
		for (const table of ['notice', 'choice', 'fan']) await tx.run(sql`delete from notices.${sql.raw(table)}`);
		await tx.run(sql`delete from jobs.job where name like 'notices.%'`);
	}),
);

const owner = async (statement: string) => {
	const open = postgres(process.env.COOPOL_OWNER_URL!, { max: 1, onnotice: () => {} });
	await open.unsafe(statement);
	await open.end();
};
const news = (by: CastName | null = 'samuel') => ({
	type: 'welcomed',
	byId: by && idOf(by),
	unitId: idOf('villebrume'),
	subjectId: newId(),
});
const start = (unit: string, by: CastName | null = 'samuel') =>
	house((tx) => notifyMany(tx, news(by), { unitId: idOf(unit) }));
const told = async () => {
	const rows = await house((tx) => tx.many<{ person_id: string }>(sql`select person_id from notices.notice`));
	return rows
		.map(({ person_id }) => Object.keys(cast).find((name) => idOf(name) === person_id) ?? 'somebody')
		.toSorted();
};

describe('a whole unit is told', () => {
	test('everybody of it, but who says it, who left and who has no account; progress is said to who said it', async () => {
		const id = await start('villebrume');
		expect(await told()).toEqual([]);
		expect(await progressOf(await as('samuel'), id)).toEqual({ total: 6, told: 0, done: false });
		await tellMany({ fanId: id });
		expect(await told()).toEqual(['gerard', 'lucien', 'mathis', 'odile', 'thibaud']);
		expect(await progressOf(await as('samuel'), id)).toEqual({ total: 6, told: 6, done: true });
		expect(await progressOf(await as('odile'), id)).toBe(undefined);
		expect((await notices(await as('odile'))).fresh).toMatchObject([{ by: { id: idOf('samuel') } }]);
	});

	test('those below too, and none beside', async () => {
		await tellMany({ fanId: await start('valdorsande', 'yamina') });
		expect(await told()).toContain('noemie');
		expect(await told()).not.toContain('tidiane');
	});

	test('not who keeps the author apart', async () => {
		await block(await as('odile'), idOf('samuel'));
		await tellMany({ fanId: await start('villebrume') });
		expect(await told()).not.toContain('odile');
		await unblock(await as('odile'), idOf('samuel'));
	});

	test('nobody twice, whoever does the work and however often; who was told by another way has one line', async () => {
		const id = await start('villebrume');
		await Promise.all([tellMany({ fanId: id }), tellMany({ fanId: id })]);
		await tellMany({ fanId: id });
		expect(await told()).toHaveLength(5);
		const same = { ...news(), subjectId: newId() };
		for (const unit of ['villebrume', 'valdorsande'])
			await tellMany({ fanId: await house((tx) => notifyMany(tx, same, { unitId: idOf(unit) })) });
		expect((await told()).filter((name) => name === 'odile')).toHaveLength(2);
	});

	test('people given by a query', async () => {
		const people = sql`select person.id from people.person where person.id in (${idOf('ines')}, ${idOf('fanny')})`;
		await tellMany({ fanId: await house((tx) => notifyMany(tx, news(), { people })) });
		expect(await told()).toEqual(['fanny', 'ines']);
	});

	test('a kind that nobody declared is refused at once', async () => {
		await expect(
			house((tx) => notifyMany(tx, { type: 'sung' }, { unitId: idOf('villebrume') })),
		).rejects.toThrow('no kind of notice sung');
	});
});

describe('a crowd', () => {
	const crowd = batchSize * 2 + 7;
	const bring = () =>
		house((tx) =>
			tx.run(sql`insert into people.person (id, name, folded_name, confirmed_at)
				select gen_random_uuid(), 'Foule ' || n, ${fold('Foule')}, now() from generate_series(1, ${crowd}) as n`),
		);
	const people = sql`select person.id from people.person where person.name like 'Foule %'`;

	test('is told batch by batch; stopped in the middle, it goes on where it was', async () => {
		await bring();
		const id = await house((tx) => notifyMany(tx, news(), { people }));
		await owner('alter table notices.fan add constraint stopped check (told <= 500)');
		await expect(tellMany({ fanId: id })).rejects.toThrow('stopped');
		expect(await told()).toHaveLength(batchSize);
		expect(await progressOf(await as('samuel'), id)).toEqual({ total: crowd, told: batchSize, done: false });
		await owner('alter table notices.fan drop constraint stopped');
		await tellMany({ fanId: id });
		expect(await told()).toHaveLength(crowd);
		expect(await progressOf(await as('samuel'), id)).toEqual({ total: crowd, told: crowd, done: true });
		const bells = await house((tx) =>
			tx.many<{ n: number }>(
				sql`select jsonb_array_length(data -> 'personIds') as n from jobs.job where name = 'notices.bells' order by 1`,
			),
		);
		expect(bells.map(({ n }) => n)).toEqual([batchSize, batchSize]);
	});
});
