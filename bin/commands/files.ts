import { existsSync } from 'node:fs';
import { command, Misuse } from './command.ts';

const importing = (kind: 'units' | 'members') =>
	command({
		path: ['import', kind],
		operands: ['FILE'],
		summary: `import a CSV file of ${kind}; a second time, only the differences`,
		notes:
			'Columns are recognised by their titles. Lines with a problem are left out and listed. Seven days to undo, on the import’s page.',
		run: async ([path]) => {
			if (!path || !existsSync(path)) throw new Misuse(`no such file: ${path}`);
			const [{ importFile }] = await Promise.all([
				import('#domains/imports/index.ts'),
				import('#registry.ts'),
			]);
			return importFile(null, {
				kind,
				path,
				onProgress: ({ done, total }) => console.log(`${done} / ${total}`),
			});
		},
		say: (report) => JSON.stringify(report, null, '\t'),
	});

/** Commands that take files in. */
export const files = [importing('units'), importing('members')];
