import { beforeEach, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { house, wordsOf } from '#platform/house.ts';
import { sql } from '#platform/sql.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { answer } from './answer.ts';
import { digest } from './digest.ts';
import { invitePerson } from './invite.ts';
import { inHours, planned, set } from './stage.fixture.ts';

stage();
beforeEach(() => asSystem('test', (tx) => tx.run(sql`delete from events.event`)).then(() => {}));

/** What the mail of the week says of events, by heading. */
async function read(name: CastName, { hasAccount = true } = {}): Promise<Record<string, string[]>> {
	const viewer = await as(name, { factor: false });
	const reader = { viewer, words: wordsOf(await house()), since: inHours(-24 * 7), timeZone: 'Europe/Paris' };
	const items = await asSystem('test', (tx) => digest(tx, { ...reader, hasAccount }));
	return Object.fromEntries(
		[...Map.groupBy(items, ({ heading }) => heading)].map(([heading, found]) => [
			heading,
			found.map(({ id }) => id),
		]),
	);
}

test('what one comes to stands apart from what waits for an answer; what one refused is not said', async () => {
	const [mine, asked, refused] = [await planned(), await planned({ startsAt: inHours(20) }), await planned()];
	await answer(await as('odile'), mine, { presence: 'coming', guests: 0 });
	await answer(await as('odile'), refused, { presence: 'no', guests: 0 });
	expect(await read('odile')).toEqual({ 'events.digest': [mine], 'events.digest_asked': [asked] });
});

test('somebody invited from elsewhere is asked there too', async () => {
	const id = await planned({ unit: 'montclairval' });
	expect(await read('odile')).toEqual({});
	await invitePerson(await as('yamina'), id, idOf('odile'));
	expect(await read('odile')).toEqual({ 'events.digest_asked': [id] });
	expect(await read('mathis')).toEqual({});
});

test('without an account nothing is asked: what comes is said, as far as it is said to all', async () => {
	const [open, members] = [await planned({ visibility: 'public' }), await planned({ visibility: 'members' })];
	expect(await read('odile', { hasAccount: false })).toEqual({ 'events.digest': [open] });
	expect((await read('odile'))['events.digest_asked']!.toSorted()).toEqual([open, members].toSorted());
});

test('never what is called off, over, or more than two weeks ahead', async () => {
	const off = await planned();
	await set(off, 'cancelled_at = now()');
	await planned({ startsAt: inHours(-1) });
	await planned({ startsAt: inHours(24 * 15) });
	expect(await read('odile')).toEqual({});
});
