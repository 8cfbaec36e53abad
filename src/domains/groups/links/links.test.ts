import { beforeEach, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { announce, drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { join, leave } from '../enter.ts';
import { kept, opened, stateOf, told } from '../groups.fixture.ts';
import { exclude, refuse } from '../lead.ts';
import { privacy } from '../privacy.ts';
import { invitationOf, invitedByLink } from './arriving.ts';
import { followLink, showLink } from './follow.ts';
import { endLink, linksOf, makeLink } from './make.ts';

stage();
beforeEach(() => asSystem('test', (tx) => tx.run(sql`delete from platform.bucket`)));

const ip = '192.0.2.1';
const made = async (id: string, { most = 5, letsIn = false, by = 'odile' as CastName } = {}) =>
	makeLink(await as(by), id, { lasts: '7', most, lets_in: letsIn ? 'on' : '' });
const follow = async (name: CastName, secret: string) => followLink(await as(name), secret, ip);
const show = async (name: CastName | 'visitor', secret: string) => showLink(await as(name), secret, ip);
const links = async (id: string) => linksOf(await as('odile'), id);
const age = (id: string) =>
	asSystem('test', (tx) =>
		tx.run(
			sql`update groups.link set expires_at = now() - interval '1 minute' where link.circle_id = ${id}::uuid`,
		),
	);

describe('a link into a group', () => {
	test('is made by who leads it; its secret is nowhere in the house', async () => {
		const id = await opened('odile', { visibility: 'secret' });
		const secret = await made(id);
		const rows = await asSystem('test', (tx) => tx.many(sql`select to_jsonb(link) as row from groups.link`));
		expect(JSON.stringify(rows)).not.toContain(secret);
		expect(JSON.stringify(await links(id))).not.toContain(secret);
		const open = await opened('odile');
		await join(await as('mathis'), open);
		expect(await outcome(made(open, { by: 'mathis' }))).toBe('Forbidden');
		expect(await outcome(made(id, { by: 'samuel' }))).toBe('NotFound');
		expect(await outcome(linksOf(await as('mathis'), open))).toBe('Forbidden');
		expect(await outcome(linksOf(await as('samuel'), id))).toBe('NotFound');
	});

	test('leads into an open one; who came by it is read by who leads', async () => {
		const id = await opened('odile');
		const secret = await made(id);
		expect(await show('visitor', secret)).toMatchObject({
			name: 'Jardins partagés',
			inviter: 'Odile',
			letsIn: true,
		});
		expect(await follow('tidiane', secret)).toEqual({ groupId: id, became: 'member' });
		expect(await follow('tidiane', secret)).toEqual({ groupId: id, became: 'member' });
		expect(await links(id)).toMatchObject([{ used: 1, over: null, came: [{ name: 'Tidiane Solvignac' }] }]);
		expect((await kept(id)).count).toBe(2);
	});

	test('into a closed or secret one asks, unless who leads said that it lets in', async () => {
		for (const visibility of ['closed', 'secret'] as const) {
			const id = await opened('odile', { visibility });
			expect(await follow('mathis', await made(id))).toEqual({ groupId: id, became: 'asked' });
			expect(await stateOf(id, 'mathis')).toBe('asked');
			expect(await told('odile')).toContain('group_asked');
			expect(await follow('ines', await made(id, { letsIn: true }))).toEqual({
				groupId: id,
				became: 'member',
			});
			expect(await stateOf(id, 'ines')).toBe('member');
		}
	});

	test('never undoes a refusal in secret, nor an exclusion', async () => {
		const id = await opened('odile', { visibility: 'secret' });
		const [asks, enters] = [await made(id), await made(id, { letsIn: true })];
		await follow('mathis', asks);
		await refuse(await as('odile'), id, idOf('mathis'));
		expect(await follow('mathis', asks)).toMatchObject({ became: 'asked' });
		expect(await stateOf(id, 'mathis')).toBe('refused');
		expect((await show('mathis', asks)).standing).toBe('asked');
		await follow('ines', enters);
		await exclude(await as('odile'), id, { person: idOf('ines'), reason: 'Insultes' });
		expect(await outcome(show('ines', enters))).toBe('NotFound');
		expect(await outcome(follow('ines', enters))).toBe('NotFound');
	});

	test('that is over, ended, full, unknown, of a sleeping group or of somebody suspended opens nothing, all alike', async () => {
		const dead: string[] = ['never-was', '', 'x'.repeat(5000)];
		const ended = await opened('odile');
		dead.push(await made(ended));
		await endLink(await as('odile'), ended, (await links(ended))[0]!.id);
		const over = await opened('odile');
		dead.push(await made(over));
		await age(over);
		const full = await opened('odile');
		dead.push(await made(full, { most: 1 }));
		await follow('tidiane', dead.at(-1)!);
		const asleep = await opened('odile');
		dead.push(await made(asleep));
		await asSystem('test', (tx) =>
			tx.run(sql`update groups.circle set archived_at = now() where circle.id = ${asleep}::uuid`),
		);
		expect(await outcome(made(asleep))).toBe('Forbidden');
		const gone = await opened('gerard');
		dead.push(await made(gone, { by: 'gerard' }));
		await asSystem('test', (tx) =>
			tx.run(
				sql`insert into people.suspension (id, person_id, ends_at) values (${idOf('s')}, ${idOf('gerard')}, now() + interval '3 days')`,
			),
		);
		for (const secret of dead) {
			expect(await outcome(show('visitor', secret))).toBe('NotFound');
			expect(await outcome(follow('mathis', secret))).toBe('NotFound');
			expect(await invitedByLink(invitationOf(secret))).toBeNull();
		}
	});

	test('whose last use two follow at once brings one', async () => {
		const names = ['mathis', 'ines', 'tidiane', 'fanny'] as const;
		for (let round = 0; round < 4; round++) {
			const id = await opened('odile', { visibility: 'secret' });
			const secret = await made(id, { most: 1, letsIn: true });
			await asSystem('test', (tx) => tx.run(sql`delete from platform.bucket`));
			const came = await Promise.all(names.map((name) => outcome(follow(name, secret))));
			expect(came.filter((one) => one === 'NotFound')).toHaveLength(3);
			expect(await kept(id)).toMatchObject({ count: 2, seats: 2 });
			expect((await links(id))[0]).toMatchObject({ used: 1, over: 'full' });
		}
	});

	test('ended while somebody follows it: they came before, or not at all', async () => {
		const id = await opened('odile');
		const secret = await made(id);
		const link = (await links(id))[0]!.id;
		const [came] = await Promise.all([outcome(follow('ines', secret)), endLink(await as('odile'), id, link)]);
		expect((await kept(id)).count).toBe(came === 'NotFound' ? 1 : 2);
		expect(await outcome(follow('fanny', secret))).toBe('NotFound');
		expect(await outcome(endLink(await as('mathis'), id, link))).toBe('Forbidden');
		expect(await outcome(endLink(await as('odile'), await opened('odile'), link))).toBe('NotFound');
	});

	test('cannot be found by trying', async () => {
		const tries = await Promise.all(
			Array.from({ length: 40 }, (_, n) => outcome(show('visitor', `guess-${n}`))),
		);
		expect(tries.filter((one) => one === 'TooMany').length).toBeGreaterThan(5);
	});

	test('twenty are open at once, and no more', async () => {
		const id = await opened('odile');
		for (let n = 0; n < 20; n++) {
			await asSystem('test', (tx) => tx.run(sql`delete from platform.bucket`));
			await made(id);
		}
		expect(await outcome(made(id))).toBe('Conflict');
	});
});

describe('somebody without account', () => {
	const arrives = async (name: CastName, secret: string) => {
		const found = (await invitedByLink(invitationOf(secret)))!;
		expect(found.kept).not.toContain(secret);
		await asSystem('test', (tx) =>
			announce(tx, 'people.arrived', { id: idOf(name), invitation: found.kept }),
		);
		await drainJobs();
	};

	test('comes in once they arrived, or asks', async () => {
		const open = await opened('odile');
		await arrives('tidiane', await made(open));
		expect(await stateOf(open, 'tidiane')).toBe('member');
		const closed = await opened('odile', { visibility: 'closed' });
		await arrives('tidiane', await made(closed));
		expect(await stateOf(closed, 'tidiane')).toBe('asked');
	});

	test('finds nothing of a link that ended meanwhile', async () => {
		const id = await opened('odile');
		const secret = await made(id);
		const found = (await invitedByLink(invitationOf(secret)))!;
		await age(id);
		await asSystem('test', (tx) =>
			announce(tx, 'people.arrived', { id: idOf('tidiane'), invitation: found.kept }),
		);
		await drainJobs();
		expect(await stateOf(id, 'tidiane')).toBeNull();
	});
});

test('who is erased is no more among who came, and the links they made open nothing', async () => {
	const id = await opened('odile');
	const secret = await made(id);
	await follow('noemie', secret);
	await leave(await as('noemie'), id);
	await asSystem('test', (tx) => privacy.erase(tx, idOf('noemie')));
	expect((await links(id))[0]?.came).toEqual([]);
	const other = await opened('lucien');
	const theirs = await made(other, { by: 'lucien' });
	await asSystem('test', (tx) => privacy.erase(tx, idOf('lucien')));
	expect(await outcome(show('ines', theirs))).toBe('NotFound');
});
