import { beforeEach, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { cancel, change, close } from './change.ts';
import { create } from './create.ts';
import { enrol, leave } from './enrol.ts';
import { remind } from './jobs.ts';
import { dayIn, officialBy, past, round } from './missions.fixture.ts';

stage();

const people = async () => ({
	samuel: await as('samuel'),
	odile: await as('odile'),
	mathis: await as('mathis'),
});
beforeEach(() => asSystem('test', (tx) => tx.run(sql`delete from notices.notice`)));

const linesOf = async (name: CastName) => {
	await drainJobs();
	return (await (await browser(name)).get('/avis')).main;
};
const told = async () => {
	await drainJobs();
	return (
		await asSystem('test', (tx) =>
			tx.many<{ type: string; name: string }>(sql`select notice.type, person.name from notices.notice
				join people.person on person.id = notice.person_id order by notice.type, person.name`),
		)
	).map(({ type, name }) => `${type} ${name.split(' ')[0]}`);
};

describe('somebody enrols', () => {
	test('those who answer for the unit are told, by name', async () => {
		const { samuel, odile } = await people();
		await enrol(odile, await officialBy(samuel));
		expect(await told()).toEqual(['mission_enrolled Samuel']);
		expect(await linesOf('samuel')).toMatch(
			/Odile Fabrègat vient à ta mission : Tractage au marché, \S+ \d+ \S+.* à 9 h\./,
		);
	});

	test('of somebody’s own idea, that person is told', async () => {
		const { odile, mathis } = await people();
		await enrol(mathis, await create(odile, round()));
		expect(await told()).toEqual(['mission_enrolled Odile']);
	});
});

describe('those who come', () => {
	test('are told that it moved, and not that a word of it changed', async () => {
		const { samuel, odile } = await people();
		const id = await officialBy(samuel);
		await enrol(odile, id);
		await told();
		await asSystem('test', (tx) => tx.run(sql`delete from notices.notice`));
		await change(samuel, id, { ...round({ title: 'Tractage, au marché' }), version: 1 });
		expect(await told()).toEqual([]);
		await change(samuel, id, { ...round({ starts: '10:00' }), version: 2 });
		expect(await told()).toEqual(['mission_changed Odile']);
	});

	test('are told why it does not take place; who left the list is not', async () => {
		const { samuel, odile, mathis } = await people();
		const id = await officialBy(samuel);
		await enrol(odile, id);
		await enrol(mathis, id);
		await leave(mathis, id);
		await told();
		await asSystem('test', (tx) => tx.run(sql`delete from notices.notice`));
		await cancel(samuel, id, { reason: 'Il pleut' });
		expect(await told()).toEqual(['mission_cancelled Odile']);
		expect(await linesOf('odile')).toMatch(
			/Ta mission n’aura pas lieu : Tractage au marché, \S+ \d+ \S+.* à 9 h\. Lis pourquoi\./,
		);
		expect((await (await browser('odile')).get(`/missions/${id}`)).main).toContain('Annulée : Il pleut');
	});

	test('are thanked once it is closed', async () => {
		const { samuel, odile } = await people();
		const id = await officialBy(samuel);
		await enrol(odile, id);
		await past(id);
		await told();
		await asSystem('test', (tx) => tx.run(sql`delete from notices.notice`));
		await close(samuel, id, {
			people: 2,
			doors: null,
			leaflets: 250,
			report: 'Merci à vous deux',
			came: [idOf('odile')],
		});
		expect(await told()).toEqual(['mission_closed Odile']);
	});
});

describe('who was on the list and did not come', () => {
	test('is not thanked for it', async () => {
		const { samuel, odile, mathis } = await people();
		const id = await officialBy(samuel);
		await enrol(odile, id);
		await enrol(mathis, id);
		await past(id);
		await told();
		await asSystem('test', (tx) => tx.run(sql`delete from notices.notice`));
		await close(samuel, id, { people: 1, doors: null, leaflets: null, report: '', came: [idOf('odile')] });
		expect(await told()).toEqual(['mission_closed Odile']);
	});
});

describe('the day before', () => {
	test('a reminder that waits in the bell goes once the mission is called off', async () => {
		const { samuel, odile } = await people();
		const id = await officialBy(samuel, { day: dayIn(1) });
		await enrol(odile, id);
		await told();
		await asSystem('test', (tx) =>
			tx.run(sql`update missions.mission set starts_at = now() + interval '20 hours',
				ends_at = now() + interval '22 hours' where mission.id = ${id}::uuid`),
		);
		await remind();
		expect(await linesOf('odile')).toContain('Ta mission commence bientôt : ');
		await cancel(samuel, id, { reason: 'Il pleut' });
		await told();
		const lines = await linesOf('odile');
		expect(lines).not.toContain('commence bientôt');
		expect(lines).toContain('Ta mission n’aura pas lieu : ');
	});

	test('they are reminded once, and anew when the day moved', async () => {
		const { samuel, odile } = await people();
		const id = await officialBy(samuel, { day: dayIn(3) });
		await enrol(odile, id);
		await remind();
		await told();
		await asSystem('test', (tx) => tx.run(sql`delete from notices.notice`));
		expect(await told()).toEqual([]);
		await asSystem('test', (tx) =>
			tx.run(sql`update missions.mission set starts_at = now() + interval '20 hours', ends_at = now() + interval '22 hours'
				where mission.id = ${id}::uuid`),
		);
		await Promise.all([remind(), remind()]);
		expect(await told()).toEqual(['mission_tomorrow Odile']);
		await asSystem('test', (tx) => tx.run(sql`delete from notices.notice`));
		await remind();
		expect(await told()).toEqual([]);
		await change(samuel, id, { ...round({ day: dayIn(5) }), version: 1 });
		await asSystem('test', (tx) =>
			tx.run(
				sql`update missions.mission set starts_at = now() + interval '20 hours' where mission.id = ${id}::uuid`,
			),
		);
		await told();
		await asSystem('test', (tx) => tx.run(sql`delete from notices.notice`));
		await remind();
		expect(await told()).toEqual(['mission_tomorrow Odile']);
	});

	test('of a mission that is cancelled, nobody is', async () => {
		const { samuel, odile } = await people();
		const id = await officialBy(samuel, { day: dayIn(3) });
		await enrol(odile, id);
		await cancel(samuel, id, { reason: 'Il pleut' });
		await asSystem('test', (tx) =>
			tx.run(sql`update missions.mission set starts_at = now() + interval '20 hours', ends_at = now() + interval '22 hours'
				where mission.id = ${id}::uuid`),
		);
		await remind();
		expect(await told()).not.toContain('mission_tomorrow Odile');
	});
});
