import { beforeEach, describe, expect, test } from 'vitest';
import { publishAs } from '#domains/feed/index.ts';
import { asSystem } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import type { ComposedMail } from '#platform/mail/compose.ts';
import { deliver } from '#platform/mail/jobs.ts';
import type { Delivery } from '#platform/mail/transport.ts';
import { erase } from '#platform/privacy/index.ts';
import { saveSetting } from '#platform/settings.ts';
import { sql } from '#platform/sql.ts';
import { domains } from '#registry.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { declareDigest } from './digest.ts';
import { gatherMail } from './gather.ts';
import { mailNotice, make } from './jobs.ts';
import { sending } from './mail-one.ts';
import { notify } from './notify.ts';

stage();

const house = <T>(work: Parameters<typeof asSystem<T>>[1]) => asSystem('test', work);

/** A word in the feed of Villebrume. */
const said = (text: string, author: CastName) =>
	house((tx) =>
		publishAs(tx, {
			authorId: idOf(author),
			asUnitId: null,
			unitId: idOf('villebrume'),
			audience: 'unit',
			text,
			at: new Date(),
		}),
	);

/** The mail of the week of Odile, made and waiting in the outbox. */
async function weekly(): Promise<string> {
	const round = { personId: idOf('odile'), day: '2026-12-04', kind: 'weekly' as const };
	await house((tx) =>
		tx.run(
			sql`insert into notices.round (person_id, day, kind) values (${round.personId}, ${round.day}, ${round.kind})`,
		),
	);
	await gatherMail(round);
	return waiting();
}

/** The mail of one notice: Mathis names Odile in a post. */
async function named(text: string): Promise<{ post: string; mail: string }> {
	const post = await said(text, 'mathis');
	await house((tx) =>
		tx.run(sql`insert into notices.choice (person_id, category, channel, rhythm) values (${idOf('odile')}, 'answers', 'mail', 'each')
			on conflict do nothing`),
	);
	await house((tx) =>
		notify(tx, {
			type: 'mentioned',
			to: [idOf('odile')],
			byId: idOf('mathis'),
			subjectId: post,
			placeId: post,
			payload: { about: text },
		}),
	);
	const line = await house((tx) =>
		tx.one<{ id: string }>(sql`select id from notices.notice where person_id = ${idOf('odile')}`),
	);
	await mailNotice({ personId: idOf('odile'), id: line!.id });
	return { post, mail: await waiting() };
}

const waiting = async () =>
	(await house((tx) =>
		tx.one<{ id: string }>(sql`select id from platform.mail where sent_at is null and given_up_at is null`),
	))!.id;
const kept = async (id: string) =>
	(
		await house((tx) =>
			tx.one<{ all: string }>(
				sql`select to_jsonb(mail)::text as all from platform.mail where id = ${id}::uuid`,
			),
		)
	)?.all ?? 'nothing';
const later: Delivery = { outcome: 'later', reason: '451' };

/** Has the waiting mail leave; gives what left, or was refused for now. */
async function leave(id: string, delivery: Delivery = { outcome: 'sent' }): Promise<string> {
	const left: ComposedMail[] = [];
	const post = { send: async (mail: ComposedMail) => (left.push(mail), delivery), close: () => {} };
	await deliver(id, post, null, { job: sending, make });
	expect(left.length).toBeLessThanOrEqual(1);
	return left.map(({ subject, text, html }) => [subject, text, html].join('\n')).join();
}

beforeEach(async () => {
	declareDigest(domains.flatMap(({ digest }) => digest ?? []));
	await house(async (tx) => {
		for (const table of [
			'notices.notice',
			'notices.choice',
			'notices.round',
			'feed.post',
			'platform.mail',
			'safety.hidden',
		])
			await tx.run(sql`delete from ${sql.raw(table)}`);
		await saveSetting(tx, 'organisation', { name: 'La Rive commune' }, null);
	});
});

const goes: [string, (post: string) => Promise<unknown>][] = [
	[
		'deleted',
		(post) => house((tx) => tx.run(sql`update feed.post set deleted_at = now() where id = ${post}::uuid`)),
	],
	[
		'hidden by moderation',
		(post) =>
			house((tx) =>
				tx.run(
					sql`insert into safety.hidden (kind, subject_id, place_id, decision_id) values ('post', ${post}, ${post}, ${newId()})`,
				),
			),
	],
	[
		'no longer for them',
		(post) =>
			house((tx) =>
				tx.run(sql`update feed.post set unit_id = ${idOf('castelmauve')} where id = ${post}::uuid`),
			),
	],
];

describe('the mail of the week, while it waits to leave', () => {
	test('keeps no word of anybody, and leaves once', async () => {
		await said('Le marché de samedi', 'samuel');
		const id = await weekly();
		expect(await kept(id)).not.toMatch(/marché de samedi|Samuel/);
		expect(await leave(id)).toContain('marché de samedi');
		expect(await leave(id)).toBe('');
	});

	test.each(goes)('a post that is %s meanwhile is not in it; the others are', async (_how, go) => {
		const gone = await said('Le lavoir de la rue basse', 'mathis');
		await said('Le marché de samedi', 'samuel');
		const id = await weekly();
		expect(await leave(id, later)).toContain('lavoir');
		await go(gone);
		const mail = await leave(id);
		expect(mail).toContain('marché de samedi');
		expect(mail).not.toContain('lavoir');
	});

	test('with nothing left to say does not leave, and keeps no word', async () => {
		const gone = await said('Le lavoir de la rue basse', 'mathis');
		const id = await weekly();
		expect(await leave(id, later)).toContain('lavoir');
		await goes[0]![1](gone);
		expect(await leave(id)).toBe('');
		expect(await kept(id)).toBe('nothing');
	});
});

describe('the mail of a notice, while it waits to leave', () => {
	test('leaves when nothing changed', async () => {
		const { mail } = await named('Le lavoir de la rue basse');
		expect(await leave(mail)).toContain('Mathis');
	});
	test('that its person stopped meanwhile, does not', async () => {
		const { mail } = await named('Le lavoir de la rue basse');
		await house((tx) =>
			tx.run(sql`update notices.choice set rhythm = 'none' where person_id = ${idOf('odile')}`),
		);
		expect(await leave(mail)).toBe('');
	});
	test.each(goes)('about a post that is %s meanwhile, does not', async (_how, go) => {
		const { post, mail } = await named('Le lavoir de la rue basse');
		await go(post);
		expect(await leave(mail)).toBe('');
		expect(await kept(mail)).not.toContain('lavoir');
	});
});

// Last: she is not there any more.
test('erased while it waits, somebody’s words and name are not in the mail, nor in the outbox', async () => {
	await said('Le pressoir de la ferme haute', 'ines');
	await said('Le marché de samedi', 'samuel');
	const id = await weekly();
	await leave(id, later);
	expect(await kept(id)).toMatch(/Inès.*pressoir/s);
	await erase(domains, idOf('ines'));
	expect(await kept(id)).not.toMatch(/pressoir|Inès/);
	const mail = await leave(id);
	expect(mail).toContain('marché de samedi');
	expect(mail).not.toMatch(/pressoir|Inès/);
});
