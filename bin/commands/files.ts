import { statSync } from 'node:fs';
import { command, Misuse } from './command.ts';
import { isEmpty } from './house.ts';

const isFile = (path: string) => statSync(path, { throwIfNoEntry: false })?.isFile() === true;

const importing = (kind: 'units' | 'members') =>
	command({
		path: ['import', kind],
		operands: ['FILE'],
		summary: `import a CSV file of ${kind}; a second time, only the differences`,
		notes:
			'Columns are recognised by their titles. Lines with a problem are left out and listed. Seven days to undo, on the import’s page.',
		run: async ([path]) => {
			if (!path || !isFile(path)) throw new Misuse(`no such file: ${path}`);
			if (await isEmpty())
				throw new Error(
					'no organisation was founded here yet: npm start -- --new, then open the address it prints',
				);
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
