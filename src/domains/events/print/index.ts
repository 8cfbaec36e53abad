export {
	attendanceSheet,
	callList,
	OpenCallsForm,
	openCalls,
	type Poster,
	posterOf,
	type ToCall,
} from './sheets.ts';
export { eventOfShort, posterAddress } from './short.ts';
