import { fingerprint } from '#platform/seal.ts';
import { type Rate, throttle } from '#platform/throttle.ts';
import { emailKey } from './email.ts';
import { knownDevice, networkOf, type Whence } from './whence.ts';

type Kind = 'ask' | 'try' | 'password' | 'second';

/** How often one account, one address, one network and everybody together may ask for a code or try a secret. */
export const limits: Record<Kind, Record<'account' | 'device' | 'address' | 'network' | 'all', Rate>> = {
	ask: {
		account: { burst: 6, perHour: 12 },
		device: { burst: 6, perHour: 12 },
		address: { burst: 20, perHour: 60 },
		network: { burst: 60, perHour: 300 },
		all: { burst: 3000, perHour: 20_000 },
	},
	try: {
		account: { burst: 15, perHour: 30 },
		device: { burst: 15, perHour: 30 },
		address: { burst: 30, perHour: 120 },
		network: { burst: 100, perHour: 600 },
		all: { burst: 5000, perHour: 40_000 },
	},
	password: {
		account: { burst: 10, perHour: 20 },
		device: { burst: 10, perHour: 20 },
		address: { burst: 20, perHour: 60 },
		network: { burst: 60, perHour: 300 },
		all: { burst: 2000, perHour: 20_000 },
	},
	second: {
		account: { burst: 10, perHour: 20 },
		device: { burst: 10, perHour: 20 },
		address: { burst: 30, perHour: 120 },
		network: { burst: 100, perHour: 600 },
		all: { burst: 5000, perHour: 40_000 },
	},
};

/**
 * Counts one try. A browser that signed in to this account before has a bucket of its own and none of the shared ones:
 * an attacker elsewhere cannot lock the owner out. Throws TooMany.
 */
export function countTry(kind: Kind, account: string, whence: Whence): Promise<void> {
	const rate = limits[kind];
	const known = knownDevice(account, whence);
	if (known) return throttle({ [`${kind}:device:${known}`]: rate.device });
	return throttle({
		[`${kind}:account:${fingerprint('throttle', emailKey(account))}`]: rate.account,
		[`${kind}:address:${whence.ip}`]: rate.address,
		[`${kind}:network:${networkOf(whence.ip)}`]: rate.network,
		[`${kind}:all`]: rate.all,
	});
}
