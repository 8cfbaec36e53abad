import { BlockList, isIP, isIPv4 } from 'node:net';

/** Every range that is not the public Internet: private, local, shared, reserved, documentation, tunnels (IANA registries). */
const CLOSED_V4 = [
	'0.0.0.0/8',
	'10.0.0.0/8',
	'100.64.0.0/10',
	'127.0.0.0/8',
	'169.254.0.0/16',
	'172.16.0.0/12',
	'192.0.0.0/24',
	'192.0.2.0/24',
	'192.31.196.0/24',
	'192.52.193.0/24',
	'192.88.99.0/24',
	'192.168.0.0/16',
	'192.175.48.0/24',
	'198.18.0.0/15',
	'198.51.100.0/24',
	'203.0.113.0/24',
	'224.0.0.0/4',
	'240.0.0.0/4',
];
/** In IPv6 only 2000::/3 is public; inside it, these are not: Teredo and its neighbours, documentation, 6to4. */
const OPEN_V6 = '2000::/3';
const CLOSED_V6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3ffe::/16', '3fff::/20', '2620:4f:8000::/48'];
/** Cloud consoles that answer secrets on public-looking addresses. */
const CONSOLES = ['168.63.129.16/32', '100.100.100.200/32'];

const closed = listOf([...CLOSED_V4, ...CONSOLES, ...CLOSED_V6]);
const open6 = listOf([OPEN_V6]);

function listOf(ranges: string[]): BlockList {
	const list = new BlockList();
	for (const range of ranges) {
		const [network = '', length] = range.split('/');
		list.addSubnet(network, Number(length), isIPv4(network) ? 'ipv4' : 'ipv6');
	}
	return list;
}

/** True only for an IP address of the public Internet. Mapped, NAT64 and scoped forms are not. */
export function isPublic(address: string): boolean {
	if (isIPv4(address)) return !closed.check(address, 'ipv4');
	return (
		isIP(address) === 6 &&
		!address.includes('%') &&
		open6.check(address, 'ipv6') &&
		!closed.check(address, 'ipv6')
	);
}
