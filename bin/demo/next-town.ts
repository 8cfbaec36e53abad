import type { MadeUp } from '#domains/electoral-map/index.ts';
import { villebrume } from './ground.ts';

const COMMUNE = 'X01002';

const places = [
	'Hôtel de ville',
	'École des Saules',
	'Salle du Belvédère',
	'Gymnase Aristide',
	'Maison des Vignes',
	'École du Clair-Bois',
	'Halle du Marché',
	'Collège des Trois-Monts',
	'École de la Fontaine',
	'Foyer des Anciens',
	'Salle des Fêtes',
	'Bibliothèque',
	'École du Val',
	'Maison de quartier',
];

/** How much better we do there than in the town next to it, station after station, in hundredths of the votes. */
const better = [6, 2, 9, -3, 7, 4, -2, 11, 3, 8, 5, 10, -1, 6];

/**
 * Montclairval, as invented as Villebrume and on the same plan: somewhere else in the federation, to set a town beside
 * others and to find who does better among people alike.
 */
export function montclairval(): MadeUp {
	const text = JSON.stringify(villebrume())
		.replaceAll('X01001', COMMUNE)
		.replaceAll('Villebrume', 'Montclairval');
	const made: MadeUp = JSON.parse(text);
	const ring = (points: number[][]) => points.map(([x = 0, y = 0]) => [x + 0.12, y - 0.05]);
	for (const { outline } of [...made.stations, ...made.irises])
		if (outline) outline.coordinates = outline.coordinates.map((polygon) => polygon.map(ring));
	for (const [n, station] of made.stations.entries()) station.place = places[n] ?? station.place;
	for (const { counts } of made.rounds)
		for (const [n, { valid, voices }] of counts.entries()) {
			const [ours, most] = voices;
			if (!ours || !most) continue;
			const more = Math.min(Math.round((valid * (better[n] ?? 0)) / 100), most.votes);
			ours.votes += more;
			most.votes -= more;
		}
	return made;
}
