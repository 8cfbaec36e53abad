import { type Sql, sql } from '#platform/sql.ts';

/** A column of figures as one value, in the order of `by`: tens of thousands of rows are not read one by one. */
export const packed = (figure: Sql, by: Sql): Sql =>
	sql`string_agg(float8send(coalesce((${figure})::float8, 'NaN')), ''::bytea order by ${by})`;

/** The figures of a packed column. */
export function unpacked(bytes: Buffer | null): Float64Array {
	const figures = new Float64Array((bytes?.length ?? 0) / 8);
	for (const at of figures.keys()) figures[at] = bytes?.readDoubleBE(at * 8) ?? Number.NaN;
	return figures;
}

/** A column of keys, in the same order. */
export const packedKeys = (key: Sql): Sql => sql`string_agg(${key}, chr(10) order by ${key})`;

/** The keys of a packed column. */
export const unpackedKeys = (text: string | null): string[] => text?.split('\n') ?? [];
