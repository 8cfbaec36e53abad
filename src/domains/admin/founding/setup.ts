import { timingSafeEqual } from 'node:crypto';
import { invalidField, notFound } from '#platform/errors.ts';
import { house } from '#platform/house.ts';
import { hashOfSecret } from '#platform/seal.ts';
import { throttle } from '#platform/throttle.ts';
import type { Viewer } from '#platform/viewer.ts';

/** Whether this is the key that the console printed. Compared in constant time; without a key set, nothing fits. */
export function fitsSetup(given: string | null | undefined, env: NodeJS.ProcessEnv = process.env): boolean {
	const wanted = env.COOPOL_SETUP_TOKEN;
	if (!wanted || !given) return false;
	return timingSafeEqual(Buffer.from(hashOfSecret(given)), Buffer.from(hashOfSecret(wanted)));
}

/** The first pages exist until somebody founded the organisation. Throws NotFound afterwards. */
export async function notFounded(_viewer: Viewer): Promise<void> {
	if ((await house()).founded) throw notFound();
}

/**
 * Takes the key somebody typed or came with. Wrong ones are counted by address and together; the right one always passes,
 * so that nobody can lock the owner out. Throws Invalid, TooMany.
 */
export async function takeSetupKey(
	viewer: Viewer,
	given: string | null | undefined,
	ip: string,
): Promise<string> {
	await notFounded(viewer);
	if (fitsSetup(given)) return given!;
	await throttle({
		[`setup:address:${ip}`]: { burst: 10, perHour: 20 },
		'setup:all': { burst: 100, perHour: 300 },
	});
	throw invalidField('jeton', 'admin.found_key_wrong');
}
