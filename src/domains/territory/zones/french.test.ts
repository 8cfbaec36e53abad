import { beforeAll, describe, expect, test } from 'vitest';
import { formerCommunes, frenchZones } from './french.ts';
import type { Zone, ZoneKind } from './zone.ts';

let zones: Zone[];
beforeAll(async () => {
	zones = await Array.fromAsync(frenchZones());
});

function find(kind: ZoneKind, code: string): Zone | undefined {
	return zones.find((zone) => zone.kind === kind && zone.code === code);
}

describe('the French territory', () => {
	test('is whole: 34 969 communes in 2026', () => {
		const count = Object.groupBy(zones, ({ kind }) => kind);
		expect(Object.entries(count).map(([kind, all]) => [kind, all?.length])).toEqual([
			['region', 26],
			['department', 109],
			['arrondissement', 333],
			['commune', 34_969],
			['municipal_arrondissement', 45],
		]);
	});

	test('has one zone by kind and code, parents before children', () => {
		const seen = new Set<string>();
		for (const { kind, code, parentKind, parentCode } of zones) {
			expect(seen.has(`${kind} ${code}`)).toBe(false);
			seen.add(`${kind} ${code}`);
			if (parentKind !== null || kind !== 'region')
				expect(seen.has(`${parentKind} ${parentCode}`)).toBe(true);
		}
	});

	test('goes from a district of Paris to its region', () => {
		const climb: string[] = [];
		for (let zone = find('municipal_arrondissement', '75120'); zone; ) {
			climb.push(zone.name);
			zone = zone.parentKind ? find(zone.parentKind, zone.parentCode ?? '') : undefined;
		}
		expect(climb).toEqual(['Paris 20e Arrondissement', 'Paris', 'Paris', 'Paris', 'Île-de-France']);
	});

	test('counts the districts of Paris, Lyon and Marseille', () => {
		const children = (code: string) =>
			zones.filter((zone) => zone.parentKind === 'commune' && zone.parentCode === code);
		expect(['75056', '69123', '13055'].map((code) => children(code).length)).toEqual([20, 9, 16]);
		expect(find('municipal_arrondissement', '75116')?.postcodes).toEqual(['75016', '75116']);
	});

	test('reaches overseas, even where there is no arrondissement', () => {
		expect(find('commune', '97411')).toMatchObject({ name: 'Saint-Denis', parentCode: '9741' });
		expect(find('commune', '98818')).toMatchObject({
			name: 'Nouméa',
			parentKind: 'department',
			parentCode: '988',
		});
		expect(find('commune', '98901')).toMatchObject({ population: 0, parentCode: '989' });
	});

	test('one postcode serves several communes, one commune has several postcodes', () => {
		const communes = zones.filter(({ kind }) => kind === 'commune');
		expect(communes.filter(({ postcodes }) => postcodes.includes('01400')).length).toBeGreaterThan(1);
		expect(communes.some(({ postcodes }) => postcodes.length > 1)).toBe(true);
		for (const { postcodes } of communes)
			for (const postcode of postcodes) expect(postcode).toMatch(/^\d{5}$/);
	});

	test('gives each level the people who live there', () => {
		expect(find('department', '75')?.population).toBe(find('commune', '75056')?.population);
		const total = (kind: ZoneKind) =>
			zones.reduce((sum, zone) => sum + (zone.kind === kind ? zone.population : 0), 0);
		expect(total('region')).toBe(total('commune'));
		expect(total('department')).toBe(total('commune'));
	});

	test('knows where former communes went', async () => {
		const former = await Array.fromAsync(formerCommunes());
		const codes = new Set(zones.filter(({ kind }) => kind === 'commune').map(({ code }) => code));
		expect(former.length).toBe(2576);
		expect(former.every(({ communeCode }) => codes.has(communeCode))).toBe(true);
	});
});
