import { writeFile } from 'node:fs/promises';
import { asSystem } from '#platform/db.ts';
import { isId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import { command, Misuse } from './command.ts';

/** The one who is meant; somebody erased still has their row. Throws when nobody ever had this id. */
async function person([id]: string[]): Promise<string> {
	if (!isId(id))
		throw new Misuse('ID is a person’s id, as in the address of their page: 8-4-4-4-12 hexadecimal digits');
	const known = await asSystem('command', (tx) =>
		tx.one(sql`select 1 as one from people.person where person.id = ${id}::uuid`),
	);
	if (!known) throw new Error(`nobody has the id ${id}: nothing was done`);
	return id;
}

/** Commands about one person's data. */
export const persons = [
	command({
		path: ['export', 'person'],
		operands: ['ID'],
		options: { to: { type: 'string' } },
		summary: 'gather everything kept about a person',
		notes: 'With --to FILE.zip, their pictures and documents are in it too.',
		run: async (operands, { to }) => {
			const [{ archive, gather }, { domains }] = await Promise.all([
				import('#platform/privacy/index.ts'),
				import('#registry.ts'),
			]);
			const id = await person(operands);
			if (typeof to !== 'string') return { ok: true, data: await gather(domains, id) };
			await writeFile(to, archive(domains, id), { mode: 0o600 });
			return { ok: true, file: to };
		},
		say: (result) => ('file' in result ? `Written: ${result.file}` : JSON.stringify(result.data, null, '\t')),
	}),
	command({
		path: ['erase', 'person'],
		operands: ['ID'],
		options: { yes: { type: 'boolean' } },
		summary: 'erase a person now, without the thirty days to change one’s mind',
		notes: 'Cannot be undone: --yes is required.',
		run: async (operands, { yes }) => {
			const id = await person(operands);
			if (!yes) throw new Misuse('erasing cannot be undone; add --yes');
			const [{ erase }, { domains }] = await Promise.all([
				import('#platform/privacy/index.ts'),
				import('#registry.ts'),
			]);
			await erase(domains, id);
			return { ok: true, erased: id };
		},
		say: ({ erased }) => `Erased: ${erased}`,
	}),
];
