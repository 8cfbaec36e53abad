import type { Told } from '#domains/safety/index.ts';
import { read, write } from '#platform/db.ts';
import { notFound } from '#platform/errors.ts';
import { type Sql, sql } from '#platform/sql.ts';
import { writeCsv } from '#platform/table/index.ts';
import { fold } from '#platform/text/fold.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { Words } from '#platform/wording/index.ts';
import { authorOr } from '../author.ts';
import { recordAct } from '../create.ts';
import { petitions } from './policy.ts';

/** A petition, as anybody reads it. */
export interface Petition {
	id: string;
	title: string;
	text: string;
	addressedTo: string;
	unit: { name: string; slug: string };
	/** For people of the network; a visitor reads the unit. */
	by: { id: string; name: string } | null;
	isOfficial: boolean;
	signed: number;
	state: 'open' | 'closed';
	/** What came of it; opened again, the draft of who leads it. */
	outcome: string;
	hidden: boolean;
	may: Record<'see' | 'sign' | 'unsign' | 'close' | 'reopen' | 'export', boolean>;
}

const rows = (viewer: Viewer, where: Sql, limit: number) => sql`
	select petition.id, petition.title, petition.text, petition.addressed_to as "addressedTo", petition.signed, petition.state,
		petition.is_official as "isOfficial",
		case when petition.state = 'closed' or ${petitions.close(viewer)} then petition.outcome else '' end as outcome, jsonb_build_object('name', unit.name, 'slug', unit.slug) as unit,
		(select jsonb_build_object('id', author.id, 'name', author.name) from people.person as author
			where author.id = petition.by_id and author.erased_at is null and ${viewer.id !== null}) as by,
		exists (select from safety.hidden where hidden.kind = 'petition' and hidden.subject_id = petition.id) as hidden,
		${petitions.may(viewer)}
	from missions.petition join territory.unit on unit.id = petition.unit_id
	where ${where} and ${petitions.see(viewer)}
	order by (petition.state = 'open') desc, petition.created_at desc, petition.id limit ${limit}`;

/** Petitions, open ones first, then the latest. */
export const petitionsFor = (viewer: Viewer): Promise<Petition[]> =>
	read(viewer, (tx) => tx.many<Petition>(rows(viewer, sql`true`, 60)));

/** Petitions that hold these words (French stems, accents ignored), open ones first, among those the viewer sees. */
export async function findPetitions(viewer: Viewer, q: string, limit = 10): Promise<Petition[]> {
	const words = fold(q.slice(0, 200));
	if (!words) return [];
	const holds = sql`petition.search @@ websearch_to_tsquery('french', ${words})`;
	return read(viewer, (tx) => tx.many<Petition>(rows(viewer, holds, limit)));
}

/** A petition. Throws NotFound. */
export const showPetition = (viewer: Viewer, id: string): Promise<Petition> =>
	read(viewer, async (tx) => {
		const one = await tx.one<Petition>(rows(viewer, sql`petition.id = ${id}::uuid`, 1));
		if (!one) throw notFound();
		return one;
	});

/**
 * Confirmed signatures, for who carries them to whom they are for: names, postcodes, days; never an address. The journal
 * keeps who took them and why. Throws NotFound, Forbidden.
 */
export const takeSignatures = (viewer: Viewer, id: string, reason: string) =>
	write(viewer, async (tx) => {
		await petitions.guard(tx, viewer, 'export', id);
		const row = (await tx.one<{ unit_id: string }>(
			sql`select petition.unit_id from missions.petition where petition.id = ${id}::uuid`,
		))!;
		await recordAct(tx, viewer, 'export_signatures', { id, unitId: row.unit_id, reason });
		return tx.many<{
			name: string;
			postcode: string;
			at: Date;
		}>(sql`select signature.name, signature.postcode,
			signature.confirmed_at as at from missions.signature
			where signature.petition_id = ${id}::uuid and signature.confirmed_at is not null order by signature.confirmed_at, signature.id`);
	});

/** The same, as CSV. */
export async function signaturesFile(
	viewer: Viewer,
	id: string,
	{ words, reason }: { words: Words; reason: string },
): Promise<string> {
	const signatures = await takeSignatures(viewer, id, reason);
	// words: missions.column_*
	const head = ['name', 'postcode', 'day'].map((column) =>
		words.say(`missions.column_${column}` as 'missions.column_name'),
	);
	const lines = signatures.map(({ name, postcode, at }) => [name, postcode, at.toISOString().slice(0, 10)]);
	return (await Array.fromAsync(writeCsv([head, ...lines]))).join('');
}

/** Words that somebody reports or judges. Throws NotFound. */
export const petitionSaid = (viewer: Viewer, id: string) =>
	read(viewer, async (tx) => {
		const row = await tx.one<Told>(sql`
			select ${authorOr(sql`petition.unit_id`)} as author, petition.unit_id as "unitId",
				concat_ws(E'\n', petition.title, petition.addressed_to, petition.text) as text,
				'/petitions/' || petition.id as href
			from missions.petition left join people.person as author on author.id = petition.by_id
			where petition.id = ${id}::uuid and ${petitions.see(viewer)}`);
		if (!row) throw notFound();
		return row;
	});
