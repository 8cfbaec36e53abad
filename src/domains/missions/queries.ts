import type { Told } from '#domains/safety/index.ts';
import { unitsAbove } from '#domains/territory/index.ts';
import { read, type Tx } from '#platform/db.ts';
import { notFound } from '#platform/errors.ts';
import { list, type Sql, sql } from '#platform/sql.ts';
import { readTogether } from '#platform/together.ts';
import { type Viewer, visitor } from '#platform/viewer.ts';
import { authorOr } from './author.ts';
import type { MissionKind } from './input.ts';
import { missions } from './policy.ts';

/** A mission in a list. */
export interface MissionCard {
	id: string;
	kind: MissionKind;
	title: string;
	place: string;
	unit: { id: string; name: string };
	isOfficial: boolean;
	startsAt: Date;
	endsAt: Date;
	needed: number;
	enrolled: number;
	state: 'open' | 'closed' | 'cancelled';
	/** The viewer is on the list. */
	mine: boolean;
	mayEnrol: boolean;
	/** Among those that come nearest first: the place closest to it that is the viewer's too, or above theirs. */
	around?: string | null;
}

const isMine = (
	viewer: Viewer,
) => sql`exists (select from missions.enrolment as own where own.mission_id = mission.id
	and own.person_id = ${viewer.id}::uuid and own.left_at is null)`;

const cardColumns = (
	viewer: Viewer,
) => sql`mission.id, mission.kind, mission.title, mission.place, mission.is_official as "isOfficial",
	jsonb_build_object('id', unit.id, 'name', unit.name) as unit, mission.starts_at as "startsAt", mission.ends_at as "endsAt",
	mission.needed, mission.enrolled, mission.state, ${isMine(viewer)} as mine, ${missions.enrol(viewer)} as "mayEnrol"`;

/** Cards of the missions that the viewer sees, among those of this condition. */
export const missionCards = (
	tx: Tx,
	viewer: Viewer,
	{ where, order, limit, also = sql`` }: { where: Sql; order: Sql; limit: number; also?: Sql },
) =>
	tx.many<MissionCard>(sql`select ${cardColumns(viewer)}${also}
		from missions.mission join territory.unit on unit.id = mission.unit_id
		where ${where} and ${missions.see(viewer)} order by ${order}, mission.id limit ${limit}`);

const isComing = sql`mission.state = 'open' and mission.ends_at > now()`;
// How much of the way from the top both share: one's own unit first, then those around, then the rest.
const nearness = (viewer: Viewer) => sql`(mission.unit_id = any (${list(viewer.units, 'uuid')})) desc,
	(select count(*) from unnest(unit.ancestors) as above (id) where above.id in (select unnest(home.ancestors)
		from territory.unit as home where home.id = any (${list(viewer.units, 'uuid')}))) desc, mission.starts_at`;

const around = (
	viewer: Viewer,
) => sql`, (select shared.name from unnest(unit.ancestors) with ordinality as above (id, level)
	join territory.unit as shared on shared.id = above.id
	where above.id in (select unnest(home.ancestors) from territory.unit as home where home.id = any (${list(viewer.units, 'uuid')}))
	order by above.level desc limit 1) as around`;

export const views = ['near', 'mine', 'past'] as const;
export type View = (typeof views)[number];
const pageSize = 40;

const madeByViewer = (viewer: Viewer) => sql`mission.by_id = ${viewer.id}::uuid`;

/** Missions to come, near ones first; one's own; those that are over. `before` is the place where a page of the past ended. */
export const missionsFor = (
	viewer: Viewer,
	view: View,
	before: Date | null = null,
): Promise<{ cards: MissionCard[]; next: Date | null }> =>
	read(viewer, async (tx) => {
		if (view === 'near') {
			const cards = await missionCards(tx, viewer, {
				where: isComing,
				order: nearness(viewer),
				limit: pageSize,
				also: around(viewer),
			});
			return { cards, next: null };
		}
		const where =
			view === 'mine'
				? sql`mission.state = 'open' and mission.ends_at > now() - interval '30 days'
					and (${isMine(viewer)} or ${madeByViewer(viewer)})`
				: sql`(mission.state <> 'open' or mission.ends_at <= now())
					and (${before}::timestamptz is null or mission.starts_at < ${before}::timestamptz)`;
		const order = view === 'mine' ? sql`mission.starts_at` : sql`mission.starts_at desc`;
		const cards = await missionCards(tx, viewer, { where, order, limit: pageSize + 1 });
		const page = cards.slice(0, pageSize);
		return { cards: page, next: cards.length > pageSize ? page.at(-1)!.startsAt : null };
	});

