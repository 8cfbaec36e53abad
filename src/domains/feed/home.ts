import { type Far, type SubjectName, subjectsIn } from '#domains/groups/index.ts';
import { type Noun, type UnitSign, unitsAbove } from '#domains/territory/index.ts';
import { read, type Tx } from '#platform/db.ts';
import { notFound } from '#platform/errors.ts';
import { type Sql, sql } from '#platform/sql.ts';
import type { NameOf } from '#platform/text/markdown.ts';
import { readTogether } from '#platform/together.ts';
import { isActive, type Viewer } from '#platform/viewer.ts';
import { candidatesOf, seenAmong } from './candidates.ts';
import { type Card, cards, namesIn } from './cards.ts';
import { draftOf } from './draft.ts';
import { firstSteps, type Steps } from './first-steps.ts';
import { bestFirst, candidatesWithAfar, withAfar } from './from-afar.ts';
import { type Held, heldFiles } from './held.ts';
import { levelCount, type Places, placesOf, subjectOfGroup } from './place.ts';
import type { Candidate, Reason, Scope } from './skeleton.ts';
import { type Preview, previews } from './thread.ts';

/** Posts of one page. */
export const pageSize = 20;
/** How many more candidates than shown: what the rules may take away without another round. */
const spare = 3;
const rounds = 3;

/** A level of the viewer's, as a scope of the feed. */
export interface Level extends UnitSign {
	kind: Noun;
}

/** One page of posts, and where the next one begins; null: "tu es à jour". */
export interface Page {
	/** `far`: from how far away one came by a subject. */
	cards: (Card & { reason: Reason; far?: Far })[];
	next: string | null;
}

/** Posts of a list, and where the next ones begin. */
export interface Listed {
	cards: Card[];
	next: string | null;
}

/** Everything the home page shows. */
export interface Home extends Page {
	scope: Scope;
	levels: Level[];
	/** The name of the place where the viewer would write first. */
	place: string | undefined;
	draft: string;
	previews: Map<string, Preview[]>;
	nameOf: NameOf;
	steps: Steps | null;
}

/** `tout`, `amis` or the slug of a level, as the address says it. Unknown ones do not exist. */
function scopeFrom(view: string | null, levels: Promise<Level[]>): Scope | Promise<Scope> {
	if (!view || view === 'tout') return { kind: 'all' };
	if (view === 'amis') return { kind: 'friends' };
	return levels.then((known) => {
		const level = known.find(({ slug }) => slug === view);
		if (!level) throw notFound();
		return { kind: 'unit', unitId: level.id };
	});
}

/** The viewer's units and those above, from the ground up. */
const levelsOf = (tx: Tx, viewer: Viewer) =>
	tx.many<Level>(sql`
	select unit.id, unit.name, unit.slug, unit_kind.depth, ${levelCount} as levels, unit_kind.name as kind
	from territory.unit join territory.unit_kind on unit_kind.id = unit.kind_id
	where unit.id = any (${unitsAbove(viewer)}) order by unit_kind.depth, unit.name`);

/**
 * The home of a person: by date, with why, with an end. At most ten queries, whatever the organisation's size, and most are asked
 * at once.
 */
export const home = (
	viewer: Viewer,
	view: string | null = null,
	before: string | null = null,
): Promise<Home> =>
	readTogether(viewer, async (tx) => {
		const asked = levelsOf(tx, viewer);
		const [levels, posts, place, draft, steps] = await Promise.all([
			asked,
			postsAt(tx, viewer, scopeFrom(view, asked), before),
			firstPlace(tx, viewer, asked),
			before ? '' : draftOf(tx, viewer, 'feed'),
			before ? null : firstSteps(tx, viewer),
		]);
		return { ...posts, levels, place, draft, steps };
	});

// Their own unit, which is one of their levels; the composer counts who is reached, and the home does not.
async function firstPlace(tx: Tx, viewer: Viewer, asked: Promise<Level[]>): Promise<string | undefined> {
	const [own] = viewer.units;
	if (own && isActive(viewer)) return (await asked).find(({ id }) => id === own)?.name;
	return (await placesOf(tx, viewer)).choices.find(({ unit }) => unit)?.unit?.name;
}

