import { attachMany } from '#domains/territory/index.ts';
import type { Tx } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import { fold } from '#platform/text/fold.ts';
import { idOf } from '#tests/party.ts';
import { inventName } from './names.ts';
import type { Chance } from './random.ts';

export interface Someone {
	id: string;
	name: string;
	unitId: string;
	member: boolean;
}

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);

/** About six hundred invented people: Villebrume has the most, islands a handful; a tenth arrived this month. */
export async function gatherCrowd(tx: Tx, luck: Chance, count: number): Promise<Someone[]> {
	const sections = await tx.many<{ id: string; code: string; weight: number }>(sql`
		select unit.id, unit.code, coalesce((select sum(zone.population) from territory.coverage
			join territory.zone on zone.id = coverage.zone_id where coverage.unit_id = unit.id), 800)::int as weight
		from territory.unit join territory.unit_kind on unit_kind.id = unit.kind_id where unit_kind.key = 'section' order by unit.code`);
	const total = sections.reduce((sum, { weight }) => sum + Math.sqrt(weight), 0);
	const people: Someone[] = [];
	const names = new Set<string>();
	for (const { id: unitId, code, weight } of sections) {
		const size = code === 'S0101' ? 92 : Math.max(3, Math.round((count * Math.sqrt(weight)) / total));
		while (names.size < people.length + size) names.add(inventName(luck));
		for (const name of [...names].slice(people.length))
			people.push({ id: newId(), name, unitId, member: luck.below(100) < 62 });
	}
	await write(tx, people, luck);
	return people;
}

async function write(tx: Tx, people: Someone[], luck: Chance): Promise<void> {
	const rows = people.map(({ id, name, member }, index) => ({
		// Some opened an account and never came back: a sign that their officers see.
		once: !member && index % 2 === 1,
		id,
		name,
		member,
		folded: fold(name),
		email: `${fold(name).replace(/[^a-z]+/g, '.')}.${index}@courrier.example`,
		number: member ? `LRC-${String(10_000 + index)}` : null,
		since: daysAgo(luck.below(10) ? 40 + luck.below(2000) : luck.below(25)),
	}));
	const given = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
		as given (id uuid, name text, member boolean, folded text, email text, number text, since timestamptz, once boolean)`;
	await tx.run(sql`insert into people.person (id, name, folded_name, created_at, confirmed_at, seen_on)
		select id, name, folded, since, since, case when once and since > now() - interval '18 months' then since::date else current_date end from ${given}`);
	await tx.run(
		sql`insert into people.contact (person_id, email, email_key) select id, email, email from ${given}`,
	);
	await tx.run(sql`insert into people.membership (id, person_id, type_id, member_number, since, paid_until, verified_at)
		select gen_random_uuid(), given.id, membership_type.id, given.number, given.since::date,
			case when given.member then current_date + 200 end, case when given.member then given.since end
		from ${given} join people.membership_type on membership_type.key = case when given.member then 'member' else 'sympathiser' end`);
	await attachMany(
		tx,
		people.map(({ id, unitId }) => ({ personId: id, unitId })),
	);
	await tx.run(sql`update territory.attachment set since = person.created_at,
			welcomed_at = case when person.created_at < now() - interval '7 days' then person.created_at + interval '2 days' end
		from people.person where person.id = attachment.person_id and attachment.welcomed_at is null`);
}

/** The places and the cast have been here for a while, but for Mathis who just came: the first steps are his. */
export async function ageCast(tx: Tx): Promise<void> {
	await tx.run(
		sql`update people.person set created_at = now() - interval '14 months' where person.id <> ${idOf('mathis')}::uuid`,
	);
	await tx.run(sql`update territory.unit set created_at = now() - interval '14 months'`);
}

/** Offices with their terms: most units have a secretary, some await one; some terms are over. */
export async function fillOffices(tx: Tx, people: Someone[], luck: Chance): Promise<void> {
	const posts = await tx.many<{ unit: string; office: string; leads: boolean; kind: string }>(sql`
		select unit.id as unit, office.id as office, office.leads, unit_kind.key as kind
		from territory.unit join territory.unit_kind on unit_kind.id = unit.kind_id join territory.office on office.kind_id = unit.kind_id
		where not exists (select from territory.term where term.unit_id = unit.id and term.office_id = office.id and term.ends_at is null)
			and unit.code not in ('S0104', 'S0703', 'S0805') and unit_kind.key <> 'national' order by unit.code, office.position`);
	const taken = new Set<string>();
	for (const { unit, office, leads, kind } of posts) {
		if (luck.below(100) < (leads ? (kind === 'section' ? 18 : 0) : 55)) continue;
		const local = await tx.many<{ id: string }>(sql`
			select attachment.person_id as id from territory.attachment join territory.unit on unit.id = attachment.unit_id
			join people.membership on membership.person_id = attachment.person_id and membership.ended_at is null and membership.verified_at is not null
			where attachment.until is null and unit.ancestors @> array[${unit}::uuid] order by attachment.person_id limit 60`);
		const free = local.filter(({ id }) => !taken.has(id) && people.some((person) => person.id === id));
		if (!free.length) continue;
		const holder = luck.pick(free).id;
		taken.add(holder);
		await tx.run(sql`insert into territory.term (id, person_id, unit_id, office_id, starts_at)
			values (${newId()}, ${holder}, ${unit}, ${office}, ${daysAgo(60 + luck.below(700))})`);
		if (luck.below(4)) continue;
		await tx.run(sql`insert into territory.term (id, person_id, unit_id, office_id, starts_at, ends_at, ended_why)
			values (${newId()}, ${luck.pick(free).id}, ${unit}, ${office}, ${daysAgo(1600)}, ${daysAgo(800)}, 'fin de mandat')`);
	}
}

/** Links between people of the same place, and a few across. */
export async function linkFriends(tx: Tx, people: Someone[], cast: string[], luck: Chance): Promise<void> {
	const pairs = new Set<string>();
	const link = (a: string, b: string) => a !== b && pairs.add([a, b].toSorted().join(' '));
	const near = Map.groupBy(people, ({ unitId }) => unitId);
	for (const person of people)
		for (const other of luck.some(near.get(person.unitId)!, luck.below(5))) link(person.id, other.id);
	for (const id of cast) for (const other of luck.some(people, 9)) link(id, other.id);
	for (const id of cast) for (const other of luck.some(cast, 4)) link(id, other);
	// Gérard asks Odile today: they are no friends yet.
	pairs.delete([idOf('gerard'), idOf('odile')].toSorted().join(' '));
	const rows = [...pairs].flatMap((pair) => {
		const [a, b] = pair.split(' ');
		return [
			{ a, b },
			{ a: b, b: a },
		];
	});
	await tx.run(sql`insert into friends.link (person_id, friend_id, since)
		select given.a, given.b, now() - interval '90 days' * random() from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (a uuid, b uuid)`);
}
