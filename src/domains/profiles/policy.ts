import { holdsOffice, isFriend, persons, reaches, sharesUnit } from '#domains/friends/index.ts';
import { every, isMember, isPresent, isSelf, policy, type Rule, some } from '#platform/policy.ts';
import { sql } from '#platform/sql.ts';

/** To whom a line of a profile is shown, closest first. */
export const audiences = ['me', 'friends', 'unit', 'members', 'network'] as const;
export type Audience = (typeof audiences)[number];

const owner = sql`field.person_id`;
const isMine = isSelf(owner);
const isKnown: Rule = (viewer) =>
	sql`exists (select from people.person where person.id = field.person_id and ${persons.see(viewer)})`;
const isFor = (audience: Audience, rule: Rule): Rule =>
	every(() => sql`field.audience = ${sql.lit(audience)}`, rule);

const isAudience = some(
	isFor('network', isPresent),
	isFor('members', isMember),
	isFor('friends', isFriend(owner)),
	isFor('unit', sharesUnit(owner)),
);

/** Who may read a line of a profile, and change it. Nobody reads a line of who does not exist for them. */
export const fields = policy('profiles.field', {
	see: some(isMine, every(isPresent, isAudience, isKnown)),
	edit: every(isPresent, isMine),
});

const isToldTo =
	(kind: 'email' | 'phone'): Rule =>
	(viewer) =>
		sql`exists (select from profiles.field where field.person_id = person.id and field.kind = ${sql.lit(kind)} and ${fields.see(viewer)})`;

/** The viewer's office reaches how to write to this person. */
export const reachesContact = every(persons.see, reaches('members.contact', sql`person.id`));

/** Who may open how to reach a person: an explicit act, which the person reads afterwards. */
export const contacts = policy(
	'people.person',
	{
		see: persons.see,
		openEmail: some(isToldTo('email'), reachesContact),
		openPhone: some(isToldTo('phone'), reachesContact),
	},
	'profiles.contact',
);

/** Holds no office, and bears the name of somebody who does: shown as not verified. */
export const isLookalike: Rule = (viewer) => sql`(not ${holdsOffice(sql`person.id`)(viewer)} and exists (
	select from profiles.likeness as own join profiles.likeness as other on other.look = own.look and other.person_id <> own.person_id
	where own.person_id = person.id and ${holdsOffice(sql`other.person_id`)(viewer)}))`;
