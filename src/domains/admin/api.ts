import * as v from 'valibot';
import type { Noun } from '#domains/territory/index.ts';
import { read } from '#platform/db.ts';
import { type Operation, operation } from '#platform/domain.ts';
import { house } from '#platform/house.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';

const organisation = v.object({
	name: v.string(),
	language: v.picklist(['fr', 'en']),
	languages: v.array(v.picklist(['fr', 'en'])),
	sign_up: v.picklist(['open', 'invited']),
	levels: v.array(v.object({ key: v.string(), fr: v.string(), en: v.string() })),
});

const describe = async (viewer: Viewer) => {
	const { name, language, signUp } = await house();
	// Level names stand on every public page of a unit.
	const kinds = await read(viewer, (tx) =>
		tx.many<{ key: string; name: Noun }>(
			sql`select key, name from territory.unit_kind order by position, id`,
		),
	);
	return {
		name,
		language,
		languages: ['fr', 'en'],
		sign_up: signUp,
		levels: kinds.map((kind) => ({ key: kind.key, fr: kind.name.fr.one_f, en: kind.name.en.one })),
	};
};

/** What programs of anybody may ask of the organisation itself. */
export const api: Record<string, Operation> = {
	'GET /api/v1/organisation': operation({
		gate: 'anyone',
		scope: 'organisation:read',
		summary: 'The organisation: its name, its languages, the names of its levels',
		input: v.object({}),
		output: organisation,
		act: describe,
	}),
};
