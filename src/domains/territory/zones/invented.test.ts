import { expect, test } from 'vitest';
import { formerCommunes, frenchZones } from './french.ts';
import { inventedZones } from './invented.ts';
import { foldedName, foldName } from './zone.ts';

const zones = inventedZones();
const communes = zones.filter(({ kind }) => kind === 'commune');

test('the country of the demonstration has 3 regions, 8 departments and about 90 communes', () => {
	const count = Object.groupBy(zones, ({ kind }) => kind);
	expect([count.region?.length, count.department?.length]).toEqual([3, 8]);
	expect(communes.length).toBeGreaterThan(85);
	expect(communes[0]).toEqual({
		code: 'X01001',
		kind: 'commune',
		name: 'Villebrume',
		parentKind: 'department',
		parentCode: 'X01',
		population: 14_280,
		postcodes: ['07999'],
	});
	expect(new Set(zones.map(({ kind, code }) => `${kind} ${code}`)).size).toBe(zones.length);
});

test('every place has its parent before it, and as many people as its communes', () => {
	const seen = new Set<string>();
	for (const { kind, code, parentKind, parentCode } of zones) {
		seen.add(`${kind} ${code}`);
		if (kind !== 'region') expect(seen.has(`${parentKind} ${parentCode}`)).toBe(true);
	}
	const sum = (kind: string) =>
		zones.reduce((total, zone) => total + (zone.kind === kind ? zone.population : 0), 0);
	expect(sum('region')).toBe(sum('commune'));
	expect(sum('department')).toBe(sum('commune'));
});

test('no invented place exists in France, today or before, nor does its code or postcode', async () => {
	const real = await Array.fromAsync(frenchZones());
	const names = new Set(real.map(foldedName));
	for await (const former of formerCommunes()) names.add(foldedName(former));
	const postcodes = new Set(real.flatMap((zone) => zone.postcodes));
	const codes = new Set(real.map(({ code }) => code));
	expect(names.has('saint etienne')).toBe(true);
	expect(zones.filter((zone) => names.has(foldedName(zone))).map(({ name }) => name)).toEqual([]);
	expect(zones.filter(({ code }) => codes.has(code))).toEqual([]);
	expect(communes.flatMap((zone) => zone.postcodes).filter((postcode) => postcodes.has(postcode))).toEqual(
		[],
	);
});

test('a person finds a place however she writes it', () => {
	expect(foldName('ST-ETIENNE s/ Orsande')).toBe('saint etienne sur orsande');
	expect(foldName("Val d'Orsande")).toBe(foldName('VAL-D’ORSANDE'));
	expect(foldName('Œuf-en-Ternois')).toBe('oeuf en ternois');
	expect(foldName('Ste Amelance')).toBe(foldName('Sainte-Amelance'));
	for (const zone of communes) expect(foldName(foldedName(zone))).toBe(foldedName(zone));
});
