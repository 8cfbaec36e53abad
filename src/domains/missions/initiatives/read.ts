import type { Told } from '#domains/safety/index.ts';
import { read } from '#platform/db.ts';
import { notFound } from '#platform/errors.ts';
import { type Sql, sql } from '#platform/sql.ts';
import { fold } from '#platform/text/fold.ts';
import type { Viewer } from '#platform/viewer.ts';
import { authorOr } from '../author.ts';
import { type MissionCard, missionCards } from '../queries.ts';
import { initiatives } from './policy.ts';

/** An idea in a list. */
export interface IdeaCard {
	id: string;
	title: string;
	text: string;
	unit: { id: string; name: string };
	by: { id: string; name: string } | null;
	isOfficial: boolean;
	supports: number;
	team: number;
	state: 'open' | 'closed';
	/** The viewer supports it. */
	mine: boolean;
	may: Record<'see' | 'support' | 'withdraw' | 'join' | 'quit' | 'lead' | 'call', boolean>;
}

interface Someone {
	id: string;
	name: string;
}

const columns = (
	viewer: Viewer,
) => sql`initiative.id, initiative.title, initiative.text, initiative.is_official as "isOfficial",
	initiative.supports, initiative.team, initiative.state, jsonb_build_object('id', unit.id, 'name', unit.name) as unit,
	(select jsonb_build_object('id', author.id, 'name', author.name) from people.person as author
		where author.id = initiative.by_id and author.erased_at is null) as by,
	exists (select from missions.support where support.initiative_id = initiative.id
		and support.person_id = ${viewer.id}::uuid) as mine, ${initiatives.may(viewer)}`;

const cards = (viewer: Viewer, where: Sql, limit: number) => sql`select ${columns(viewer)}
	from missions.initiative join territory.unit on unit.id = initiative.unit_id
	where ${where} and ${initiatives.see(viewer)}
	order by (initiative.state = 'open') desc, initiative.created_at desc, initiative.id limit ${limit}`;

/** Ideas that the viewer sees, open ones first, then the latest; in order of date, never of support. */
export const ideasFor = (viewer: Viewer): Promise<IdeaCard[]> =>
	read(viewer, (tx) => tx.many<IdeaCard>(cards(viewer, sql`true`, 60)));

/** Ideas that hold these words (French stems, accents ignored), open ones first, among those the viewer sees. */
export async function findIdeas(viewer: Viewer, q: string, limit = 10): Promise<IdeaCard[]> {
	const words = fold(q.slice(0, 200));
	if (!words) return [];
	const holds = sql`initiative.id = any (array(select missions.ideas_holding(${words})))`;
	return read(viewer, (tx) => tx.many<IdeaCard>(cards(viewer, holds, limit)));
}

/** An idea whole. */
export interface Idea extends IdeaCard {
	/** Of the team; for who sees the idea. */
	people: Someone[];
	/** Who asks to be; for who leads it. */
	asking: Someone[];
	missions: MissionCard[];
	hidden: boolean;
}

/** An idea, its team, the missions that came of it. Throws NotFound. */
export const showIdea = (viewer: Viewer, id: string): Promise<Idea> =>
	read(viewer, async (tx) => {
		const one = await tx.one<IdeaCard>(cards(viewer, sql`initiative.id = ${id}::uuid`, 1));
		if (!one) throw notFound();
		const people = await tx.many<Someone & { accepted: boolean }>(sql`
			select person.id, person.name, teammate.accepted_at is not null as accepted
			from missions.teammate join people.person on person.id = teammate.person_id
			where teammate.initiative_id = ${id}::uuid and person.erased_at is null and person.left_at is null
				and (teammate.accepted_at is not null or ${one.may.lead}) order by teammate.asked_at, person.id limit 200`);
		const missions = await missionCards(tx, viewer, {
			where: sql`mission.initiative_id = ${id}::uuid`,
			order: sql`mission.starts_at desc`,
			limit: 20,
		});
		const hidden = await tx.one(
			sql`select 1 as yes from safety.hidden where hidden.kind = 'initiative' and hidden.subject_id = ${id}::uuid`,
		);
		return {
			...one,
			people: people.filter(({ accepted }) => accepted),
			asking: people.filter(({ accepted }) => !accepted),
			...{ missions, hidden: Boolean(hidden) },
		};
	});

/** Words that somebody reports or judges. Throws NotFound. */
export const ideaSaid = (viewer: Viewer, id: string) =>
	read(viewer, async (tx) => {
		const row = await tx.one<Told>(sql`
			select ${authorOr(sql`initiative.unit_id`)} as author, initiative.unit_id as "unitId",
				concat_ws(E'\n', initiative.title, initiative.text) as text, '/initiatives/' || initiative.id as href
			from missions.initiative left join people.person as author on author.id = initiative.by_id
			where initiative.id = ${id}::uuid and ${initiatives.see(viewer)}`);
		if (!row) throw notFound();
		return row;
	});
