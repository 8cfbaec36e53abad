import { type ThemeName, themes } from '../census/columns.ts';
import { type Asked, type Criterion, type Goal, goals } from '../measures/criteria.ts';
import { type Circles, circleNames } from './circles.ts';

/** What a reader asks of the map, as its address says it. */
export interface Question {
	/** A unit or the code of a commune; null: the closest unit. */
	at: string | null;
	goal: Goal;
	/** Two, when the reader changed them. */
	criteria: Criterion[];
	election: string | null;
	/** A figure to tell besides the criteria, where there is one. */
	beside?: Asked;
	/** Numbers to show as circles over the colours. */
	circles?: Circles | null;
	sort: Sort;
}

/** How the table is sorted. */
export type Sort = 'rank' | 'key' | 'registered' | 'first' | 'second';
const sorts: Sort[] = ['rank', 'key', 'registered', 'first', 'second'];

/** Goals as addresses say them. */
export const goalNames: Record<Goal, string> = {
	door_to_door: 'porte-a-porte',
	leaflets: 'tractage',
	meeting: 'reunion',
};

/** What results tell, besides the themes of the census. */
export const fromResults = [
	'abstention',
	'our_share',
	'falling',
	'volatile',
	'reserve',
	'per_doors',
] as const;
const known = new Set<string>([...fromResults, ...Object.keys(themes)]);

/** A criterion as an address says it: `abstention-high`. Null for what is not known. */
export function criterionIn(text: string | null, weight: string | null): Criterion | null {
	const [asked = '', toward = ''] = (text ?? '').split('-');
	if (!known.has(asked) || (toward !== 'high' && toward !== 'low')) return null;
	return { asked: asked as Asked, toward, weight: weightIn(weight) };
}

/** From 1, a little, to 5, a lot; 3 unless said. */
function weightIn(text: string | null): number {
	const weight = Number(text);
	return Number.isInteger(weight) && weight >= 1 && weight <= 5 ? weight : 3;
}

/** The same, as the address says it. */
export const criterionName = ({ asked, toward }: Pick<Criterion, 'asked' | 'toward'>) => `${asked}-${toward}`;

/** Reads the address; what is not understood is as if it were not there. */
export function questionIn(query: URLSearchParams): Question {
	const named = (Object.keys(goalNames) as Goal[]).find((goal) => goalNames[goal] === query.get('but'));
	const criteria = [1, 2].map((n) => criterionIn(query.get(`c${n}`), query.get(`p${n}`)));
	const circles = (['ours', 'absent'] as const).find((one) => circleNames[one] === query.get('vue'));
	const sort = sorts.find((one) => one === query.get('tri'));
	return {
		at: query.get('ou'),
		goal: named ?? 'door_to_door',
		criteria: criteria.every((one) => one !== null) ? criteria : [],
		election: query.get('scrutin'),
		circles: circles ?? null,
		sort: sort ?? 'rank',
	};
}

/** The criteria of the question, else those of its goal; one that cannot be answered here gives way to the next that can. */
export function criteriaFor(
	question: Pick<Question, 'goal' | 'criteria'>,
	answerable: (asked: Asked) => boolean,
): Criterion[] {
	const asked: Criterion[] = [
		...question.criteria,
		...goals[question.goal].map((one) => ({ ...one, weight: 3 })),
	];
	const others: Criterion[] = (['abstention', ...(Object.keys(themes) as ThemeName[])] as Asked[]).map(
		(one) => ({
			asked: one,
			toward: 'high',
			weight: 3,
		}),
	);
	const kept: Criterion[] = [];
	for (const one of [...asked, ...others])
		if (kept.length < 2 && answerable(one.asked) && !kept.some((other) => other.asked === one.asked))
			kept.push(one);
	return kept;
}

/** Where the sheet of a station is, at one round when it is said. */
export const stationAddress = (key: string, election?: string | null): string =>
	`/carte/bureaux/${encodeURIComponent(key)}${election ? `?scrutin=${encodeURIComponent(election)}` : ''}`;

/** The address of the same question; `changed` replaces parts of it, null takes them away. */
export function addressOf(
	path: string,
	{ at, goal, criteria, election, circles }: Omit<Question, 'sort' | 'beside'>,
	changed: Record<string, string | null> = {},
): string {
	const parts: Record<string, string | null> = { ou: at, but: goalNames[goal], scrutin: election };
	if (circles) parts.vue = circleNames[circles];
	for (const [n, one] of criteria.entries())
		Object.assign(parts, { [`c${n + 1}`]: criterionName(one), [`p${n + 1}`]: String(one.weight) });
	const query = new URLSearchParams();
	for (const [name, value] of Object.entries({ ...parts, ...changed })) if (value) query.set(name, value);
	return `${path}?${query}`;
}
