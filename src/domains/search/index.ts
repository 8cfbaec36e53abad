export { type Group, groups, type Results, search } from './find.ts';
export { type Suggestion, suggest } from './suggest.ts';
