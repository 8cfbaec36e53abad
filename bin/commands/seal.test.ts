import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { beforeEach, expect, test } from 'vitest';
import { doctor } from '#domains/admin/index.ts';
import { sealedHolders, thread } from '#domains/messages/index.ts';
import { clear, house, writes } from '#domains/messages/messages.fixture.ts';
import { fetchFile } from '#platform/files/fetch.ts';
import { sealKept } from '#platform/files/seal-kept.ts';
import { store } from '#platform/files/stored.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import { holders } from '#registry.ts';
import { ownFiles } from '#tests/files.ts';
import { as, stage } from '#tests/stage.ts';

stage();
const onDisk = ownFiles();
beforeEach(async () => {
	await clear();
	await house(sql`delete from platform.file`);
	await house(sql`delete from platform.stored_left`);
});

const canary = 'Rendez-vous à 19 h derrière la halle. ';
const words = canary.repeat(9000);

/** A message with so many files, as a version before kept them: open on the disk. Gives the ids. */
async function keptOpen(count: number): Promise<string[]> {
	const conversation = await writes('odile', 'samuel', 'Voici', [new File([words], 'note.txt')]);
	const id = (await thread(await as('samuel'), conversation)).messages[0]!.files[0]!.id;
	const ids = [id, ...Array.from({ length: count - 1 }, () => newId())];
	for (const [position, one] of ids.entries()) {
		const { id: plain } = await store().put(Buffer.from(words), 1_000_000);
		if (one !== id) await house(copyOf(id, one, position));
		await house(
			sql`update platform.rendition set stored_id = ${plain}, sealed_key = null where file_id = ${one}::uuid`,
		);
	}
	return ids;
}
const copyOf = (id: string, copy: string, position: number) => sql`
	with file as (insert into platform.file (id, owner_id, holder, holder_id, kind, name, bytes, state)
			select ${copy}::uuid, owner_id, holder, holder_id, kind, name, bytes, state from platform.file where id = ${id}::uuid returning id),
		size as (insert into platform.rendition (file_id, width, height, stored_id, bytes) select ${copy}::uuid, 0, 0, 'x', bytes
			from platform.rendition where file_id = ${id}::uuid returning file_id)
	insert into messages.attachment (message_id, position, file_id)
		select attachment.message_id, ${position}::int, ${copy}::uuid from messages.attachment where attachment.file_id = ${id}::uuid`;

const reads = async (id: string) => (await fetchFile(await as('samuel'), holders, id, { width: 0 })).text();
const openOnDisk = async () => (await onDisk()).filter(({ bytes }) => bytes.includes(canary)).length;
const left = async () => {
	const found = await doctor({ COOPOL_MODE: 'demo', COOPOL_KEYS: 'given' });
	return found.find(({ name }) => name === 'files_sealed')!;
};

test('old files of messages are sealed while people read them; then there is nothing left to do', async () => {
	const ids = await keptOpen(45);
	expect(await left()).toMatchObject({ ok: false, found: 45 });
	let sealing = true;
	const progress: number[] = [];
	const work = sealKept(sealedHolders, (done) => progress.push(done)).finally(() => {
		sealing = false;
	});
	let seen = 0;
	for (let n = 0; sealing; n++) {
		expect(await reads(ids[n % ids.length]!)).toBe(words);
		seen++;
	}
	expect(await work).toEqual({ sealed: 45, unreadable: 0, left: 0 });
	expect([progress, seen > 5]).toEqual([[20, 40, 45], true]);
	expect(await openOnDisk()).toBe(0);
	for (const id of ids) expect(await reads(id)).toBe(words);
	expect((await left()).ok).toBe(true);
	expect(await sealKept(sealedHolders)).toEqual({ sealed: 0, unreadable: 0, left: 0 });
}, 120_000);

test('what is not a message’s stays as it is; two at once do it once; bytes that are lost are counted', async () => {
	const ids = await keptOpen(3);
	await house(sql`update platform.file set holder = 'feed.post' where id = ${ids[2]!}::uuid`);
	const both = await Promise.all([sealKept(sealedHolders), sealKept(sealedHolders)]);
	expect(both.map(({ sealed }) => sealed).reduce((one, other) => one + other)).toBe(2);
	expect(both.map(({ unreadable }) => unreadable)).toEqual([0, 0]);
	expect(await openOnDisk()).toBe(1);
	await house(sql`update platform.file set holder = 'messages.message' where id = ${ids[2]!}::uuid`);
	await house(
		sql`update platform.rendition set stored_id = ${'0'.repeat(32)} where file_id = ${ids[2]!}::uuid`,
	);
	expect(await sealKept(sealedHolders)).toEqual({ sealed: 0, unreadable: 1, left: 1 });
});

/** The command in a process of its own, as from a terminal. */
function command(words: string[]) {
	const child = spawn(
		process.execPath,
		[join(import.meta.dirname, '..', 'coopol.ts'), 'files', 'seal', ...words],
		{
			env: { ...process.env, DATABASE_URL: process.env.COOPOL_OWNER_URL },
			stdio: ['ignore', 'pipe', 'pipe'],
		},
	);
	return child;
}

test('killed in the middle, it has broken nothing, and ends what it began the next time', async () => {
	const ids = await keptOpen(60);
	const cut = command([]);
	// What it says first may be of the program itself: its progress is awaited.
	for await (const said of cut.stderr!) if (/\d \/ 60/.test(String(said))) break;
	cut.kill('SIGKILL');
	await once(cut, 'close');
	const [half] = await house<{ n: number }>(
		sql`select count(*)::int as n from platform.rendition where sealed_key is not null`,
	);
	expect(half!.n).toBeGreaterThan(0);
	expect(half!.n).toBeLessThan(60);
	for (const id of ids) expect(await reads(id)).toBe(words);

	const again = command(['--json']);
	const [said, [code]] = await Promise.all([text(again.stdout!), once(again, 'exit')]);
	// What comes before is the database that starts.
	expect([code, JSON.parse(said.trim().split('\n').at(-1)!)]).toEqual([
		0,
		{ ok: true, sealed: 60 - half!.n, unreadable: 0, left: 0 },
	]);
	expect(await openOnDisk()).toBe(0);
	for (const id of ids) expect(await reads(id)).toBe(words);

	const misuse = command(['everything']);
	expect((await once(misuse, 'exit'))[0]).toBe(2);
}, 240_000);

test('its help says what it does', async () => {
	const help = command(['--help']);
	const [said, [code]] = await Promise.all([text(help.stdout!), once(help, 'exit')]);
	expect([code, said]).toEqual([0, expect.stringContaining('seal on the disk')]);
}, 120_000);
