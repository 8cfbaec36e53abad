import { expect, test } from 'vitest';
import { plainBodyMax, refuseBulk } from './body.ts';

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
