export { ClockForm, clocks, editClock } from './clock.ts';
export { health } from './dashboard.ts';
export { doctor } from './doctor.ts';
export { entryNamed } from './entry-named.ts';
export {
	draftOf,
	IdentityForm,
	keepIdentity,
	keepLevels,
	keepWords,
	stepFor,
	WordsForm,
} from './founding/draft.ts';
export {
	AgainForm,
	type Founded,
	FounderForm,
	found,
	goOnFounding,
	mailsLeave,
	waitingFounder,
} from './founding/found.ts';
export { LevelsForm, usualLevels } from './founding/levels.ts';
export { fitsSetup, takeSetupKey } from './founding/setup.ts';
export {
	ColourForm,
	editColour,
	editLogo,
	editName,
	LogoForm,
	NameForm,
	previewColour,
	RemoveLogoForm,
	removeLogo,
} from './identity.ts';
export {
	BaseForm,
	bases,
	chooseBase,
	EntryForm,
	editEntry,
	ResetForm,
	resetEntry,
} from './lexicon.ts';
export { appIcon, favicon, keptFor, logoOf, manifest } from './look.ts';
export {
	addType,
	CreateTypeForm,
	EditTypeForm,
	keptTypes,
	OrderForm,
	orderType,
	placeType,
	renameType,
	StateForm,
} from './membership.ts';
export { editOidc, OidcForm, oidcService, RemoveOidcForm, removeOidc } from './oidc.ts';
export { type Opening, opening, waitsForFactor } from './opening.ts';
export { organisation } from './organisation.ts';
export { previewBase, previewEntry, previewVoice } from './preview.ts';
export { editVoice, editWays, VoiceForm, WaysForm } from './voice.ts';
