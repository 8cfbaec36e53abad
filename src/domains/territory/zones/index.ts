export { type Commune, communesLike, findCommunes, zonesAbove } from './find.ts';
export { formerCommunes, frenchZones } from './french.ts';
export { inventedZones } from './invented.ts';
export { loadZones, zoneId } from './load.ts';
export { type FormerCommune, foldedName, foldName, type Zone, type ZoneKind } from './zone.ts';
