import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import * as make from './generators.fixture.ts';
import { FileProblem } from './problem.ts';
import { sniff } from './sniff.ts';
import { bareSound } from './sound/index.ts';
import * as sounds from './sound/sounds.fixture.ts';

const dot = sharp({ create: { width: 40, height: 30, channels: 3, background: 'red' } });
const jpeg = await dot.clone().jpeg().toBuffer();
const picturePng = await dot.clone().png().toBuffer();
const avif = await dot.clone().avif({ effort: 0 }).toBuffer();

async function verdict(bytes: Uint8Array): Promise<string> {
	try {
		const { family, extension } = await sniff(bytes);
		if (family === 'sound') bareSound(Buffer.from(bytes));
		return extension;
	} catch (problem) {
		if (problem instanceof FileProblem) return problem.code;
		throw problem;
	}
}

describe('damaged files', () => {
	it('give a kind or a named problem, never a crash', async () => {
		const seeds = [jpeg, picturePng, avif, make.pdf(), make.docx(), make.odf('text'), Buffer.from('é;b')];
		seeds.push(sounds.wav(), sounds.mp3(), sounds.m4a(), sounds.opus(), sounds.webm());
		await fc.assert(
			fc.asyncProperty(
				fc.constantFrom(...seeds),
				fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 6 }),
				fc.nat(),
				async (seed, edits, cut) => {
					const bytes = Buffer.from(seed);
					for (const [at, value] of edits) bytes[at % bytes.byteLength] = value;
					expect(await verdict(bytes.subarray(0, cut % 2 ? undefined : cut % bytes.byteLength))).toMatch(
						/^[a-z0-9_]+$/,
					);
				},
			),
			{ numRuns: 1_000 },
		);
	});
});
