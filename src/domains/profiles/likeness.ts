import { asSystem, type Tx } from '#platform/db.ts';
import { list, sql } from '#platform/sql.ts';
import { lookOf } from '#platform/text/names.ts';

interface Named {
	id: string;
	name: string;
}

/** Keeps how names look, for people whose name is new or changed; gives how many. */
export async function noteLooks(tx: Tx, limit = 2000): Promise<number> {
	const rows = await tx.many<Named>(sql`select person.id, person.name from people.person
		left join profiles.likeness on likeness.person_id = person.id
		where person.erased_at is null and person.name is distinct from likeness.name limit ${limit}`);
	if (!rows.length) return 0;
	const names = rows.map(({ name }) => name);
	await tx.run(sql`insert into profiles.likeness (person_id, name, look)
		select * from unnest(${list(
			rows.map(({ id }) => id),
			'uuid',
		)}, ${list(names, 'text')}, ${list(names.map(lookOf), 'text')})
		on conflict (person_id) do update set name = excluded.name, look = excluded.look`);
	return rows.length;
}

/** Until every name is noted: an import brings thousands at once. */
export async function noteAllLooks(): Promise<void> {
	while ((await asSystem('profiles', (tx) => noteLooks(tx))) > 0);
}
