import { invalidField } from '#platform/errors.ts';
import { OutgoingProblem } from '#platform/outgoing/problem.ts';
import { checkedTarget } from '#platform/outgoing/target.ts';

// Stands for whatever a public name leads to: the names themselves are looked up at each sending.
const somewherePublic = async () => ['93.184.216.34'];

/**
 * Refuses an address that no sending could ever reach: not https, another port, a name or a number of a private network.
 * Where a name really leads is checked at each sending, by the gateway. Throws Invalid.
 */
export async function insistPublic(url: string): Promise<void> {
	if (URL.parse(url)?.protocol !== 'https:') throw invalidField('url', 'webhooks.url_https');
	try {
		await checkedTarget(url, somewherePublic);
	} catch (error) {
		if (!(error instanceof OutgoingProblem)) throw error;
		throw invalidField('url', error.code === 'not_public' ? 'webhooks.url_inside' : 'webhooks.url_shape');
	}
}

/** What may be said of an address in the journal: its place. The rest of it may hold a key. */
export const hostOf = (url: string) => URL.parse(url)?.host ?? '';
