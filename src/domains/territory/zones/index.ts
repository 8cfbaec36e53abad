export { formerCommunes, frenchZones } from './french.ts';
export { inventedZones } from './invented.ts';
export { type FormerCommune, foldedName, foldName, type Zone, type ZoneKind } from './zone.ts';
