import { house } from '#platform/house.ts';
import type { Challenge } from './challenge.ts';

/**
 * Whether somebody nobody knows may make an account: always, unless the organisation asks for an invitation.
 * Codes that open nothing were left out when the account was asked for.
 */
export async function mayCome({ detail }: Pick<Challenge, 'detail'>): Promise<boolean> {
	return (await house()).signUp === 'open' || Boolean(detail.invitation);
}
