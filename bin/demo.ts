import { makeUp } from '#domains/electoral-map/index.ts';
import { inventedZones, loadZones } from '#domains/territory/index.ts';
import { asSystem } from '#platform/db.ts';
import { openQueues } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import '#registry.ts';
import { type CastName, cast, gatherParty, idOf } from '#tests/party.ts';
import { ageCast, fillOffices, gatherCrowd, linkFriends } from './demo/crowd.ts';
import { planEvents } from './demo/events.ts';
import { showFaces } from './demo/faces.ts';
import { villebrume } from './demo/ground.ts';
import { liveInGroups } from './demo/group-life.ts';
import { gatherGroups } from './demo/groups.ts';
import { liveIdeas } from './demo/ideas.ts';
import { correspond } from './demo/letters.ts';
import { receiveByMail } from './demo/lists.ts';
import { callForMissions } from './demo/missions.ts';
import { montclairval } from './demo/next-town.ts';
import { chooseNotices } from './demo/notices.ts';
import { layPlaces } from './demo/places.ts';
import { chance } from './demo/random.ts';
import { liveBetweenRounds } from './demo/rounds.ts';
import { gatherSubjects } from './demo/subjects.ts';
import { talk } from './demo/talk.ts';
import { liveToday } from './demo/today.ts';
import { layWebhook } from './demo/webhooks.ts';

/** Fills an empty database with the fictional organisation: the cast, some 600 people in some 60 sections, what they say. */
export async function seedDemo(): Promise<void> {
	const luck = chance(2010);
	await openQueues();
	await gatherParty();
	await asSystem('demo', async (tx) => {
		await tx.run(sql`set local statement_timeout = '60s'`);
		await loadZones(tx, inventedZones());
		await layPlaces(tx);
		await ageCast(tx);
		await makeUp(tx, villebrume());
		await makeUp(tx, montclairval());
	});
	const people = await asSystem('demo', async (tx) => {
		const crowd = await gatherCrowd(tx, luck, 560);
		await fillOffices(tx, crowd, luck);
		await linkFriends(
			tx,
			crowd,
			(Object.keys(cast) as CastName[]).filter((name) => !('state' in cast[name])).map(idOf),
			luck,
		);
		return crowd;
	});
	await talk(people, luck);
	await callForMissions(people, luck);
	await gatherGroups(people, luck);
	await receiveByMail();
	await gatherSubjects();
	await liveToday();
	await liveBetweenRounds();
	await layWebhook();
	await correspond();
	await chooseNotices();
	await liveIdeas();
	await planEvents();
	await liveInGroups();
	await showFaces(people);
}
