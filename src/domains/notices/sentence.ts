import type { Key, Words } from '#platform/wording/index.ts';
import type { Notice } from './read.ts';

/** A notice in words. A rule of the house is quoted by its name; what has a date is told with it. */
export function sentenceOf(
	{ say, date }: Pick<Words, 'say' | 'date'>,
	{ type, by, others, unit, payload }: Pick<Notice, 'type' | 'by' | 'others' | 'unit' | 'payload'>,
): string {
	// words: notices.on_*
	// words: safety.rule_*
	const rule = payload.rule ? say(`safety.rule_${payload.rule}` as Key) : '';
	return say(
		`notices.on_${type}` as Key,
		{
			name: by?.name ?? '',
			others,
			why: '',
			reason: '',
			unit: unit ?? '',
			// Told before it was said which mission: its place.
			title: unit ?? '',
			...payload,
			...dated(date, payload),
			rule,
		} as never,
	);
}

/** The same title may come every week: `startsAt` (an instant, ISO) and `timeZone` say which date is meant. */
function dated(date: Words['date'], { title, startsAt, timeZone }: Notice['payload']): { title?: string } {
	if (!startsAt || !timeZone) return {};
	return {
		title: `${title}, ${date(new Date(String(startsAt)), 'dateTime', { timeZone: String(timeZone) })}`,
	};
}
