export { viewAsked } from './asked.ts';
export { callableUnits } from './callable.ts';
export { attend, cancel, change, close } from './change.ts';
export { create } from './create.ts';
export { enrol, leave } from './enrol.ts';
export {
	findIdeas,
	type IdeaCard,
	idea,
	ideasFor,
	PersonForm,
	ProposeForm,
	propose,
	showIdea,
} from './initiatives/index.ts';
export {
	AttendForm,
	CancelForm,
	CloseForm,
	CreateForm,
	EditForm,
	FromTargetsForm,
	OneForm,
} from './input.ts';
export { editFields, missionSheet, missionToSettle } from './leading.ts';
export { actionsOf, talliesFor } from './mine.ts';
export { missionsNearby } from './near.ts';
export {
	ExportForm,
	findPetitions,
	LaunchForm,
	type Petition,
	petition,
	petitionsFor,
	SettleForm,
	SignForm,
	showPetition,
} from './petitions/index.ts';
export { missionVisit, type PublicMission, showPublicMission } from './public/index.ts';
export {
	type MissionCard,
	missionsFor,
	missionsOf,
	openMission,
	publicMissionsOf,
	showMission,
} from './queries.ts';
export { findMissions } from './search.ts';
export { putMission } from './seed.ts';
export { createFromTargets, targetsToCall } from './targets.ts';
