export { type Duplicate, watchDuplicates } from './duplicates.ts';
export {
	type Certainty,
	type ColumnGuess,
	type ContentKind,
	type Field,
	type FieldOf,
	type FileKind,
	type ForbiddenSubject,
	MEMBER_FIELDS,
	type MemberField,
	type Reason,
	UNIT_FIELDS,
	type UnitField,
} from './fields.ts';
export { foldHeader } from './fold.ts';
export { type LineReading, withFixes } from './line.ts';
export { cellOf, checkMapping, type Mapping, type MappingProblem } from './mapping.ts';
export { type MemberLine, type MemberValueMaps, readMember } from './read-member.ts';
export { readUnit, type UnitLine } from './read-unit.ts';
export type { FieldProblem, Otherwise, ProblemCode } from './reading.ts';
export { recognise } from './recognise.ts';
export { type DistinctValue, proposeValueMap, tallyValues, type ValueMap } from './values.ts';
