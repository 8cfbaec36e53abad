import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { FormerCommune, Zone, ZoneKind } from './zone.ts';

type Region = { code: string; nom: string };
type Department = Region & { region: string };
type Arrondissement = Region & { departement: string };
type Commune = Region & {
	type: 'commune-actuelle' | 'arrondissement-municipal' | 'commune-deleguee' | 'commune-associee';
	departement: string;
	region: string;
	arrondissement?: string;
	/** The commune of a municipal arrondissement. */
	commune?: string;
	/** The present commune of a former one. */
	chefLieu?: string;
	population?: number;
	codesPostaux?: string[];
};

const locate = createRequire(import.meta.url).resolve;

async function load<T>(name: string): Promise<T[]> {
	return JSON.parse(await readFile(locate(`@etalab/decoupage-administratif/data/${name}.json`), 'utf8'));
}

/**
 * Every region, department, arrondissement, commune and municipal arrondissement of France today, overseas included,
 * parents before children. Source: INSEE and La Poste through @etalab/decoupage-administratif (Licence Ouverte).
 */
export async function* frenchZones(): AsyncGenerator<Zone, undefined> {
	const places = await load<Commune>('communes');
	const communes = places.filter(({ type }) => type === 'commune-actuelle');
	const people = countPeople(communes);
	for (const { code, nom } of await load<Region>('regions'))
		yield zone('region', code, nom, null, null, people(`region ${code}`));
	for (const { code, nom, region } of await load<Department>('departements'))
		yield zone('department', code, nom, 'region', region, people(`departement ${code}`));
	for (const { code, nom, departement } of await load<Arrondissement>('arrondissements'))
		yield zone('arrondissement', code, nom, 'department', departement, people(`arrondissement ${code}`));
	for (const commune of communes) yield communeZone(commune);
	for (const place of places)
		if (place.type === 'arrondissement-municipal') yield municipalArrondissement(place);
}

function zone(
	kind: ZoneKind,
	code: string,
	name: string,
	parentKind: ZoneKind | null,
	parentCode: string | null,
	population = 0,
	postcodes: string[] = [],
): Zone {
	return { code, kind, name, parentKind, parentCode, population, postcodes };
}

/** Overseas collectivities have no arrondissement: their communes are directly in the department. */
function communeZone({ code, nom, arrondissement, departement, population, codesPostaux }: Commune): Zone {
	return arrondissement
		? zone('commune', code, nom, 'arrondissement', arrondissement, population, codesPostaux)
		: zone('commune', code, nom, 'department', departement, population, codesPostaux);
}

function municipalArrondissement({ code, nom, commune, population, codesPostaux }: Commune): Zone {
	return zone('municipal_arrondissement', code, nom, 'commune', commune ?? null, population, codesPostaux);
}

/** Inhabitants by level and code, as "departement 75". */
function countPeople(communes: Commune[]): (levelAndCode: string) => number {
	const sums = new Map<string, number>();
	for (const commune of communes)
		for (const level of ['region', 'departement', 'arrondissement'] as const) {
			const key = `${level} ${commune[level]}`;
			sums.set(key, (sums.get(key) ?? 0) + (commune.population ?? 0));
		}
	return (key) => sums.get(key) ?? 0;
}

/** Communes merged into another one (associated, delegated) and the commune where they are today. */
export async function* formerCommunes(): AsyncGenerator<FormerCommune, undefined> {
	for (const { code, nom, type, chefLieu } of await load<Commune>('communes')) {
		const former = type === 'commune-deleguee' || type === 'commune-associee';
		if (former && chefLieu) yield { code, name: nom, communeCode: chefLieu };
	}
}
