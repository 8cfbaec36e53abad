import type { RequestEvent } from '@sveltejs/kit';
import { invalid, notFound } from '../errors.ts';

/** Whether the database can keep a text as it is: no NUL, no half of a pair. */
export const isWritable = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

/**
 * Refuses an address or cookies that no database can keep, before anybody reads them. Such a piece of the path is
 * NotFound; in the query or in a cookie it is Invalid.
 */
export function refuseUnwritable({
	params,
	url,
	cookies,
}: Pick<RequestEvent, 'params' | 'url' | 'cookies'>): void {
	if (!Object.values(params).every((piece) => isWritable(piece ?? ''))) throw notFound();
	const told = [...[...url.searchParams].flat(), ...cookies.getAll().map(({ value }) => value)];
	if (!told.every(isWritable)) throw invalid({ field: '', key: 'app.invalid_value' });
}
