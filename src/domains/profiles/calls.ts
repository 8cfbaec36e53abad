import { isApartFrom } from '#platform/apart.ts';
import { read } from '#platform/db.ts';
import { Refusal } from '#platform/errors.ts';
import { list, sql } from '#platform/sql.ts';
import type { Callable, ToCall } from '#platform/to-call.ts';
import type { Viewer } from '#platform/viewer.ts';
import { openContact } from './open.ts';
import { contacts } from './policy.ts';

const AT_MOST = 100;
/** A number shown to friends only, or to nobody, is not for a list of calls, whatever an office could open. */
const acceptsCalls = sql`exists (select from profiles.field where field.person_id = person.id and field.kind = 'phone'
	and field.audience in ('unit', 'members', 'network'))`;

/** People of a unit, or of one below, who show their number there or more widely, and whose number the viewer may open; some left out. */
const callable = (viewer: Viewer, unitId: string, except: readonly string[]): Promise<Callable[]> =>
	read(viewer, (tx) =>
		tx.many(sql`select person.id, person.name, home.name as home
			from people.person join territory.attachment on attachment.person_id = person.id and attachment.until is null
			join territory.unit as home on home.id = attachment.unit_id
			where home.ancestors @> array[${unitId}::uuid] and person.id <> all (${list([...except, viewer.id!], 'uuid')})
				and ${acceptsCalls} and ${contacts.openPhone(viewer)} and ${isApartFrom(sql`person.id`)(viewer)}
			order by person.folded_name, person.id limit ${AT_MOST}`),
	);

/** Opens their numbers, one by one: each person reads afterwards who did. Who closed theirs meanwhile is not among them. */
async function openPhones(viewer: Viewer, people: readonly Callable[]): Promise<Callable[]> {
	const opened: Callable[] = [];
	for (const person of people) {
		const { value } = await openContact(viewer, person.id, { what: 'phone', reason: '' }).catch(closedSince);
		if (value) opened.push({ ...person, phone: value });
	}
	return opened;
}

function closedSince(refusal: unknown): { value: null } {
	if (refusal instanceof Refusal) return { value: null };
	throw refusal;
}

/** Who may be called, for the domains that ask. */
export const calls: ToCall = { callable, open: openPhones };
