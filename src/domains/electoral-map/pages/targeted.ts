import { communeOf } from '../ground/keys.ts';
import type { StationKey } from '../model.ts';
import type { Stood, Unit } from './lines.ts';

/** Stations with who goes there; a commune has all those who go to its stations. */
export function targeted(stations: Stood[], by: Unit, sent: Map<StationKey, string[]>): Stood[] {
	if (sent.size === 0) return stations;
	const units = new Map<string, string[]>();
	for (const [key, names] of sent) {
		const at = by === 'commune' ? communeOf(key) : key;
		units.set(at, [...new Set([...(units.get(at) ?? []), ...names])]);
	}
	return stations.map((one) => {
		const target = units.get(one.key);
		return target ? { ...one, target } : one;
	});
}
