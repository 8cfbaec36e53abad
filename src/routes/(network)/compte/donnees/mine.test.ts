import { beforeEach, describe, expect, test } from 'vitest';
import { mailsTo } from '#domains/people/people.fixture.ts';
import { asSystem } from '#platform/db.ts';
import { readZip, unfold } from '#platform/files/zip.ts';
import { drainJobs } from '#platform/jobs.ts';
import { archive } from '#platform/privacy/index.ts';
import { sql } from '#platform/sql.ts';
import { domains } from '#registry.ts';
import { browser } from '#tests/browse.ts';
import { plain } from '#tests/draw.ts';
import { idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';

stage();

const page = '/compte/donnees';
const odile = idOf('odile');
beforeEach(() =>
	asSystem('test', async (tx) => {
		await tx.run(sql`delete from platform.bucket`);
		await tx.run(sql`delete from platform.erasure`);
	}),
);
const asked = async () =>
	(await asSystem('test', (tx) =>
		tx.one<{ n: number }>(
			sql`select count(*)::int as n from platform.erasure where person_id = ${odile}::uuid`,
		),
	))!.n;

describe('leaving', () => {
	test('is asked twice: without the box nothing is begun, and the page says what is missing', async () => {
		const refused = await (await browser('odile')).post(`${page}?/erase`);
		expect([refused.status, refused.form!.problems]).toEqual([422, ['sure privacy.sure_needed']]);
		expect(await asked()).toBe(0);
	});

	test('waits thirty days, is said, and is taken back by one button', async () => {
		const who = await browser('odile');
		const done = await who.through(`${page}?/erase`, { sure: 'on' });
		expect(done.status).toBe(200);
		expect(await asked()).toBe(1);
		expect((await who.get('/fil')).status).toBe(200);
		await who.post(`${page}?/keep`);
		expect(await asked()).toBe(0);
	});

	test('is told by mail even to who stopped such mails and read it here: another hand may hold the session', async () => {
		await asSystem('test', async (tx) => {
			await tx.run(sql`delete from notices.notice`);
			await tx.run(sql`insert into notices.choice (person_id, category, channel, rhythm)
				values (${odile}::uuid, 'safety', 'mail', 'none') on conflict do nothing`);
		});
		const who = await browser('odile');
		await who.post(`${page}?/erase`, { sure: 'on' });
		const mail = (await mailsTo('odile@rive.example')).at(-1)!;
		expect(plain(mail.message.subject)).toBe("L'effacement de ton compte est demandé");
		expect(mail.message.text).toContain('/compte/securite');
		expect((await who.get('/avis')).main).toContain('Ton compte sera effacé dans trente jours');
		await who.post(`${page}?/keep`);
		await drainJobs();
		expect((await who.get('/avis')).main).not.toContain('sera effacé');
	});

	test('asked twice at once is one leaving', async () => {
		const who = await browser('odile');
		await Promise.all([1, 2].map(() => who.post(`${page}?/erase`, { sure: 'on' })));
		expect(await asked()).toBe(1);
	});

	test('is everybody’s right: a suspended person, one not confirmed, one without second factor', async () => {
		for (const name of ['thibaud', 'awa', 'mathis'] as const) {
			const who = await browser(name, { factor: false });
			expect([name, (await who.get(page)).status]).toEqual([name, 200]);
		}
		expect((await (await browser('visitor')).get(page)).to).toBe('/connexion?next=%2Fcompte%2Fdonnees');
	});
});

test('what each part of the network keeps, and how long, is said in words: none is left out', async () => {
	for (const name of ['odile', 'samuel'] as const) {
		const { main } = await (await browser(name)).get(page);
		expect(main).not.toMatch(/privacy\.|holds_|time_/);
	}
	const { main } = await (await browser('odile')).get(page);
	for (const said of ['Messages privés', 'Groupes', 'initiatives et signatures', 'places et rôles tenus'])
		expect(main).toContain(said);
});

test('the file that one takes away opens as a page: words, days and pictures, nobody else’s', async () => {
	await asSystem('test', (tx) =>
		tx.run(sql`update people.person set status_text = '<b>gras</b>' where id = ${odile}::uuid`),
	);
	const zip = Buffer.concat(await Array.fromAsync(archive(domains, odile)));
	const page = readZip(zip).find(({ name }) => name === 'mes-donnees.html')!;
	const html = (await unfold(page)).toString();
	expect(html).toContain('<html lang="fr">');
	expect(html).toContain('Odile Fabrègat');
	expect(html).toContain('odile@rive.example');
	expect(html).toMatch(/Nom, adresse mail, façons d/);
	expect(html).not.toMatch(/\d{4}-\d\d-\d\dT|privacy\.(holds|time|page)|null|<script/);
	expect(html).not.toContain('mathis@rive.example');
	expect(html).toContain('&lt;b&gt;gras&lt;/b&gt;');
});

describe('taking everything away', () => {
	test('is asked for, said, and listed; somebody else’s file does not exist', async () => {
		const who = await browser('odile');
		expect((await who.post(`${page}?/export`)).status).toBe(303);
		const file = await asSystem('test', (tx) =>
			tx.one<{ id: string }>(sql`select id from platform.export where person_id = ${odile}::uuid`),
		);
		expect((await (await browser('mathis')).get(`${page}/${file!.id}`)).status).toBe(404);
		expect((await who.get(`${page}/${idOf('nothing')}`)).status).toBe(404);
	});

	test('three times an hour, no more: a file takes work', async () => {
		const who = await browser('gerard');
		const answers: number[] = [];
		for (let n = 0; n < 4; n++) answers.push((await who.post(`${page}?/export`)).status);
		expect(answers.at(-1)).toBe(429);
	});
});

test('withdrawing what was never given changes nothing, for anybody, and is told so', async () => {
	const rows = () => asSystem('test', (tx) => tx.many(sql`select * from people.consent order by id`));
	const before = await rows();
	const told = await (await browser('odile')).post(`${page}?/withdraw`, { purpose: 'selling' });
	expect([told.status, told.form!.problems]).toEqual([409, [' privacy.not_given']]);
	expect(told.main).toContain('Cet accord n’est pas donné : il n’y avait rien à retirer.');
	expect(await rows()).toEqual(before);
});
