export { type Arrival as Arrived, arrivalOf, keepZone, nextStep, SettleForm, settleIn } from './arrival.ts';
export { askCode, nameOf, SignInForm, SignUpForm, startSignUp } from './ask.ts';
export { askRecovery, RecoveryForm, recoveryDays } from './ask-recovery.ts';
export {
	type FileMembership,
	type FilePerson,
	followPeople,
	lapseMemberships,
	putMemberships,
	putPeople,
} from './bulk.ts';
export { dropWaiting, type PersonBefore, peopleBefore, peopleWritten, restorePeople } from './bulk-undo.ts';
export { claimNumber, mergeByNumber } from './claim-number.ts';
export { suppressionOf } from './code-mail.ts';
export { agree, agrees, consentsOf, holdConsents, publicWords, withdrawConsent } from './consent.ts';
export { keepDisplay } from './display-cookies.ts';
export { Email, suggestEmail } from './email.ts';
export { askEmailChange, changeEmail, EmailCodesForm, EmailForm } from './email-change.ts';
export { confirmImported, type Entered } from './enter.ts';
export {
	dropStep,
	goOn,
	keepSaid,
	keepStep,
	nextOf,
	type Said,
	type Step,
	saidOf,
	stepOf,
	withNext,
} from './entry.ts';
export {
	AppCodeForm,
	confirmAuthenticator,
	offerAuthenticator,
	removeAuthenticator,
} from './factor/authenticator.ts';
export { enterWithFactor, FactorForm, stepUp, stepUpOnce } from './factor/give.ts';
export {
	addPasskey,
	askPasskey,
	enterWithPasskey,
	offerPasskey,
	PasskeyForm,
	removePasskey,
	siteOf,
} from './factor/passkey.ts';
export { makeRecoveryCodes } from './factor/recovery-codes.ts';
export { keysOf } from './factor/standing.ts';
export {
	askFirstCode,
	changeFirstAddress,
	type Founder,
	letFirstPersonIn,
	putFirstPerson,
} from './first-person.ts';
export { layTypes } from './lay-types.ts';
export {
	addMembership,
	type MembershipType,
	offeredTypes,
	unverifyMembership,
	verifyMembership,
} from './membership.ts';
export {
	allTypes,
	createType,
	editType,
	followWord,
	type KeptType,
	moveType,
	type Right,
	setTypeState,
	type TypeState,
} from './membership-type.ts';
export { finishOidc, type OidcSettings, oidcLabel, startOidc } from './oidc.ts';
export { changePassword, PasswordForm } from './password/change.ts';
export { PasswordSignInForm, signInByPassword } from './password/sign-in.ts';
export { contactOf, emailsOf } from './person.ts';
export { CodeForm, LinkForm, NumberForm, proveCode, proveLink, proveNumber } from './prove.ts';
export { keepPhone, keepPhoto, ownPhone, phoneFrom } from './reach.ts';
export {
	type RecoveryView,
	RefuseRecoveryForm,
	recoveriesFor,
	recoveriesWaiting,
	recoveryOf,
	refuseRecovery,
	stopRecovery,
	VouchForm,
	vouch,
} from './recovery.ts';
export {
	createSession,
	holderOfEnded,
	isStale,
	noteSeen,
	RevokeForm,
	revokeOthers,
	revokeSession,
	sessionsOf,
	signOut,
} from './session.ts';
export {
	chooseDisplay,
	chooseLanguage,
	chooseRhythm,
	type Display,
	DisplayForm,
	displayOf,
	NameForm,
	RhythmForm,
	rename,
	StatusForm,
	setStatus,
} from './settings.ts';
export { cameOnce } from './silence.ts';
export { lift, type Suspension, suspend } from './suspend.ts';
export { createToken, noteUsed, revokeToken, TokenForm, tokensOf } from './token.ts';
export { type AsItLeaves, nameAsItLeaves, type Occasion } from './visiting/as-it-leaves.ts';
export {
	type Letter,
	type Told,
	type Visit,
	VisitForm,
	visiting,
	visitorKeyText,
	type WrittenAbout,
} from './visiting/visiting.ts';
export { keepPass, type Whence, whenceOf } from './whence.ts';
