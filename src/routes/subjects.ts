import { saidOfEvent } from '#domains/events/index.ts';
import { groupSaid } from '#domains/groups/index.ts';
import { ideaSaid, missionSaid, petitionSaid } from '#domains/missions/index.ts';

/** What is reported and judged as one thing with an author: where its page is, and who reads its words to the viewer. */
export const subjects = {
	event: { place: 'evenements', said: saidOfEvent },
	group: { place: 'groupes', said: groupSaid },
	mission: { place: 'missions', said: missionSaid },
	initiative: { place: 'initiatives', said: ideaSaid },
	petition: { place: 'petitions', said: petitionSaid },
};
