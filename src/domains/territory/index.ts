export type { Noun } from './blueprint.ts';
export { viewerOfPerson, viewerOfSession, viewerOfToken, viewerOfVisitor } from './viewer.ts';
export { belongsBelow, belongsTo, holdsPower, unitsAbove } from './rules.ts';
