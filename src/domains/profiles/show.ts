import { isStranger, persons, reaches, statusNow } from '#domains/friends/index.ts';
import type { Noun } from '#domains/territory/index.ts';
import { read, type Tx } from '#platform/db.ts';
import { notFound } from '#platform/errors.ts';
import { list, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { type Audience, contacts, fields, isLookalike } from './policy.ts';

/** Kinds of lines that a person writes as rows. */
export const rowKinds = ['mandate', 'responsibility', 'interest', 'skill', 'link'] as const;
export type RowKind = (typeof rowKinds)[number];

/** A line of a profile, with who else reads it when it is one's own. */
export interface Line {
	id: string;
	kind: RowKind | 'about' | 'phone' | 'email' | 'unit' | 'photo';
	value: {
		text?: string;
		place?: string;
		url?: string;
		file?: string;
		description?: string;
		units?: string[];
	};
	/** Years. */
	started: number | null;
	ended: number | null;
	audience: Audience;
}

/** An office held, now or before. */
export interface Office {
	id: string;
	office: Noun;
	unitId: string;
	unit: string;
	depth: number;
	levels: number;
	since: Date;
	until: Date | null;
	current: boolean;
	provisional: boolean;
}

/** A person as one viewer may see them. */
export interface Profile {
	id: string;
	name: string;
	status: string | null;
	isSelf: boolean;
	/** The name looks like an officer's, and is not theirs. */
	lookalike: boolean;
	photo: { file: string; description: string } | null;
	offices: Office[];
	lines: Line[];
	units: { id: string; name: string }[];
	/** What the viewer may open; `byOffice` when the power of an office is needed for one of them: a reason is then asked. */
	openEmail: boolean;
	openPhone: boolean;
	byOffice: boolean;
	/** Nothing but a public word or an office ties the two: the opening is noted. */
	stranger: boolean;
	/** An office of the viewer reaches this person. */
	reached: boolean;
}

interface Row {
	id: string;
	name: string;
	status: string | null;
	lookalike: boolean;
	openEmail: boolean;
	openPhone: boolean;
	stranger: boolean;
	reached: boolean;
}

/** A person's profile; each line only to its audience. Throws NotFound for who does not exist for this viewer. */
export const showPerson = (viewer: Viewer, personId: string): Promise<Profile> =>
	read(viewer, (tx) => profileIn(tx, viewer, personId));

export async function profileIn(tx: Tx, viewer: Viewer, personId: string): Promise<Profile> {
	const row =
		await tx.one<Row>(sql`select person.id, person.name, ${statusNow} as status, ${isLookalike(viewer)} as lookalike,
			${contacts.openEmail(viewer)} as "openEmail",
			${contacts.openPhone(viewer)} as "openPhone", ${isStranger(viewer)} as stranger,
			${reaches('members.contact', sql`person.id`)(viewer)} as reached
		from people.person where person.id = ${personId}::uuid and ${persons.see(viewer)}`);
	if (!row) throw notFound();
	const lines = await linesOf(tx, viewer, personId);
	const isTold = (kind: Line['kind']) => lines.some((line) => line.kind === kind);
	return {
		id: row.id,
		name: row.name,
		status: row.status,
		isSelf: viewer.id === personId,
		lookalike: row.lookalike,
		photo: await photoOf(tx, lines),
		offices: await officesOf(tx, personId),
		lines: lines.filter(({ kind }) => kind !== 'photo' && kind !== 'unit'),
		units: await unitsShown(tx, viewer, personId, lines),
		openEmail: row.openEmail,
		openPhone: row.openPhone,
		byOffice: row.reached && !(isTold('email') && isTold('phone')),
		stranger: row.stranger,
		reached: row.reached,
	};
}

async function photoOf(tx: Tx, lines: Line[]): Promise<Profile['photo']> {
	const photo = lines.find(({ kind }) => kind === 'photo')?.value;
	const isReady =
		photo?.file &&
		(await tx.one(
			sql`select 1 as yes from platform.file where file.id = ${photo.file}::uuid and file.state = 'ready'`,
		));
	return isReady ? { file: photo.file!, description: photo.description ?? '' } : null;
}

/** The lines of a profile that the viewer may read, in the order of their owner. */
export const linesOf = (tx: Tx, viewer: Viewer, personId: string) =>
	tx.many<Line>(sql`select field.id, field.kind, field.value, field.audience,
			extract(year from field.started)::int as started, extract(year from field.ended)::int as ended
		from profiles.field where field.person_id = ${personId}::uuid and ${fields.see(viewer)}
		order by field.kind, field.position, field.id`);

/** Offices held, those of now first: public inside the network. */
const officesOf = (tx: Tx, personId: string) =>
	tx.many<Office>(sql`select term.id, office.name as office, unit.id as "unitId", unit.name as unit, unit_kind.depth,
			(select max(kind.depth) + 1 from territory.unit_kind as kind) as levels, term.starts_at as since, term.ends_at as until,
			(term.ends_at is null or term.ends_at > now()) and office.retired_at is null as current, term.provisional
		from territory.term join territory.office on office.id = term.office_id
		join territory.unit on unit.id = term.unit_id join territory.unit_kind on unit_kind.id = unit.kind_id
		where term.person_id = ${personId}::uuid and term.starts_at <= now()
		order by current desc, coalesce(term.ends_at, now()) desc, unit_kind.depth desc limit 50`);

/** The units of a person: those shared or reached (row-level security says which), and those they tell. */
const unitsShown = (tx: Tx, viewer: Viewer, personId: string, lines: Line[]) =>
	tx.many<{
		id: string;
		name: string;
	}>(sql`select unit.id, unit.name from territory.unit where unit.closed_at is null
		and (unit.id = any (${list(lines.find(({ kind }) => kind === 'unit')?.value.units ?? [], 'uuid')})
			or exists (select from territory.attachment where attachment.unit_id = unit.id and attachment.until is null
				and attachment.person_id = ${personId}::uuid
				and (attachment.person_id = ${viewer.id}::uuid or unit.id = any (${list(viewer.units, 'uuid')})
					or ${reaches('members.see', sql`attachment.person_id`)(viewer)})))
		order by unit.folded_name limit 10`);

/** The word of each kind of row in the address of its page. */
export const rowAddress: Record<RowKind, string> = {
	mandate: 'mandats',
	responsibility: 'responsabilites',
	interest: 'interets',
	skill: 'savoir-faire',
	link: 'liens',
};
