import { INVENTED_PLACES } from './invented-places.ts';
import type { Zone } from './zone.ts';

/**
 * The country of the demonstration: 3 regions, 8 departments and their communes, none of which exists.
 * Codes start with X; postcodes belong to no commune. Parents come before children.
 */
export function inventedZones(): Zone[] {
	const communes = communeZones();
	const departments = containers('department', /^X\d\d /, communes);
	const regions = containers('region', /^# XR\d /, departments);
	return [...regions, ...departments, ...communes];
}

const LINES = INVENTED_PLACES.trim().split('\n');

function communeZones(): Zone[] {
	let department = '';
	let rank = 0;
	return LINES.flatMap((line): Zone[] => {
		const [name = '', population, postcodes = ''] = line.split(' | ');
		if (population === undefined) {
			department = line.slice(0, 3);
			rank = 0;
			return [];
		}
		const code = `${department}${String(++rank).padStart(3, '0')}`;
		const parent = { parentKind: 'department' as const, parentCode: department };
		return [
			{
				code,
				kind: 'commune',
				name,
				...parent,
				population: Number(population),
				postcodes: postcodes.split(' '),
			},
		];
	});
}

function containers(kind: 'region' | 'department', pattern: RegExp, children: Zone[]): Zone[] {
	let region: string | null = null;
	return LINES.flatMap((line): Zone[] => {
		if (line.startsWith('# ')) region = line.slice(2, 5);
		if (!pattern.test(line)) return [];
		const [code = '', name = ''] = line.replace('# ', '').split(/ (.*)/);
		const parent =
			kind === 'region'
				? { parentKind: null, parentCode: null }
				: { parentKind: 'region' as const, parentCode: region };
		const population = children
			.filter(({ parentCode }) => parentCode === code)
			.reduce((sum, child) => sum + child.population, 0);
		return [{ code, kind, name, ...parent, population, postcodes: [] }];
	});
}
