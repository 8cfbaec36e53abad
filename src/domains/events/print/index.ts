export { callList, OpenCallsForm, openCalls } from './calls.ts';
export {
	attendanceSheet,
	type Poster,
	posterOf,
} from './sheets.ts';
export { eventOfShort, posterAddress } from './short.ts';
