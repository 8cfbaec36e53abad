export {
	attendanceSheet,
	noteCalls,
	OpenCallsForm,
	type Poster,
	posterOf,
	whoAnswered,
} from './sheets.ts';
export { eventOfShort, posterAddress } from './short.ts';
