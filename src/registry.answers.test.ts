import { expect, test } from 'vitest';
import { misfits } from '#tests/fits.ts';
import { idOf } from '#tests/party.ts';
import { program } from '#tests/program.ts';
import { outcome, stage } from '#tests/stage.ts';
import { operations } from './registry.ts';

stage();

// Readings that name nothing in their address: whoever asks, what comes is as described. Transfers and labels need elections, which are not here.
const readings = Object.keys(operations).filter(
	(name) => name.startsWith('GET ') && !name.includes('[') && !/\/map\/(transfers|blocs)$/.test(name),
);
const asked: Record<string, object> = {
	'GET /communes': { q: 'Ville' },
	'GET /search': { q: 'Odile' },
	'GET /map/targets': { unit: idOf('villebrume') },
	'GET /moderation/figures': { year: '2026' },
	'GET /groups/alike': { name: 'Climat' },
};

test.each(readings.map((name) => name.replace('/api/v1', '')))(
	'%s answers as it is described',
	async (name) => {
		let answered = 0;
		for (const who of ['odile', 'samuel', 'bertrand'] as const) {
			const told = await outcome(program(name, who, {}, asked[name] ?? {}));
			if (typeof told === 'string') expect(['NotFound', 'Forbidden']).toContain(told);
			else answered++;
		}
		expect(answered).toBeGreaterThan(0);
	},
);

test('the check sees an answer that is not as described', () => {
	const shape = {
		type: 'object',
		properties: { items: { type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'null' }] } } },
		required: ['items'],
	};
	expect(misfits(shape, { items: ['a', null] })).toEqual([]);
	expect(misfits(shape, {})).toEqual(['$.items: missing']);
	expect(misfits(shape, { items: [3] })).toEqual(['$.items[0]: none of those']);
	expect(misfits({ ...shape, additionalProperties: false }, { items: [], more: 1 })).toEqual([
		'$.more: unknown',
	]);
	expect(misfits({ enum: ['a'] }, 'b')).toEqual(['$: a']);
	expect(misfits({ type: 'string', maxLength: 1, pattern: '^a' }, 'bb')).toHaveLength(2);
});
