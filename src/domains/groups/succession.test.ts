import { describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { announce, drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { join, leave } from './enter.ts';
import { kept, opened, told } from './groups.fixture.ts';
import { invite } from './invite.ts';
import { tend } from './jobs.ts';
import { handOver, nameSuccessor, revive } from './lead.ts';
import { privacy } from './privacy.ts';
import { showGroup } from './queries.ts';

stage();

const forgetNotices = async () => {
	await drainJobs();
	await asSystem('test', (tx) => tx.run(sql`delete from notices.notice`));
};
const enter = async (id: string, ...names: CastName[]) => {
	for (const name of names) await join(await as(name), id);
};
const ageOf = (id: string, age: string) =>
	asSystem('test', (tx) =>
		tx.run(sql`update groups.circle set active_at = now() - ${age}::interval where id = ${id}::uuid`),
	);

describe('who comes after', () => {
	test('the owner who leaves is followed by the successor they named', async () => {
		await forgetNotices();
		const id = await opened('odile');
		await enter(id, 'mathis', 'samuel');
		expect(await outcome(nameSuccessor(await as('odile'), id, { successor: idOf('ines') }))).toBe('Invalid');
		await nameSuccessor(await as('odile'), id, { successor: idOf('samuel') });
		await leave(await as('odile'), id);
		expect(await told('samuel')).toEqual(['group_inherited']);
		expect((await kept(id)).owner).toBe(idOf('samuel'));
	});

	test('without successor, by the oldest member; the last one to leave puts it to sleep', async () => {
		const id = await opened('odile');
		await enter(id, 'mathis', 'samuel');
		await leave(await as('odile'), id);
		await drainJobs();
		expect((await kept(id)).owner).toBe(idOf('mathis'));
		await leave(await as('mathis'), id);
		await leave(await as('samuel'), id);
		await drainJobs();
		expect(await kept(id)).toEqual({ owner: null, count: 0, seats: 0, isArchived: true });
	});

	test('an owner who is suspended, erased or gone is followed too', async () => {
		const [suspended, erased, gone] = [
			await opened('gerard'),
			await opened('lucien'),
			await opened('noemie'),
		];
		for (const id of [suspended, erased, gone]) await enter(id, 'mathis');
		await asSystem('test', async (tx) => {
			await tx.run(
				sql`insert into people.suspension (id, person_id, ends_at) values (${idOf('s')}, ${idOf('gerard')}, now() + interval '3 days')`,
			);
			await privacy.erase(tx, idOf('lucien'));
			await tx.run(sql`update people.person set left_at = now() where id = ${idOf('noemie')}`);
			await announce(tx, 'people.suspended', { personId: idOf('gerard'), suspensionId: idOf('s') });
		});
		await drainJobs();
		await tend();
		for (const id of [suspended, erased, gone]) expect((await kept(id)).owner).toBe(idOf('mathis'));
		expect(await kept(erased)).toMatchObject({ count: 1, seats: 1 });
	});

	test('handed over now, the former owner stays a member and leads no more', async () => {
		const id = await opened('odile');
		await enter(id, 'mathis');
		expect(await outcome(handOver(await as('odile'), id))).toBe('Invalid');
		await nameSuccessor(await as('odile'), id, { successor: idOf('mathis') });
		await handOver(await as('odile'), id);
		const view = await showGroup(await as('odile'), id);
		expect([view.standing, view.may.lead, view.owner?.name]).toEqual(['member', false, 'Mathis Lanoëz']);
	});
});

describe('a silent group', () => {
	test('is told two weeks before, then put away; one that spoke meanwhile is not', async () => {
		await forgetNotices();
		const [quiet, lively] = [await opened('odile'), await opened('odile')];
		await ageOf(quiet, '5 months 10 days');
		await ageOf(lively, '5 months 10 days');
		await tend();
		expect(await told('odile')).toEqual([]);
		await ageOf(quiet, '5 months 20 days');
		await ageOf(lively, '5 months 20 days');
		await tend();
		expect(await told('odile')).toEqual(['group_fading', 'group_fading']);
		await ageOf(quiet, '6 months 2 days');
		await tend();
		expect((await kept(quiet)).isArchived).toBe(false);
		await asSystem('test', (tx) =>
			tx.run(sql`update groups.circle set warned_at = now() - interval '15 days' where id = ${quiet}`),
		);
		await enter(lively, 'mathis');
		await tend();
		expect([(await kept(quiet)).isArchived, (await kept(lively)).isArchived]).toEqual([true, false]);
	});

	test('put to sleep, its people are told and one of them wakes it; those only asked to come are not', async () => {
		await forgetNotices();
		const id = await opened('odile', { name: 'Chorale du quai' });
		await enter(id, 'mathis', 'samuel');
		await invite(await as('odile'), id, { person: idOf('yamina') });
		await asSystem('test', (tx) =>
			tx.run(sql`update groups.circle set active_at = now() - interval '7 months', warned_at = now() - interval '15 days'
				where id = ${id}::uuid`),
		);
		await Promise.all([tend(), tend()]);
		expect(await told('mathis')).toEqual(['group_asleep']);
		expect(await told('odile')).toEqual(['group_asleep']);
		expect(await told('yamina')).toEqual(['group_invited']);
		const linesOf = async (name: CastName) => (await (await browser(name)).get('/avis')).main;
		expect(await linesOf('mathis')).toContain('Le groupe « Chorale du quai » est en sommeil.');
		await revive(await as('samuel'), id);
		expect(await linesOf('mathis')).not.toContain('est en sommeil');
	});

	test('that its owner was warned of is spoken of once: asleep, it is not said again that it soon will be', async () => {
		await forgetNotices();
		const id = await opened('paulo', { name: 'Cinéma du jeudi' });
		await ageOf(id, '5 months 20 days');
		await tend();
		await drainJobs();
		const paulo = await browser('paulo');
		expect((await paulo.get('/avis')).main).toContain('« Cinéma du jeudi » se tait depuis longtemps');
		await asSystem('test', (tx) =>
			tx.run(sql`update groups.circle set active_at = now() - interval '7 months', warned_at = now() - interval '15 days'
				where id = ${id}::uuid`),
		);
		await tend();
		await drainJobs();
		const after = (await paulo.get('/avis')).main;
		expect([after.includes('se tait depuis'), after.includes('est en sommeil')]).toEqual([false, true]);
	});
});
