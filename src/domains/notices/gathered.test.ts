import { beforeEach, describe, expect, test } from 'vitest';
import { publishAs } from '#domains/feed/index.ts';
import { suppressionOf } from '#domains/people/index.ts';
import { mailsTo } from '#domains/people/people.fixture.ts';
import { asSystem } from '#platform/db.ts';
import type { DigestItem } from '#platform/domain.ts';
import { newId } from '#platform/ids.ts';
import { drainJobs } from '#platform/jobs.ts';
import { saveSetting } from '#platform/settings.ts';
import { sql } from '#platform/sql.ts';
import { domains } from '#registry.ts';
import { plain } from '#tests/draw.ts';
import { type CastName, cast, idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { declareDigest } from './digest.ts';
import { gatherMail } from './gather.ts';
import { notify } from './notify.ts';
import { readAll } from './read.ts';
import { startRounds } from './round.ts';
import { stopMails } from './stop.ts';

stage();

const house = <T>(work: Parameters<typeof asSystem<T>>[1]) => asSystem('test', work);
const sources = domains.flatMap(({ digest }) => digest ?? []);
const [monday, tuesday, friday, saturday] = ['2026-11-30', '2026-12-01', '2026-12-04', '2026-12-05'].map(
	(day) => `${day}T09:07:00Z`,
) as [string, string, string, string];

/** The hourly round, as if it were that instant, and all mails it has made; gives who got one, by name. */
async function hour(at: string) {
	await house((tx) => tx.run(sql`delete from platform.mail`));
	await startRounds(sql`${at}`);
	await work();
	return sentTo();
}
async function work() {
	const jobs = await house((tx) =>
		tx.many<{ data: never }>(
			sql`delete from jobs.job where name = 'notices.gather' and start_after <= now() returning data`,
		),
	);
	for (const { data } of jobs) await gatherMail(data);
	await drainJobs();
}
const sentTo = async () => {
	const rows = await house((tx) =>
		tx.many<{ person_id: string; kind: string }>(
			sql`select person_id, kind from platform.mail where kind in ('notices.daily', 'notices.weekly')`,
		),
	);
	return rows
		.map(
			({ person_id, kind }) =>
				`${Object.keys(cast).find((name) => idOf(name) === person_id)} ${kind.slice(8)}`,
		)
		.toSorted();
};
const mailOf = async (name: CastName) =>
	plain((await mailsTo(`${name}@rive.example`)).at(-1)?.message.text ?? '');
const tell = (to: CastName, type = 'welcomed', by: CastName = 'samuel') =>
	house((tx) =>
		notify(tx, { type, to: [idOf(to)], byId: idOf(by), subjectId: newId(), unitId: idOf('villebrume') }),
	);
const chosen = (name: CastName, category: string, rhythm: string) =>
	house((tx) =>
		tx.run(sql`insert into notices.choice (person_id, category, channel, rhythm) values (${idOf(name)}, ${category}, 'mail', ${rhythm})
			on conflict (person_id, category, channel, scope_id) do update set rhythm = excluded.rhythm`),
	);
const publish = (text: string, more: object = {}) =>
	house((tx) =>
		publishAs(tx, {
			authorId: idOf('samuel'),
			asUnitId: null,
			unitId: idOf('villebrume'),
			audience: 'unit',
			text,
			at: new Date(),
			...more,
		}),
	);

beforeEach(async () => {
	declareDigest(sources);
	await house(async (tx) => {
		for (const table of ['notices.notice', 'notices.choice', 'notices.round', 'notices.quiet', 'feed.post'])
			await tx.run(sql`delete from ${sql.raw(table)}`);
		await tx.run(sql`delete from jobs.job where name like 'notices.%'`);
		await saveSetting(tx, 'organisation', { name: 'La Rive commune' }, null);
	});
});

describe('the mail of the day', () => {
	test('gathers what was asked for by the day, once, and says how to change that', async () => {
		await chosen('odile', 'unit', 'daily');
		await tell('odile');
		await tell('odile', 'confirmed', 'ines');
		expect(await hour(monday)).toEqual(['odile daily']);
		const text = await mailOf('odile');
		expect(text).toContain('Samuel Oudraine te souhaite la bienvenue');
		expect(text).toContain('Inès Ouarzal a confirmé ton appartenance');
		expect(text).toMatch(/\/avis\/[0-9a-f-]{36}/);
		expect(text).toContain('/avis/reglages');
		expect(await hour(monday)).toEqual([]);
		await tell('odile');
		expect(await hour(monday)).toEqual([]);
		expect(await hour(tuesday)).toEqual(['odile daily']);
	});

	test('not before eight, nor in the evening, nor in quiet hours', async () => {
		await chosen('odile', 'unit', 'daily');
		await tell('odile');
		expect(await hour('2026-11-30T06:07:00Z')).toEqual([]);
		expect(await hour('2026-11-30T19:07:00Z')).toEqual([]);
		await house((tx) =>
			tx.run(sql`insert into notices.quiet (person_id, from_time, until_time)
				select ${idOf('odile')}, (local.now - interval '1 minute')::time, (local.now + interval '1 hour')::time
				from (select now() at time zone 'Europe/Paris' as now) as local`),
		);
		expect(await hour(monday)).toEqual([]);
		const later = await house((tx) =>
			tx.many(
				sql`select 1 from jobs.job where name = 'notices.gather' and start_after > now() + interval '50 minutes'`,
			),
		);
		expect(later).toHaveLength(1);
	});

	test('nothing that was read meanwhile, taken back, or is wanted no more: then no mail at all', async () => {
		await chosen('odile', 'unit', 'daily');
		await tell('odile');
		await readAll(await as('odile'), new Date(Date.now() + 1000));
		expect(await hour(monday)).toEqual([]);
		await tell('odile');
		await house((tx) => tx.run(sql`delete from notices.round`));
		await chosen('odile', 'unit', 'none');
		expect(await hour(monday)).toEqual([]);
		await chosen('mathis', 'answers', 'daily');
		const id = await publish('Bientôt effacé');
		await house((tx) =>
			notify(tx, {
				type: 'mentioned',
				to: [idOf('mathis')],
				byId: idOf('samuel'),
				subjectId: id,
				placeId: id,
			}),
		);
		await house((tx) => tx.run(sql`update feed.post set deleted_at = now() where id = ${id}::uuid`));
		expect(await hour(monday)).toEqual([]);
	});

	test('two workers at once make one', async () => {
		await chosen('odile', 'unit', 'daily');
		await tell('odile');
		await house((tx) => tx.run(sql`delete from platform.mail`));
		await startRounds(sql`${monday}`);
		const [{ data }] = (await house((tx) =>
			tx.many<{ data: never }>(sql`delete from jobs.job where name = 'notices.gather' returning data`),
		)) as [{ data: never }];
		await Promise.all([gatherMail(data), gatherMail(data), startRounds(sql`${monday}`)]);
		await work();
		expect(await sentTo()).toEqual(['odile daily']);
	});
});

describe('the mail of the week', () => {
	test('goes to whoever has something to read, on Friday, and carries the daily one; never empty', async () => {
		await publish('Réunion mardi à la maison des associations');
		await chosen('odile', 'unit', 'daily');
		await tell('odile');
		const got = await hour(friday);
		expect(got).toEqual(expect.arrayContaining(['odile weekly', 'mathis weekly', 'lucien weekly']));
		expect(got.filter((one) => /samuel|ines|fanny|awa|josiane|thibaud|daily/.test(one))).toEqual([]);
		const text = await mailOf('odile');
		expect(text).toContain('Ce qui t’attend'.replace('’', "'"));
		expect(text).toContain('Samuel Oudraine : Réunion mardi');
		expect(text).toContain('/avis/reglages#digest');
		expect(await hour(friday)).toEqual([]);
		expect(await hour(saturday)).toEqual([]);
		expect(await hour('2026-12-11T09:07:00Z')).toContain('mathis weekly');
	});

	test('a server that was down on Friday makes up for it on Saturday', async () => {
		await publish('Réunion mardi');
		expect(await hour(saturday)).toContain('odile weekly');
	});

	test('what nobody may see is not in it: friends’ words, other places, muted people, hidden or removed posts', async () => {
		await publish('canary friends', { audience: 'friends' });
		await publish('canary members', { audience: 'members' });
		await publish('canary elsewhere', { unitId: idOf('pontsarvan') });
		await publish('canary muted', { authorId: idOf('gerard') });
		const removed = await publish('canary removed');
		await house(async (tx) => {
			await tx.run(sql`update feed.post set deleted_at = now() where id = ${removed}::uuid`);
			await tx.run(
				sql`insert into safety.mute (person_id, muted_id) values (${idOf('mathis')}, ${idOf('gerard')})`,
			);
		});
		await publish('Pour tout le lieu');
		await hour(friday);
		const text = await mailOf('mathis');
		expect(text).toContain('Pour tout le lieu');
		expect(text).not.toContain('canary');
		expect(await mailOf('odile')).toContain('canary members');
		await house((tx) => tx.run(sql`delete from safety.mute`));
	});

	test('never what is over, never the same thing twice', async () => {
		const item = (id: string, text: string, inHours?: number): DigestItem => ({
			id,
			heading: 'notices.digest_notices',
			text,
			href: `/x/${id}`,
			...(inHours !== undefined && { at: new Date(Date.now() + inHours * 3_600_000) }),
		});
		declareDigest([
			async () => [item('a', 'Demain', 24), item('b', 'Hier', -1)],
			async () => [item('a', 'Demain', 24), item('c', 'Toujours')],
		]);
		await hour(friday);
		const text = await mailOf('odile');
		expect(text.match(/Demain/g)).toHaveLength(1);
		expect(text).toContain('Toujours');
		expect(text).not.toContain('Hier');
		declareDigest([async () => [item('b', 'Hier', -1)]]);
		await house((tx) => tx.run(sql`delete from notices.round`));
		expect(await hour(friday)).toEqual([]);
	});

	test('is stopped from the mail itself, by one click', async () => {
		await publish('Réunion mardi');
		await hour(friday);
		const token = /\/desabonnement\/(\S+)/.exec(await mailOf('odile'))![1]!;
		expect(await stopMails(await as('visitor'), token)).toBe('digest');
		await house((tx) => tx.run(sql`delete from notices.round`));
		const got = await hour(friday);
		expect(got).not.toContain('odile weekly');
		expect(got).toContain('mathis weekly');
	});
});

describe('people of the file who have no account yet', () => {
	const allow = (digestBeforeAccount: boolean) =>
		house((tx) => saveSetting(tx, 'organisation', { name: 'La Rive commune', digestBeforeAccount }, null));
	const bringAwa = () =>
		house((tx) =>
			tx.run(sql`update people.membership set member_number = 'A-awa' where person_id = ${idOf('awa')}`),
		);

	test('are not written to unless the organisation decided so', async () => {
		await bringAwa();
		await publish('Pour tout le lieu');
		expect(await hour(friday)).not.toContain('awa weekly');
	});

	test('get what is public or said to all of their unit, and nothing else; a link stops it', async () => {
		await bringAwa();
		await allow(true);
		await publish('Pour tout le lieu');
		await publish('Pour tout le monde', { audience: 'public' });
		for (const audience of ['network', 'members', 'friends'] as const)
			await publish(`canary ${audience}`, { audience });
		await publish('canary elsewhere', { unitId: idOf('pontsarvan') });
		expect(await hour(friday)).toContain('awa weekly');
		const text = await mailOf('awa');
		expect(text).toContain('Pour tout le lieu');
		expect(text).toContain('Pour tout le monde');
		expect(text).not.toContain('canary');
		expect(text).toContain('sans compte pour l');
		expect(text).not.toContain('/avis/reglages');
		await stopMails(await as('visitor'), /\/desabonnement\/(\S+)/.exec(text)![1]!);
		await house((tx) => tx.run(sql`delete from notices.round`));
		expect(await hour(friday)).not.toContain('awa weekly');
		await house(async (tx) => {
			for (const table of ['round', 'choice']) await tx.run(sql`delete from notices.${sql.raw(table)}`);
			await tx.run(
				sql`insert into people.suppression (email_hash) values (${suppressionOf('awa@rive.example')})`,
			);
		});
		expect(await hour(friday)).not.toContain('awa weekly');
		await house((tx) => tx.run(sql`delete from people.suppression`));
	});

	test('nobody who only typed an address at the door, nor who left', async () => {
		await allow(true);
		await publish('Pour tout le lieu');
		await house((tx) =>
			tx.run(sql`update people.membership set member_number = null where person_id = ${idOf('awa')}`),
		);
		const got = await hour(friday);
		expect(got.filter((one) => /awa|josiane/.test(one))).toEqual([]);
	});
});
