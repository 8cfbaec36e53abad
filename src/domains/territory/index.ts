export type { Noun } from './blueprint.ts';
export { hashOfSecret, viewerOfPerson, viewerOfSession, viewerOfToken, viewerOfVisitor } from './viewer.ts';
export { belongsBelow, belongsTo, holdsPower } from './rules.ts';
