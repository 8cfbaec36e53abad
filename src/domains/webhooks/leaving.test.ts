import { beforeEach, describe, expect, test } from 'vitest';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { hookKinds } from './kinds.ts';
import { added, clearAll, eventFor, missionFor, owner, receiver, said } from './receiver.fixture.ts';
import { spread } from './spread.ts';

stage();
const outside = receiver();
beforeEach(async () => {
	outside.reset();
	await clearAll();
	await added();
});
const types = () => outside.got.map(({ body }) => JSON.parse(body).type);
const ids = () => outside.got.map(({ body }) => JSON.parse(body).data.id);

describe('what leaves', () => {
	test.each(hookKinds)('%s, as the domain below announces it', async (kind) => {
		const [sort, act] = kind.split('.') as [string, string];
		const id = await (sort === 'event' ? eventFor : missionFor)('network');
		const named =
			sort === 'mission' ? { missionId: id } : act === 'created' ? { eventId: id } : { eventIds: [id] };
		await said(`${sort}s.${act}`, { ...named, byId: idOf('odile'), unitId: idOf('villebrume') });
		expect(types()).toEqual([kind]);
		const { data } = JSON.parse(outside.got[0]!.body);
		expect(data).toEqual({ id, url: expect.stringContaining(`/api/v1/${sort}s/${id}`) });
		expect(outside.got[0]!.body).not.toContain('canary');
	});

	test.each(['members', 'unit', 'invited'])(
		'never an event for “%s”, its id included',
		async (visibility) => {
			const id = await eventFor(visibility);
			await said('events.created', { eventId: id });
			await said('events.changed', { eventIds: [id] });
			await said('events.cancelled', { eventIds: [id], byId: null });
			expect(outside.got).toEqual([]);
		},
	);

	test('never a mission of one unit', async () => {
		const missionId = await missionFor('unit');
		for (const act of ['created', 'changed', 'closed', 'cancelled'])
			await said(`missions.${act}`, { missionId });
		expect(outside.got).toEqual([]);
	});

	test('of several dates, those that may: one message each', async () => {
		const dates = [await eventFor('public'), await eventFor('unit'), await eventFor('network')];
		await said('events.cancelled', { eventIds: dates });
		expect(ids().toSorted()).toEqual([dates[0]!, dates[2]!].toSorted());
	});

	test('what it is when it is told, not what it was: an event drawn back says nothing', async () => {
		const id = await eventFor('public');
		await owner(`update events.event set visibility = 'unit' where id = '${id}'`);
		await said('events.changed', { eventIds: [id] });
		expect(outside.got).toEqual([]);
	});

	test('nothing that moderation hides', async () => {
		const hidden = { event: await eventFor('public'), mission: await missionFor('network') };
		for (const [kind, id] of Object.entries(hidden))
			await scene(sql`insert into safety.hidden (kind, subject_id, place_id, decision_id)
				values (${kind}, ${id}, ${id}, ${newId()})`);
		await said('events.changed', { eventIds: [hidden.event] });
		await said('missions.changed', { missionId: hidden.mission });
		expect(outside.got).toEqual([]);
		await scene(sql`delete from safety.hidden`);
		await said('events.changed', { eventIds: [hidden.event] });
		expect(outside.got).toHaveLength(1);
	});

	test('nothing that is not, or not any more', async () => {
		expect(await spread('event.changed', { eventIds: ['no id', newId()] })).toBe(0);
		expect(await spread('mission.changed', {})).toBe(0);
	});

	test('only the subjects that an address asked for', async () => {
		await clearAll();
		await added('https://one.example.org/', ['event.cancelled']);
		await added('https://two.example.org/', ['event.cancelled', 'mission.closed']);
		const eventId = await eventFor('public');
		await said('events.created', { eventId });
		await said('missions.closed', { missionId: await missionFor('network') });
		await said('events.cancelled', { eventIds: [eventId] });
		const told = outside.got.map(({ url, body }) => `${new URL(url).host} ${JSON.parse(body).type}`);
		expect(told.toSorted()).toEqual([
			'one.example.org event.cancelled',
			'two.example.org event.cancelled',
			'two.example.org mission.closed',
		]);
	});
});
