import * as v from 'valibot';
import { keepPhone, ownPhone, phoneFrom } from '#domains/people/index.ts';
import { read, type Tx, write } from '#platform/db.ts';
import { forbidden, invalid, invalidField, type Problem } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { list, sql } from '#platform/sql.ts';
import { isActive, type Viewer } from '#platform/viewer.ts';
import { type Audience, audiences, fields } from './policy.ts';
import { type Line, linesOf, type RowKind } from './show.ts';

const rowsMost = 20;
const audience = v.picklist(audiences, 'app.invalid_value');
export const text = (max: number) =>
	v.pipe(
		v.string('app.invalid_value'),
		v.transform((typed) => typed.toWellFormed().replace(/\r\n?/g, '\n').trim()),
		v.maxLength(max, 'profiles.too_long'),
	);
const column = <S extends v.GenericSchema>(one: S) =>
	v.optional(v.pipe(v.array(one), v.maxLength(rowsMost + 1, 'profiles.too_many')), []);

/** The viewer's own lines and phone, for the pages that change them. */
export const ownLines = (viewer: Viewer): Promise<{ lines: Line[]; phone: string | null }> =>
	read(viewer, async (tx) => ({
		lines: await linesOf(tx, viewer, viewer.id!),
		phone: await ownPhone(tx, viewer.id!),
	}));

export const RowsForm = v.object({
	id: column(v.pipe(v.string(), v.maxLength(36))),
	text: column(text(120)),
	place: column(text(120)),
	url: column(text(500)),
	since: column(text(10)),
	until: column(text(10)),
	audience: column(audience),
	remove: column(v.pipe(v.string(), v.maxLength(36))),
});
type Rows = v.InferOutput<typeof RowsForm>;

interface Row {
	id: string;
	text: string;
	place: string;
	url: string;
	since: number | null;
	until: number | null;
	audience: Audience;
}

/**
 * Writes the lines of one kind as the page shows them: each row kept, a ticked or emptied one removed, a new one added.
 * Throws Invalid at the row, such as `since.2`.
 */
export async function saveRows(viewer: Viewer, kind: RowKind, form: Rows): Promise<void> {
	if (!isActive(viewer)) throw forbidden();
	const rows = rowsFrom(kind, form);
	await write(viewer, async (tx) => {
		const gone = form.id.filter((id, index) => id && (form.remove.includes(id) || isBlank(form, index)));
		await tx.run(
			sql`delete from profiles.field where field.kind = ${kind} and field.id::text = any (${list(gone, 'text')}) and ${fields.edit(viewer)}`,
		);
		for (const [position, row] of rows.entries()) await putRow(tx, viewer, kind, row, position);
		const { n } = (await tx.one<{ n: number }>(sql`select count(*)::int as n from profiles.field
			where field.person_id = ${viewer.id}::uuid and field.kind = ${kind}`))!;
		if (n > rowsMost) throw invalidField('', 'profiles.too_many', { n: rowsMost });
	});
}

const isBlank = (form: Rows, index: number) => !form.text[index] && !form.url[index];

function rowsFrom(kind: RowKind, form: Rows): Row[] {
	const problems: Problem[] = [];
	const rows = form.audience.flatMap((_to, index): Row[] => {
		const id = form.id[index] ?? '';
		if (isBlank(form, index) || (id && form.remove.includes(id))) return [];
		const row = rowFrom(form, index, problems);
		problems.push(...problemsOf(kind, row, index));
		return [row];
	});
	if (problems.length) throw invalid(problems);
	return rows;
}

function rowFrom(form: Rows, index: number, problems: Problem[]): Row {
	const at = (field: 'id' | 'text' | 'place' | 'url' | 'since' | 'until') => form[field][index] ?? '';
	const year = (field: 'since' | 'until') => yearFrom(at(field), `${field}.${index}`, problems);
	const audience = form.audience[index] ?? 'me';
	return {
		id: at('id'),
		text: at('text'),
		place: at('place'),
		url: at('url'),
		since: year('since'),
		until: year('until'),
		audience,
	};
}

