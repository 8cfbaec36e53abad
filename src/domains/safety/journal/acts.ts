import type { Key, Words } from '#platform/wording/index.ts';

/** What was done, in words: "a nommé". An act of a version that is gone, which no catalogue says, stays as it was written. */
export function actInWords(say: Words['say'], act: string): string {
	// words: safety.act_*
	const key = `safety.act_${act.replaceAll(/[.-]/g, '_')}`;
	const said = say(key as Key);
	return said === key ? act : said;
}
