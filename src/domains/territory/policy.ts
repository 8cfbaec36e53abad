import { every, isPresent, policy, some } from '#platform/policy.ts';
import { sql } from '#platform/sql.ts';
import { belongsBelow, belongsTo, holdsPower, readsAfterHandover } from './rules.ts';

const unit = sql`unit.id`;
const above = sql`unit.parent_id`;

/** A closed unit exists only for who may open it again. */
const isOpen = () => sql`unit.closed_at is null`;

/** Who may see and do what to a unit. Powers reach downwards from where the office is held. */
export const units = policy('territory.unit', {
	see: some(isOpen, holdsPower('units.create', unit)),
	seeMembersPart: every(
		isOpen,
		some(
			belongsBelow(unit),
			holdsPower('unit.edit', unit),
			holdsPower('members.see', unit),
			readsAfterHandover(unit),
		),
	),
	edit: every(isOpen, holdsPower('unit.edit', unit)),
	speak: every(isOpen, holdsPower('unit.speak', unit)),
	listMembers: every(
		isOpen,
		some(belongsTo(unit), holdsPower('members.see', unit), readsAfterHandover(unit)),
	),
	readMembers: every(isOpen, some(holdsPower('members.see', unit), readsAfterHandover(unit))),
	welcome: every(isOpen, holdsPower('members.welcome', unit)),
	createBelow: every(isOpen, holdsPower('units.create', unit)),
	/** Moving, closing and covering are decided from above: an officer does not redraw the unit they answer for. */
	arrange: holdsPower('units.create', above),
	invite: every(isOpen, isPresent, belongsTo(unit)),
	join: every(isOpen, isPresent),
});

/** How many came once to a unit and no more: for whoever reads its people, or names its officers. Names are for the former. */
export const visits = policy(
	'territory.unit',
	{
		see: every(isPresent, isOpen, some(holdsPower('members.see', unit), holdsPower('offices.appoint', unit))),
	},
	'territory.visits',
);