/** The next missions of a unit, for its page. */
export const missionsOf = (viewer: Viewer, unitId: string): Promise<MissionCard[]> =>
	read(viewer, (tx) =>
		missionCards(tx, viewer, {
			where: sql`${isComing} and mission.unit_id = ${unitId}::uuid`,
			order: sql`mission.starts_at`,
			limit: 4,
		}),
	);

/** The next public missions of a unit: what its public page shows to anybody. */
export const publicMissionsOf = (unitId: string): Promise<MissionCard[]> => missionsOf(visitor, unitId);

/**
 * One mission of the viewer's units or of those above that still needs somebody and where they are not yet, the nearest first;
 * null when there is none. Looked up by unit: what is read stays the same however many missions the organisation has.
 */
export const openMission = (viewer: Viewer): Promise<MissionCard | null> =>
	readTogether(viewer, async (tx) => {
		const [one] = await missionCards(tx, viewer, {
			where: sql`mission.unit_id = any (${unitsAbove(viewer)}) and ${isComing} and mission.enrolled < mission.needed
				and not ${isMine(viewer)}`,
			order: nearness(viewer),
			limit: 1,
		});
		return one ?? null;
	});

/** Somebody on the list. */
export interface Enrolled {
	id: string;
	name: string;
	at: Date;
	came: boolean | null;
}

/** A mission whole. */
export interface Mission extends MissionCard {
	text: string;
	audience: 'unit' | 'network' | 'public';
	by: { id: string; name: string } | null;
	station: string | null;
	reason: string;
	result: { people: number; doors: number | null; leaflets: number | null; report: string } | null;
	version: number;
	hidden: boolean;
	hasBegun: boolean;
	may: Record<'see' | 'enrol' | 'visit' | 'leave' | 'edit' | 'close' | 'names' | 'attend', boolean>;
	/** Who comes, for who leads; null for the others, who read the number. */
	names: Enrolled[] | null;
	/** Who comes without account, by the name they gave; for who leads it. */
	guests: Omit<Enrolled, 'at'>[];
}

/** A mission, with who comes for who leads it. Throws NotFound. */
export const showMission = (viewer: Viewer, id: string): Promise<Mission> =>
	read(viewer, async (tx) => {
		const one = await tx.one<Mission>(sql`select ${cardColumns(viewer)}, mission.text, mission.audience,
			mission.station, mission.cancel_reason as reason, mission.version, mission.starts_at <= now() as "hasBegun",
			exists (select from safety.hidden where hidden.kind = 'mission' and hidden.subject_id = mission.id) as hidden,
			(select jsonb_build_object('id', author.id, 'name', author.name) from people.person as author
				where author.id = mission.by_id and author.erased_at is null) as by,
			case when mission.state = 'closed' then jsonb_build_object('people', mission.people, 'doors', mission.doors,
				'leaflets', mission.leaflets, 'report', mission.report) end as result, ${missions.may(viewer)}
			from missions.mission join territory.unit on unit.id = mission.unit_id
			where mission.id = ${id}::uuid and ${missions.see(viewer)}`);
		if (!one) throw notFound();
		if (!one.may.names) return { ...one, names: null, guests: [] };
		return { ...one, names: await enrolledIn(tx, viewer, id), guests: await guestsIn(tx, viewer, id) };
	});

const enrolledIn = (tx: Tx, viewer: Viewer, id: string) =>
	tx.many<Enrolled>(sql`select person.id, person.name, enrolment.at, enrolment.came
		from missions.enrolment join people.person on person.id = enrolment.person_id
		where enrolment.mission_id = ${id}::uuid and enrolment.left_at is null and person.erased_at is null
			and exists (select from missions.mission
				where mission.id = enrolment.mission_id and ${missions.names(viewer)}) order by person.folded_name, person.id`);

const guestsIn = (tx: Tx, viewer: Viewer, id: string) =>
	tx.many<Omit<Enrolled, 'at'>>(sql`select guest.visitor_id as id, guest.name, guest.came from missions.guest
		where guest.mission_id = ${id}::uuid and exists (select from missions.mission
			where mission.id = guest.mission_id and ${missions.names(viewer)}) order by guest.at, guest.visitor_id`);

/** Words that somebody reports or judges, as this viewer reads them. Throws NotFound. */
export const missionSaid = (viewer: Viewer, id: string) =>
	read(viewer, async (tx) => {
		const row = await tx.one<Told>(sql`
			select ${authorOr(sql`mission.unit_id`)} as author, mission.unit_id as "unitId",
				concat_ws(E'\n', mission.title, mission.place, nullif(mission.text, '')) as text,
				'/missions/' || mission.id as href
			from missions.mission left join people.person as author on author.id = mission.by_id
			where mission.id = ${id}::uuid and ${missions.see(viewer)}`);
		if (!row) throw notFound();
		return row;
	});
