import { describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { create } from './create.ts';
import { accept, ask, decline, join, withdraw } from './enter.ts';
import { about, kept, opened, stateOf, told } from './groups.fixture.ts';
import { invite, uninvite } from './invite.ts';
import { admit, edit, exclude, readmit, refuse } from './lead.ts';
import { peopleOf } from './people.ts';
import { findGroups, listGroups, showGroup } from './queries.ts';
import { similarTo } from './similar.ts';

stage();

const forgetNotices = () => asSystem('test', (tx) => tx.run(sql`delete from notices.notice`));
const enter = async (id: string, ...names: CastName[]) => {
	for (const name of names) await join(await as(name), id);
};

describe('opening a group', () => {
	test('shows first what looks like it: by its name, its purpose, never a secret one of others', async () => {
		const near = await opened('odile', {
			name: 'Jardins de la Brume',
			aim: 'Cultiver un potager collectif en ville.',
		});
		const secret = await opened('odile', { name: 'Jardins cachés', visibility: 'secret' });
		const found = async (name: CastName) =>
			(
				await similarTo(await as(name), {
					name: 'Les jardins',
					aim: 'Un potager pour tous',
					subjects: [],
				})
			).map(({ id }) => id);
		expect(await found('ines')).toContain(near);
		expect(await found('ines')).not.toContain(secret);
		expect(await found('odile')).toContain(secret);
		expect(
			await similarTo(await as('ines'), { name: 'Échecs', aim: 'Tournois du jeudi', subjects: [] }),
		).toEqual([]);
	});

	test('without having looked, is refused at its place', async () => {
		expect(await outcome(create(await as('odile'), about({ seen: '' })))).toBe('Invalid');
	});

	test('makes its opener owner and only member; in the name of a unit, only who edits its page, and never secret', async () => {
		const id = await opened('odile');
		expect(await kept(id)).toMatchObject({ owner: idOf('odile'), count: 1, seats: 1 });
		expect(await outcome(create(await as('odile'), about({ unit: idOf('villebrume') })))).toBe('Invalid');
		expect(
			await outcome(create(await as('samuel'), about({ unit: idOf('villebrume'), visibility: 'secret' }))),
		).toBe('Invalid');
		expect(
			await outcome(create(await as('samuel', { factor: false }), about({ unit: idOf('villebrume') }))),
		).toBe('Invalid');
		expect(
			(await showGroup(await as('ines'), await opened('samuel', { unit: idOf('villebrume') }))).official
				?.name,
		).toBe('Section de Villebrume');
	});

	test('a sixth in a day waits', async () => {
		await asSystem('test', (tx) => tx.run(sql`delete from platform.bucket`));
		const driss = await as('driss');
		for (let n = 0; n < 5; n++) await create(driss, about({ name: `Groupe numéro ${n}` }));
		expect(await outcome(create(driss, about()))).toBe('TooMany');
	});
});

describe('coming in', () => {
	test('an open one at once; fifty times at once counts once', async () => {
		const id = await opened('odile');
		const mathis = await as('mathis');
		await Promise.all(Array.from({ length: 50 }, () => join(mathis, id)));
		expect(await kept(id)).toMatchObject({ count: 2, seats: 2 });
	});

	test('a closed one on a yes; its owner is told, then who asked', async () => {
		await forgetNotices();
		const id = await opened('odile', { visibility: 'closed' });
		expect(await ask(await as('mathis'), id, { note: 'Je jardine' })).toBe('asked');
		expect(await ask(await as('mathis'), id, { note: 'Encore' })).toBe('asked');
		expect(await told('odile')).toEqual(['group_asked']);
		expect((await peopleOf(await as('odile'), id)).pending).toMatchObject([
			{ name: 'Mathis Lanoëz', note: 'Je jardine' },
		]);
		await admit(await as('odile'), id, idOf('mathis'));
		expect(await outcome(admit(await as('odile'), id, idOf('mathis')))).toBe('NotFound');
		expect(await told('mathis')).toEqual(['group_accepted']);
		expect(await kept(id)).toMatchObject({ count: 2, seats: 2 });
	});

	test('a refusal is silent: the page reads as before, asking again tells nobody', async () => {
		const id = await opened('odile', { visibility: 'closed' });
		const mathis = await as('mathis');
		await ask(mathis, id, { note: '' });
		await drainJobs();
		await forgetNotices();
		await refuse(await as('odile'), id, idOf('mathis'));
		expect((await showGroup(mathis, id)).standing).toBe('asked');
		expect(await ask(mathis, id, { note: 'Encore' })).toBe('asked');
		await withdraw(mathis, id);
		expect([await told('odile'), await told('mathis')]).toEqual([[], []]);
	});

	test('a request taken back and a yes at the same instant: in, or out, and the count says which', async () => {
		for (let round = 0; round < 5; round++) {
			const id = await opened('odile', { visibility: 'closed' });
			await ask(await as('mathis'), id, { note: '' });
			const [mathis, odile] = [await as('mathis'), await as('odile')];
			await Promise.allSettled([withdraw(mathis, id), admit(odile, id, idOf('mathis'))]);
			const isIn = (await stateOf(id, 'mathis')) === 'member';
			expect(await kept(id)).toMatchObject({ count: isIn ? 2 : 1, seats: isIn ? 2 : 1 });
		}
	});

	test('nobody is added without saying yes: invited, one reads nothing yet, says yes or no', async () => {
		await forgetNotices();
		const id = await opened('odile', { visibility: 'secret', name: 'Réunion discrète' });
		await invite(await as('odile'), id, { person: idOf('samuel') });
		expect(await told('samuel')).toEqual(['group_invited']);
		const view = await showGroup(await as('samuel'), id);
		expect([view.standing, view.invitedBy, view.may.read]).toEqual(['invited', 'Odile Fabrègat', false]);
		expect(await outcome(invite(await as('odile'), id, { person: idOf('samuel') }))).toBe('Invalid');
		await decline(await as('samuel'), id);
		expect(await outcome(showGroup(await as('samuel'), id))).toBe('NotFound');
		await invite(await as('odile'), id, { person: idOf('samuel') });
		await accept(await as('samuel'), id);
		expect((await showGroup(await as('samuel'), id)).may.read).toBe(true);
	});

	test('one invites whom one shares a unit, a group or an office with, else nobody by that id exists', async () => {
		const id = await opened('odile');
		expect(await outcome(invite(await as('odile'), id, { person: idOf('tidiane') }))).toBe('NotFound');
		expect(await outcome(invite(await as('odile'), id, { person: idOf('nobody') }))).toBe('NotFound');
		await asSystem('test', (tx) =>
			tx.run(
				sql`insert into safety.block (person_id, blocked_id) values (${idOf('gerard')}, ${idOf('odile')})`,
			),
		);
		expect(await outcome(invite(await as('odile'), id, { person: idOf('gerard') }, true))).toBe('NotFound');
		expect(await outcome(invite(await as('odile'), id, { person: idOf('tidiane') }, true))).toBeUndefined();
		await uninvite(await as('odile'), id, idOf('tidiane'));
		expect(await outcome(accept(await as('tidiane'), id))).toBe('NotFound');
	});
});

describe('keeping order', () => {
	test('who is put out is told, reads why, and comes back once it is lifted', async () => {
		await forgetNotices();
		const id = await opened('odile', { visibility: 'closed' });
		await invite(await as('odile'), id, { person: idOf('mathis') });
		await accept(await as('mathis'), id);
		await exclude(await as('odile'), id, { person: idOf('mathis'), reason: 'Insultes' });
		expect(await told('mathis')).toContain('group_excluded');
		expect(await kept(id)).toMatchObject({ count: 1, seats: 1 });
		expect(await outcome(exclude(await as('odile'), id, { person: idOf('odile'), reason: 'Moi' }))).toBe(
			'Invalid',
		);
		await readmit(await as('odile'), id, idOf('mathis'));
		expect(await ask(await as('mathis'), id, { note: '' })).toBe('asked');
	});

	test('two who edit at once: the second is told, and overwrites nothing', async () => {
		const id = await opened('odile');
		const odile = await as('odile');
		const { version } = await showGroup(odile, id);
		const change = (aim: string) =>
			edit(odile, id, { name: 'Jardins', aim, rules: '', visibility: 'open', subjects: [], version });
		const results = await Promise.all([
			outcome(change('Premier but écrit')),
			outcome(change('Second but écrit')),
		]);
		expect(results.toSorted()).toEqual(['Conflict', undefined].toSorted());
	});

	test('an official group writes its acts in the journal, a members’ group does not', async () => {
		const [official, made] = [await opened('samuel', { unit: idOf('villebrume') }), await opened('odile')];
		await enter(official, 'mathis');
		await enter(made, 'mathis');
		await exclude(await as('samuel'), official, { person: idOf('mathis'), reason: 'Insultes' });
		await exclude(await as('odile'), made, { person: idOf('mathis'), reason: 'Insultes' });
		const rows = await asSystem('test', (tx) =>
			tx.many<{ id: string }>(sql`select subject_id as id from audit.entry where act = 'groups.exclude'`),
		);
		expect(rows).toEqual([{ id: official }]);
	});
});

describe('the directory', () => {
	test('shows the liveliest first, page by page, none twice, and no secret one of others', async () => {
		await asSystem('test', async (tx) => {
			await tx.run(sql`delete from feed.post`);
			await tx.run(sql`delete from groups.circle`);
			await tx.run(sql`insert into groups.circle (id, name, folded, purpose, visibility, active_at)
				select gen_random_uuid(), 'Groupe ' || n, 'groupe ' || n, 'But', case when n % 5 = 0 then 'secret' else 'open' end, now() - n / 3 * interval '1 hour'
				from generate_series(1, 100) as n`);
		});
		const odile = await as('odile');
		const names: string[] = [];
		for (let after: string | null = null, turn = 0; turn < 10; turn++) {
			const page = await listGroups(odile, { after });
			names.push(...page.groups.map(({ name }) => name));
			after = page.next;
			if (!after) break;
		}
		expect([names.length, new Set(names).size]).toEqual([80, 80]);
		expect(names.slice(0, 2).every((name) => /Groupe [12]$/.test(name))).toBe(true);
		expect(await findGroups(odile, 'groupe 5', 10)).toHaveLength(8);
		expect(await listGroups(odile, { view: 'official' })).toEqual({ groups: [], next: null });
	});
});
