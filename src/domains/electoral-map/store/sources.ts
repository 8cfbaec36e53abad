import type { Tx } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { type Sql, sql } from '#platform/sql.ts';
import type { Kind } from '../files/recognise.ts';
import type { Remark } from '../model.ts';

/** Writes rows `from` to `to` (excluded) under the source. */
export type Writer = (tx: Tx, sourceId: string, from: number, to: number) => Promise<void>;

/** What is known of a file once it is whole and valid, before any of its rows is written. */
export interface Prepared {
	vintage: string;
	election: string | null;
	/** Columns of a base of figures; none for other kinds. */
	columns: string[];
	communes: string[];
	/** What a report shows: stations, areas, addresses… */
	counts: Record<string, number>;
	remarks: Remark[];
	/** How many rows `write` can be asked for. */
	rows: number;
	write: Writer;
}

/** A version, as listed. */
export interface Version {
	id: string;
	kind: Kind;
	vintage: string;
	election: string | null;
	state: 'checked' | 'current' | 'past' | 'refused';
	counts: Record<string, number>;
	seconds: number;
	file_name: string;
	created_at: Date;
}

interface Beginning {
	id: string;
	kind: Kind;
	byId: string | null;
	fileName: string;
	/** Of a provisional one, the tally that its figures were typed in. */
	tallyId?: string;
}

/** Opens a source: its rows can be written, and nothing reads them yet. */
export async function beginSource(tx: Tx, { id, kind, byId, fileName, tallyId }: Beginning, made: Prepared) {
	await tx.run(sql`insert into electoral_map.source
			(id, kind, vintage, election, by_id, state, columns, counts, file_name, tally_id)
		values (${id}::uuid, ${kind}, ${made.vintage}, ${made.election}, ${byId}::uuid, 'checked', ${made.columns}::text[],
			${JSON.stringify(made.counts)}::jsonb, ${fileName}, ${tallyId ?? null}::uuid)`);
	await tx.run(sql`insert into electoral_map.cover (source_id, commune)
		select ${id}::uuid, commune from unnest(${made.communes}::text[]) as commune`);
}

/** Keeps that a file was refused and why; nothing else of it is kept. */
export async function noteRefusal(tx: Tx, { id, kind, byId, fileName }: Beginning, report: object) {
	await tx.run(sql`insert into electoral_map.source (id, kind, by_id, state, report, file_name)
		values (${id}::uuid, ${kind}, ${byId}::uuid, 'refused', ${JSON.stringify(report)}::jsonb, ${fileName})`);
}

/** Keeps what a person reads about a source. */
export async function noteReport(tx: Tx, id: string, report: object, seconds: number) {
	await tx.run(sql`update electoral_map.source set report = ${JSON.stringify(report)}::jsonb, seconds = ${seconds}
		where source.id = ${id}::uuid`);
}

/** Throws a source away with all its rows. */
export async function dropSource(tx: Tx, id: string) {
	await tx.run(sql`delete from electoral_map.source where source.id = ${id}::uuid`);
}

/** Throws away what a killed import left: written in part, current for nobody. */
export async function dropLeftovers(tx: Tx) {
	await tx.run(sql`delete from electoral_map.source where source.state = 'checked'
		and source.created_at < now() - interval '1 hour' and not exists (select from electoral_map.sending
			where sending.state in ('waiting', 'ready') and source.id = any (sending.sources))`);
}

/** Two switches at once would not see each other, and leave two current ones: one waits until the other is over. */
export const holdSwitches = (tx: Tx) =>
	tx.run(sql`select pg_advisory_xact_lock(hashtext('electoral-map switch'))`);

/**
 * Makes a source the current one, in one transaction. Those that say nothing more than it does (of the same kind and
 * vintage, or election; no other commune, no other column) become past, and can be put back the same way. Gives false
 * when it is not there to be switched to.
 */
export async function switchTo(tx: Tx, id: string): Promise<boolean> {
	await holdSwitches(tx);
	const switched =
		await tx.run(sql`update electoral_map.source set state = 'current', current_at = clock_timestamp()
		where source.id = ${id}::uuid and source.state in ('checked', 'past')`);
	await tx.run(sql`update electoral_map.source set state = 'past' from electoral_map.source as next
		where next.id = ${id}::uuid and next.state = 'current' and source.id <> next.id and source.state = 'current'
			and source.kind = next.kind and source.election is not distinct from next.election
			and (next.election is not null or source.vintage = next.vintage) and source.columns <@ next.columns
			and not exists (select from electoral_map.cover as own where own.source_id = source.id and not exists (
				select from electoral_map.cover as other where other.source_id = next.id and other.commune = own.commune))`);
	// A round is laid on the outlines of the version that counts, not of one that is only being written.
	if (switched)
		await tx.run(sql`update electoral_map.election set vintage = source.vintage from electoral_map.source
			where source.id = ${id}::uuid and source.vintage <> '' and election.id = source.election`);
	return switched > 0;
}

/** Writes what is small whole and switches to it, in one transaction. Gives the id of the source. */
export async function layAtOnce(tx: Tx, about: Omit<Beginning, 'id'>, made: Prepared): Promise<string> {
	const id = newId();
	await beginSource(tx, { id, ...about }, made);
	await made.write(tx, id, 0, made.rows);
	await switchTo(tx, id);
	return id;
}

/** For each vintage (or election) and commune, the source of that kind that counts: `vintage, election, commune, id`. */
export const now = (
	kind: Kind,
): Sql => sql`(select distinct on (source.election, source.vintage_or_none, cover.commune)
		source.vintage, source.election, cover.commune, source.id
	from (select source.*, case when source.election is null then source.vintage end as vintage_or_none
		from electoral_map.source where source.kind = ${kind} and source.state = 'current') as source
	join electoral_map.cover on cover.source_id = source.id
	order by source.election, source.vintage_or_none, cover.commune, source.current_at desc)`;

/** Every version that was loaded, the last first. */
export const versions = (tx: Tx): Promise<Version[]> =>
	tx.many(sql`select id, kind, vintage, election, state, counts, seconds, file_name, created_at
		from electoral_map.source order by created_at desc`);
