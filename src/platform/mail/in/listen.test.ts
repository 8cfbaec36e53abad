import nodemailer from 'nodemailer';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { stage } from '#tests/stage.ts';
import { asSystem, closeDatabase } from '../../db.ts';
import { house } from '../../house.ts';
import { sql } from '../../sql.ts';
import { mailDomain, signedAddress } from './address.ts';
import { rawMail } from './came.fixture.ts';
import { mailMax } from './keep.ts';
import { openMailDoor } from './listen.ts';

stage();

let doors: Awaited<ReturnType<typeof openMailDoor>>[] = [];
let to = '';
beforeAll(async () => {
	doors = [
		await openMailDoor({ host: '127.0.0.1', port: 0, lmtp: false }),
		await openMailDoor({ host: '127.0.0.1', port: 0, lmtp: true }),
	];
	to = signedAddress('reponse', Buffer.alloc(24, 7), mailDomain(await house()));
});
afterAll(() => Promise.all(doors.map((door) => door.close())));
beforeEach(() =>
	asSystem('test', async (tx) => {
		for (const table of ['platform.mail_in', 'platform.mail_drop', 'platform.bucket', 'jobs.job'])
			await tx.run(sql`delete from ${sql.raw(table)}`);
	}),
);

/** Sends as a mail server does; gives 250, or the code of the refusal. */
async function sends(to: string | string[], raw: Buffer, { lmtp = false, from = 'odile@rive.example' } = {}) {
	const transport = nodemailer.createTransport({
		host: '127.0.0.1',
		port: doors[lmtp ? 1 : 0]!.port,
		ignoreTLS: true,
		lmtp,
	});
	try {
		await transport.sendMail({ envelope: { from, to }, raw });
		return 250;
	} catch (problem) {
		return (problem as { responseCode?: number }).responseCode;
	} finally {
		transport.close();
	}
}
const kept = () =>
	asSystem('test', (tx) => tx.many<{ sealed: string }>(sql`select sealed from platform.mail_in`));

describe('the door for mails', () => {
	test('takes what is for an address of ours, sealed, with the work that reads it; by LMTP too', async () => {
		expect(await sends(to, rawMail('Un mot à moi'))).toBe(250);
		expect(await sends(to.toUpperCase(), rawMail('Encore'), { lmtp: true })).toBe(250);
		const rows = await kept();
		expect(rows).toHaveLength(2);
		expect(JSON.stringify(rows)).not.toContain('odile');
		const jobs = await asSystem('test', (tx) =>
			tx.many(sql`select 1 as one from jobs.job where name = 'mail.take_in'`),
		);
		expect(jobs).toHaveLength(2);
	});

	test('is nobody’s server for any other address, and counts them', async () => {
		const forged = to.replace(/\+./, (sign) => (sign === '+a' ? '+b' : '+a'));
		for (const other of ['contact@ailleurs.example', to.replace(/@.*/, '@ailleurs.example'), forged])
			expect(await sends(other, rawMail('x')), other).toBe(550);
		expect(await kept()).toEqual([]);
		const counted = await asSystem('test', (tx) =>
			tx.many(sql`select reason, n from platform.mail_drop order by reason`),
		);
		expect(counted).toEqual([
			{ reason: 'address', n: 2 },
			{ reason: 'forged', n: 1 },
		]);
	});

	test('refuses what is above ten megabytes, and a flood to one address for a while', async () => {
		const large = rawMail(`${'x'.repeat(70)}\r\n`.repeat(Math.ceil(mailMax / 72) + 10));
		expect(await sends(to, large)).toBe(552);
		expect(await kept()).toEqual([]);
		const codes = [];
		for (let n = 0; n < 25; n++) codes.push(await sends(to, rawMail('x')));
		expect(codes.filter((code) => code === 450).length).toBeGreaterThan(3);
		expect(await kept()).toHaveLength(codes.filter((code) => code === 250).length);
	});

	test('while the database is away, asks the sender’s server to come back', async () => {
		const url = process.env.COOPOL_SYSTEM_URL!;
		await house();
		try {
			process.env.COOPOL_SYSTEM_URL = 'postgres://nobody@127.0.0.1:1/none';
			expect(await sends(to, rawMail('x'))).toBe(451);
		} finally {
			await closeDatabase();
			process.env.COOPOL_SYSTEM_URL = url;
		}
		expect(await sends(to, rawMail('x'))).toBe(250);
		expect(await kept()).toHaveLength(1);
	});
});
