export * from './calendar/index.ts';
export { coUnits, events, ofEvent, questions, type Visibility, visibilities } from './policy.ts';
export * from './door/index.ts';
