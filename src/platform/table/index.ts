export { readTable, TableStopped } from './read.ts';
export type {
	Encoding,
	HeaderProblem,
	LineProblem,
	NotATable,
	NotATableKind,
	ReadOptions,
	Row,
	Separator,
	Table,
} from './types.ts';
export { type CellValue, restoreFormula, writeCsv } from './write.ts';
