import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { checkLines } from './check/run.ts';
import { chooseColumns, launch, showImport, startImport } from './index.ts';
import { work } from './run/engine.ts';

/** A file as a browser sends it. */
export const fileOf = (text: string | Buffer, name = 'adherents.csv') => new File([text as BlobPart], name);

/** Columns as a usual file names them. */
export const head = 'Numéro adhérent;NOM;Prénom;Courriel;Section;Type adhésion\n';
/** A file of this many people, marked. */
export const people = (n: number, mark: string) =>
	head +
	Array.from(
		{ length: n },
		(_, i) => `${mark}${i};Dupuy${'abcdefghij'[i % 10]};Rose;${mark}${i}@rive.example;Villebrume;`,
	).join('\n');
/** How many people there are. */
export const count = () =>
	asSystem(
		'test',
		async (tx) => (await tx.one<{ n: number }>(sql`select count(*)::int as n from people.person`))!.n,
	);

/** Sends a file and accepts what was recognised; gives the import's id, ready to launch. */
export async function send(
	viewer: Viewer,
	text: string | Buffer,
	{ kind = 'members' as 'members' | 'units', unit = '' } = {},
): Promise<string> {
	const id = await startImport({ ...viewer }, { kind, unit, file: fileOf(text), pasted: '' });
	const { columns } = await showImport(viewer, id);
	await chooseColumns(
		{ ...viewer },
		id,
		columns.map(({ field }) => field ?? ''),
	);
	await checkLines('house', id);
	return id;
}

/** Sends and launches; gives the import once it is over. */
export async function bring(
	viewer: Viewer,
	text: string | Buffer,
	options: { kind?: 'members' | 'units'; unit?: string; lapse?: boolean } = {},
) {
	const id = await send(viewer, text, options as { kind?: 'members' });
	await launch({ ...viewer }, id, options.lapse ? { lapse: 'on' } : {});
	await work('house', id);
	return showImport(viewer, id);
}

/** A person as the network keeps them, by e-mail or name. */
export const personBy = (what: string) =>
	asSystem('test', (tx) =>
		tx.one<{
			id: string;
			name: string;
			email: string | null;
			confirmed: boolean;
			number: string | null;
			type: string | null;
			verified: boolean;
			paid: string | null;
			units: string[];
		}>(sql`select person.id, person.name, contact.email, person.confirmed_at is not null as confirmed, membership.member_number as number, membership_type.key as type,
		membership.verified_at is not null as verified, membership.paid_until::text as paid,
		array(select unit.code from territory.attachment join territory.unit on unit.id = attachment.unit_id
			where attachment.person_id = person.id and attachment.until is null order by 1) as units
	from people.person left join people.contact on contact.person_id = person.id
	left join people.membership on membership.person_id = person.id and membership.ended_at is null
	left join people.membership_type on membership_type.id = membership.type_id
	where contact.email = ${what} or person.name = ${what}`),
	);

/** Rows of every table that an import may write: what a second one must not touch. */
export const rowVersions = () =>
	asSystem(
		'test',
		async (tx) =>
			(await tx.one<{ n: string }>(sql`
	select md5(string_agg(row, ',' order by row)) as n from (
		select person.xmin::text || person.id::text as row from people.person union all select contact.xmin::text || contact.person_id::text from people.contact
		union all select membership.xmin::text || membership.id::text from people.membership union all select attachment.xmin::text || attachment.id::text from territory.attachment
		union all select unit.xmin::text || unit.id::text from territory.unit union all select known.xmin::text || known.key from imports.known) as every_row`))!
				.n,
	);
