import { describe, expect, test } from 'vitest';
import { comment, publishAs, remove, thank } from '#domains/feed/index.ts';
import { ask, withdraw } from '#domains/friends/index.ts';
import { block, mute, unmute } from '#domains/safety/index.ts';
import { asSystem, read } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { choicesOf, choose } from './choices.ts';
import { mailNotice } from './jobs.ts';
import { type News, notify } from './notify.ts';
import { notices, open, readAll, unread } from './read.ts';
import { everywhere } from './rhythm.ts';
import { stopMails, stopToken } from './stop.ts';

stage();

const tell = (news: Omit<News, 'to'> & { to: CastName[] }) =>
	asSystem('test', (tx) => notify(tx, { ...news, to: news.to.map(idOf) }));
const fresh = async (name: CastName) => (await notices(await as(name))).fresh;
const clear = async (name: CastName) => readAll(await as(name), new Date(Date.now() + 60_000));

describe('a line', () => {
	test('counts people once each, names the last one, and never tells of one’s own act', async () => {
		const subjectId = newId();
		for (const by of ['samuel', 'ines', 'samuel', 'odile'] as const) {
			await tell({ type: 'confirmed', to: ['odile'], byId: idOf(by), subjectId });
		}
		const [line, ...others] = await fresh('odile');
		expect(others).toEqual([]);
		expect(line).toMatchObject({ type: 'confirmed', by: { id: idOf('samuel') }, others: 1 });
		expect(await unread(await as('odile'))).toHaveLength(1);
	});

	test('told by ten at once is one line that says ten', async () => {
		await clear('odile');
		const subjectId = newId();
		const names = [
			'samuel',
			'ines',
			'mathis',
			'yamina',
			'gerard',
			'fanny',
			'driss',
			'paulo',
			'noemie',
			'lucien',
		] as const;
		await Promise.all(
			names.map((by) => tell({ type: 'confirmed', to: ['odile'], byId: idOf(by), subjectId })),
		);
		expect(await fresh('odile')).toMatchObject([{ others: 9 }]);
	});

	test('once read, the next one is new', async () => {
		const [line] = await fresh('odile');
		expect(await open(await as('odile'), line!.id)).toMatch(/^\/unites\//);
		expect(await unread(await as('odile'))).toHaveLength(0);
		await tell({ type: 'confirmed', to: ['odile'], byId: idOf('ines'), subjectId: line!.subjectId });
		expect(await fresh('odile')).toMatchObject([{ others: 0 }]);
	});

	test('is read by its person alone', async () => {
		const [line] = await fresh('odile');
		expect(await outcome(open(await as('mathis'), line!.id))).toBe('NotFound');
		expect(await outcome(open(await as('visitor'), line!.id))).toBe('NotFound');
		const all = await read(await as('mathis'), (tx) =>
			tx.many(sql`select * from notices.notice where person_id = ${idOf('odile')}`),
		);
		expect(all).toEqual([]);
	});
});

describe('who is kept apart', () => {
	test('is not told of, neither before nor after', async () => {
		await clear('ines');
		await tell({ type: 'confirmed', to: ['ines'], byId: idOf('gerard'), subjectId: idOf('gerard') });
		await mute(await as('ines'), idOf('gerard'));
		expect(await fresh('ines')).toEqual([]);
		expect(await unread(await as('ines'))).toHaveLength(0);
		await tell({ type: 'welcomed', to: ['ines'], byId: idOf('gerard'), subjectId: newId() });
		await unmute(await as('ines'), idOf('gerard'));
		expect((await fresh('ines')).map(({ type }) => type)).toEqual(['confirmed']);
		await block(await as('gerard'), idOf('ines'));
		expect(await unread(await as('ines'))).toHaveLength(0);
		await tell({ type: 'welcomed', to: ['ines'], byId: idOf('gerard'), subjectId: newId() });
		expect(await fresh('ines')).toEqual([]);
	});

	test('nor people who are gone, nor accounts to be confirmed', async () => {
		await tell({ type: 'welcomed', to: ['awa', 'josiane'], byId: idOf('odile'), subjectId: newId() });
		const rows = await asSystem('test', (tx) =>
			tx.many(sql`select 1 from notices.notice where person_id in (${idOf('awa')}, ${idOf('josiane')})`),
		);
		expect(rows).toEqual([]);
	});
});

describe('the feed', () => {
	const post = {
		authorId: idOf('samuel'),
		asUnitId: null,
		unitId: idOf('villebrume'),
		audience: 'unit' as const,
		text: 'Réunion mardi',
		at: new Date(),
		publishAfter: new Date(),
		silent: true,
	};

	test('tells the author of comments and thanks, and forgets what was removed', async () => {
		await clear('samuel');
		const id = await asSystem('test', (tx) => publishAs(tx, post));
		await comment(await as('odile'), id, { text: 'Je viens', reply_to: '' });
		await thank(await as('odile'), 'post', id);
		await thank(await as('mathis'), 'post', id);
		await drainJobs();
		const lines = await fresh('samuel');
		expect(lines.find(({ type }) => type === 'commented')).toMatchObject({
			by: { id: idOf('odile') },
			href: `/publications/${id}`,
		});
		expect(lines.find(({ type }) => type === 'thanked')).toMatchObject({ others: 1 });
		await remove(await as('samuel'), id);
		expect((await fresh('samuel')).filter(({ placeId }) => placeId === id)).toEqual([]);
		expect(await unread(await as('samuel'))).toHaveLength((await fresh('samuel')).length);
	});

	test('says from which unit it comes: who set that unit apart is left in peace there', async () => {
		await clear('samuel');
		await choose(await as('samuel'), {
			scope: { kind: 'unit', id: idOf('villebrume') },
			choices: ['app', 'mail', 'push'].map(
				(channel) => ['thanks', channel as 'app', 'none'] as const,
			) as never,
		});
		const id = await asSystem('test', (tx) => publishAs(tx, post));
		await comment(await as('odile'), id, { text: 'Bravo @', reply_to: '' });
		await thank(await as('odile'), 'post', id);
		await drainJobs();
		expect((await fresh('samuel')).map(({ type, unitId }) => [type, unitId])).toEqual([
			['commented', idOf('villebrume')],
		]);
	});

	test('never tells of a post its reader cannot see', async () => {
		const id = await asSystem('test', (tx) => publishAs(tx, post));
		await tell({ type: 'mentioned', to: ['ines'], byId: idOf('samuel'), subjectId: id, placeId: id });
		await tell({ type: 'mentioned', to: ['odile'], byId: idOf('samuel'), subjectId: id, placeId: id });
		expect((await fresh('ines')).filter(({ subjectId }) => subjectId === id)).toEqual([]);
		expect((await fresh('odile')).filter(({ subjectId }) => subjectId === id)).toHaveLength(1);
		const [row] = await asSystem('test', (tx) =>
			tx.many<{ id: string }>(
				sql`select id from notices.notice where person_id = ${idOf('ines')} and subject_id = ${id}`,
			),
		);
		await asSystem('test', (tx) =>
			tx.run(sql`update people.person set rhythm = 'concerned' where id = ${idOf('ines')}`),
		);
		await mailNotice({ personId: idOf('ines'), id: row!.id });
		expect(await mailsTo('ines')).toEqual([]);
	});
});

const mailsTo = async (name: CastName) => {
	await drainJobs();
	return asSystem('test', (tx) =>
		tx.many<{ kind: string; message: { text: string; headers: Record<string, string> } }>(
			sql`select kind, message from platform.mail where person_id = ${idOf(name)} order by created_at`,
		),
	);
};

test('a request to be friends is told, and no more once taken back', async () => {
	await clear('mathis');
	await ask(await as('odile'), { person: idOf('mathis'), note: '' });
	await drainJobs();
	const [line] = await fresh('mathis');
	expect(line).toMatchObject({ type: 'asked', by: { id: idOf('odile') }, href: '/contacts#recues' });
	const [request] = await asSystem('test', (tx) =>
		tx.many<{ id: string }>(sql`select id from friends.request where from_id = ${idOf('odile')}`),
	);
	await withdraw(await as('odile'), { request: request!.id });
	expect(await fresh('mathis')).toEqual([]);
	expect(await unread(await as('mathis'))).toHaveLength(0);
});

describe('mails', () => {
	const one = async (name: CastName, type = 'welcomed') => {
		await clear(name);
		await tell({ type, to: [name], byId: idOf('samuel'), subjectId: newId() });
		const [line] = await fresh(name);
		await mailNotice({ personId: idOf(name), id: line!.id });
		return line!;
	};
	const rhythm = (name: CastName, to: string) =>
		asSystem('test', (tx) => tx.run(sql`update people.person set rhythm = ${to} where id = ${idOf(name)}`));

	test('follow the rhythm, leave once, and stop by one click without signing in', async () => {
		await rhythm('mathis', 'weekly');
		await one('mathis');
		expect(await mailsTo('mathis')).toEqual([]);
		await rhythm('mathis', 'concerned');
		const line = await one('mathis');
		await mailNotice({ personId: idOf('mathis'), id: line.id });
		const [mail, ...more] = await mailsTo('mathis');
		expect(more).toEqual([]);
		expect(mail!.kind).toBe('notices.welcomed');
		const token = /\/desabonnement\/(\S+)/.exec(mail!.message.text)![1]!;
		expect(await stopMails(await as('visitor'), token)).toBe('unit');
		await one('mathis');
		expect(await mailsTo('mathis')).toHaveLength(1);
	});

	test('a forged or foreign word stops nothing', async () => {
		const good = stopToken(idOf('odile'), 'friends');
		for (const bad of [
			'',
			'x',
			good.replace('friends', 'office'),
			good.replace(idOf('odile'), idOf('ines')),
			`${good}A`,
			`${good}/..`,
		]) {
			expect(await outcome((async () => stopMails(await as('visitor'), bad))())).toBe('NotFound');
		}
	});

	test('what was read is not mailed', async () => {
		await rhythm('odile', 'concerned');
		await clear('odile');
		await tell({ type: 'welcomed', to: ['odile'], byId: idOf('samuel'), subjectId: newId() });
		const [line] = await fresh('odile');
		await open(await as('odile'), line!.id);
		await mailNotice({ personId: idOf('odile'), id: line!.id });
		expect(await mailsTo('odile')).toEqual([]);
	});

	test('choices are one’s own and win over the rhythm', async () => {
		await choose(await as('odile'), {
			scope: { kind: 'all', id: everywhere },
			choices: [['thanks', 'mail', 'each']],
		});
		const mailed = async (name: CastName) =>
			(await choicesOf(await as(name)))[0]!.rows
				.find(({ category }) => category === 'thanks')!
				.cells.find(({ channel }) => channel === 'mail')!.rhythm;
		expect([await mailed('odile'), await mailed('mathis')]).toEqual(['each', 'none']);
	});
});

test('the page goes on, and bad places start over', async () => {
	await clear('yamina');
	for (let n = 0; n < 45; n++)
		await tell({
			type: 'welcomed',
			to: ['yamina'],
			byId: idOf('ines'),
			unitId: idOf('villebrume'),
			subjectId: newId(),
		});
	await clear('yamina');
	const first = await notices(await as('yamina'));
	expect(first.earlier).toHaveLength(40);
	const second = await notices(await as('yamina'), first.next);
	expect(second.earlier.length).toBeGreaterThanOrEqual(5);
	expect(new Set([...first.earlier, ...second.earlier].map(({ id }) => id)).size).toBe(
		first.earlier.length + second.earlier.length,
	);
	expect((await notices(await as('yamina'), "x' or 1=1")).earlier).toHaveLength(40);
	expect(
		(await notices(await as('yamina'), '2026-99-99T00:00:00Z_00000000-0000-0000-0000-000000000000')).earlier,
	).toHaveLength(40);
});
