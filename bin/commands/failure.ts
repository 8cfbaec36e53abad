import { Refusal } from '#platform/errors.ts';
import { house } from '#platform/house.ts';
import { type Key, wording } from '#platform/wording/index.ts';

/** What stopped a command, with what pages would say at their fields said in English. Reads the house's words. */
export async function explained(error: unknown): Promise<unknown> {
	if (!(error instanceof Refusal) || !error.problems.length) return error;
	const { say } = wording(await house(), undefined, 'en');
	return new Error(error.problems.map(({ key, args }) => say(key as Key, args)).join(' '));
}