function problemsOf(kind: RowKind, { text: said, url, since, until }: Row, index: number): Problem[] {
	const wrong: [boolean, string, string][] = [
		[!said && kind !== 'link', 'text', 'profiles.text_needed'],
		[kind === 'link' && !isWebAddress(url), 'url', 'profiles.link_shape'],
		[since !== null && until !== null && until < since, 'until', 'profiles.until_before'],
	];
	return wrong.filter(([is]) => is).map(([, field, key]) => ({ field: `${field}.${index}`, key }));
}

function yearFrom(typed: string, field: string, problems: Problem[]): number | null {
	if (!typed) return null;
	const year = Number(typed);
	if (/^\d{4}$/.test(typed) && year >= 1900 && year <= 2100) return year;
	problems.push({ field, key: 'profiles.year_shape' });
	return null;
}

function isWebAddress(typed: string): boolean {
	const url = URL.parse(typed);
	return url !== null && /^https?:$/.test(url.protocol) && !url.username && !url.password;
}

async function putRow(tx: Tx, viewer: Viewer, kind: RowKind, row: Row, position: number): Promise<void> {
	const value = JSON.stringify(
		kind === 'link'
			? { text: row.text, url: row.url }
			: { text: row.text, ...(row.place && { place: row.place }) },
	);
	const day = (year: number | null) => sql`make_date(${year}::int, 1, 1)`;
	const changed = row.id
		? await tx.run(sql`update profiles.field set value = ${value}::jsonb, started = ${day(row.since)}, ended = ${day(row.until)},
			audience = ${row.audience}, position = ${position}, changed_at = now()
		where field.id::text = ${row.id} and field.kind = ${kind} and ${fields.edit(viewer)}`)
		: 0;
	if (changed) return;
	await tx.run(sql`insert into profiles.field (id, person_id, kind, value, started, ended, audience, position)
		values (${newId()}, ${viewer.id}::uuid, ${kind}, ${value}::jsonb, ${day(row.since)}, ${day(row.until)}, ${row.audience}, ${position})`);
}

/** Writes a line of which there is one: what it says, and to whom. */
export const putOne = (
	tx: Tx,
	viewer: Viewer,
	kind: 'about' | 'phone' | 'email' | 'unit' | 'photo',
	to: Audience,
	value: object = {},
) =>
	tx.run(sql`insert into profiles.field (id, person_id, kind, value, audience) values (${newId()}, ${viewer.id}::uuid, ${kind}, ${JSON.stringify(value)}::jsonb, ${to})
		on conflict (person_id, kind) where kind in ('about', 'phone', 'email', 'unit', 'photo')
		do update set value = excluded.value, audience = excluded.audience, changed_at = now()`);

export const AboutForm = v.object({ about: text(2000), audience });

/** Says a few words about oneself; empty takes them away. */
export const saveAbout = (
	viewer: Viewer,
	{ about, audience: to }: v.InferOutput<typeof AboutForm>,
): Promise<void> =>
	write(viewer, async (tx) => {
		if (!isActive(viewer)) throw forbidden();
		if (about) await putOne(tx, viewer, 'about', to, { text: about });
		else await tx.run(sql`delete from profiles.field where field.kind = 'about' and ${fields.edit(viewer)}`);
	});

export const ReachForm = v.object({
	phone: text(40),
	phone_audience: audience,
	email_audience: audience,
	unit_audience: audience,
});

/** Keeps the phone, and says who may open it, the e-mail address and the unit. Throws Invalid at `phone`. */
export const saveReach = async (viewer: Viewer, form: v.InferOutput<typeof ReachForm>): Promise<void> => {
	const phone = form.phone ? phoneFrom(form.phone) : null;
	if (form.phone && !phone) throw invalidField('phone', 'profiles.phone_shape');
	return write(viewer, async (tx) => {
		if (!isActive(viewer)) throw forbidden();
		await keepPhone(tx, viewer.id!, phone);
		await putOne(tx, viewer, 'phone', phone ? form.phone_audience : 'me');
		await putOne(tx, viewer, 'email', form.email_audience);
		await putOne(tx, viewer, 'unit', form.unit_audience, { units: viewer.units });
	});
};
