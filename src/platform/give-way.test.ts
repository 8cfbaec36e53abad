import { spawnSync } from 'node:child_process';
import { getPriority } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stage } from '#tests/stage.ts';

stage();

/** What a process that asks the database as the house has as priorities: its own, and that of its connection at the server. */
function priorities(before: string, env: Record<string, string> = {}) {
	const here = (name: string) => JSON.stringify(join(import.meta.dirname, name));
	const program = `
		import { getPriority } from 'node:os';
		import { giveWay } from ${here('give-way.ts')};
		import { asSystem, closeDatabase } from ${here('db.ts')};
		import { sql } from ${here('sql.ts')};
		${before}
		const { pid } = await asSystem('test', (tx) => tx.one(sql\`select pg_backend_pid() as pid\`));
		console.log(JSON.stringify([getPriority(), getPriority(pid)]));
		await closeDatabase();`;
	const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module-typescript', '-e', program], {
		cwd: import.meta.dirname,
		env: { ...process.env, ...env },
		encoding: 'utf8',
	});
	if (!stdout) throw new Error(stderr);
	return JSON.parse(stdout) as [number, number];
}

const own = getPriority();

test('the house’s work goes after pages, and so does what the embedded database does for it', () => {
	expect(priorities('')).toEqual([own, own]);
	expect(priorities('giveWay();')).toEqual([19, 19]);
});

test('a server that may be elsewhere is left alone: its numbers are those of another machine', () => {
	const given = { DATABASE_URL: 'postgres://somewhere/else' };
	expect(priorities('giveWay();', given)).toEqual([19, own]);
});
