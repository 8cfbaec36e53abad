import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { isPublic } from './addresses.ts';
import { OutgoingProblem } from './problem.ts';

/** Where a name leads: every address it has, in the resolver's order. */
export type Resolve = (host: string) => Promise<string[]>;

/** A checked destination: the request goes to this very address, whatever the name becomes later. */
export type Target = { url: URL; address: string; port: number };

const URL_MAX = 2_048;
/** A dotted name of letters, digits and hyphens, already lower case and punycoded by URL. */
const NAME =
	/^(?=.{4,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/;
const PRIVATE_NAME =
	/(?:^|\.)(?:local|localhost|localdomain|internal|intranet|lan|home|corp|private|onion|test|invalid|home\.arpa|arpa)$/;

export const systemResolve: Resolve = async (host) =>
	(await lookup(host, { all: true, verbatim: true })).map(({ address }) => address);

/** Reads and checks an address. Throws OutgoingProblem `bad_address`, `not_public` or `unreachable`. */
export async function checkedTarget(raw: string, resolve: Resolve): Promise<Target> {
	const url = parsed(raw);
	const host = url.hostname.replace(/^\[|\]$/g, '');
	const addresses = isIP(host) ? [host] : await resolved(host, resolve);
	if (!addresses.every(isPublic)) throw new OutgoingProblem('not_public');
	const [address] = addresses;
	if (!address) throw new OutgoingProblem('unreachable');
	return { url, address, port: url.protocol === 'https:' ? 443 : 80 };
}

function parsed(raw: string): URL {
	const url = raw.length <= URL_MAX ? URL.parse(raw) : null;
	if (!url || !/^https?:$/.test(url.protocol)) throw new OutgoingProblem('bad_address');
	// URL drops a port equal to the protocol's own, so any port left is another one (http on 443 included).
	if (url.username || url.password || url.port) throw new OutgoingProblem('bad_address');
	return url;
}

async function resolved(host: string, resolve: Resolve): Promise<string[]> {
	if (PRIVATE_NAME.test(host.replace(/\.$/, ''))) throw new OutgoingProblem('not_public');
	if (!NAME.test(host)) throw new OutgoingProblem('bad_address');
	try {
		return await resolve(host);
	} catch {
		throw new OutgoingProblem('unreachable');
	}
}
