import type postgres from 'postgres';
import { agenda, findEvents, homeEvents, showEvent } from '#domains/events/index.ts';
import { home } from '#domains/feed/index.ts';
import { listGroups } from '#domains/groups/index.ts';
import { findMissions, missionsFor } from '#domains/missions/index.ts';
import { viewerOfPerson } from '#domains/territory/index.ts';
import { apps } from '#registry.ts';
import { fillActs } from './acts-data.ts';
import { fillFeed, readerId } from './feed-data.ts';
import type { Measured, Options } from './index.ts';
import { quantile, rounded, timed } from './load.ts';
import { withDatabase } from './scene.ts';

const kept = [
	...[
		'groups.circle',
		'groups.circle_subject',
		'events.event',
		'events.co_unit',
		'events.series',
		'events.shift',
	],
	...['events.report', 'events.report_picture', 'missions.mission', 'missions.initiative'],
];
/** In turns, so that a machine that slows down slows both. */
const turns = 8;
const runs = 40;

/** Pages of those who act, with the rows kept by the database and without: what row-level security costs, as ratios. */
export async function measure({ members, say }: Options): Promise<Measured> {
	const rows: Measured['rows'] = [];
	for (const size of members) {
		await withDatabase(async (owner) => {
			say(`${size} members: filling`);
			await fillFeed(owner, size);
			await fillActs(owner, readerId);
			say(`${size} members: measuring`);
			for (const [page, work] of await pages())
				rows.push({ members: size, page, ...(await inTurns(owner, work)) });
		});
	}
	return { rows, raw: {} };
}

async function pages(): Promise<[string, () => Promise<unknown>][]> {
	const viewer = await viewerOfPerson(readerId, apps);
	return [
		['home', () => home(viewer)],
		['events of the home', () => homeEvents(viewer)],
		['agenda', () => agenda(viewer)],
		['event', async () => showEvent(viewer, (await homeEvents(viewer)).next[0]!.id)],
		['events found, rare word', () => findEvents(viewer, '4242')],
		['events found, common word', () => findEvents(viewer, 'marche tracts')],
		['missions', () => missionsFor(viewer, 'near')],
		['missions past', () => missionsFor(viewer, 'past')],
		['missions found, rare word', () => findMissions(viewer, '4242')],
		['groups', () => listGroups(viewer)],
	];
}

async function inTurns(owner: postgres.Sql, work: () => Promise<unknown>) {
	const taken = { with: [] as number[], without: [] as number[] };
	for (let turn = 0; turn < turns; turn++) {
		for (const [how, verb] of [
			['without', 'disable'],
			['with', 'enable'],
		] as const) {
			for (const table of kept) await owner.unsafe(`alter table ${table} ${verb} row level security`);
			taken[how].push(...(await timed(runs, work, 10)));
		}
	}
	const [before, after] = [quantile(taken.without, 0.5), quantile(taken.with, 0.5)];
	return {
		withoutP50: rounded(before),
		withP50: rounded(after),
		ratio: rounded(after / before),
		ratioP99: rounded(quantile(taken.with, 0.99) / quantile(taken.without, 0.99)),
	};
}
