import postgres from 'postgres';
import { beforeEach, describe, expect, test } from 'vitest';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { hookKinds } from './kinds.ts';
import { added, clearAll, receiver, said } from './receiver.fixture.ts';

stage();
const outside = receiver();
beforeEach(async () => {
	outside.reset();
	await clearAll();
	await added();
});
const owner = async (statement: string) => {
	const open = postgres(process.env.COOPOL_OWNER_URL!, { max: 1, onnotice: () => {} });
	await open.unsafe(statement).finally(() => open.end());
};
const types = () => outside.got.map(({ body }) => JSON.parse(body).type);
const eventId = newId();
const missionId = newId();

describe('what leaves', () => {
	test.each(hookKinds)('%s, as the domain below announces it', async (kind) => {
		const [sort, act] = kind.split('.') as [string, string];
		const isEvent = sort === 'event';
		const thing = isEvent ? { eventId, visibility: 'network' } : { missionId, audience: 'network' };
		await said(`${sort}s.${act}`, { ...thing, byId: idOf('odile'), unitId: idOf('villebrume') });
		expect(types()).toEqual([kind]);
		const { data } = JSON.parse(outside.got[0]!.body);
		const id = isEvent ? eventId : missionId;
		expect(data).toEqual({ id, url: expect.stringContaining(`/api/v1/${sort}s/${id}`) });
	});

	test.each(['members', 'unit', 'invited', 'anything', undefined, null])(
		'never an event for “%s”, its id included',
		async (visibility) => {
			await said('events.created', { eventId, visibility, unitId: idOf('villebrume') });
			await said('events.changed', { eventId, visibility });
			await said('events.cancelled', { eventId, visibility });
			expect(outside.got).toEqual([]);
		},
	);

	test.each(['unit', undefined])('never a mission for “%s”', async (audience) => {
		for (const act of ['created', 'changed', 'closed', 'cancelled'])
			await said(`missions.${act}`, { missionId, audience });
		expect(outside.got).toEqual([]);
	});

	test('nothing that moderation hides', async () => {
		await owner(`alter table safety.hidden drop constraint hidden_kind_check`);
		for (const [kind, id] of [
			['event', eventId],
			['mission', missionId],
		] as const)
			await scene(sql`insert into safety.hidden (kind, subject_id, place_id, decision_id)
				values (${kind}, ${id}, ${id}, ${newId()})`);
		await said('events.changed', { eventId, visibility: 'public' });
		await said('missions.changed', { missionId, audience: 'network' });
		expect(outside.got).toEqual([]);
		await scene(sql`delete from safety.hidden`);
		await said('events.changed', { eventId, visibility: 'public' });
		expect(outside.got).toHaveLength(1);
	});

	test('nothing that names no thing', async () => {
		await said('events.changed', { eventId: 'no id', visibility: 'public' });
		await said('missions.changed', { audience: 'network' });
		expect(outside.got).toEqual([]);
	});

	test('only the subjects that an address asked for', async () => {
		await clearAll();
		await added('https://one.example.org/', ['event.cancelled']);
		await added('https://two.example.org/', ['event.cancelled', 'mission.closed']);
		await said('events.created', { eventId, visibility: 'public' });
		await said('missions.closed', { missionId, audience: 'network' });
		await said('events.cancelled', { eventId, visibility: 'public' });
		const told = outside.got.map(({ url, body }) => `${new URL(url).host} ${JSON.parse(body).type}`);
		expect(told.toSorted()).toEqual([
			'one.example.org event.cancelled',
			'two.example.org event.cancelled',
			'two.example.org mission.closed',
		]);
	});
});
