import { type Sql, sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';
import { type Line, never } from './line.fixture.ts';

const [odile, unit] = ['odile', 'villebrume'].map(idOf);
const imported = (id: string, state: string, created: Date | Sql, undo: Date | Sql) => [
	sql`insert into imports.import (id, kind, unit_id, state, created_at, undo_until) values (${id}, 'members', ${unit}, ${state}, ${created}, ${undo})`,
	sql`insert into imports.line (import_id, line, cells, state) values (${id}, 1, '[]', 'ready')`,
	sql`insert into imports.change (import_id, subject, subject_id) values (${id}, 'person', ${odile})`,
];
const ofImport = (id: string) => sql`(select import_id from imports.line where import_id = ${id}::uuid
	union all select import_id from imports.change where import_id = ${id}::uuid) as kept`;
const proposal = (id: string, made: Date | Sql, decided: Date | null) => [
	sql`insert into imports.import (id, kind, unit_id, state, created_at, undo_until) values (${id}, 'members', ${unit}, 'done', now(), ${never})`,
	sql`insert into imports.proposal (id, import_id, line, unit_id, value, made_at, decided_at)
		values (${id}, ${id}, 1, ${unit}, '{}', ${made}, ${decided}::timestamptz)`,
];

/** What lists of people hold. */
export const files: Line[] = [
	{
		table: 'imports.line',
		when: 'an import could no longer be undone',
		kept: '0 days',
		made: (at, id) => imported(id, 'done', at, at),
		left: ofImport,
	},
	{
		table: 'imports.change',
		when: 'a list was sent and never launched',
		kept: '30 days',
		made: (at, id) => imported(id, 'checked', at, never),
		left: ofImport,
	},
	{
		table: 'imports.invited',
		when: 'somebody of a list was written to, who did not come',
		kept: '1 year',
		made: (at, id) => [
			sql`insert into imports.import (id, kind, unit_id, state, created_at, undo_until) values (${id}, 'members', ${unit}, 'done', now(), ${never})`,
			sql`insert into imports.invited (person_id, import_id, at) values (${id}, ${id}, ${at})`,
		],
		left: (id) => sql`imports.invited where invited.person_id = ${id}::uuid`,
	},
	{
		table: 'imports.proposal',
		when: 'a proposed line was answered',
		kept: '30 days',
		made: (at, id) => proposal(id, at, at),
	},
	{
		table: 'imports.proposal',
		when: 'a line was proposed and nobody answered',
		kept: '1 year',
		made: (at, id) => proposal(id, at, null),
	},
];
