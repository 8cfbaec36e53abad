import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { house } from '#platform/house.ts';
import { mailDomain, signedAddress } from '#platform/mail/in/address.ts';
import { rawMail } from '#platform/mail/in/came.fixture.ts';
import { sql } from '#platform/sql.ts';
import { stage } from '#tests/stage.ts';

stage();

/** What a mail server that pipes gets: the exit code. */
async function pipes(raw: Buffer, words: string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
	const child = spawn(
		process.execPath,
		[join(import.meta.dirname, '..', 'coopol.ts'), 'mail', 'receive', ...words],
		{
			env: { ...process.env, DATABASE_URL: process.env.COOPOL_OWNER_URL, ...env },
			stdio: ['pipe', 'ignore', 'ignore'],
		},
	);
	child.stdin.on('error', () => {});
	child.stdin.end(raw);
	const [code] = await once(child, 'exit');
	return code as number;
}

test('a mail for an address of ours is taken, as Postfix gives it too; others are not; no database, come back', async () => {
	const to = signedAddress('reponse', Buffer.alloc(24, 7), mailDomain(await house()));
	const forged = to.replace(/\+./, (sign) => (sign === '+a' ? '+b' : '+a'));
	const raw = rawMail('Oui');
	const codes = await Promise.all([
		pipes(raw, ['--to', to, '--from', 'odile@rive.example']),
		pipes(raw, [], { RECIPIENT: to, SENDER: 'odile@rive.example' }),
		pipes(raw, ['--to', 'contact@ailleurs.example']),
		pipes(raw, ['--to', forged]),
		pipes(raw, []),
		pipes(raw, ['--to', to], { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }),
	]);
	expect(codes).toEqual([0, 0, 1, 0, 2, 75]);
	const [rows, drops] = await asSystem('test', (tx) =>
		Promise.all([
			tx.many(sql`select 1 as one from platform.mail_in`),
			tx.many(sql`select reason, n from platform.mail_drop`),
		]),
	);
	expect(rows).toHaveLength(2);
	expect(drops).toEqual([{ reason: 'forged', n: 1 }]);
}, 240_000);
