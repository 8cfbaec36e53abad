import { expect, test } from 'vitest';
import { repairCounts } from '#domains/territory/index.ts';
import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { as, stage } from '#tests/stage.ts';
import { count, people, send } from './imports.fixture.ts';
import { launch, showImport } from './index.ts';
import { jobs } from './jobs.ts';
import { work } from './run/engine.ts';

stage();

test('killed in the middle, it goes on where it was: nobody twice, nobody forgotten', async () => {
	const yamina = await as('yamina');
	const before = await count();
	const id = await send(yamina, people(1_300, 'k'));
	await launch({ ...yamina }, id, {});
	let batches = 0;
	const kill = work('house', id, () => {
		if (++batches === 2) throw new Error('kill -9');
	});
	await expect(kill).rejects.toThrow('kill -9');
	expect(await showImport(yamina, id)).toMatchObject({ state: 'running', done: 200, total: 1_300 });
	expect(await count()).toBe(before + 200);
	await asSystem('imports', (tx) =>
		tx.run(sql`update imports.import set beat_at = now() - interval '1 minute' where id = ${id}`),
	);
	await jobs.find(({ name }) => name === 'imports.resume')!.work({} as never);
	await drainJobs();
	expect(await showImport(yamina, id)).toMatchObject({ state: 'done', counts: { created: 1_300 } });
	expect(await count()).toBe(before + 1_300);
	expect(await asSystem('test', repairCounts)).toBe(0);
});

test('a file that cannot be read five times goes back to its columns; a writing that fails five times stops, and can go on', async () => {
	const yamina = await as('yamina');
	const state = async (id: string) => (await showImport(yamina, id)).state;
	const run = (name: string, id: string) =>
		jobs
			.find((job) => job.name === name)!
			.work({ id } as never)
			.catch(() => {});
	const lost = await send(yamina, people(2, 'f'));
	await asSystem('imports', (tx) =>
		tx.run(
			sql`update imports.import set state = 'mapped', tries = 0, stored_id = ${'0'.repeat(32)} where id = ${lost}`,
		),
	);
	for (let i = 0; i < 5; i++) await run('imports.check', lost);
	expect(await state(lost)).toBe('uploaded');
	const id = await send(yamina, people(2, 'g'));
	await launch({ ...yamina }, id, {});
	await asSystem('imports', (tx) =>
		tx.run(
			sql`update imports.line set value = '{"familyName": "X", "memberSince": "jamais"}' where import_id = ${id} and line = 3`,
		),
	);
	for (let i = 0; i < 5; i++) await run('imports.run', id);
	expect(await state(id)).toBe('failed');
	await asSystem('imports', (tx) =>
		tx.run(sql`update imports.line set skipped = true where import_id = ${id} and line = 3`),
	);
	await launch({ ...yamina }, id, {});
	await work('house', id);
	expect(await state(id)).toBe('done');
});
