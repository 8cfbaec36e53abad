export type { Noun } from './blueprint.ts';
export { viewerOfPerson, viewerOfSession, viewerOfToken, viewerOfVisitor } from './viewer.ts';
export { belongsBelow, belongsTo, holdsPower, unitsAbove } from './rules.ts';
export { completeUnits, dropAttachments, dropUnits, restoreUnits, unitsBefore } from './bulk.ts';
export { attachMany, type Belonging, detachMany } from './belonging/attach.ts';
export { repairCounts } from './belonging/counts.ts';
export { putUnits, type UnitRow } from './units/put.ts';
export { foldName, frenchZones, inventedZones, loadZones, type Zone, zoneId } from './zones/index.ts';
