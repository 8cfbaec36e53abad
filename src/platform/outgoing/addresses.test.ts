import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPublic } from './addresses.ts';

describe('public addresses', () => {
	it.each([
		'93.184.216.34',
		'1.1.1.1',
		'172.32.0.1',
		'172.15.255.255',
		'100.128.0.1',
		'2606:2800:220:1::1',
		'2a01:e0a::1',
	])('%s is one', (address) => expect(isPublic(address)).toBe(true));

	it('none is private, in any writing of IPv6', () => {
		const word = fc.integer({ min: 0, max: 0xffff }).map((n) => n.toString(16));
		fc.assert(
			fc.property(
				fc.constantFrom('fc00', 'fd12', 'fe80', 'ff02', '2002', '0', '64'),
				fc.array(word, { minLength: 7, maxLength: 7 }),
				(head, rest) => !isPublic([head, ...rest].join(':')),
			),
		);
		fc.assert(
			fc.property(fc.ipV4(), (address) => !isPublic(`::ffff:${address}`) && !isPublic(`64:ff9b::${address}`)),
		);
		fc.assert(fc.property(fc.string(), (text) => typeof isPublic(text) === 'boolean'));
	});
});
