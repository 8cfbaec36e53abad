import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cpuTime } from '#tests/cpu.ts';
import { JSON_LIMITS, JsonProblem, parseJson } from './limits.ts';

function codeOf(body: string | Uint8Array): string {
	try {
		parseJson(body);
		return 'accepted';
	} catch (problem) {
		return problem instanceof JsonProblem ? problem.code : 'crashed';
	}
}

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

describe('an ordinary body', () => {
	it('is read as JSON.parse reads it', () => {
		fc.assert(
			fc.property(fc.json({ maxDepth: 8 }), (text) => {
				if (codeOf(text) === 'accepted') expect(parseJson(text)).toEqual(JSON.parse(text));
				else expect(codeOf(text)).toMatch(/forbidden_key|bad_number/);
			}),
		);
		expect(parseJson(Buffer.from('{"a":[1,-2.5e3,"é\\"}{"]}'))).toEqual({ a: [1, -2500, 'é"}{'] });
	});

	it('may repeat a key in two different objects', () => {
		expect(codeOf('[{"a":1},{"a":{"a":2}}]')).toBe('accepted');
	});
});

describe('a hostile body', () => {
	it.each([
		[nested(JSON_LIMITS.depth + 1), 'too_deep'],
		[nested(JSON_LIMITS.depth), 'accepted'],
		['{"a":'.repeat(33), 'too_deep'],
		['{"a":1,"a":2}', 'duplicate_key'],
		['{"a":1,"\\u0061":2}', 'duplicate_key'],
		['{"b":[{"a":1}],"a" : 1, "a"\n:2}', 'duplicate_key'],
		['{"__proto__":{"admin":true}}', 'forbidden_key'],
		['{"\\u005f_proto__":1}', 'forbidden_key'],
		['{"a":[{"constructor":{}}]}', 'forbidden_key'],
		['["__proto__"]', 'accepted'],
		['1e999', 'bad_number'],
		[`[${'9'.repeat(41)}]`, 'bad_number'],
		['', 'malformed'],
		['{', 'malformed'],
		['{"a"', 'malformed'],
		["{'a':1}", 'malformed'],
		['[1,]', 'malformed'],
		['{"a":1}x', 'malformed'],
		['"\\x"', 'malformed'],
		['{"a":["b\\u0000"]}', 'malformed'],
		['{"\\u0000":1}', 'malformed'],
		['"\\ud800"', 'malformed'],
		['{"\\x":1}', 'malformed'],
		[`"${'a'.repeat(JSON_LIMITS.bytes)}"`, 'too_large'],
		[`"${'é'.repeat(JSON_LIMITS.bytes / 2)}"`, 'too_large'],
	])('%.30j is %s', (body, code) => expect(codeOf(body)).toBe(code));

	it('is UTF-8 or nothing, and has no byte order mark', () => {
		expect(codeOf(Uint8Array.from([0x22, 0xff, 0x22]))).toBe('malformed');
		expect(codeOf(Uint8Array.from([0xef, 0xbb, 0xbf, 0x31]))).toBe('malformed');
	});

	it.each([
		'[',
		'{"a":',
		'"',
		'\\"',
		'"\\',
		'" ',
		'1',
		'-',
		'{}',
		'[],',
		'"a":',
		' ',
		'"a" ',
		'1e',
		'é',
		'"\\u0061"',
	])('costs less than 200 ms: 256 kB of %j', (piece) => {
		for (const start of ['', '"', '[']) {
			const began = cpuTime();
			codeOf((start + piece.repeat(JSON_LIMITS.bytes)).slice(0, JSON_LIMITS.bytes / 2));
			expect(cpuTime() - began).toBeLessThan(200);
		}
	});

	it('is refused before anything is built, whatever its size', () => {
		const began = cpuTime();
		expect(codeOf(nested(2_000_000))).toBe('too_large');
		expect(cpuTime() - began).toBeLessThan(50);
	});

	it('never crashes and never pollutes', () => {
		fc.assert(
			fc.property(
				fc.string({ unit: fc.constantFrom(...'{}[]":,\\0u1eE-+. ntrue_o'), maxLength: 60 }),
				(body) => {
					expect(codeOf(body)).not.toBe('crashed');
				},
			),
			{ numRuns: 2_000 },
		);
		expect(({} as Record<string, unknown>).admin).toBeUndefined();
	});
});
