import { beforeAll, describe, expect, test } from 'vitest';
import { asSystem, read } from '#platform/db.ts';
import { keepFile, takeIn } from '#platform/files/keep.ts';
import { readZip } from '#platform/files/zip.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { domains } from '#registry.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { archive } from './archive.ts';
import { eraseDue } from './jobs.ts';
import { askErasure, askExport, cancelErasure, erasureOf, exportsOf, openExport } from './request.ts';
import { retain } from './retain.ts';

stage();

const day = 86_400_000;
const later = (days: number) => new Date(Date.now() + days * day);
const person = (name: CastName) =>
	asSystem('test', (tx) =>
		tx.one<{ name: string; erased_at: Date | null }>(
			sql`select name, erased_at from people.person where id = ${idOf(name)}`,
		),
	);
const contact = (name: CastName) =>
	asSystem('test', (tx) =>
		tx.one(sql`select 1 as there from people.contact where person_id = ${idOf(name)}`),
	);

beforeAll(() =>
	asSystem('test', (tx) => tx.run(sql`update people.person set left_at = now() where left_at is not null`)),
);

const keeps = async (name: CastName, file: string, text: string) => {
	const upload = await takeIn(new File([text], file));
	const holding = { ownerId: idOf(name), holder: 'feed.post', holderId: null };
	await asSystem('test', (tx) => keepFile(tx, upload, holding));
};

describe('an export', () => {
	test('is asked once, made by a job, announced, and opened by its person alone', async () => {
		const odile = await as('odile');
		await keeps('odile', 'compte rendu.txt', 'Le local rouvre mardi.');
		await keeps('mathis', 'autre.txt', 'À Mathis seul.');
		const asked = await Promise.all([1, 2, 3].map(() => outcome(askExport({ ...odile }))));
		expect(asked.filter((one) => one === 'Invalid').length).toBeGreaterThanOrEqual(1);
		await drainJobs();
		const [made] = await exportsOf(odile);
		expect(made!.readyAt).toBeInstanceOf(Date);
		const { content, bytes } = await openExport(odile, made!.id);
		const zip = Buffer.concat(await content.toArray());
		expect(zip.length).toBe(bytes);
		const [page, data, file, ...others] = readZip(zip);
		expect(page!.name).toBe('mes-donnees.html');
		const text = data!.packed.toString();
		expect(JSON.parse(text).files).toEqual([file!.name]);
		expect(file!.name).toMatch(/^fichiers\/[0-9a-f-]{36}-compte rendu.txt$/);
		expect(file!.packed.toString()).toBe('Le local rouvre mardi.');
		expect(others).toEqual([]);
		expect(text).toContain('odile@rive.example');
		expect(text).not.toContain('mathis@rive.example');
		expect(await outcome(openExport(await as('mathis'), made!.id))).toBe('NotFound');
		expect(await outcome(openExport(await as('visitor'), made!.id))).toBe('NotFound');
		expect(await read(await as('mathis'), (tx) => tx.many(sql`select * from platform.export`))).toEqual([]);
		const told = await asSystem('test', (tx) =>
			tx.many(sql`select 1 from notices.notice where person_id = ${idOf('odile')} and type = 'export_ready'`),
		);
		expect(told.length).toBeGreaterThan(0);
	});

	test('a picture that the house drew has no code for a name', async () => {
		await keeps('mathis', 'image.txt', 'octets');
		await asSystem('test', (tx) =>
			tx.run(
				sql`update platform.file set name = file.holder, kind = 'image/webp' where file.name = 'image.txt'`,
			),
		);
		const zip = readZip(Buffer.concat(await Array.fromAsync(archive(domains, idOf('mathis')))));
		const paths = zip.map(({ name }) => name).filter((path) => path.startsWith('fichiers/'));
		expect(paths).toContainEqual(expect.stringMatching(/^fichiers\/[0-9a-f-]{36}-image\.webp$/));
		expect(paths.join()).not.toContain('feed.post');
	});

	test('opens for a day, then its bytes are gone', async () => {
		const [made] = await exportsOf(await as('odile'));
		await asSystem('test', (tx) =>
			tx.run(sql`update platform.export set expires_at = now() - interval '1 minute'`),
		);
		expect(await outcome(openExport(await as('odile'), made!.id))).toBe('NotFound');
		expect((await retain(domains, new Date(), false))['platform.export']).toBeGreaterThan(0);
		expect(
			await asSystem('test', (tx) => tx.many(sql`select 1 from platform.export where expires_at < now()`)),
		).toEqual([]);
	});
});

describe('an erasure', () => {
	test('waits thirty days, can be taken back, then happens', async () => {
		await askErasure(await as('ines'), null);
		expect((await erasureOf(await as('ines')))!.dueAt.getTime()).toBeGreaterThan(later(29).getTime());
		expect(await eraseDue(domains, later(29))).toBe(0);
		await cancelErasure(await as('ines'));
		expect(await eraseDue(domains, later(31))).toBe(0);
		expect((await person('ines'))!.erased_at).toBeNull();
		await askErasure(await as('ines'), 'print-of-an-address');
		expect(await eraseDue(domains, later(31))).toBe(1);
		expect(await person('ines')).toMatchObject({ name: '', erased_at: expect.any(Date) });
		expect(await contact('ines')).toBeUndefined();
		await drainJobs();
		expect(
			await asSystem('test', (tx) =>
				tx.many(sql`select 1 from people.suppression where email_hash = 'print-of-an-address'`),
			),
		).toHaveLength(1);
		expect(await eraseDue(domains, later(31))).toBe(0);
	});
});

describe('when the clock jumps', () => {
	test('a dry run says what would go and changes nothing', async () => {
		const said = await retain(domains, later(8), true);
		expect(said.people).toBe(1);
		expect((await person('awa'))!.erased_at).toBeNull();
	});

	test('an account never confirmed goes after seven days, who left after six months, the others stay', async () => {
		await retain(domains, later(-400), false);
		expect((await person('awa'))!.erased_at).toBeNull();
		await asSystem('test', (tx) =>
			tx.run(
				sql`update people.person set created_at = now(), left_at = case when left_at is null then null else now() end`,
			),
		);
		await retain(domains, later(6), false);
		expect((await person('awa'))!.erased_at).toBeNull();
		await retain(domains, later(8), false);
		expect((await person('awa'))!.erased_at).not.toBeNull();
		expect((await person('josiane'))!.erased_at).toBeNull();
		await retain(domains, later(190), false);
		expect((await person('josiane'))!.erased_at).not.toBeNull();
		expect((await person('odile'))!.erased_at).toBeNull();
		expect((await person('thibaud'))!.erased_at).toBeNull();
	});

	test('an organisation may set other durations', async () => {
		await asSystem('test', (tx) =>
			tx.run(sql`insert into platform.setting (key, value) values ('retention', '{"leftDays": 20}')`),
		);
		await asSystem('test', (tx) =>
			tx.run(sql`update people.person set left_at = now() where id = ${idOf('lucien')}`),
		);
		await retain(domains, later(21), false);
		expect((await person('lucien'))!.erased_at).not.toBeNull();
	});
});
