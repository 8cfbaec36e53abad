import { cancelVisit, confirmVisit, VisitForm, VisitorForm, visit, visitorPage } from './visitors.ts';

export { type PublicMission, showPublicMission } from './read.ts';

/** What somebody without account does about a mission. */
export const missionVisit = {
	VisitForm,
	VisitorForm,
	visit,
	confirm: confirmVisit,
	cancel: cancelVisit,
	visitorPage,
};
