export { attachMany, type Belonging, detachMany } from './belonging/attach.ts';
export { repairCounts } from './belonging/counts.ts';
export { changeUnit, countMove, type Home, joinUnit, leave } from './belonging/join.ts';
export {
	listMembers,
	type Member,
	type MemberPage,
	type Neighbour,
	newcomers,
	peopleToMeet,
} from './belonging/members.ts';
export { membersPath, partAsked } from './belonging/parts.ts';
export {
	confirmMember,
	PersonForm,
	unconfirmMember,
	unwelcome,
	WelcomeForm,
	welcome,
} from './belonging/welcome.ts';
export { type Blueprint, type KindPlan, type Noun, thing, usual } from './blueprint.ts';
export { completeUnits, dropAttachments, dropUnits, restoreUnits, unitsBefore } from './bulk.ts';
export { type Place, pageOf, placeOf } from './cursor.ts';
export { layStructure } from './found.ts';
export {
	createInvitation,
	type Guest,
	type Invitation,
	myInvitations,
	plainCode,
	RevokeInvitationForm,
	revokeInvitation,
	showInvitation,
	useInvitation,
} from './invitations/invite.ts';
export * from './offices/index.ts';
export { keyFrom, nounFields, nounFrom } from './offices/naming.ts';
export { type NewTerm, startTerm } from './offices/term.ts';
export { units } from './policy.ts';
export {
	belongsBelow,
	belongsTo,
	holdsPower,
	holdsPowerAnywhere,
	unitsAbove,
	unitsOfAsker,
} from './rules.ts';
export { CreateForm, createUnit, MoveForm, moveUnit, RenameForm, renameUnit } from './units/arrange.ts';
export { type HomeAside, homeAside } from './units/aside.ts';
export { sectionsFor, type UnitCard, type UnitSign, unitCards } from './units/card.ts';
export { CloseForm, closeUnit, reopenUnit } from './units/close.ts';
export { ContactForm, contactUnit } from './units/contact.ts';
export { CoverForm, coverZones } from './units/coverage.ts';
export { EditForm, editPage } from './units/edit.ts';
export { listUnits, type UnitPage, unitsAround } from './units/list.ts';
export { type Places, placesFor } from './units/places.ts';
export { putUnit, putUnits, type UnitRow } from './units/put.ts';
export { type Officer, showUnit, type UnitView } from './units/show.ts';
export {
	viewerOfFilesPass,
	viewerOfPerson,
	viewerOfSession,
	viewerOfToken,
	viewerOfVisitor,
	viewersOfSessions,
} from './viewer.ts';
export { atMost, dueBefore, type Late, lateBy, lateInTerritory } from './watch/late.ts';
export { type OnceUnit, unitsSeenOnce } from './watch/once.ts';
export {
	type Commune,
	communesLike,
	findCommunes,
	foldName,
	frenchZones,
	inventedZones,
	loadZones,
	type Zone,
	zoneId,
} from './zones/index.ts';
