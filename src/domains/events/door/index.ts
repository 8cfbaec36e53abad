export { backToDoor } from './back.ts';
export { doorCode } from './code.ts';
export { doorList } from './list.ts';
export { doorPicture } from './picture.ts';
export { codeSaid, scanned, walkInSaid } from './say.ts';
export {
	CodeForm,
	DropWalkInForm,
	dropWalkIn,
	myCode,
	TickForm,
	tick,
	UntickForm,
	untick,
	WalkInForm,
} from './tick.ts';
