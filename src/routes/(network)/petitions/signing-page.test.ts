import { beforeAll, beforeEach, expect, test } from 'vitest';
import { launch, settle } from '#domains/missions/petitions/launch.ts';
import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';

stage();

let odile: Browser;
let nobody: Browser;
let id: string;
beforeAll(async () => {
	[odile, nobody] = [await browser('odile'), await browser('visitor')];
});
beforeEach(async () => {
	await scene(
		sql`delete from platform.bucket`,
		sql`delete from platform.mail`,
		sql`delete from missions.petition`,
	);
	const said = { title: 'Un bus le dimanche', addressed_to: 'Aux transports', text: 'Il faut un bus.' };
	id = await launch(await as('samuel'), { unit: idOf('villebrume'), ...said, official: 'on' });
});
const at = () => `/petitions/${id}`;
const signed = async () =>
	(await asSystem('test', (tx) =>
		tx.one<{ n: number }>(sql`select signed as n from missions.petition where id = ${id}`),
	))!.n;
/** What a page says, but for how many signed. */
const counted = (text: string) =>
	text.replace(/Aucune signature pour l’instant|\d+ signatures? confirmées?/g, '·');
const lou = { name: 'Lou Passant', postcode: '01000', email: 'lou@exemple.example', website: '' };
/** The page behind the link of the mail. */
async function link(): Promise<string> {
	await drainJobs();
	const mail = await asSystem('test', (tx) =>
		tx.one<{ message: string }>(sql`select message::text as message from platform.mail
			where kind = 'missions.signature' order by id desc limit 1`),
	);
	return /\/petitions\/confirmer\/[\w-]+/.exec(mail!.message)![0];
}

test('with an account, one signs in one press, and takes it back in another; the count follows', async () => {
	expect((await odile.get(at())).main).toContain('Il faut un bus.');
	await odile.post(`${at()}?/sign`);
	await odile.post(`${at()}?/sign`);
	expect(await signed()).toBe(1);
	const back = await odile.through(`${at()}?/unsign`);
	expect(back.status).toBe(200);
	expect(await signed()).toBe(0);
	expect((await odile.post(`${at()}?/unsign`)).status).toBe(403);
});

test('without one, each field says what it lacks, and the link of a mail does the rest', async () => {
	const wrong = await nobody.post(`${at()}?/visitor`, { ...lou, name: ' ', email: 'lou', postcode: 'Ain' });
	expect([wrong.status, wrong.form?.problems]).toEqual([
		422,
		[
			'name missions.sign_name_needed',
			'postcode missions.sign_postcode_shape',
			'email missions.sign_email_shape',
		],
	]);
	await nobody.post(`${at()}?/visitor`, lou);
	expect(await signed()).toBe(0);
	const page = await link();
	expect((await nobody.get(page)).main).toContain('Un bus le dimanche');
	expect(await signed()).toBe(0);
	expect((await nobody.post(`${page}?/confirm`)).to).toBe(at());
	await nobody.post(`${page}?/confirm`);
	expect(await signed()).toBe(1);
	expect((await nobody.post(`${page}?/retract`)).to).toBe(at());
	expect(await signed()).toBe(0);
	expect((await nobody.get(page)).status).toBe(404);
	expect((await nobody.post(`${page}?/retract`)).status).toBe(404);
});

test('the same answer comes whether the address signed already or not, and a robot’s field sends nothing', async () => {
	const first = await nobody.through(`${at()}?/visitor`, lou);
	await nobody.post(`${await link()}?/confirm`);
	const again = await nobody.through(`${at()}?/visitor`, lou);
	expect(counted(again.text)).toBe(counted(first.text));
	await scene(sql`delete from platform.mail`);
	await nobody.post(`${at()}?/visitor`, {
		...lou,
		email: 'robot@exemple.example',
		website: 'https://x.example',
	});
	await drainJobs();
	expect(
		await asSystem('test', (tx) => tx.many(sql`select 1 from platform.mail where recipient like 'robot%'`)),
	).toEqual([]);
});

test('closed, it says so to who comes late, whichever way they come', async () => {
	await nobody.post(`${at()}?/visitor`, lou);
	const page = await link();
	await settle(await as('samuel'), id, { result: 'Le bus roule.' });
	for (const [who, path, fields] of [
		[odile, `${at()}?/sign`, {}],
		[nobody, `${at()}?/visitor`, { ...lou, email: 'ana@exemple.example' }],
		[nobody, `${page}?/confirm`, {}],
	] as const) {
		const sent = await who.post(path, fields);
		expect([path, sent.status, sent.form?.problems]).toEqual([path, 403, [' missions.petition_over']]);
	}
	expect((await nobody.get(at())).main).toContain('Le bus roule.');
	expect(await signed()).toBe(0);
});
