import { beforeAll, beforeEach, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { refused, scene } from '#tests/traces.ts';

stage();

const at = `/unites/${idOf('villebrume')}/inviter`;
let odile: Browser;
beforeAll(async () => {
	odile = await browser('odile');
});
beforeEach(() => scene(sql`delete from platform.bucket`, sql`delete from territory.invitation`));
const links = () =>
	asSystem('test', (tx) =>
		tx.many<{ id: string; code: string; live: boolean }>(
			sql`select id, code, revoked_at is null as live from territory.invitation order by created_at`,
		),
	);

test('a link is made by one press, shown whole, and ended by another; the page says each', async () => {
	expect((await odile.get(at)).main).not.toContain('/invitation/');
	const made = await odile.post(`${at}?/create`);
	expect(made.status).toBeLessThan(400);
	const [link] = await links();
	expect((await odile.get(at)).html).toContain(link!.code);
	const visitor = await browser('visitor');
	const [, path] =
		/https?:\/\/[^"\s<]*?(\/[^"\s<]*?)"/.exec((await odile.get(at)).html.replace(/^[\s\S]*?<main/, '')) ?? [];
	expect(path).toContain(link!.code);
	expect((await visitor.get(path!)).main).toContain('Section de Villebrume');
	await odile.post(`${at}?/revoke`, { invitation: link!.id });
	expect((await links())[0]).toMatchObject({ live: false });
	expect((await odile.get(at)).html).not.toContain(link!.code);
	expect((await visitor.get(path!)).main).not.toContain('Section de Villebrume');
});

test('a link that is none is said; somebody else’s, one ended already or never made, is not found', async () => {
	await odile.post(`${at}?/create`);
	const [link] = await links();
	const why = await refused(['territory.invitation'], async () => {
		const odd = await odile.post(`${at}?/revoke`, { invitation: 'the first one' });
		expect(odd.form!.problems).toEqual(['invitation territory.invite_gone']);
		expect(odd.main).toContain('invitation');
		const mathis = await browser('mathis');
		expect((await mathis.post(`${at}?/revoke`, { invitation: link!.id })).status).toBe(404);
		expect((await odile.post(`${at}?/revoke`, { invitation: idOf('nothing') })).status).toBe(404);
	});
	expect(why).toBe('done');
	await odile.post(`${at}?/revoke`, { invitation: link!.id });
	expect((await odile.post(`${at}?/revoke`, { invitation: link!.id })).status).toBe(404);
});

test('twenty links are open at once, no more; one ended leaves its place', async () => {
	for (let n = 0; n < 20; n++)
		await scene(sql`insert into territory.invitation (id, inviter_id, unit_id, code, expires_at)
			values (${idOf(`link ${n}`)}, ${idOf('odile')}, ${idOf('villebrume')}, ${`CODE${n}`}, now() + interval '1 day')`);
	const full = await odile.post(`${at}?/create`);
	expect([full.status, (await links()).length]).toEqual([409, 20]);
	await odile.post(`${at}?/revoke`, { invitation: idOf('link 3') });
	await odile.post(`${at}?/create`);
	expect((await links()).filter(({ live }) => live)).toHaveLength(20);
});

test('nobody invites into a unit that is not theirs', async () => {
	for (const who of ['ines', 'yamina', 'awa', 'thibaud', 'josiane', 'visitor'] as const) {
		const other = await browser(who);
		const { status, to } = await other.post(`${at}?/create`);
		expect([who, status === 200 || (to?.startsWith('/unites') ?? false)]).toEqual([who, false]);
	}
	expect(await links()).toEqual([]);
});
