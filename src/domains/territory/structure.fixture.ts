import { type KindPlan, usual } from './blueprint.ts';

/** The first structure as it was made before sections brought their lists in. */
export const kindsOfBefore: KindPlan[] = usual.kinds.map((kind) =>
	kind.key === 'section'
		? {
				...kind,
				offices: kind.offices.map((office) => ({
					...office,
					powers: office.powers.filter((power) => power !== 'members.import'),
				})),
			}
		: kind,
);
