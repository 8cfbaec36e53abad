import { asSystem } from '../db.ts';
import type { Domain } from '../domain.ts';
import { getBytes, type StoredBytes } from '../files/stored.ts';
import { type Packed, zipOf } from '../files/zip-write.ts';
import { sql } from '../sql.ts';
import { gather } from './gather.ts';

interface Kept extends StoredBytes {
	id: string;
	name: string;
	kind: string;
}

// The largest size kept of each: a picture's own bytes went when it was redrawn.
const filesOf = (personId: string) =>
	asSystem('export', (tx) =>
		tx.many<Kept>(sql`
			select distinct on (file.id) file.id, file.name, file.kind, rendition.stored_id as "storedId",
				rendition.bytes::float8 as bytes, rendition.sealed_key as "sealedKey"
			from platform.file join platform.rendition on rendition.file_id = file.id
			where file.owner_id = ${personId}::uuid order by file.id, rendition.width desc`),
	);

/** Where a file is in the archive: its id keeps two of one name apart. */
const pathOf = ({ id, name, kind }: Kept) =>
	`fichiers/${id}-${name.replace(/[^\p{L}\p{N} ._-]/gu, '_')}${kind === 'image/webp' ? '.webp' : ''}`;

const bytesOf = async (file: Kept) => (await getBytes(file)).toArray();

async function* entries(domains: readonly Domain[], personId: string): AsyncGenerator<Packed> {
	const files = await filesOf(personId);
	const data = { ...(await gather(domains, personId)), files: files.map(pathOf) };
	yield { path: 'donnees.json', content: Buffer.from(JSON.stringify(data, null, '\t')) };
	for (const file of files) {
		const chunks = await bytesOf(file)
			// Sealed since they were listed, its bytes are elsewhere: once more.
			.catch(async () => bytesOf((await filesOf(personId)).find(({ id }) => id === file.id) ?? file))
			// Bytes already swept away do not keep the rest from its person.
			.catch(() => null);
		if (chunks) yield { path: pathOf(file), content: Buffer.concat(chunks as Buffer[]) };
	}
}

/** Everything kept about a person as one zip: `donnees.json`, and their files as they are kept. */
export const archive = (domains: readonly Domain[], personId: string): AsyncIterable<Buffer> =>
	zipOf(entries(domains, personId));
