import { statSync } from 'node:fs';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { command, Misuse } from './command.ts';

const isFile = (path: string) => statSync(path, { throwIfNoEntry: false })?.isFile() === true;

async function refuseUnfounded(): Promise<void> {
	const root = await asSystem('command', (tx) =>
		tx.one(sql`select 1 as one from territory.unit where unit.parent_id is null limit 1`),
	);
	if (!root)
		throw new Error(
			'no organisation was founded here yet: npm start -- --new, then open the address it prints',
		);
}

const importing = (kind: 'units' | 'members') =>
	command({
		path: ['import', kind],
		operands: ['FILE'],
		summary: `import a CSV file of ${kind}; a second time, only the differences`,
		notes:
			'Columns are recognised by their titles. Lines with a problem are left out and listed. Seven days to undo, on the import’s page.',
		run: async ([path]) => {
			if (!path || !isFile(path)) throw new Misuse(`no such file: ${path}`);
			await refuseUnfounded();
			const [{ importFile }] = await Promise.all([
				import('#domains/imports/index.ts'),
				import('#registry.ts'),
			]);
			const report = await importFile(null, {
				kind,
				path,
				onProgress: ({ done, total }) => console.log(`${done} / ${total}`),
			});
			return { ok: report.problems.length === 0, ...report };
		},
		say: (report) => JSON.stringify(report, null, '\t'),
	});

/** Commands that take files in. */
export const files = [importing('units'), importing('members')];
