import { asSystem } from '#platform/db.ts';
import { putDoors } from './things-door.ts';
import { putEvents } from './things-events.ts';
import { putPosts } from './things-feed.ts';
import { putGroupMore } from './things-group-more.ts';
import { putGroups } from './things-groups.ts';
import { putImports } from './things-imports.ts';
import { putLists } from './things-lists.ts';
import { putMap } from './things-map.ts';
import { putMapFiles } from './things-map-files.ts';
import { putRounds } from './things-map-rounds.ts';
import { putMessages } from './things-messages.ts';
import { putMissions } from './things-missions.ts';
import { putPeople } from './things-people.ts';
import { putOffices } from './things-territory.ts';
import { putWebhooks } from './things-webhooks.ts';

/** Puts one thing of every kind in every state on the stage, with a canary in each text; gives their ids. Runs as the house. */
export const putThings = () =>
	asSystem('matrix', async (tx) => ({
		...(await putPeople(tx)),
		...(await putPosts(tx)),
		...(await putOffices(tx)),
		...(await putImports(tx)),
		...(await putMapFiles(tx)),
		...(await putMap(tx)),
		...(await putRounds(tx)),
		...(await putWebhooks(tx)),
		...(await putMessages(tx)),
		...(await putMissions(tx)),
		...(await putGroups(tx)),
		...(await putLists(tx)),
		...(await putGroupMore(tx)),
		...(await putDoors(tx)),
		...(await putEvents(tx)),
	}));

export type Things = Awaited<ReturnType<typeof putThings>>;
