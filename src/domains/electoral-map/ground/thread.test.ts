import { describe, expect, test } from 'vitest';
import { Refusal } from '#platform/errors.ts';
import { geojson, iris, station } from './ground.fixture.ts';
import { apart } from './thread.ts';

const given = {
	irises: [iris('010010101', [5, 46, 5.01, 46.01])],
	stations: [station('01001_0001', [5, 46, 5.005, 46.01]), station('01001_0002', [5.005, 46, 5.01, 46.01])],
	vintage: '2022',
};

describe('work on the ground is done apart', () => {
	test('while it runs, others are answered', async () => {
		let turns = 0;
		const clock = setInterval(() => turns++, 1);
		const { weights } = await apart('crossGrounds', [given]);
		clearInterval(clock);
		expect(weights.map(({ weight }) => weight.toFixed(4))).toEqual(['0.5000', '0.5000']);
		expect(turns).toBeGreaterThan(10);
	});

	test('a file refused there is refused here, with its sentence', async () => {
		const error = await apart('readStations', [geojson([])]).catch((problem) => problem);
		expect(error).toBeInstanceOf(Refusal);
		expect(error.problems).toMatchObject([{ field: 'file', key: 'electoral-map.ground_no_code' }]);
	});

	test('a fault there is a fault here, and no work is left behind when it is called off', async () => {
		await expect(apart('crossGrounds', [{ ...given, irises: [null as never] }])).rejects.toThrow(TypeError);
		const stop = new AbortController();
		const working = apart('crossGrounds', [given], stop.signal);
		stop.abort();
		await expect(working).rejects.toThrow(/abort/);
	});
});
