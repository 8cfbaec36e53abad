import { eachWithBreath } from '#platform/breath.ts';
import type { Tx } from '#platform/db.ts';
import { list, sql } from '#platform/sql.ts';
import type { MemberLine } from '../columns/index.ts';
import type { Line, LineDoubt, Plan } from '../model.ts';
import { nameKey, nameOf } from './member.ts';
import type { UnitFinder } from './units.ts';

/** Somebody the network knows already. */
interface Known {
	id: string;
	name: string;
	left: boolean;
	email_key: string | null;
	member_number: string | null;
	verified: boolean;
	units: string[];
}

/** What becomes of one line: whose it is, and what that changes in it. */
export interface Match {
	plan: Plan | null;
	subjectId: string | null;
	/** The unit whose officers decide, when the person or the line is of another territory. */
	elsewhere: string | null;
	problems: LineDoubt[];
	/** The address is somebody else's: the line goes in without it. */
	dropEmail: boolean;
}

interface Candidates {
	byNumber: Map<string, Known>;
	byEmail: Map<string, Known>;
	byId: Map<string, Known>;
	memory: Map<string, { subject_id: string; hash: string }>;
}

/** Whose lines these are, among everybody: asked in one query per batch. Runs as the house. */
export async function matchLines(
	tx: Tx,
	units: UnitFinder,
	lines: readonly Line<MemberLine>[],
): Promise<Map<number, Match>> {
	const told = lines.filter((line) => line.value);
	const candidates = await candidatesOf(tx, told);
	return new Map(
		await eachWithBreath(told, (line) => [line.line, decide(line, line.value!, candidates, units)] as const),
	);
}

async function candidatesOf(tx: Tx, lines: readonly Line<MemberLine>[]): Promise<Candidates> {
	const some = (values: (string | null | undefined)[]) => list(values.filter(Boolean), 'text');
	const numbers = some(lines.map(({ value }) => value?.memberNumber));
	const emails = some(lines.map(({ value }) => value?.email?.toLowerCase()));
	const keys = some(lines.map(({ key }) => key));
	const memory = await tx.many<{ key: string; subject_id: string; hash: string }>(sql`
		select key, subject_id, hash from imports.known where kind = 'members' and key = any (${keys})`);
	const people = await tx.many<Known>(sql`
		with asked as materialized (
			select person_id as id from people.membership where member_number = any (${numbers}) and ended_at is null
			union select person_id from people.contact where email_key = any (${emails})
			union select unnest(${list(
				memory.map(({ subject_id }) => subject_id),
				'uuid',
			)}))
		select person.id, person.name, person.left_at is not null as left, membership.member_number, membership.verified_at is not null as verified,
			(select contact.email_key from people.contact where contact.person_id = person.id) as email_key,
			array(select attachment.unit_id from territory.attachment where attachment.person_id = person.id and attachment.until is null) as units
		from asked join people.person on person.id = asked.id
		left join people.membership on membership.person_id = person.id and membership.ended_at is null
		where person.erased_at is null`);
	const by = (key: 'member_number' | 'email_key') =>
		new Map(people.flatMap((one) => (one[key] ? [[one[key], one]] : [])));
	return {
		byNumber: by('member_number'),
		byEmail: by('email_key'),
		byId: new Map(people.map((one) => [one.id, one])),
		memory: new Map(memory.map((row) => [row.key, row])),
	};
}

const doubt = (field: string, code: string, given: string, otherwise: LineDoubt['otherwise']): LineDoubt => ({
	field,
	code,
	given,
	fix: null,
	otherwise,
});
const refused = (problem: LineDoubt): Match => ({
	plan: null,
	subjectId: null,
	elsewhere: null,
	problems: [problem],
	dropEmail: false,
});

function decide(line: Line<MemberLine>, value: MemberLine, found: Candidates, units: UnitFinder): Match {
	const { subject, holder, memory, wrong } = whose(line, value, found);
	if (wrong) return refused(wrong);
	const isOthers = holder !== undefined && holder.id !== subject?.id;
	const problems = isOthers ? [doubt('email', 'email_of_other', value.email!, 'without')] : [];
	const elsewhere = placeElsewhere(line, subject, units);
	const plan = elsewhere ? 'elsewhere' : planOf(line, subject, memory);
	return { plan, elsewhere, problems, subjectId: subject?.id ?? null, dropEmail: isOthers };
}

function planOf({ hash }: Line, subject: Known | undefined, memory: Whose['memory']): Plan {
	if (!subject) return 'create';
	return memory?.subject_id === subject.id && memory.hash === hash ? 'same' : 'update';
}

interface Whose {
	subject?: Known | undefined;
	/** Who has the address, the subject or not. */
	holder?: Known | undefined;
	memory?: { subject_id: string; hash: string } | undefined;
	wrong?: LineDoubt;
}

/** Whose line it is: by number, else by address and name, else as the last file was understood. */
function whose({ key }: Line, value: MemberLine, found: Candidates): Whose {
	const name = nameKey(nameOf(value));
	const numbered = value.memberNumber ? found.byNumber.get(value.memberNumber) : undefined;
	if (numbered && !isTheirs(numbered, name))
		return { wrong: doubt('memberNumber', 'number_of_other', value.memberNumber!, 'refused') };
	const holder = value.email ? found.byEmail.get(value.email.toLowerCase()) : undefined;
	const mailed = holder && isSamePerson(nameKey(holder.name), name) ? holder : undefined;
	const memory = key ? found.memory.get(key) : undefined;
	const subject = numbered ?? mailed ?? (memory && found.byId.get(memory.subject_id));
	return {
		subject,
		holder,
		memory,
		...(subject?.left && { wrong: doubt('', 'person_left', '', 'refused') }),
	};
}

/** A number the member file verified is proof with a part of the name; one that was only declared needs the whole name. */
const isTheirs = (known: Known, name: string) =>
	known.verified ? sharesWord(nameKey(known.name), name) : nameKey(known.name) === name;

/** With the same number: people change name, seldom all of it. */
function sharesWord(one: string, other: string): boolean {
	const words = new Set(one.split(' '));
	return one === other || other.split(' ').some((word) => word.length > 2 && words.has(word));
}

/** With the same address: couples share one, and a family name; first and last name must both agree. */
function isSamePerson(one: string, other: string): boolean {
	const [short, long] = [one.split(' '), other.split(' ')].toSorted((a, b) => a.length - b.length);
	const words = new Set(long);
	return one === other || (short!.length > 1 && short!.every((word) => words.has(word)));
}

/** Nobody is taken from another territory: its officers are asked. */
function placeElsewhere(line: Line, subject: Known | undefined, units: UnitFinder): string | null {
	const named = line.unit_id ? units.byId(line.unit_id) : undefined;
	if (named && !named.inScope) return named.id;
	const homes = (subject?.units ?? []).flatMap((id) => units.byId(id) ?? []);
	return homes.length && !homes.some(({ inScope }) => inScope) ? homes[0]!.id : null;
}
