import * as v from 'valibot';
import { asSystem, type Tx, write } from '#platform/db.ts';
import { invalidField } from '#platform/errors.ts';
import { dropFile, keepFile, redrawFile, takeAll, type Upload } from '#platform/files/keep.ts';
import { orGiveUp } from '#platform/files/leave.ts';
import { sayingWhy, takePicture } from '#platform/files/picture.ts';
import { enqueue } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { idText, line, lines } from '#platform/text/typed.ts';
import type { Viewer } from '#platform/viewer.ts';
import { note } from '../circle.ts';
import { whole } from '../input.ts';
import { events } from '../policy.ts';
import { announceReport } from './tell.ts';

/** Photos of one report, at most. */
export const PICTURES = 12;
/** What is on a photo, for who does not see it. */
export const pictureWords = line(500, 'events.report_description_long');
// A field left empty comes as an empty file, or as an empty text, as the browser likes.
const file = v.pipe(
	v.union([v.custom<File>((value) => value instanceof File), v.literal('')], 'profiles.photo_not_picture'),
	v.transform((sent) => (sent === '' || !sent.size ? null : sent)),
);

export const ReportForm = v.object({
	text: v.optional(lines(10_000, 'events.report_long'), ''),
	counted: v.optional(whole(0, 1_000_000, 'events.report_counted_shape'), ''),
	photos: v.optional(v.pipe(v.array(file), v.maxLength(4, 'events.report_photos_many')), []),
	descriptions: v.optional(v.pipe(v.array(pictureWords), v.maxLength(4)), []),
	version: v.optional(v.pipe(v.string(), v.maxLength(60)), ''),
	/** Photos that are there already, and what is now said of each. */
	pictures: v.optional(v.pipe(v.array(idText), v.maxLength(PICTURES)), []),
	described: v.optional(v.pipe(v.array(pictureWords), v.maxLength(PICTURES)), []),
});
export const PictureForm = v.object({ id: idText });
export const TurnForm = v.object({});
type Written = v.InferOutput<typeof ReportForm>;

interface Arrived {
	upload: Upload;
	description: string;
}

/** Judges and stores the photos, before anything is written: all, or none. Throws Invalid at `photos`. */
async function arrive({ photos, descriptions }: Written): Promise<Arrived[]> {
	const chosen = photos.flatMap((photo, at) =>
		photo ? [{ photo, description: descriptions[at] ?? '' }] : [],
	);
	// words: profiles.photo_*
	const takes = chosen.map(
		({ photo }) =>
			() =>
				takePicture(photo, 'photos', 'profiles.photo'),
	);
	const uploads = await takeAll(takes);
	return uploads.map((upload, at) => ({ upload, description: chosen[at]!.description }));
}

/** Keeps what is told of an event; with `publish`, shows it to whoever sees the event. Throws NotFound, Forbidden, Invalid. */
export async function saveReport(
	viewer: Viewer,
	id: string,
	input: Written,
	publish: boolean,
): Promise<void> {
	if (publish && !input.text) throw invalidField('text', 'events.report_text_needed');
	await write({ ...viewer, requestKey: undefined } as unknown as Viewer, (tx) =>
		events.guard(tx, viewer, 'tell', id),
	);
	const arrived = await arrive(input);
	const uploads = arrived.map(({ upload }) => upload);
	await orGiveUp(uploads, () =>
		write(viewer, async (tx) => {
			await events.guard(tx, viewer, 'tell', id);
			await putText(tx, viewer, id, input, publish);
			await describe(tx, id, input);
			await attach(tx, viewer, id, arrived);
			if (!publish) return;
			await note(tx, viewer, 'events.publish_report', id);
			await announceReport(tx, viewer, id);
		}),
	);
}

async function putText(tx: Tx, viewer: Viewer, id: string, input: Written, publish: boolean): Promise<void> {
	const kept = await tx.run(sql`insert into events.report (event_id, by_id, text, counted, published_at)
		values (${id}::uuid, ${viewer.id}::uuid, ${input.text}, ${input.counted}::int, case when ${publish} then now() end)
		on conflict (event_id) do update set by_id = excluded.by_id, text = excluded.text, counted = excluded.counted,
			published_at = coalesce(report.published_at, excluded.published_at), changed_at = clock_timestamp()
		where report.changed_at::text = ${input.version}`);
	if (!kept) throw invalidField('text', 'events.report_changed');
}

async function describe(tx: Tx, id: string, { pictures, described }: Written): Promise<void> {
	for (const [at, fileId] of pictures.entries())
		await tx.run(sql`update events.report_picture set description = ${described[at] ?? ''}
			where report_picture.event_id = ${id}::uuid and report_picture.file_id = ${fileId}::uuid`);
}

async function attach(tx: Tx, viewer: Viewer, id: string, arrived: Arrived[]): Promise<void> {
	const { n, last } = (await tx.one<{ n: number; last: number }>(sql`select count(*)::int as n,
		coalesce(max(report_picture.position), -1) as last from events.report_picture where report_picture.event_id = ${id}::uuid`))!;
	if (n + arrived.length > PICTURES) throw invalidField('photos', 'events.report_photos_full');
	for (const [at, { upload, description }] of arrived.entries()) {
		const kept = { ownerId: viewer.id!, holder: 'events.report', holderId: id, description };
		const fileId = await sayingWhy('photos', 'profiles.photo', () => keepFile(tx, upload, kept));
		await tx.run(sql`insert into events.report_picture (event_id, position, file_id, description)
			values (${id}::uuid, ${last + 1 + at}, ${fileId}, ${description})`);
		await enqueue(tx, 'events.picture', { fileId });
	}
}

/** Shows it no more; what was written stays for who tells. */
export const withdrawReport = (viewer: Viewer, id: string): Promise<void> =>
	write(viewer, async (tx) => {
		await events.guard(tx, viewer, 'tell', id);
		await tx.run(
			sql`update events.report set published_at = null, changed_at = clock_timestamp() where report.event_id = ${id}::uuid`,
		);
		await note(tx, viewer, 'events.withdraw_report', id);
	});

/** Takes a photo away, its bytes included. */
export async function dropPicture(
	viewer: Viewer,
	id: string,
	picture: v.InferOutput<typeof PictureForm>,
): Promise<void> {
	const dropped = await write(viewer, async (tx) => {
		await events.guard(tx, viewer, 'tell', id);
		return tx.run(sql`delete from events.report_picture where report_picture.event_id = ${id}::uuid
			and report_picture.file_id = ${picture.id}::uuid`);
	});
	if (dropped) await asSystem('images', (tx) => dropFile(tx, picture.id));
}

/** Redraws a photo in its sizes. */
export const drawPicture = async ({ fileId }: { fileId: string }): Promise<void> => {
	await redrawFile(fileId, (work) => asSystem('images', work));
};
