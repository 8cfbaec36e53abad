import { beforeEach, expect, test } from 'vitest';
import { launch } from '#domains/missions/petitions/launch.ts';
import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { refused, scene } from '#tests/traces.ts';

stage();

let id: string;
beforeEach(async () => {
	await scene(
		sql`delete from platform.bucket`,
		sql`delete from platform.mail`,
		sql`delete from missions.petition`,
	);
	const said = { title: 'Un bus le dimanche', addressed_to: 'Aux transports', text: 'Il faut un bus.' };
	id = await launch(await as('odile'), { unit: idOf('villebrume'), ...said });
});
const signing = { name: 'Lou Passant', postcode: '01000', email: 'lou@exemple.example', website: '' };
/** Lou signs; gives where the mail leads. */
async function mailed(): Promise<string> {
	await (await browser('visitor')).post(`/petitions/${id}?/visitor`, signing);
	await drainJobs();
	const mail = await asSystem('test', (tx) =>
		tx.one<{ message: string }>(
			sql`select message::text as message from platform.mail where kind = 'missions.signature' order by id desc limit 1`,
		),
	);
	return /\/petitions\/confirmer\/[\w-]+/.exec(mail!.message)![0];
}
const count = async () => (await (await browser('visitor')).get(`/petitions/${id}`)).main;

test('opening the mail signs nothing: a program that opens every link counts for nobody', async () => {
	const at = await mailed();
	const why = await refused(['missions.signature', 'missions.petition'], async () => {
		const robot = await browser('visitor');
		for (let n = 0; n < 3; n++) expect((await robot.get(at)).status).toBe(200);
	});
	expect(why).toBe('done');
	expect(await count()).toContain('Aucune signature');
});

test('confirmed, then taken back by the same link, it counts no more, and the page says both', async () => {
	const [at, lou] = [await mailed(), await browser('visitor')];
	const done = await lou.through(`${at}?/confirm`);
	expect(done.text).toContain('Merci, ta signature compte.');
	expect(await count()).toContain('1 signature confirmée');
	const back = await lou.through(`${at}?/retract`);
	expect(back.text).toMatch(/retirée|effacée|ne compte plus/);
	expect(await count()).toContain('Aucune signature');
	expect((await lou.get(at)).status).toBe(404);
	expect((await lou.post(`${at}?/confirm`)).status).toBe(404);
});

test('taken back before it was confirmed, its link opens nothing, and one may sign again', async () => {
	const [at, lou] = [await mailed(), await browser('visitor')];
	expect((await lou.post(`${at}?/retract`)).to).toBe(`/petitions/${id}`);
	expect((await lou.get(at)).status).toBe(404);
	const again = await mailed();
	expect(again).not.toBe(at);
	await lou.post(`${again}?/confirm`);
	expect(await count()).toContain('1 signature confirmée');
});

test('pressed twice at once, it is one signature; a link made up is none', async () => {
	const at = await mailed();
	const both = await Promise.all([1, 2].map(async () => (await browser('visitor')).post(`${at}?/confirm`)));
	expect(both.map(({ to }) => to)).toEqual([`/petitions/${id}`, `/petitions/${id}`]);
	expect(await count()).toContain('1 signature confirmée');
	for (const odd of ['rien', 'A'.repeat(43), '%27'])
		for (const act of ['confirm', 'retract'])
			expect([
				odd,
				(await (await browser('visitor')).post(`/petitions/confirmer/${odd}?/${act}`)).status,
			]).toEqual([odd, 404]);
});
