import { beforeEach, expect, test } from 'vitest';
import { ask } from '#domains/people/people.fixture.ts';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { remove, renew } from './change.ts';
import { privacy } from './privacy.ts';
import { added, clearAll, happens, receiver } from './receiver.fixture.ts';

stage();
receiver();
beforeEach(clearAll);

const counts = () =>
	ask<string>(
		sql`select (select count(*) from webhooks.hook) || ' ' || (select count(*) from webhooks.delivery) as value`,
	);
const retain = (dry = false) => asSystem('test', (tx) => privacy.retain!(tx, new Date(), dry));

test('messages go after thirty days, removed addresses after one, with their secret', async () => {
	const { id } = await added();
	const gone = await added('https://gone.example.org/');
	await happens();
	await remove(await as('bertrand'), gone.id);
	await retain();
	expect(await counts()).toBe('2 2');
	await scene(
		sql`update webhooks.delivery set created_at = now() - interval '31 days' where hook_id = ${id}`,
		sql`update webhooks.hook set deleted_at = now() - interval '25 hours' where deleted_at is not null`,
	);
	expect(await retain(true)).toEqual({ 'webhooks.delivery': 1, 'webhooks.hook': 1 });
	expect(await counts()).toBe('2 2');
	await retain();
	expect(await counts()).toBe('1 0');
});

test('a secret that signs no more is not kept', async () => {
	const { id } = await added();
	await renew(await as('bertrand'), id);
	await retain();
	const old = () => ask<boolean>(sql`select old_secret is not null as value from webhooks.hook`);
	expect(await old()).toBe(true);
	await scene(sql`update webhooks.hook set old_until = now() - interval '1 hour'`);
	await retain();
	expect(await old()).toBe(false);
});

test('an officer takes away what they added; once they are gone, the address stays without their name', async () => {
	await added();
	const gathered = await asSystem('test', (tx) => privacy.gather(tx, idOf('bertrand')));
	expect(gathered['webhooks.hook']).toMatchObject([{ name: 'Agenda public' }]);
	expect(JSON.stringify(gathered)).not.toContain('secret');
	await asSystem('test', (tx) => privacy.erase(tx, idOf('bertrand')));
	expect(await ask(sql`select count(by_id)::int as value from webhooks.hook`)).toBe(0);
	expect(await counts()).toBe('1 0');
});
