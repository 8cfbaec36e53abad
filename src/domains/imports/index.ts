export type { ImportView } from './api.ts';
export { type FileToImport, type ImportReport, importFile } from './file.ts';
export { invite, invitingOf } from './invite/invite.ts';
export { lettersOf } from './invite/letters.ts';
export { secondsLeft } from './model.ts';
export {
	choices,
	doubtfulLines,
	type Followed,
	followImport,
	isGroundBare,
	leftBehind,
	myImports,
	preview,
	problemsOf,
	showImport,
	stepOf,
} from './queries.ts';
export { type Sample, samplesOf } from './sample.ts';
export { ColumnsForm, chooseColumns, fieldsOf, keepColumns } from './steps/columns.ts';
export { FixForm, fixAll, fixLine, LineForm, mapValues, shownColumns, ValuesForm } from './steps/correct.ts';
export { drop, LaunchForm, launch, undo } from './steps/launch.ts';
export { DecideForm, decideProposal, openProposals } from './steps/proposals.ts';
export { StartForm, scopesOf, startImport, whoImports } from './steps/start.ts';
export { LayForm, layChoices, layTerritory } from './steps/territory.ts';
export { bodyOf, errorFile, sampleFile } from './tables.ts';
