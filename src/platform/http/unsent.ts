import { asSystem, read, write } from '../db.ts';
import { notFound } from '../errors.ts';
import { newId } from '../ids.ts';
import { isSelf, policy } from '../policy.ts';
import { seal, unseal } from '../seal.ts';
import { sql } from '../sql.ts';
import type { Viewer } from '../viewer.ts';
import { isSecret, isWritten } from './written.ts';

/** A form that waits for its sender: where it goes, what it held. Never a password, a code or the bytes of a file. */
export interface Unsent {
	/** Path and action. */
	action: string;
	fields: [name: string, value: string][];
	/** Names of the files that came with it: they were not kept. */
	files: string[];
}

const self = isSelf(sql`unsent.person_id`);
export const unsents = policy('platform.unsent', { see: self, drop: self });

/** How many wait for one person: the oldest go first. */
const atMost = 5;
const lettersAtMost = 300_000;
const isFresh = sql`unsent.kept_at > now() - interval '1 day'`;
// Bound to its person: put in somebody else's row, it does not open.
const use = (personId: string) => `unsent ${personId}`;

/**
 * Keeps a form that was written and may not be sent yet (the session came to its end, the second factor is old), sealed, for a day.
 * Gives its id; null when nobody wrote anything in it.
 */
export async function keepUnsent(personId: string, action: string, sent: FormData): Promise<string | null> {
	const texts = [...sent].filter((field): field is [string, string] => typeof field[1] === 'string');
	const unsent: Unsent = {
		action,
		fields: texts.filter(([name]) => !isSecret(name)),
		files: [...sent.values()].flatMap((value) =>
			typeof value !== 'string' && value.size > 0 ? [value.name.slice(0, 200)] : [],
		),
	};
	const text = JSON.stringify(unsent);
	if (!textsOf(unsent).length || text.length > lettersAtMost) return null;
	const id = newId();
	await asSystem('unsent', async (tx) => {
		await tx.run(
			sql`insert into platform.unsent (id, person_id, sealed) values (${id}, ${personId}::uuid, ${seal(use(personId), text)})`,
		);
		await tx.run(sql`delete from platform.unsent where unsent.person_id = ${personId}::uuid and unsent.id not in (
			select kept.id from platform.unsent as kept where kept.person_id = ${personId}::uuid order by kept.kept_at desc, kept.id desc limit ${atMost})`);
	});
	return id;
}

/** What somebody wrote in a form, apart from what its page sends of itself. */
export const textsOf = ({ fields }: Unsent): string[] =>
	fields.filter(([name, value]) => isWritten(name, value)).map(([, value]) => value);

/** A form that waits for the viewer. Throws NotFound: gone after a day, or somebody else's. */
export const unsentOf = (viewer: Viewer, id: string): Promise<Unsent> =>
	read(viewer, async (tx) => {
		const row = await tx.one<{ person_id: string; sealed: string }>(
			sql`select unsent.person_id, unsent.sealed from platform.unsent where unsent.id = ${id}::uuid and ${unsents.see(viewer)} and ${isFresh}`,
		);
		if (!row) throw notFound();
		return JSON.parse(unseal(use(row.person_id), row.sealed)) as Unsent;
	});

/** Forgets one. Throws NotFound. */
export const dropUnsent = (viewer: Viewer, id: string): Promise<void> =>
	write(viewer, async (tx) => {
		await unsents.guard(tx, viewer, 'drop', id);
		await tx.run(sql`delete from platform.unsent where unsent.id = ${id}::uuid`);
	});
