import * as v from 'valibot';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { ChoicesForm, choose } from './choices.ts';
import { notifyMany, tellMany } from './fan.ts';
import { mailNotices, type Which } from './mail-one.ts';

stage();

const house = <T>(work: Parameters<typeof asSystem<T>>[1]) => asSystem('test', work);
const works = () =>
	house((tx) =>
		tx.many<{ name: string; data: { notices?: Which[] } & Partial<Which>; minutes: number }>(
			sql`select job.name, job.data, round(extract(epoch from job.start_after - now()) / 60)::int as minutes
				from jobs.job where job.name in ('notices.mail', 'notices.mails') order by job.name, job.start_after`,
		),
	);
const mailed = async () =>
	(
		await house((tx) =>
			tx.many<{ recipient: string }>(
				sql`select recipient from platform.mail where kind = 'notices.welcomed' order by recipient`,
			),
		)
	).map(({ recipient }) => recipient);
const everybody = async (): Promise<Which[]> =>
	(await works()).find(({ name }) => name === 'notices.mails')!.data.notices!;
const mail = (name: CastName) => `${name}@rive.example`;

// More than are rung and mailed one by one.
beforeAll(() =>
	house(async (tx) => {
		await tx.run(sql`with newcomer as (insert into people.person (id, name, folded_name, confirmed_at)
				select gen_random_uuid(), 'Nouvelle ' || n, 'nouvelle ' || n, now() from generate_series(1, 12) as n returning id, folded_name),
			address as (insert into people.contact (person_id, email, email_key)
				select id, replace(folded_name, ' ', '') || '@rive.example', replace(folded_name, ' ', '') || '@rive.example' from newcomer)
			insert into territory.attachment (id, person_id, unit_id) select gen_random_uuid(), id, ${idOf('villebrume')}::uuid from newcomer`);
		await tx.run(sql`update people.person set rhythm = 'asap'`);
	}),
);
beforeEach(async () => {
	await house(async (tx) => {
		for (const table of ['notices.notice', 'notices.choice', 'notices.quiet', 'notices.fan', 'platform.mail'])
			await tx.run(sql`delete from ${sql.ref(table)}`);
		await tx.run(sql`delete from jobs.job`);
	});
	const news = { type: 'welcomed', byId: idOf('samuel'), unitId: idOf('national'), subjectId: newId() };
	await tellMany({ fanId: await house((tx) => notifyMany(tx, news, { unitId: idOf('national') })) });
});

describe('what many people are told at once', () => {
	test('is mailed by one work, two minutes later: each gets one, and one only', async () => {
		const [work, ...others] = await works();
		expect([work!.name, work!.minutes, others]).toEqual(['notices.mails', 2, []]);
		const notices = await everybody();
		expect(notices.length).toBeGreaterThan(20);
		await Promise.all([mailNotices({ notices }), mailNotices({ notices })]);
		await mailNotices({ notices });
		const to = await mailed();
		expect(to).toContain(mail('odile'));
		expect(new Set(to).size).toBe(to.length);
		expect(to).toHaveLength(notices.length);
	});

	test('is not mailed to who read it, wants none any more, or has no address', async () => {
		const notices = await everybody();
		await house((tx) =>
			tx.run(sql`update notices.notice set read_at = now() where person_id = ${idOf('odile')}::uuid`),
		);
		await choose(await as('mathis'), v.parse(ChoicesForm, { choices: ['unit.mail.none'] }));
		await house((tx) =>
			tx.run(
				sql`update people.contact set email = null, email_key = null where person_id = ${idOf('gerard')}::uuid`,
			),
		);
		await mailNotices({ notices });
		const to = await mailed();
		expect(to).toHaveLength(notices.length - 3);
		for (const name of ['odile', 'mathis', 'gerard'] as const) expect(to).not.toContain(mail(name));
	});

	test('waits for the end of somebody’s quiet hours, for them alone', async () => {
		await house((tx) =>
			tx.run(sql`insert into notices.quiet (person_id, from_time, until_time)
				select ${idOf('odile')}, (local.now - interval '1 minute')::time, (local.now + interval '1 hour')::time
				from (select now() at time zone 'Europe/Paris' as now) as local`),
		);
		await mailNotices({ notices: await everybody() });
		expect(await mailed()).not.toContain(mail('odile'));
		expect(await mailed()).toContain(mail('mathis'));
		const [late] = await works();
		expect(late).toMatchObject({ name: 'notices.mail', data: { personId: idOf('odile') }, minutes: 60 });
	});
});
