import * as v from 'valibot';
import { type Holder, holdersFor } from '#domains/territory/index.ts';
import { record } from '#platform/audit.ts';
import { read, type Tx, write } from '#platform/db.ts';
import { invalidField, notFound } from '#platform/errors.ts';
import { store } from '#platform/files/keep.ts';
import { giveUp } from '#platform/files/leave.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { FileKind } from '../columns/index.ts';
import { type Opened, openSent } from '../opened.ts';
import { BYTES_MAX } from '../source.ts';

const unit = v.optional(
	v.union([v.literal(''), v.pipe(v.string(), v.uuid('imports.unit_choose'))], 'imports.unit_choose'),
	'',
);
const kind = v.picklist(['members', 'units'], 'imports.kind_choose');

export const StartForm = v.object({
	kind,
	unit,
	file: v.optional(v.instance(File, 'imports.file_missing')),
	pasted: v.optional(v.pipe(v.string(), v.maxLength(5_000_000, 'imports.pasted_long')), ''),
});

/** A unit the viewer imports for, closest to the root first. */
export interface Scope {
	id: string;
	name: string;
	root: boolean;
	members: boolean;
	units: boolean;
}

/** Where the viewer's offices let them import, and what. */
export const scopesOf = (viewer: Viewer): Promise<Scope[]> =>
	read(viewer, (tx) =>
		tx.many(sql`
	select unit.id, unit.name, unit.parent_id is null as root, bool_or(held_power.power = 'members.import') as members, bool_or(held_power.power = 'units.create') as units
	from territory.held_power join territory.unit on unit.id = held_power.unit_id
	where held_power.person_id = ${viewer.secondFactor ? viewer.id : null}::uuid and unit.closed_at is null
		and held_power.power in ('members.import', 'units.create')
	group by unit.id order by cardinality(unit.ancestors), unit.folded_name`),
	);

/** Who may import members, for whom their own offices do not let. */
export const whoImports = (viewer: Viewer): Promise<Holder[]> => holdersFor(viewer, 'members.import');

/** The unit a file is for. Throws NotFound when no office of the viewer lets them import that there. */
export async function scopeFor(viewer: Viewer, kind: FileKind | 'territory', wanted: string): Promise<Scope> {
	const power = kind === 'members' ? 'members' : 'units';
	const scopes = (await scopesOf(viewer)).filter((scope) => scope[power]);
	const scope = wanted ? scopes.find(({ id }) => id === wanted) : scopes[0];
	if (!scope) throw notFound();
	return scope;
}

/** Keeps a file somebody opened as an import that begins; gives its id. */
export async function keepImport(
	tx: Tx,
	byId: string | null,
	kind: FileKind,
	unitId: string,
	{ name, columns, reading, bytes }: Opened,
	storedId: string,
): Promise<string> {
	const id = newId();
	await tx.run(sql`insert into imports.import (id, kind, by_id, unit_id, stored_id, file_name, bytes, reading, columns, total)
		values (${id}, ${kind}, ${byId}::uuid, ${unitId}::uuid, ${storedId}, ${name.slice(0, 120)}, ${bytes.length}, ${JSON.stringify(reading)}::jsonb,
			${JSON.stringify(columns)}::jsonb, ${reading.lines})`);
	await record(tx, {
		actorId: byId,
		act: 'imports.upload',
		subject: 'import',
		subjectId: id,
		unitId,
		detail: { kind, lines: reading.lines },
	});
	return id;
}

/** Takes a file (or cells pasted from a spreadsheet) in; gives the import's id. Throws NotFound, Invalid. */
export async function startImport(
	viewer: Viewer,
	{ kind, unit, file, pasted }: v.InferOutput<typeof StartForm>,
): Promise<string> {
	const scope = await scopeFor(viewer, kind, unit);
	const isFile = file !== undefined && file.size > 0;
	// A field left alone sends a file without name; one chosen that holds nothing has its own.
	if (!isFile && !pasted.trim())
		throw invalidField('file', file?.name ? 'imports.file_is_empty' : 'imports.file_missing');
	if (isFile && file.size > BYTES_MAX)
		throw invalidField('file', 'imports.file_is_too_large', { limit: BYTES_MAX / 1024 / 1024 });
	const bytes = isFile ? Buffer.from(await file.arrayBuffer()) : Buffer.from(pasted);
	const known = await read(
		viewer,
		async (tx) =>
			new Map(
				(
					await tx.many<{ folded: string; meaning: string | null }>(sql`
		select folded, meaning from imports.remembered where kind = ${kind} and field = ''`)
				).map((row) => [row.folded, row.meaning]),
			),
	);
	const opened = await openSent(kind, bytes, isFile ? plainName(file.name) : '', known);
	const stored = await store().put(bytes, BYTES_MAX);
	try {
		return await write(viewer, (tx) => keepImport(tx, viewer.id, kind, scope.id, opened, stored.id));
	} finally {
		// Refused, or sent twice by the same form: nothing names these.
		await giveUp(stored.id);
	}
}

const plainName = (name: string) =>
	name
		.normalize('NFC')
		.replace(/[\p{Cc}\p{Cf}]/gu, '')
		.replace(/^.*[\\/]/, '')
		.trim();
