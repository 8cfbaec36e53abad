import { holdsPower } from '#domains/territory/index.ts';
import { every, isPresent, policy, type Rule, some } from '#platform/policy.ts';
import { sql } from '#platform/sql.ts';
import { grounds, places } from '../policy.ts';

const isOpen: Rule = () => sql`unit.closed_at is null`;

/** Units that this person answers for: whoever writes a unit's page chooses where it goes (decision 16). */
export const answered = policy(
	'territory.unit',
	{ see: every(isPresent, isOpen, holdsPower('unit.edit', sql`unit.id`)) },
	'electoral-map.answered',
);

const answersForTally = holdsPower('unit.edit', sql`tally.unit_id`);
const looksAtTally: Rule = (viewer) => sql`exists (select from territory.zone
	where zone.kind = 'commune' and zone.code = any (tally.communes) and ${places.see(viewer)})`;

const isShown: Rule = () => sql`tally.state <> 'withdrawn'`;

/**
 * Counts entered by hand: whoever looks at one of its towns types there; who answers for its unit settles, and alone
 * sees one that was withdrawn.
 */
export const tallies = policy(
	'electoral_map.tally',
	{
		see: every(isPresent, some(answersForTally, every(isShown, looksAtTally))),
		settle: every(isPresent, answersForTally),
	},
	'electoral-map.tally',
);

/** Stations chosen by a unit, before and after they are published: seen and decided by who answers for it. */
export const selections = policy(
	'electoral_map.selection',
	{ see: every(isPresent, holdsPower('unit.edit', sql`selection.unit_id`)) },
	'electoral-map.selection',
);

/** What a gate lets into the map: a target shown elsewhere is the map's all the same. */
const isInMap: Rule = (viewer) => (viewer.apps.includes('map') ? sql`true` : sql`false`);

/** A station given to a section, once it is published: for whoever looks at the ground of that section. */
export const targets = policy(
	'electoral_map.selected',
	{
		see: every(
			isPresent,
			isInMap,
			() => sql`exists (select from electoral_map.selection
				where selection.id = selected.selection_id and selection.state = 'published')`,
			(viewer) => sql`selected.unit_id in (select unit.id from territory.unit where ${grounds.see(viewer)})`,
		),
	},
	'electoral-map.target',
);

/** A notice about targets is told as long as they are published, to who answers for the section. */
export const isStillGiven: Rule = every(
	holdsPower('unit.edit', sql`notice.unit_id`),
	() => sql`exists (select from electoral_map.selection
		where selection.id = notice.subject_id and selection.state = 'published')`,
);
