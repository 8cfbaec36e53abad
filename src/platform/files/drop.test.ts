import { expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { ownFiles } from '#tests/files.ts';
import { idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { dropFile, keepFile, takeIn } from './keep.ts';
import { store } from './stored.ts';

stage();
ownFiles();

const kept = async () => {
	const upload = await takeIn(new File(['Compte rendu'], 'notes.txt', { type: 'text/plain' }));
	return asSystem('test', async (tx) => {
		const id = await keepFile(tx, upload, { ownerId: idOf('odile'), holder: 'feed.post', holderId: null });
		const one = await tx.one<{ storedId: string }>(
			sql`select stored_id as "storedId" from platform.rendition where file_id = ${id}::uuid`,
		);
		return { id, storedId: one!.storedId };
	});
};
const isThere = (storedId: string) =>
	store()
		.get(storedId)
		.then(
			(bytes) => {
				bytes.destroy();
				return true;
			},
			() => false,
		);

test('a file that is dropped keeps its bytes when that is undone, and loses them when it is done', async () => {
	const { id, storedId } = await kept();
	const undone = asSystem('test', async (tx) => {
		await dropFile(tx, id);
		throw new Error('undone');
	});
	await expect(undone).rejects.toThrow('undone');
	expect(await isThere(storedId)).toBe(true);
	await asSystem('test', (tx) => dropFile(tx, id));
	expect(await isThere(storedId)).toBe(false);
});
