import { deflateRawSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { cpuTime } from '#tests/cpu.ts';
import { unfold } from './zip.ts';

it('an entry that lies about its weight is stopped at its word, not after 200 MB', async () => {
	const packed = deflateRawSync(Buffer.alloc(200_000_000), { level: 1 });
	const began = cpuTime();
	await expect(unfold({ name: 'a', stored: false, size: 10, packed })).rejects.toMatchObject({
		code: 'bomb',
	});
	expect(cpuTime() - began).toBeLessThan(50);
});
