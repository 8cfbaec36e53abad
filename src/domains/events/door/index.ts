export { backToDoor } from './back.ts';
export { doorAddress, doorCode } from './code.ts';
export { doorList } from './list.ts';
export { doorPicture } from './picture.ts';
export { doors } from './policy.ts';
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
