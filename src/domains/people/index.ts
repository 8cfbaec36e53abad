export { arrivalOf, keepZone, nextStep, SettleForm, settleIn } from './arrival.ts';
export { askCode, nameOf, SignInForm, SignUpForm, startSignUp } from './ask.ts';
export { consentsOf, giveConsent, hasConsented, withdrawConsent } from './consent.ts';
export { Email, emailKey } from './email.ts';
export { suppressionOf } from './code-mail.ts';
export { askEmailChange, changeEmail, EmailCodesForm, EmailForm } from './email-change.ts';
export { confirmImported, type Entered } from './enter.ts';
export { AppCodeForm, confirmAuthenticator, offerAuthenticator, removeAuthenticator } from './factor/authenticator.ts';
export { enterWithFactor, FactorForm, stepUp } from './factor/give.ts';
export { addPasskey, askPasskey, enterWithPasskey, offerPasskey, PasskeyForm, removePasskey, siteOf } from './factor/passkey.ts';
export { makeRecoveryCodes } from './factor/recovery-codes.ts';
export { keysOf } from './factor/standing.ts';
export { addMembership, endMembership, type MembershipType, offeredTypes, verifyMembership } from './membership.ts';
export { changePassword, PasswordForm } from './password/change.ts';
export { PasswordSignInForm, signInByPassword } from './password/sign-in.ts';
export { contactOf, personName } from './person.ts';
export { CodeForm, LinkForm, NumberForm, proveCode, proveLink, proveNumber } from './prove.ts';
export { createSession, endSessions, RevokeForm, revokeOthers, revokeSession, sessionsOf, signOut } from './session.ts';
export {
	chooseDisplay, chooseRhythm, type Display, DisplayForm, displayOf, NameForm, rename, RhythmForm, setStatus, StatusForm,
} from './settings.ts';
export { keepDisplay } from './display-cookies.ts';
export { createToken, revokeToken, TokenForm, tokensOf } from './token.ts';
export { keepPass, type Whence, whenceOf } from './whence.ts';
