export {
	edit,
	pause,
	remove,
	renew,
	replay,
	restore,
	resume,
	ThingForm,
	test,
} from './change.ts';
export { create, EditForm, HookForm } from './create.ts';
export { type HookKind, hookKinds } from './kinds.ts';
export { type Delivery, type Hook, hookOf, hooksOf } from './queries.ts';
