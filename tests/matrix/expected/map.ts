import { at, type Target } from '../cell.ts';
import type { Things } from '../things.ts';
import { any, both, over } from '../who.ts';

/** Belongs to the section that covers the town, or answers for it. */
export const onTheGround = both(any('odile', 'samuel', 'gerard'), over.villebrume.edit);

/** The map of one town: each of its pages, by its name, and the own ground of whoever asks. */
export function map({ station }: Things): Target[] {
	const town = 'ou=X01001';
	const ground = { in: onTheGround };
	return [
		at('GET /carte/chiffres.json', 'a town', `/carte/chiffres.json?${town}`, ground),
		at('GET /carte.png', 'a town', `/carte.png?${town}`, ground),
		...['/carte', '/carte/tableau', '/carte/tableau.csv'].flatMap((page) => [
			at(`GET ${page}`, 'own ground', page),
			at(`GET ${page}`, 'a town', `${page}?${town}`, ground),
		]),
		at('GET /carte/bureaux/[key]', 'a station', `/carte/bureaux/${station}`, ground),
		at('GET /api/v1/map/stations', 'own ground', '/api/v1/map/stations'),
		at('GET /api/v1/map/stations', 'a town', `/api/v1/map/stations?${town}`, ground),
		at('GET /api/v1/map/stations/[key]', 'a station', `/api/v1/map/stations/${station}`, ground),
	];
}
