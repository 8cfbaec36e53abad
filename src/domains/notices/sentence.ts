import type { Key, Words } from '#platform/wording/index.ts';
import type { Notice } from './read.ts';

/** A notice in words. A rule of the house is quoted by its name. */
export function sentenceOf(
	say: Words['say'],
	{ type, by, others, unit, payload }: Pick<Notice, 'type' | 'by' | 'others' | 'unit' | 'payload'>,
): string {
	// words: notices.on_*
	// words: safety.rule_*
	const rule = payload.rule ? say(`safety.rule_${payload.rule}` as Key) : '';
	return say(
		`notices.on_${type}` as Key,
		{ name: by?.name ?? '', others, unit: unit ?? '', ...payload, rule } as never,
	);
}
