import * as v from 'valibot';
import { read, write } from '#platform/db.ts';
import { invalidField } from '#platform/errors.ts';
import { drawNow, keepDrawn } from '#platform/files/draw.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { type Theme, themeFrom } from '#ui/theme.ts';
import { change, changeWithin } from './organisation.ts';
import { insist } from './policy.ts';

/** The version of the part that the form was made from. */
export const version = v.optional(v.pipe(v.string(), v.maxLength(40)), '');

/** One line without control, invisible or direction signs. */
export const lineOf = (max: number, missing: v.ErrorMessage<v.NonEmptyIssue<string>>, long: string) =>
	v.pipe(
		v.string('app.invalid_value'),
		v.transform((text) =>
			text
				.normalize('NFC')
				.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ')
				.replace(/\s+/g, ' ')
				.trim(),
		),
		v.nonEmpty(missing),
		v.maxLength(max, long),
	);

export const organisationName = lineOf(80, 'admin.name_missing', 'admin.name_long');
export const NameForm = v.object({ name: organisationName, version });

/** Renames the organisation, on every page and in every mail. */
export const editName = (viewer: Viewer, { name, version }: v.InferOutput<typeof NameForm>) =>
	change(viewer, { part: 'name', version, act: 'edit_name', detail: { name }, patch: () => ({ name }) });

/** Any colour: `#rgb` or `#rrggbb`, with or without the sign; the theme makes it readable. */
export const colour = v.pipe(
	v.string('admin.colour_shape'),
	v.trim(),
	v.toLowerCase(),
	v.regex(/^#?(?:[0-9a-f]{3}|[0-9a-f]{6})$/, 'admin.colour_shape'),
	v.transform((text) => text.replace('#', '')),
	v.transform(
		(digits) => `#${digits.length === 3 ? [...digits].map((digit) => digit + digit).join('') : digits}`,
	),
);
export const ColourForm = v.object({ colour, version });

/** Chooses the colour from which the whole theme is made. */
export const editColour = (viewer: Viewer, { colour, version }: v.InferOutput<typeof ColourForm>) =>
	change(viewer, {
		part: 'colour',
		version,
		act: 'edit_colour',
		detail: { colour },
		patch: () => ({ colour }),
	});

/** The theme of a colour, to be looked at before it is chosen. */
export const previewColour = (typed: string): Theme => themeFrom(typed);

export const LogoForm = v.object({ logo: v.instance(File, 'admin.logo_missing'), version });

/**
 * Chooses the logo: redrawn at once, its proportions kept, the file as it came thrown away.
 * Throws Invalid at the field when it is no picture we take.
 */
export async function editLogo(
	viewer: Viewer,
	{ logo, version }: v.InferOutput<typeof LogoForm>,
): Promise<void> {
	if (logo.size === 0) throw invalidField('logo', 'admin.logo_missing');
	// Asked before the picture is worked on; asked again in the transaction that keeps it.
	await read(viewer, (tx) => insist(tx, viewer));
	const drawn = await drawNow(logo).catch((problem: Error & { code?: string }) => {
		// words: admin.logo_*
		if (problem.name !== 'FileProblem') throw problem;
		throw invalidField('logo', `admin.logo_${known.has(problem.code!) ? problem.code : 'unknown_kind'}`);
	});
	await write(viewer, async (tx) => {
		await insist(tx, viewer);
		// The organisation owns its logo: it stays when the officer who chose it leaves.
		const { id: ownerId } = (await tx.one<{ id: string }>(
			sql`select id from territory.unit where parent_id is null order by created_at, id limit 1`,
		))!;
		const fileId = await keepDrawn(tx, drawn, { ownerId, holder: 'admin.logo', holderId: null });
		await changeWithin(tx, viewer, {
			part: 'logo',
			version,
			act: 'edit_logo',
			patch: () => ({ logo: fileId }),
		});
	});
}
const known = new Set(['too_large', 'too_many_pixels', 'heic', 'broken', 'unknown_kind']);

export const RemoveLogoForm = v.object({ version });

/** Goes back to the drawn sign. */
export const removeLogo = (viewer: Viewer, { version }: v.InferOutput<typeof RemoveLogoForm>) =>
	change(viewer, { part: 'logo', version, act: 'remove_logo', patch: () => ({ logo: null }) });
