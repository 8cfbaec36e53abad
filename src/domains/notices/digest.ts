import { viewerOfPerson } from '#domains/territory/index.ts';
import type { Tx } from '#platform/db.ts';
import type { DigestItem, DigestReader, DigestSource } from '#platform/domain.ts';
import { house, wordsOf } from '#platform/house.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';

let sources: readonly DigestSource[] = [];

/** Tells what domains above may say in the mail of the week; the registry calls it once at start. */
export function declareDigest(from: readonly DigestSource[]): void {
	sources = from;
}

/** Lines under one heading: more would not be read. */
const underHeading = 5;

/**
 * Who a mail of the week is made for. Without an account there is no session and no standing: such a person is shown what a
 * sympathiser of their units is, and sources leave out what is not public or said to a whole unit.
 */
export async function digestReader(tx: Tx, personId: string, since: Date): Promise<DigestReader> {
	const viewer = await viewerOfPerson(personId, []);
	const hasAccount = viewer.standing !== 'pending';
	const from = await house();
	return {
		viewer: hasAccount ? viewer : await asNeighbour(tx, viewer),
		hasAccount,
		words: wordsOf(from, viewer.language),
		since,
		timeZone: from.timeZone,
	};
}

async function asNeighbour(tx: Tx, viewer: Viewer): Promise<Viewer> {
	const units = await tx.many<{ id: string }>(sql`select unit.id from territory.attachment
		join territory.unit on unit.id = attachment.unit_id and unit.closed_at is null
		where attachment.person_id = ${viewer.id}::uuid and attachment.until is null`);
	return { ...viewer, standing: 'sympathiser', units: units.map(({ id }) => id) };
}

/** What the mail of the week says to this reader, heading by heading: nothing twice, nothing that is over. */
export async function digestOf(
	tx: Tx,
	reader: DigestReader,
	now: Date = new Date(),
): Promise<{ heading: DigestItem['heading']; items: DigestItem[] }[]> {
	const found = new Map<string, DigestItem>();
	for (const source of sources)
		for (const item of await source(tx, reader))
			if (!found.has(item.id) && !(item.at && item.at <= now)) found.set(item.id, item);
	return [...Map.groupBy(found.values(), ({ heading }) => heading)].map(([heading, items]) => ({
		heading,
		items: items.slice(0, underHeading),
	}));
}
