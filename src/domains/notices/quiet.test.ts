import { beforeEach, describe, expect, test } from 'vitest';
import { mailsTo } from '#domains/people/people.fixture.ts';
import { asSystem } from '#platform/db.ts';
import { house } from '#platform/house.ts';
import { saveSetting } from '#platform/settings.ts';
import { sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { mailNotice } from './jobs.ts';
import { notify } from './notify.ts';
import { keepQuiet, putQuiet, quietUntil } from './quiet.ts';

stage();

const odile = idOf('odile');
const inHouse = <T>(work: Parameters<typeof asSystem<T>>[1]) => asSystem('test', work);
const until = async (from: string, end: string, at: string) => {
	const found = await inHouse(async (tx) => {
		await putQuiet(tx, odile, { from, until: end });
		return quietUntil(tx, odile, sql`${at}`);
	});
	return found?.toISOString() ?? null;
};

beforeEach(() => inHouse((tx) => tx.run(sql`delete from notices.notice`)));

describe('quiet hours, in the time zone of the organisation', () => {
	test.each([
		[
			'in the evening, until the next morning',
			'22:00',
			'08:00',
			'2026-11-30T21:30:00Z',
			'2026-12-01T07:00:00.000Z',
		],
		['at night, until this morning', '22:00', '08:00', '2026-11-30T02:00:00Z', '2026-11-30T07:00:00.000Z'],
		['the minute before, nothing waits', '22:00', '08:00', '2026-11-30T20:59:59Z', null],
		['from the minute on, it waits', '22:00', '08:00', '2026-11-30T21:00:00Z', '2026-12-01T07:00:00.000Z'],
		['at the end, nothing waits', '22:00', '08:00', '2026-11-30T07:00:00Z', null],
		['at dinner', '19:00', '21:00', '2026-11-30T18:30:00Z', '2026-11-30T20:00:00.000Z'],
		['after dinner, nothing waits', '19:00', '21:00', '2026-11-30T20:00:00Z', null],
		['the night clocks go forward', '22:00', '08:00', '2026-03-28T22:00:00Z', '2026-03-29T06:00:00.000Z'],
		['the night clocks go back', '22:00', '08:00', '2026-10-24T21:00:00Z', '2026-10-25T07:00:00.000Z'],
		[
			'an end that does not exist that night',
			'22:00',
			'02:30',
			'2026-03-28T23:00:00Z',
			'2026-03-29T01:30:00.000Z',
		],
		['from midnight', '00:00', '06:00', '2026-11-29T23:00:00Z', '2026-11-30T05:00:00.000Z'],
	])('%s', async (_, from, end, at, expected) => {
		expect(await until(from, end, at)).toBe(expected);
	});

	test('overseas, the hours are those of there', async () => {
		await inHouse((tx) =>
			saveSetting(tx, 'organisation', { name: 'La Rive', timeZone: 'Indian/Reunion' }, null),
		);
		expect((await house()).timeZone).toBe('Indian/Reunion');
		expect(await until('22:00', '08:00', '2026-11-30T18:30:00Z')).toBe('2026-12-01T04:00:00.000Z');
		expect(await until('22:00', '08:00', '2026-11-30T05:00:00Z')).toBe(null);
		await inHouse((tx) => saveSetting(tx, 'organisation', { name: 'La Rive' }, null));
	});
});

/** Quiet from a minute ago to an hour from now, wherever the clock stands. */
const hush = () =>
	inHouse((tx) =>
		tx.run(sql`insert into notices.quiet (person_id, from_time, until_time)
			select ${odile}, (local.now - interval '1 minute')::time, (local.now + interval '1 hour')::time
			from (select now() at time zone 'Europe/Paris' as now) as local
			on conflict (person_id) do update set from_time = excluded.from_time, until_time = excluded.until_time`),
	);
const told = async (type: string) => {
	await inHouse((tx) => notify(tx, { type, to: [odile], subjectId: idOf(`about ${type}`) }));
	const { id } = (await inHouse((tx) =>
		tx.one<{ id: string }>(sql`select id from notices.notice where type = ${type}`),
	))!;
	await inHouse((tx) => tx.run(sql`delete from jobs.job where name = 'notices.mail'`));
	await mailNotice({ personId: odile, id });
	return id;
};

test('a mail waits for the end, and leaves then; about a sanction too; about one’s data at once', async () => {
	await hush();
	const count = async () => (await mailsTo('odile@rive.example')).length;
	const before = await count();
	const waiting = () =>
		inHouse((tx) =>
			tx.many<{
				minutes: number;
			}>(sql`select round(extract(epoch from start_after - now()) / 60)::int as minutes
				from jobs.job where name = 'notices.mail'`),
		);
	const id = await told('term_started');
	expect(await count()).toBe(before);
	expect(await waiting()).toEqual([{ minutes: 60 }]);
	await told('sanctioned');
	expect(await count()).toBe(before);
	await told('erasure_asked');
	expect(await count()).toBe(before + 1);
	await keepQuiet(await as('odile'), { from: '', until: '' });
	await mailNotice({ personId: odile, id });
	expect(await count()).toBe(before + 2);
});

test('the hours are one’s own', async () => {
	await hush();
	expect(await inHouse((tx) => quietUntil(tx, idOf('mathis')))).toBe(null);
	const rows = await inHouse((tx) => tx.many(sql`select 1 from notices.quiet`));
	expect(rows).toHaveLength(1);
});
