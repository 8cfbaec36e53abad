import { expect, test } from 'vitest';
import { addMembership } from '#domains/people/index.ts';
import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { createInvitation } from '../invitations/invite.ts';
import { repairCounts } from './counts.ts';
import { belongingPrivacy } from './privacy.ts';
import { welcome } from './welcome.ts';

stage();

const counts = () =>
	asSystem('test', (tx) =>
		tx.one<{ m: number; s: number }>(
			sql`select member_count as m, sympathiser_count as s from territory.unit where id = ${idOf('national')}`,
		),
	);

test('a membership that changes elsewhere is counted here', async () => {
	const before = (await counts())!;
	await asSystem('test', async (tx) => {
		const type = await tx.one<{ id: string }>(
			sql`select id from people.membership_type where key = 'member'`,
		);
		await addMembership(tx, idOf('tidiane'), { typeId: type!.id, verified: true });
	});
	await drainJobs();
	expect(await counts()).toEqual({ m: before.m + 1, s: before.s - 1 });
});

test('a person takes away what units know of them, and erasing leaves no trace nor a wrong count', async () => {
	await welcome(await as('samuel'), idOf('villebrume'), { person: idOf('mathis'), greeting: 'Salut Mathis' });
	await createInvitation(await as('samuel'), idOf('villebrume'));
	const gathered = await asSystem('export', (tx) => belongingPrivacy.gather(tx, idOf('samuel')));
	expect(gathered.belonging).toHaveLength(1);
	expect(gathered.greetings).toEqual([expect.objectContaining({ greeting: 'Salut Mathis' })]);
	expect(gathered.invitations).toHaveLength(1);
	await asSystem('erase', (tx) => belongingPrivacy.erase(tx, idOf('samuel')));
	const after = await asSystem('export', (tx) => belongingPrivacy.gather(tx, idOf('samuel')));
	expect(Object.values(after).flat()).toEqual([]);
	expect(await asSystem('test', repairCounts)).toBe(0);
});

test('invitations are forgotten ninety days after they end', async () => {
	await createInvitation(await as('odile'), idOf('villebrume'));
	const later = new Date(Date.now() + 125 * 86_400_000);
	const retain = (dry: boolean) => asSystem('retain', (tx) => belongingPrivacy.retain!(tx, later, dry));
	expect(await retain(true)).toEqual({ 'territory.invitation': 1 });
	expect(await asSystem('retain', (tx) => belongingPrivacy.retain!(tx, new Date(), false))).toEqual({
		'territory.invitation': 0,
	});
	expect(await retain(false)).toEqual({ 'territory.invitation': 1 });
});
