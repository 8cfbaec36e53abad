import { asSystem, read, type Tx, write } from '../db.ts';
import { invalid, notFound } from '../errors.ts';
import { newId } from '../ids.ts';
import { isSelf, policy } from '../policy.ts';
import { seal, unseal } from '../seal.ts';
import { sql } from '../sql.ts';
import type { Viewer } from '../viewer.ts';
import { forgetFiles, keepFiles, openFile, stillThere, type UnsentFile } from './unsent-files.ts';
import { isSecret, isWritten } from './written.ts';

/** A form that waits for its sender: where it goes, what it held. Never a password or a code. */
export interface Unsent {
	/** Path and action. */
	action: string;
	fields: [name: string, value: string][];
	/** Names of the files that came with it and were not kept. */
	files: string[];
	/** Its files that wait for an hour. */
	kept: UnsentFile[];
	/** It was sent since, and is shown as such. */
	sent?: boolean;
}

const self = isSelf(sql`unsent.person_id`);
export const unsents = policy('platform.unsent', { see: self, drop: self });

/** How many wait for one person: the oldest go first. */
const atMost = 5;
export const lettersAtMost = 300_000;
export const isFresh = sql`unsent.kept_at > now() - interval '1 day'`;
// Bound to its person: put in somebody else's row, it does not open.
const use = (personId: string) => `unsent ${personId}`;

/**
 * Keeps a form that was written and may not be sent yet (the session came to its end, the second factor is old), sealed, for a day;
 * its files for an hour, those that are `good`. Gives its id; null when nobody wrote anything in it and no file is kept.
 */
export async function keepUnsent(
	personId: string,
	action: string,
	sent: Iterable<[string, FormDataEntryValue]>,
	good?: (file: File) => Promise<boolean>,
): Promise<string | null> {
	const parts = [...sent];
	const texts = parts.filter((field): field is [string, string] => typeof field[1] === 'string');
	const fields = texts.filter(([name]) => !isSecret(name));
	if (JSON.stringify(fields).length > lettersAtMost) return null;
	const id = newId();
	const { kept, lost } = await keepFiles(personId, id, parts, good);
	const unsent: Unsent = { action, fields, files: lost, kept };
	if (!textsOf(unsent).length && !kept.length) return null;
	await asSystem('unsent', async (tx) => {
		await tx.run(
			sql`insert into platform.unsent (id, person_id, sealed) values (${id}, ${personId}::uuid, ${seal(use(personId), JSON.stringify(unsent))})`,
		);
		await makeRoom(tx, personId, false);
	});
	return id;
}

/** Lets the oldest go: those that wait to be sent and those that were refused do not push one another out. */
export const makeRoom = (tx: Tx, personId: string, refused: boolean): Promise<number> =>
	tx.run(sql`delete from platform.unsent where unsent.person_id = ${personId}::uuid and unsent.refused = ${refused} and unsent.id not in (
		select kept.id from platform.unsent as kept where kept.person_id = ${personId}::uuid and kept.refused = ${refused}
		order by kept.kept_at desc, kept.id desc limit ${atMost})`);

/** What somebody wrote in a form, apart from what its page sends of itself. */
export const textsOf = ({ fields }: Unsent): string[] =>
	fields.filter(([name, value]) => isWritten(name, value)).map(([, value]) => value);

/** A form that waits for the viewer, with the files that still do. Throws NotFound: gone after a day, or somebody else's. */
export async function unsentOf(viewer: Viewer, id: string): Promise<Unsent> {
	const row = await read(viewer, (tx) =>
		tx.one<{ person_id: string; sealed: string; sent: boolean }>(
			sql`select unsent.person_id, unsent.sealed, unsent.sent_at is not null as sent
				from platform.unsent where unsent.id = ${id}::uuid and not unsent.refused and ${unsents.see(viewer)} and ${isFresh}`,
		),
	);
	if (!row) throw notFound();
	const { kept = [], ...unsent } = JSON.parse(unseal(use(row.person_id), row.sealed)) as Unsent;
	const there = await stillThere(row.person_id, kept);
	const gone = kept.filter((file) => !there.includes(file)).map(({ name }) => name);
	return { ...unsent, files: [...unsent.files, ...gone], kept: there, sent: row.sent };
}

/**
 * The files of a form that waits, those that its sender wants: each with its field and its place. Throws NotFound, and Invalid when
 * one of them waits no more: a form is not sent without what it came with.
 */
export async function filesOf(
	viewer: Viewer,
	id: string,
	wanted: readonly unknown[],
): Promise<(UnsentFile & { file: File })[]> {
	if (!wanted.length) return [];
	const { kept } = await unsentOf(viewer, id);
	const opened = await Promise.all(
		kept
			.filter((one) => wanted.includes(one.id))
			.map(async (one) => ({ ...one, file: await openFile(viewer.id!, one) })),
	);
	const there = opened.filter((one): one is UnsentFile & { file: File } => one.file !== null);
	if (there.length < new Set(wanted).size) throw invalid({ field: '', key: 'app.files_gone' });
	return there;
}

/** Says that a form that waited was sent: its page offers it no more, and its files go. */
export const markSent = (viewer: Viewer, id: string): Promise<void> =>
	write({ ...viewer, requestKey: undefined } as Viewer, async (tx) => {
		await tx.run(
			sql`update platform.unsent set sent_at = coalesce(unsent.sent_at, now()) where unsent.id = ${id}::uuid and ${unsents.drop(viewer)}`,
		);
	});

/** Forgets one, with its files. Throws NotFound. */
export async function dropUnsent(viewer: Viewer, id: string): Promise<void> {
	await write(viewer, async (tx) => {
		await unsents.guard(tx, viewer, 'drop', id);
		await tx.run(sql`delete from platform.unsent where unsent.id = ${id}::uuid`);
	});
	await asSystem('unsent', (tx) => forgetFiles(tx, [id]));
}
