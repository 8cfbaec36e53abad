import * as v from 'valibot';
import { read, type Tx, write } from '#platform/db.ts';
import { notFound } from '#platform/errors.ts';
import { list, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { circlesOf } from './circles.ts';
import { type Category, categories } from './kinds.ts';
import {
	type Channel,
	type Chosen,
	channels,
	everywhere,
	isScoped,
	offered,
	offeredCategories,
	type Pace,
	type Rhythm,
	rhythmFor,
	rhythms,
} from './rhythm.ts';

/** For what a choice holds: everything, or notices of one unit or one group. */
export interface ScopeRef {
	kind: 'all' | 'unit' | 'group';
	id: string;
}
/** One row of a table of choices. */
export interface ChoiceRow {
	category: Category;
	cells: { channel: Channel; rhythm: Rhythm | 'usual'; offered: readonly (Rhythm | 'usual')[] }[];
}
/** The choices for everything, or for one unit or group that its person sees by name. */
export interface ChoiceTable {
	kind: ScopeRef['kind'];
	id: string;
	name: string;
	rows: ChoiceRow[];
	/** How many cells were decided for it. */
	decided: number;
}

const Cell = v.pipe(
	v.string('app.invalid_value'),
	v.transform((text) => text.split('.')),
	v.strictTuple([
		v.picklist(categories, 'app.invalid_value'),
		v.picklist(channels, 'app.invalid_value'),
		v.picklist([...rhythms, 'usual'], 'app.invalid_value'),
	]),
);
/** `unit:<id>`, `group:<id>`, or `all`. */
const Scope = v.pipe(
	v.string('app.invalid_value'),
	v.regex(/^(?:all|(?:unit|group):[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/, 'app.invalid_value'),
	v.transform((text): ScopeRef => {
		const [kind, id = everywhere] = text.split(':');
		return { kind: kind as ScopeRef['kind'], id };
	}),
);
export const ChoicesForm = v.object({
	scope: v.optional(Scope, 'all'),
	/** `category.channel.rhythm`; `usual` takes a decision back. */
	choices: v.optional(v.pipe(v.array(Cell), v.maxLength(200, 'app.invalid_value')), []),
});

/** What somebody decided, and their pace. */
export interface Decided {
	pace: Pace;
	chosen: Chosen[];
}

/** What a person decided, and their pace. */
export const chosenBy = async (tx: Tx, personId: string): Promise<Decided> =>
	(await chosenByAll(tx, [personId])).get(personId) ?? { pace: 'weekly', chosen: [] };

/** The same of many, by who they are. */
export async function chosenByAll(tx: Tx, personIds: readonly string[]): Promise<Map<string, Decided>> {
	const rows = await tx.many<Decided & { id: string }>(sql`select person.id, person.rhythm as pace,
		coalesce((select jsonb_agg(jsonb_build_object('category', choice.category, 'channel', choice.channel,
			'rhythm', choice.rhythm, 'scopeId', choice.scope_id)) from notices.choice where choice.person_id = person.id), '[]') as chosen
		from people.person where person.id = any (${list(personIds, 'uuid')})`);
	return new Map(rows.map(({ id, ...decided }) => [id, decided]));
}

/** Units and groups for which the viewer may set notices apart: where they belong and what is above, their groups. */
async function scopesOf(tx: Tx, viewer: Viewer): Promise<(ScopeRef & { name: string })[]> {
	const units = await tx.many<{
		id: string;
		name: string;
	}>(sql`select distinct on (cardinality(above.ancestors), above.id)
			above.id, above.name from territory.unit join territory.unit as above on above.id = any (unit.ancestors)
		where unit.id = any (array(select attachment.unit_id from territory.attachment
			where attachment.person_id = ${viewer.id}::uuid and attachment.until is null)) and above.closed_at is null
		order by cardinality(above.ancestors) desc, above.id`);
	const groups = await circlesOf(tx, viewer);
	return [
		...units.map((one) => ({ ...one, kind: 'unit' as const })),
		...groups.map((one) => ({ ...one, kind: 'group' as const })),
	];
}

const mainRows = (pace: Pace, chosen: Chosen[]): ChoiceRow[] =>
	offeredCategories().map((category) => ({
		category,
		cells: channels.map((channel) => ({
			channel,
			rhythm: rhythmFor(pace, chosen, { category, channel }),
			offered: offered(category, channel),
		})),
	}));

const scopedRows = (chosen: Chosen[], id: string): ChoiceRow[] =>
	offeredCategories()
		.filter(isScoped)
		.map((category) => ({
			category,
			cells: channels.map((channel) => ({
				channel,
				rhythm:
					chosen.find((one) => one.category === category && one.channel === channel && one.scopeId === id)
						?.rhythm ?? 'usual',
				offered: ['usual', ...offered(category, channel)],
			})),
		}));

/** The viewer's own choices: the table for everything, then one for each unit and group they may set apart. */
export const choicesOf = (viewer: Viewer): Promise<ChoiceTable[]> =>
	read(viewer, async (tx) => {
		const { pace, chosen } = await chosenBy(tx, viewer.id!);
		const decided = (id: string) => chosen.filter(({ scopeId }) => scopeId === id).length;
		return [
			{
				kind: 'all',
				id: everywhere,
				name: '',
				rows: mainRows(pace, chosen),
				decided: decided(everywhere),
			},
			...(await scopesOf(tx, viewer)).map((scope) => ({
				...scope,
				rows: scopedRows(chosen, scope.id),
				decided: decided(scope.id),
			})),
		];
	});

/** Keeps or takes back one cell, whoever it is for. */
export async function putChoice(
	tx: Tx,
	personId: string,
	{ category, channel, rhythm }: { category: Category; channel: Channel; rhythm: Rhythm | 'usual' },
	scope: ScopeRef = { kind: 'all', id: everywhere },
): Promise<void> {
	if (rhythm === 'usual')
		await tx.run(sql`delete from notices.choice where choice.person_id = ${personId}::uuid
			and choice.category = ${category} and choice.channel = ${channel} and choice.scope_id = ${scope.id}::uuid`);
	else
		await tx.run(sql`insert into notices.choice (person_id, category, channel, rhythm, scope_kind, scope_id)
			values (${personId}::uuid, ${category}, ${channel}, ${rhythm}, ${scope.kind}, ${scope.id}::uuid)
			on conflict (person_id, category, channel, scope_id) do update set rhythm = excluded.rhythm, at = now()`);
}

/** Whether the cell exists and takes this answer; what cannot be changed stays as it is. */
function mayPut(category: Category, channel: Channel, rhythm: Rhythm | 'usual', isAll: boolean): boolean {
	const offers = offered(category, channel);
	const isCell = offers.length > 1 && (isAll || isScoped(category));
	return isCell && (rhythm === 'usual' || offers.includes(rhythm));
}

/** Keeps the cells given; the others stay as they are. Throws NotFound for a unit or group that is not the viewer's. */
export const choose = (
	viewer: Viewer,
	{ scope, choices }: v.InferOutput<typeof ChoicesForm>,
): Promise<void> =>
	write(viewer, async (tx) => {
		const isAll = scope.kind === 'all';
		const isMine = (one: ScopeRef) => one.id === scope.id && one.kind === scope.kind;
		if (!isAll && !(await scopesOf(tx, viewer)).some(isMine)) throw notFound();
		for (const [category, channel, rhythm] of choices)
			if (mayPut(category, channel, rhythm, isAll))
				await putChoice(tx, viewer.id!, { category, channel, rhythm }, scope);
	});
