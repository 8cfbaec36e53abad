import type { Tx } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';

const columns = JSON.stringify([
	{
		column: 0,
		header: 'canary-column',
		examples: ['canary-import-cell'],
		field: 'email',
		certainty: 'sure',
		reason: { code: 'header' },
	},
]);

/** Member files that Yamina sent for her federation, at three steps, one that her predecessor left, and a person proposed to Villebrume. */
export async function putImports(tx: Tx) {
	const at = async (state: string, by = 'yamina', file = 'canary-import-file.csv') => {
		const id = idOf(`matrix import ${state} ${by}`);
		await tx.run(sql`insert into imports.import (id, kind, by_id, unit_id, file_name, reading, columns, state, undo_until, finished_at)
			values (${id}, 'members', ${idOf(by)}, ${idOf('valdorsande')}, ${file},
				'{"encoding":"utf-8","separator":";","headerLine":1,"lines":1}', ${columns}::jsonb, ${state},
				now() + interval '5 days', now())`);
		await tx.run(sql`insert into imports.line (import_id, line, cells, state, problems)
			values (${id}, 1, '["canary-import-cell"]', 'doubt', '[]')`);
		return id;
	};
	const imports = { uploaded: await at('uploaded'), checked: await at('checked'), done: await at('done') };
	/** Launched by somebody whose office ended since. */
	const leftImport = await at('done', 'gerard', 'canary-import-left.csv');
	const proposal = idOf('matrix proposal');
	await tx.run(sql`insert into imports.proposal (id, import_id, line, unit_id, value)
		values (${proposal}, ${imports.done}, 1, ${idOf('villebrume')}, '{"name":"canary-proposed"}')`);
	return { imports, leftImport, proposal };
}
