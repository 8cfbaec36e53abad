import {
	type FilePerson,
	followPeople,
	type PersonBefore,
	peopleBefore,
	peopleWritten,
	putMemberships,
	putPeople,
} from '#domains/people/index.ts';
import { attachMany, type Belonging, detachMany } from '#domains/territory/index.ts';
import type { Tx } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { list, sql } from '#platform/sql.ts';
import { type PlannedMember as Planned, planMembers } from '../check/lines.ts';
import { nameOf } from '../check/member.ts';
import type { UnitFinder } from '../check/units.ts';
import type { MemberLine } from '../columns/index.ts';
import type { Counts, Import, Line } from '../model.ts';
import { type Before, keepKnown, knownOf, rememberBefore, settleLines } from './changes.ts';

/**
 * Applies lines of people, whole or not at all. Whose they are is asked again: the network moved since the file was read.
 * Runs as the house, in the transaction of the batch. Gives how many went where.
 */
export async function applyMembers(
	tx: Tx,
	one: Import,
	units: UnitFinder,
	lines: readonly Line<MemberLine>[],
	language: 'fr' | 'en',
): Promise<Counts> {
	const planned = onlyOnce(await planMembers(tx, units, lines));
	const by = (plan: Line['plan']) => planned.filter((line) => line.plan === plan);
	const [created, updated, elsewhere] = [by('create'), by('update'), by('elsewhere')];
	const moves = await movesOf(tx, units, [...created, ...updated]);
	const before = await stateOf(tx, updated);
	await putPeople(tx, created.map(personOf), language);
	await followPeople(tx, updated.map(personOf));
	await putMemberships(tx, [...created, ...updated].map(membershipOf), one.by_id);
	await writeDown(tx, one, moves, before, created);
	await keepKnown(tx, 'members', [...created, ...updated]);
	await propose(tx, one, elsewhere);
	await settleLines(
		tx,
		one.id,
		planned.map(({ line, plan, subject_id, problems }) => ({
			line,
			outcome: outcomes[plan ?? 'refused'],
			subject_id,
			problems,
		})),
	);
	// Last: these rows are the ones that others wait for.
	await move(tx, moves);
	const refused = planned.length - created.length - updated.length - elsewhere.length - by('same').length;
	return {
		created: created.length,
		updated: updated.length,
		same: by('same').length,
		proposed: elsewhere.length,
		refused,
	};
}

const outcomes = {
	create: 'created',
	update: 'updated',
	same: 'same',
	elsewhere: 'proposed',
	refused: 'refused',
} as const;

const again = {
	field: '',
	code: 'duplicate_member_number',
	given: '',
	fix: null,
	otherwise: 'refused',
} as const;

/** Two lines corrected into the same person within one batch: the first one is right. */
function onlyOnce(lines: Planned[]): Planned[] {
	const seen = new Set<string>();
	const isNew = (mark: string | null | undefined) => {
		if (!mark) return true;
		const size = seen.size;
		return seen.add(mark).size > size;
	};
	return lines.map((line) => {
		const { value, plan, subject_id } = line;
		if (!value || !plan || plan === 'same') return line;
		const isFirst = [isNew(subject_id), isNew(value.memberNumber && `number ${value.memberNumber}`)].every(
			Boolean,
		);
		if (!isFirst) return { ...line, plan: null, problems: [...line.problems, again] };
		return isNew(value.email?.toLowerCase()) ? line : { ...line, value: { ...value, email: null } };
	});
}

const personOf = ({ subject_id, value }: Planned): FilePerson => ({
	id: subject_id!,
	name: nameOf(value!),
	email: value!.email,
	phone: value!.phone,
});
const membershipOf = ({ subject_id, value }: Planned) => ({
	personId: subject_id!,
	type: value!.membershipType,
	memberNumber: value!.memberNumber,
	since: value!.memberSince,
	paidUntil: value!.paidUntil,
});

/** Where a person goes, and what they leave for it: inside the import's territory, the other units of that kind. */
interface Move {
	stands: string | null;
	joins: string | null;
	leaves: string[];
}

async function movesOf(tx: Tx, units: UnitFinder, lines: Planned[]): Promise<Map<string, Move>> {
	const rows = await tx.many<{
		id: string;
		units: string[];
	}>(sql`select attachment.person_id as id, array_agg(attachment.unit_id) as units
		from territory.attachment where attachment.until is null and attachment.person_id = any (${list(
			lines.map(({ subject_id }) => subject_id),
			'uuid',
		)})
		group by attachment.person_id`);
	const homes = new Map(rows.map(({ id, units }) => [id, units]));
	return new Map<string, Move>(
		lines.map(({ subject_id, unit_id }) => {
			const target = unit_id ? units.byId(unit_id) : undefined;
			const here = homes.get(subject_id!) ?? [];
			if (!target) return [subject_id!, { stands: null, joins: null, leaves: [] }];
			const others = here
				.flatMap((id) => units.byId(id) ?? [])
				.filter(({ id, kindId, inScope }) => inScope && kindId === target.kindId && id !== target.id);
			return [
				subject_id!,
				{
					stands: target.id,
					joins: here.includes(target.id) ? null : target.id,
					leaves: others.map(({ id }) => id),
				},
			];
		}),
	);
}

type State = { id: string; before: PersonBefore; known: Before['known'] }[];

/** How those whom the file changes are before it does. */
async function stateOf(tx: Tx, updated: Planned[]): Promise<State> {
	const ids = updated.map(({ subject_id }) => subject_id!);
	const known = await knownOf(tx, ids);
	return (await peopleBefore(tx, ids)).map((row) => ({ ...row, known: known.get(row.id) ?? [] }));
}

async function writeDown(
	tx: Tx,
	one: Import,
	moves: ReadonlyMap<string, Move>,
	before: State,
	created: Planned[],
): Promise<void> {
	await rememberBefore(tx, one.id, 'person', [
		...created.map(({ subject_id }) => ({ id: subject_id!, before: null })),
		...(await peopleWritten(tx, before)).map(({ id, before: row, known }) => ({
			id,
			before: { row, ...moves.get(id), known },
		})),
	]);
}

async function move(tx: Tx, moves: ReadonlyMap<string, Move>): Promise<void> {
	const pairs = (units: (move: Move) => string[]): Belonging[] =>
		[...moves].flatMap(([personId, one]) => units(one).map((unitId) => ({ personId, unitId })));
	const leaving = pairs(({ leaves }) => leaves);
	const joining = pairs(({ joins }) => (joins ? [joins] : []));
	if (leaving.length) await detachMany(tx, leaving);
	if (joining.length) await attachMany(tx, joining);
}

/** Says to the officers of another territory that a line is about somebody of theirs. */
const propose = (tx: Tx, one: Import, lines: Planned[]) =>
	tx.run(sql`
	insert into imports.proposal (id, import_id, line, unit_id, from_id, subject_id, value)
	select given.id, ${one.id}::uuid, given.line, given.unit_id, ${one.by_id}::uuid, given.subject_id, given.value
	from jsonb_to_recordset(${JSON.stringify(lines.map(({ line, elsewhere, subject_id, value }) => ({ id: newId(), line, unit_id: elsewhere, subject_id, value })))}::jsonb)
		as given (id uuid, line int, unit_id uuid, subject_id uuid, value jsonb) on conflict (import_id, line) do nothing`);
