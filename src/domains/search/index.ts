export { type Group, groups, type Results, type Suggestion, search, suggest } from './find.ts';
