import type postgres from 'postgres';

/** How much of each is planned over the country: two years of it, a tenth to come. */
const events = 10_000;
const missions = 6_000;
const groups = 600;

const random = (n: string, table: string) =>
	`(select id from ${table} where rank = 1 + (${n}::bigint * 7919) % (select count(*) from ${table}))`;

/** Events, missions, ideas and groups over the units and people that are there, by SQL alone: two thirds of them restricted. */
export async function fillActs(owner: postgres.Sql, readerId: string): Promise<void> {
	await owner.unsafe(`create temporary table place as select id, row_number() over (order by md5(id::text)) as rank from territory.unit;
		create unique index on place (rank);
		create temporary table who as select id, row_number() over (order by md5(id::text)) as rank from people.person;
		create unique index on who (rank)`);
	const words = `'Réunion ' || n || ' au marché, tracts et café'`;
	const when = `now() + (n % ${events} - ${events * 0.9}) * interval '100 minutes'`;
	await owner.unsafe(`insert into events.event (id, unit_id, by_id, title, visibility, starts_at, ends_at, folded)
		select gen_random_uuid(), ${random('n', 'place')}, ${random('n', 'who')}, ${words},
			(array['unit', 'public', 'unit', 'network', 'invited', 'members'])[1 + n % 6], ${when}, ${when} + interval '2 hours', 'reunion ' || n || ' marche tracts cafe'
		from generate_series(1, ${events}) as n`);
	await owner.unsafe(`insert into events.invitation (id, event_id, person_id, by_id)
		select gen_random_uuid(), event.id, ${random('k', 'who')}, event.by_id from events.event, generate_series(1, 10) as k
		where event.visibility = 'invited' on conflict do nothing`);
	await owner.unsafe(`insert into missions.mission (id, kind, title, unit_id, audience, by_id, is_official, place, starts_at, ends_at, needed, folded)
		select gen_random_uuid(), 'doors', ${words}, ${random('n', 'place')}, case when n % 3 = 0 then 'network' else 'unit' end, ${random('n', 'who')}, n % 4 <> 0,
			'Place', ${when}, ${when} + interval '2 hours', 10, 'reunion ' || n || ' marche tracts cafe' from generate_series(1, ${missions}) as n`);
	await owner.unsafe(`insert into groups.circle (id, name, folded, purpose, visibility, owner_id, active_at)
		select gen_random_uuid(), 'Groupe ' || n, 'groupe ' || n, 'Agir', (array['open', 'closed', 'secret'])[1 + n % 3], ${random('n', 'who')},
			now() - n * interval '1 hour' from generate_series(1, ${groups}) as n`);
	await owner.unsafe(`insert into groups.membership (circle_id, person_id, state)
		select circle.id, ${random('k', 'who')}, 'member' from groups.circle, generate_series(1, 30) as k on conflict do nothing;
		insert into groups.membership (circle_id, person_id, state) select id, '${readerId}', 'member' from groups.circle order by name limit 20 on conflict do nothing;
		insert into groups.seat (person_id, circle_id) select person_id, circle_id from groups.membership on conflict do nothing`);
	await owner.unsafe('analyze');
}
