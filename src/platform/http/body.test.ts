import { expect, test } from 'vitest';
import { plainBodyMax, rateOf, refuseBulk } from './body.ts';

const sent = (bytes: string | null) =>
	new Request('http://localhost/x', {
		method: 'POST',
		body: 'a',
		...(bytes && { headers: { 'content-length': bytes } }),
	});

test('a large body passes only where files are taken', () => {
	expect(() => refuseBulk(sent(String(plainBodyMax + 1)), { gate: 'network' })).toThrow('Invalid');
	expect(() => refuseBulk(sent(null), { gate: 'network' })).toThrow('Invalid');
	expect(() => refuseBulk(sent(String(plainBodyMax)), { gate: 'network' })).not.toThrow();
	expect(() => refuseBulk(sent('60000000'), { gate: 'network', rate: 'upload' })).not.toThrow();
	expect(() => refuseBulk(new Request('http://localhost/x'), { gate: 'network' })).not.toThrow();
});

test('words that may bring files are taken large, and count as words until they are', () => {
	const access = { gate: 'network', files: true } as const;
	const [small, large, untold] = [String(plainBodyMax), String(plainBodyMax + 1), null].map(sent);
	for (const request of [small!, large!, untold!]) expect(() => refuseBulk(request, access)).not.toThrow();
	expect([small!, large!, untold!].map((request) => rateOf(request, access))).toEqual([
		'write',
		'upload',
		'upload',
	]);
	expect(rateOf(large!, { gate: 'network', rate: 'search' })).toBe('search');
	expect(rateOf(new Request('http://localhost/x'), access)).toBe('read');
});
