import { expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { told, waited } from '#tests/traces.ts';
import { confirmMember } from './welcome.ts';

stage();

test('an office that ends while its holder confirms somebody: nothing is done, and it is said, not a fault', async () => {
	const samuel = await as('samuel');
	const mathis = sql`person_id = ${idOf('mathis')}::uuid and ended_at is null`;
	let confirming: Promise<unknown> = Promise.resolve();
	await asSystem('test', async (tx) => {
		await tx.run(sql`select 1 from people.membership where ${mathis} for update`);
		// He was let in, and waits for the row that is held here, when his office ends.
		confirming = told(confirmMember(samuel, idOf('villebrume'), { person: idOf('mathis') }));
		await waited();
		await tx.run(sql`update territory.term set ends_at = now() where person_id = ${idOf('samuel')}::uuid`);
	});
	expect(await confirming).toMatch(/^Forbidden.*app\.right_gone/);
	const held = await asSystem('test', (tx) =>
		tx.one(sql`select verified_at from people.membership where ${mathis}`),
	);
	expect(held).toEqual({ verified_at: null });
});
