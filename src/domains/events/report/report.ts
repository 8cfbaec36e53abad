import { read, type Tx } from '#platform/db.ts';
import { notFound } from '#platform/errors.ts';
import { house } from '#platform/house.ts';
import { every, type Rule } from '#platform/policy.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { events, ofEvent } from '../policy.ts';

/** A photo of a report. */
export interface Picture {
	id: string;
	description: string;
	state: 'waiting' | 'ready' | 'refused';
	width: number | null;
	height: number | null;
}

/** What is told of an event afterwards. */
export interface Report {
	eventId: string;
	title: string;
	starts_at: Date;
	time_zone: string;
	text: string;
	/** How many people were there, as its author counts them; null: not told. */
	counted: number | null;
	/** How many were ticked at the door. */
	ticked: number;
	published_at: Date | null;
	/** Changes with each writing: two people do not overwrite each other. */
	version: string;
	pictures: Picture[];
	mayTell: boolean;
	/** Where the house is, for an address that is shared. */
	origin: string;
}

/** Its report was published. */
export const isPublished: Rule = () =>
	sql`exists (select from events.report where report.event_id = event.id and report.published_at is not null)`;
/** Once published it is told to whoever sees the event; before, to who tells. */
const reads = (viewer: Viewer) => sql`(${every(events.see, isPublished)(viewer)} or ${events.tell(viewer)})`;

const picturesOf = (tx: Tx, id: string): Promise<Picture[]> =>
	tx.many(sql`select file.id, report_picture.description, file.state, file.width, file.height
		from events.report_picture join platform.file on file.id = report_picture.file_id
		where report_picture.event_id = ${id}::uuid order by report_picture.position`);

/** What is told of an event: published, or begun for who may tell. Throws NotFound. */
export const showReport = (viewer: Viewer, id: string): Promise<Report> =>
	read(viewer, async (tx) => {
		const row = await tx.one<Omit<Report, 'pictures' | 'origin'>>(sql`
			select event.id as "eventId", event.title, event.starts_at, event.time_zone, coalesce(report.text, '') as text, report.counted,
				report.published_at, coalesce(report.changed_at::text, '') as version, ${events.tell(viewer)} as "mayTell",
				(select coalesce(sum(case when attendance.person_id is null and attendance.visitor_id is null then attendance.walk_ins
					else 1 + attendance.guests end), 0)::int from events.attendance where attendance.event_id = event.id) as ticked
			from events.event left join events.report on report.event_id = event.id
			where event.id = ${id}::uuid and ${reads(viewer)}`);
		if (!row) throw notFound();
		const pictures = await picturesOf(tx, id);
		const { origin } = await house();
		return {
			...row,
			origin,
			pictures: row.mayTell ? pictures : pictures.filter(({ state }) => state === 'ready'),
		};
	});

/** The same, for who may write it. Throws NotFound, Forbidden. */
export async function toWrite(viewer: Viewer, id: string): Promise<Report> {
	const may = await read(viewer, (tx) =>
		tx.one(sql`select 1 as may from events.event where event.id = ${id}::uuid and ${events.tell(viewer)}`),
	);
	if (!may) await read(viewer, (tx) => events.refuse(tx, viewer, id));
	return showReport(viewer, id);
}

/** The published report of an event, for its page; undefined when there is none to read. */
export const reportOf = async (viewer: Viewer, id: string): Promise<Report | undefined> => {
	const report = await showReport(viewer, id).catch((refusal: Error) => {
		if (refusal.name === 'NotFound') return undefined;
		throw refusal;
	});
	return report?.published_at ? report : undefined;
};

/** A photo is fetched by who reads the report. */
export const seesPicture: Rule = ofEvent(sql`file.holder_id`, reads);
