export {
	edit,
	pause,
	ReplayForm,
	RestoreForm,
	remove,
	renew,
	replay,
	restore,
	resume,
	test,
} from './change.ts';
export { create, EditForm, HookForm } from './create.ts';
export { type HookKind, hookKinds } from './kinds.ts';
export { type Delivery, type Hook, hookOf, hooksOf } from './queries.ts';
