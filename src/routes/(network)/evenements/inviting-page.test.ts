import { beforeAll, beforeEach, expect, test } from 'vitest';
import { create } from '#domains/events/index.ts';
import { planned, said } from '#domains/events/stage.fixture.ts';
import { opened } from '#domains/groups/groups.fixture.ts';
import { asSystem } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';

stage();

let samuel: Browser;
let odile: Browser;
let mathis: Browser;
beforeAll(async () => {
	[samuel, odile, mathis] = [await browser('samuel'), await browser('odile'), await browser('mathis')];
});
beforeEach(() => scene(sql`delete from platform.bucket`, sql`delete from notices.notice`));

const invitations = (id: string) =>
	asSystem(
		'test',
		async (tx) => (await tx.many(sql`select 1 from events.invitation where event_id = ${id}`)).length,
	);

test('one person is found by name and invited once; they are told, and somebody who may not be seen is not found', async () => {
	const id = await planned({ title: 'Atelier vélo' });
	const at = `/evenements/${id}/inviter`;
	expect((await samuel.get(`${at}?q=Fabr`)).main).toContain('Odile Fabrègat');
	const person = { person: idOf('odile') };
	expect((await samuel.through(`${at}?/invitePerson`, person)).text).toContain('L’invitation est partie.');
	await samuel.post(`${at}?/invitePerson`, person);
	expect(await invitations(id)).toBe(1);
	await drainJobs();
	expect((await odile.get('/avis')).main).toContain('Atelier vélo');
	expect((await samuel.post(`${at}?/invitePerson`, { person: newId() })).status).toBe(404);
	expect((await samuel.post(`${at}?/invitePerson`, { person: 'odile' })).status).toBe(422);
	expect(await invitations(id)).toBe(1);
});

test('a whole group is invited by who plans in it, once; an event of a place has no group to invite', async () => {
	const group = await opened('odile');
	await mathis.post(`/groupes/${group}?/join`);
	const id = await create(await as('odile'), said({ unit: '', group, visibility: 'group', title: 'Semis' }));
	const at = `/evenements/${id}/inviter`;
	expect((await mathis.post(`${at}?/inviteGroup`)).status).toBe(403);
	expect((await odile.post(`${at}?/inviteGroup`)).to).toBe(`/evenements/${id}`);
	await odile.post(`${at}?/inviteGroup`);
	expect(await invitations(id)).toBe(1);
	await drainJobs();
	expect((await mathis.get('/avis')).main).toContain('Semis');
	expect((await odile.get('/avis')).main).not.toContain('Semis');
	const ofUnit = await planned();
	expect((await samuel.post(`/evenements/${ofUnit}/inviter?/inviteGroup`)).status).toBe(404);
	// The group is open: he reads the event, and does not invite.
	expect((await samuel.get(at)).status).toBe(403);
});
