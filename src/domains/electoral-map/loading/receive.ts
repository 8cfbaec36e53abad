import * as v from 'valibot';
import { invalidField } from '#platform/errors.ts';
import { store } from '#platform/files/keep.ts';
import { giveUp } from '#platform/files/leave.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { doAlone } from '../acting.ts';
import { BYTES_MAX } from './model.ts';
import { asLoader, mustLoad } from './officer.ts';

export const SendForm = v.object({ file: v.optional(v.instance(File, 'electoral-map.sending_no_file')) });

/** Keeps a file that an officer sends and has it looked through; gives the id to follow it by. Throws NotFound, Invalid. */
export async function receive(viewer: Viewer, { file }: v.InferOutput<typeof SendForm>): Promise<string> {
	await asLoader(viewer, async () => {});
	if (!file?.size) throw invalidField('file', 'electoral-map.sending_no_file');
	if (file.size > BYTES_MAX)
		throw invalidField('file', 'electoral-map.sending_too_large', { limit: BYTES_MAX / 2 ** 20 });
	const stored = await store().put(Buffer.from(await file.arrayBuffer()), BYTES_MAX);
	const id = newId();
	try {
		return await keep(viewer, { id, name: plainName(file.name), storedId: stored.id, bytes: stored.size });
	} finally {
		// Refused, or sent twice by the same form: the first one is followed, and this copy of the bytes is nobody's.
		await giveUp(stored.id);
	}
}

type Kept = { id: string; name: string; storedId: string; bytes: number };

async function keep(viewer: Viewer, { id, name, storedId, bytes }: Kept): Promise<string> {
	const doing = {
		may: (tx: Parameters<typeof mustLoad>[0]) => mustLoad(tx, viewer),
		act: { act: 'electoral-map.load', subject: 'sending', subjectId: id, detail: { file: name, bytes } },
		job: { name: 'electoral-map.check', payload: { id } },
	};
	const first = await doAlone(viewer, doing, async (tx) => {
		await tx.run(sql`insert into electoral_map.sending (id, by_id, by_name, file_name, bytes, stored_id)
			values (${id}::uuid, ${viewer.id}::uuid, ${viewer.name}, ${name}, ${bytes}, ${storedId})`);
		return id;
	});
	return first ?? id;
}

// A name is shown: no path, no control or direction sign.
const plainName = (name: string) =>
	name
		.normalize('NFC')
		.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
		.replace(/^.*[\\/]/, '')
		.trim()
		.slice(-120) || 'fichier';
