import * as v from 'valibot';
import { read, write } from '#platform/db.ts';
import { announce } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { fold } from '#platform/text/fold.ts';
import type { Viewer } from '#platform/viewer.ts';
import { nameOf } from './ask.ts';

export const rhythms = ['weekly', 'concerned', 'asap'] as const;
export const textSizes = ['100', '115', '130', '150', '200'] as const;
export const modes = ['auto', 'light', 'dark'] as const;

/** How a person wants the pages and the mails. */
export interface Display {
	name: string;
	language: 'fr' | 'en';
	text_size: number;
	colour_mode: (typeof modes)[number];
	low_data: boolean;
	rhythm: (typeof rhythms)[number];
	status_text: string | null;
	status_until: Date | null;
}

/** The viewer's own settings. */
export const displayOf = async (viewer: Viewer): Promise<Display> =>
	(await read(viewer, (tx) =>
		tx.one<Display>(sql`select name, language, text_size, colour_mode, low_data, rhythm,
			case when status_until is null or status_until > now() then status_text end as status_text, status_until
			from people.person where id = ${viewer.id}::uuid`),
	))!;

export const NameForm = v.object({
	name: v.pipe(v.string('people.name_problem.empty'), v.maxLength(2000, 'people.name_problem.too_long')),
});

/** Changes the viewer's name. Throws Invalid when it deceives the eye. */
export const rename = (viewer: Viewer, form: v.InferOutput<typeof NameForm>): Promise<void> => {
	const name = nameOf('name', form.name);
	return write(viewer, async (tx) => {
		await tx.run(
			sql`update people.person set name = ${name}, folded_name = ${fold(name)} where id = ${viewer.id}::uuid`,
		);
		await announce(tx, 'people.renamed', { id: viewer.id });
	});
};

export const DisplayForm = v.object({
	language: v.picklist(['fr', 'en'], 'app.invalid_value'),
	text_size: v.picklist(textSizes, 'app.invalid_value'),
	colour_mode: v.picklist(modes, 'app.invalid_value'),
	low_data: v.optional(v.literal('on', 'app.invalid_value')),
});

/** Keeps how the viewer wants the pages, on whichever device. */
export const chooseDisplay = (viewer: Viewer, form: v.InferOutput<typeof DisplayForm>): Promise<void> =>
	write(viewer, async (tx) => {
		await tx.run(sql`update people.person set language = ${form.language}, text_size = ${Number(form.text_size)},
			colour_mode = ${form.colour_mode}, low_data = ${form.low_data === 'on'} where id = ${viewer.id}::uuid`);
	});

/** Keeps the language the viewer asked for at the foot of a page. */
export const chooseLanguage = (viewer: Viewer, language: 'fr' | 'en'): Promise<void> =>
	write(viewer, async (tx) => {
		await tx.run(sql`update people.person set language = ${language} where id = ${viewer.id}::uuid`);
	});

export const RhythmForm = v.object({
	rhythm: v.picklist(rhythms, 'people.rhythm_missing'),
	text_size: v.optional(v.picklist(textSizes, 'app.invalid_value'), '100'),
});

/** How often the network writes to the viewer, and how large the text is: the last step of a welcome. */
export const chooseRhythm = (
	viewer: Viewer,
	{ rhythm, text_size }: v.InferOutput<typeof RhythmForm>,
): Promise<void> =>
	write(viewer, async (tx) => {
		await tx.run(
			sql`update people.person set rhythm = ${rhythm}, text_size = ${Number(text_size)} where id = ${viewer.id}::uuid`,
		);
		const arrived = await tx.one<{
			invitation: string | null;
		}>(sql`update people.arrival set finished_at = now()
			where person_id = ${viewer.id}::uuid and finished_at is null returning invitation`);
		if (arrived) await announce(tx, 'people.arrived', { id: viewer.id, invitation: arrived.invitation });
	});

const statusLongest = 120;
export const StatusForm = v.object({
	text: v.pipe(v.optional(v.string(), ''), v.trim(), v.maxLength(statusLongest, 'people.status_long')),
	hours: v.optional(
		v.pipe(v.string(), v.transform(Number), v.picklist([0, 4, 24, 168], 'app.invalid_value')),
	),
});

/** Says what the viewer is up to, for a time or until changed; an empty text clears it. */
export const setStatus = (viewer: Viewer, { text, hours }: v.InferOutput<typeof StatusForm>): Promise<void> =>
	write(viewer, async (tx) => {
		const until = text && hours ? new Date(Date.now() + hours * 3_600_000) : null;
		await tx.run(
			sql`update people.person set status_text = ${text || null}, status_until = ${until}::timestamptz where id = ${viewer.id}::uuid`,
		);
	});
