import type { Key, Words } from '#platform/wording/index.ts';
import type { Notice } from './read.ts';

/** A notice in words. */
export function sentenceOf(
	say: Words['say'],
	{ type, by, others, unit, payload }: Pick<Notice, 'type' | 'by' | 'others' | 'unit' | 'payload'>,
): string {
	// words: notices.on_*
	return say(
		`notices.on_${type}` as Key,
		{ name: by?.name ?? '', others, unit: unit ?? '', ...payload } as never,
	);
}
