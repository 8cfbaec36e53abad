export { type Commune, communesLike, findCommunes } from './find.ts';
export { frenchZones } from './french.ts';
export { inventedZones } from './invented.ts';
export { loadZones, zoneId } from './load.ts';
export { type FormerCommune, foldName, type Zone, type ZoneKind } from './zone.ts';
