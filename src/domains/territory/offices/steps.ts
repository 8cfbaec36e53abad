import type { Words } from '#platform/wording/index.ts';

/** The four steps of a handover, up to the one under way; 5 means all done. */
export function handoverSteps(say: Words['say'], current: number) {
	const labels = [
		say('territory.handover_step_successor'),
		say('territory.handover_step_passes'),
		say('territory.handover_step_confirm'),
		say('territory.handover_step_reading'),
	];
	return labels.map((label, index) => ({
		label,
		state:
			index + 1 < current
				? ('done' as const)
				: index + 1 === current
					? ('current' as const)
					: ('todo' as const),
	}));
}
