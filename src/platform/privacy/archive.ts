import { asSystem } from '../db.ts';
import type { Domain } from '../domain.ts';
import { getBytes, type StoredBytes } from '../files/stored.ts';
import { type Packed, zipOf } from '../files/zip-write.ts';
import { house, wordsOf } from '../house.ts';
import { sql } from '../sql.ts';
import type { Language } from '../wording/index.ts';
import { type Gathered, gather } from './gather.ts';
import { readable } from './readable.ts';

interface Kept extends StoredBytes {
	id: string;
	name: string;
	kind: string;
}

// The largest size kept of each: a picture's own bytes went when it was redrawn, and its name with them.
const filesOf = (personId: string) =>
	asSystem('export', (tx) =>
		tx.many<Kept>(sql`
			select distinct on (file.id) file.id, coalesce(nullif(file.name, file.holder), 'image') as name, file.kind, rendition.stored_id as "storedId",
				rendition.bytes::float8 as bytes, rendition.sealed_key as "sealedKey"
			from platform.file join platform.rendition on rendition.file_id = file.id
			where file.owner_id = ${personId}::uuid order by file.id, rendition.width desc`),
	);

/** Where a file is in the archive: its id keeps two of one name apart. */
const pathOf = ({ id, name, kind }: Kept) =>
	`fichiers/${id}-${name.replace(/[^\p{L}\p{N} ._-]/gu, '_')}${kind === 'image/webp' ? '.webp' : ''}`;

// As they chose it, where they did.
const languageIn = ({ domains }: Gathered): Language | undefined =>
	(domains.people?.['people.person']?.[0] as { language?: Language } | undefined)?.language;

const bytesOf = async (file: Kept) => (await getBytes(file)).toArray();

async function* entries(domains: readonly Domain[], personId: string): AsyncGenerator<Packed> {
	const files = await filesOf(personId);
	const gathered = await gather(domains, personId);
	const paths = files.map(pathOf);
	const page = readable(gathered, paths, wordsOf(await house(), languageIn(gathered)), domains);
	yield { path: 'mes-donnees.html', content: Buffer.from(page) };
	const data = { ...gathered, files: paths };
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

/** Everything kept about a person as one zip: `mes-donnees.html` for them, `donnees.json` for a program, their files as they are kept. */
export const archive = (domains: readonly Domain[], personId: string): AsyncIterable<Buffer> =>
	zipOf(entries(domains, personId));
