import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readTable, type Table } from '#platform/table/index.ts';
import type { RegisterAddress, StationOutline } from '../model.ts';
import { realData, realDataMissing } from '../real.fixture.ts';
import { drawStations } from './draw.ts';
import { iris } from './ground.fixture.ts';
import { lay } from './grounds.ts';
import { readIrises } from './outlines.ts';
import { drawing } from './pen.ts';
import { dropOutside, readRegister } from './register.ts';

async function tableOf(bytes: Buffer | string): Promise<Table> {
	const table = await readTable(Buffer.from(bytes as string));
	if (!table.ok) throw new Error(table.kind);
	return table;
}

/** How far stations are from sharing a ground out: by the sum of their areas, and by the area of their union. */
const gaps = (ground: ReturnType<typeof iris>[], stations: StationOutline[]) =>
	drawing((pen) => {
		const whole = pen.area(pen.union(ground.map((part) => lay(pen, '', part.commune, part.outline).shape)));
		const own = stations.flatMap(({ commune, outline }) =>
			outline ? [lay(pen, '', commune, outline).shape] : [],
		);
		const sum = own.reduce((total, shape) => total + pen.area(shape), 0);
		return [Math.abs(sum / whole - 1), Math.abs(pen.area(pen.union(own)) / whole - 1)];
	});

describe('a register of addresses', () => {
	const header = 'code_commune_ref,id_brut_bv_reu,geo_type,longitude,latitude,nb_adresses';

	test('keeps houses, counts streets and lines that nobody can place', async () => {
		const lines = [
			'29039,29039_1,housenumber,-3.91,47.87,2',
			'29039,29039_BV02,locality,-3.92,47.88,',
			'29039,29039_1,street,-3.91,47.87,9',
			'29039,29039_1,housenumber,,,1',
			'29039,,housenumber,-3.91,47.87,1',
		];
		const { addresses, remarks } = await readRegister(await tableOf([header, ...lines].join('\n')));
		expect(addresses).toEqual([
			{ key: '29039_0001', commune: '29039', longitude: -3.91, latitude: 47.87, addresses: 2 },
			{ key: '29039_BV02', commune: '29039', longitude: -3.92, latitude: 47.88, addresses: 1 },
		]);
		expect(remarks).toEqual([
			{ key: 'electoral-map.remark_address_vague', args: { count: 1 } },
			{ key: 'electoral-map.remark_address_unreadable', args: { count: 2 } },
		]);
	});

	test('is refused with the names of the columns it lacks, or when nothing remains', async () => {
		const lacking = await tableOf('id_brut_bv_reu,geo_type,x\n29039_1,housenumber,1\n');
		await expect(readRegister(lacking)).rejects.toMatchObject({
			problems: [{ key: 'electoral-map.ground_missing_columns', args: { columns: 'longitude, latitude' } }],
		});
		const empty = await tableOf(`${header}\n29039,29039_1,street,-3.91,47.87,9\n`);
		await expect(readRegister(empty)).rejects.toMatchObject({
			problems: [{ key: 'electoral-map.ground_register_empty' }],
		});
	});
});

const commune = [iris('010010101', [5, 46, 5.02, 46.02]), iris('010010102', [5.02, 46, 5.04, 46.02])];
const at = (number: number, x: number, y: number, addresses = 1): RegisterAddress => ({
	key: `01001_000${number}`,
	commune: '01001',
	longitude: 5 + x / 1000,
	latitude: 46 + y / 1000,
	addresses,
});

describe('stations drawn from addresses', () => {
	test('a door that two stations share goes to the one with most addresses there', async () => {
		const { outlines, remarks } = await drawStations([at(1, 5, 5), at(2, 5, 5, 3), at(3, 30, 5)], commune);
		expect(outlines.map(({ outline }) => outline !== null)).toEqual([false, true, true]);
		expect(remarks).toEqual([
			{ key: 'electoral-map.remark_not_drawn', args: { count: 1, codes: '01001_0001' } },
		]);
	});

	test('points outside the commune are dropped and counted; one station has the whole ground', async () => {
		const { outlines, remarks } = await drawStations([at(1, 5, 5), at(1, 50, 5)], commune);
		expect(remarks).toEqual([{ key: 'electoral-map.remark_address_outside', args: { count: 1 } }]);
		expect((await gaps(commune, outlines)).every((gap) => gap < 1e-9)).toBe(true);
	});

	test('a commune without outline: stations without shape', async () => {
		const { outlines } = await drawStations([at(1, 5, 5), at(2, 9, 9)], []);
		expect(outlines.map(({ outline }) => outline)).toEqual([null, null]);
	});

	test('wherever the addresses are, in a line or packed, the ground is shared out exactly', async () => {
		const place = fc.tuple(
			fc.integer({ min: 1, max: 4 }),
			fc.integer({ min: 1, max: 39 }),
			fc.integer({ min: 1, max: 19 }),
		);
		await fc.assert(
			fc.asyncProperty(fc.array(place, { minLength: 1, maxLength: 60 }), async (places) => {
				const { outlines } = await drawStations(
					places.map((found) => at(...found)),
					commune,
				);
				for (const gap of await gaps(commune, outlines)) expect(gap).toBeLessThan(1e-6);
			}),
			{ numRuns: 80 },
		);
	});
});

describe.skipIf(realDataMissing)('three communes of Finistère', () => {
	test('31 stations of 31 are drawn, and share each commune out to a millionth', async () => {
		const json = { form: 'json', bytes: realData('finistere-reu/communes-contours.geojson.gz') } as const;
		const communes = (await readIrises(json)).outlines;
		const table = await tableOf(realData('finistere-reu/reu-adresses-bureaux.csv.gz'));
		const register = await readRegister(table);
		expect(register.addresses).toHaveLength(11_928);
		expect(register.remarks).toEqual([{ key: 'electoral-map.remark_address_vague', args: { count: 407 } }]);
		const inside = await dropOutside(register.addresses, communes);
		expect(inside.remarks).toEqual([{ key: 'electoral-map.remark_address_outside', args: { count: 1 } }]);
		const { outlines } = await drawStations(inside.addresses, communes);
		expect(outlines.filter(({ outline }) => outline)).toHaveLength(31);
		for (const { commune } of communes) {
			const of = (found: { commune: string }) => found.commune === commune;
			for (const gap of await gaps(communes.filter(of), outlines.filter(of))) expect(gap).toBeLessThan(1e-6);
		}
	});
});
