export { CoverForm } from '#domains/groups/index.ts';
export {
	type Agenda,
	type AgendaScope,
	agenda,
	findEvents,
	nextOf,
	nextOfGroup,
	nextPublicOf,
	scopes,
} from './agenda.ts';
export { answer, confirm } from './answer.ts';
export { type AnswerLine, answersOf, filledFrom, type ToChange, toChange } from './answers.ts';
export * from './calendar/index.ts';
export type { EventCard } from './cards.ts';
export { cancel, change } from './change.ts';
export { type PlanningGroup, planningGroups, planningIn } from './circle.ts';
export { AnswerUnitForm, AskUnitForm, answerUnit, askUnit, dropUnit, OneCoUnit } from './co-units.ts';
export { dropCover, setCover } from './cover.ts';
export { create, type Host, hostAt, hostsOf, organisersNear } from './create.ts';
export * from './door/index.ts';
export { type Asked, type HomeEvents, homeEvents } from './home.ts';
export { AnswerForm, CancelForm, ChangeForm, CreateForm } from './input.ts';
export { InvitePersonForm, inviteGroup, invitePerson, inviteUnit, inviting } from './invite.ts';
export * from './near/index.ts';
export { passedOn } from './passed-on.ts';
export type { Visibility } from './policy-names.ts';
export * from './print/index.ts';
export { askQuestion, dropQuestion, OneQuestion, QuestionForm, ReplyForm, reply } from './questions.ts';
export { questionsWaiting, type WaitingQuestion } from './questions-waiting.ts';
export * from './report/index.ts';
export { addShift, dropShift, leaveShift, OneShift, ShiftForm, takeShift } from './shifts.ts';
export { type EventView, showEvent, showPublicEvent } from './show.ts';
export { visitorPage } from './visitor-page.ts';
export { cancelVisit, confirmVisit, VisitForm, VisitorForm, visit } from './visitors.ts';