async function postsAt(tx: Tx, viewer: Viewer, asked: Scope | Promise<Scope>, before: string | null) {
	const scope = asked instanceof Promise ? await asked : asked;
	const said = new Map<string, Preview[]>();
	const page = await pageOf(tx, viewer, scope, before, {
		withAfar: scope.kind === 'all',
		beside: async (ids) => {
			for (const [id, words] of await previews(tx, viewer, ids)) said.set(id, words);
		},
	});
	const shown = new Map(page.cards.flatMap(({ id }) => (said.has(id) ? [[id, said.get(id)!]] : [])));
	const texts = [...page.cards, ...[...shown.values()].flat()].map(({ text }) => text);
	return { ...page, scope, previews: shown, nameOf: await namesIn(tx, viewer, texts) };
}

/** What the page to write on needs. */
export interface Writing {
	places: Places;
	draft: string;
	/** Files of a try that was refused. */
	held: Held[];
	subjects: SubjectName[];
	/** The one of the group that one comes from. */
	subject: string;
}

/** What is needed to write: to whom, on what, the draft, and the files of a try that was refused. */
export const composer = (viewer: Viewer, groupId: string | null = null): Promise<Writing> =>
	read(viewer, async (tx) => ({
		places: await placesOf(tx, viewer),
		draft: await draftOf(tx, viewer, 'feed'),
		held: await heldFiles(tx, viewer),
		subjects: await subjectsIn(tx),
		subject: groupId ? await subjectOfGroup(tx, viewer, groupId) : '',
	}));

interface Asking {
	size?: number;
	/** With what is said elsewhere of the subjects that the viewer lets come home. */
	withAfar?: boolean;
	/** That included, never more than `size`: what is cut off begins the next page. */
	isExact?: boolean;
	/** Reads what goes with posts that may be shown, while their rules are asked. */
	beside?(ids: string[]): Promise<void>;
}

/**
 * One page of a scope: skeleton, then rows and rules together. Goes on when the rules left too few, three times at most. What is
 * said elsewhere is looked for in the span of the first round.
 */
export async function pageOf(
	tx: Tx,
	viewer: Viewer,
	scope: Scope,
	before: string | null,
	{ size = pageSize, withAfar: isAfar = false, isExact = false, beside = async () => {} }: Asking = {},
): Promise<Page> {
	const page: Page = { cards: [], next: before };
	const afar: Page['cards'] = [];
	for (let round = 0; round < rounds && page.cards.length < size; round++) {
		const { own, far } =
			isAfar && !round
				? await candidatesWithAfar(tx, viewer, before, size + spare)
				: await candidatesOf(tx, viewer, scope, page.next, size + spare);
		const wanted = size - page.cards.length;
		const asked = [...far, ...own];
		const [seen] = await Promise.all([
			seenAmong(tx, viewer, asked, wanted + 1 + far.length),
			beside(asked.map(({ id }) => id)),
		]);
		const mine = seen.filter(({ reason }) => reason !== 'subject');
		afar.push(...bestFirst(seen, far));
		page.cards.push(...mine.slice(0, wanted));
		page.next = nextOf(page, own, mine.length > wanted, size + spare);
		if (!page.next) break;
	}
	const whole = withAfar(page, afar, !before);
	return isExact ? upTo(size, whole) : whole;
}

// Both kinds are in one order, that of the cursor.
function upTo(size: number, page: Page): Page {
	const cards = page.cards.slice(0, size);
	return cards.length < page.cards.length ? { ...page, cards, next: cards.at(-1)!.id } : page;
}

// More was seen than shown: go on after the last one shown. Else after the last candidate, if there may be others.
function nextOf(page: Page, candidates: Candidate[], isCut: boolean, asked: number): string | null {
	if (isCut) return page.cards.at(-1)?.id ?? null;
	return candidates.length < asked ? null : (candidates.at(-1)?.id ?? null);
}

/** Posts by a condition, newest first: for the pages of a person and of a unit. */
const listed = (viewer: Viewer, where: Sql, before: string | null, size: number): Promise<Listed> =>
	read(viewer, async (tx) => {
		const rows = await cards(
			tx,
			viewer,
			sql`${where} and post.deleted_at is null and post.undone_at is null
			${before ? sql`and post.id < ${before}::uuid` : sql``}`,
			size + 1,
		);
		return { cards: rows.slice(0, size), next: rows.length > size ? rows[size - 1]!.id : null };
	});

/** Posts of one person that the viewer sees. What they say for a unit is the unit's. */
export const postsOf = (viewer: Viewer, authorId: string, before: string | null = null, size = pageSize) =>
	listed(viewer, sql`post.author_id = ${authorId}::uuid and post.as_unit_id is null`, before, size);
