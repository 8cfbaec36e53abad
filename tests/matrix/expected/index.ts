import type { Target } from '../cell.ts';
import type { Things } from '../things.ts';
import { account } from './account.ts';
import { byProgram } from './by-program.ts';
import { houseByProgram } from './by-program-house.ts';
import { officesByProgram } from './by-program-offices.ts';
import { ownByProgram } from './by-program-own.ts';
import { events } from './events.ts';
import { eventAround } from './events-around.ts';
import { eventDoors } from './events-door.ts';
import { posts, talk } from './feed.ts';
import { talkByProgram } from './feed-api.ts';
import { groupMore } from './group-more.ts';
import { groups } from './groups.ts';
import { frontDoors, house, levels } from './house.ts';
import { ideas } from './ideas.ts';
import { imports } from './imports.ts';
import { lists } from './lists.ts';
import { map } from './map.ts';
import { mapFiles } from './map-files.ts';
import { mapRounds } from './map-rounds.ts';
import { messages } from './messages.ts';
import { missions } from './missions.ts';
import { missionsOpen } from './missions-open.ts';
import { offices } from './offices.ts';
import { persons } from './people.ts';
import { petitions } from './petitions.ts';
import { safety } from './safety.ts';
import { subjects } from './subjects.ts';
import { units } from './units.ts';
import { webhooks } from './webhooks.ts';

/** Every door with every thing behind it, and who we expect to pass. */
export const targetsOf = (things: Things): Target[] => [
	...frontDoors(),
	...account(things),
	...persons(things),
	...units(things),
	...offices(things),
	...posts(things),
	...talk(things),
	...talkByProgram(things),
	...safety(things),
	...house(things),
	...levels(things),
	...imports(things),
	...mapFiles(),
	...map(things),
	...mapRounds(),
	...webhooks(things),
	...messages(things),
	...missions(things),
	...missionsOpen(things),
	...groups(things),
	...lists(things),
	...groupMore(things),
	...subjects(things),
	...eventDoors(),
	...eventAround(things),
	...ideas(things),
	...petitions(things),
	...byProgram(things),
	...ownByProgram(things),
	...officesByProgram(things),
	...houseByProgram(things),
	...events(things),
];
