import type { GateRule } from '#platform/domain.ts';
import type { Words } from '#platform/wording/index.ts';
import type { Noun } from '../blueprint.ts';
import { powerName } from './power-name.ts';

/** A gate in a sentence: who is let in. Kinds of unit are named by the organisation's own words. */
export function gateName({ say, noun, list }: Words, rule: GateRule, kinds: Record<string, Noun>): string {
	// words: territory.gate_open.*
	if (rule.open !== 'office') return say(`territory.gate_open.${rule.open}`);
	const levels = (rule.kinds ?? []).flatMap((key) => (kinds[key] ? [noun(kinds[key], 'one')] : []));
	const parts = [
		levels.length
			? say('territory.gate_office_of', { kinds: list(levels) })
			: say('territory.gate_open.office'),
	];
	if (rule.power) parts.push(say('territory.gate_with_power', { power: powerName(say, rule.power) }));
	return parts.join(' ');
}
