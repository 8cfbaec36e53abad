import { publishAs } from '#domains/feed/index.ts';
import { offerAs, openAs } from '#domains/groups/index.ts';
import { asSystem, type Tx } from '#platform/db.ts';
import { type CastName, idOf, type UnitKey } from '#tests/party.ts';
import type { Someone } from './crowd.ts';
import { type GroupTexts, groupTexts } from './group-texts.ts';
import type { Chance } from './random.ts';

const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);

interface Cast {
	owner: CastName;
	home: UnitKey;
	/** Of the cast; the crowd comes besides. */
	people: CastName[];
	crowd: number;
	unit?: UnitKey;
	successor?: CastName;
	asked?: [CastName, string][];
	invited?: CastName[];
	/** Hours since the last word. */
	quiet: number;
	isAsleep?: true;
}

/** Who is in each group of the demonstration, in the order of its texts. */
const casts: Cast[] = [
	{
		owner: 'odile',
		home: 'villebrume',
		people: ['mathis', 'gerard', 'ines'],
		crowd: 24,
		successor: 'gerard',
		quiet: 4,
	},
	{
		owner: 'ines',
		home: 'montclairval',
		people: ['odile', 'yamina', 'noemie'],
		crowd: 15,
		asked: [['mathis', 'Je prends le 7 tous les matins, j’ai des relevés à partager.']],
		quiet: 9,
	},
	{
		owner: 'samuel',
		home: 'villebrume',
		people: ['odile', 'gerard'],
		crowd: 8,
		unit: 'villebrume',
		quiet: 30,
	},
	{
		owner: 'fanny',
		home: 'pontsarvan',
		people: ['tidiane', 'driss', 'odile'],
		crowd: 19,
		quiet: 14,
		invited: ['mathis'],
	},
	{ owner: 'gerard', home: 'villebrume', people: ['lucien'], crowd: 5, quiet: 50, invited: ['odile'] },
	{ owner: 'tidiane', home: 'pontsarvan', people: ['mathis', 'ines'], crowd: 31, quiet: 7 },
	{ owner: 'leontine', home: 'orsande', people: ['yamina', 'samuel'], crowd: 12, unit: 'orsande', quiet: 70 },
	{ owner: 'noemie', home: 'castelmauve', people: ['odile'], crowd: 3, quiet: 24 * 200, isAsleep: true },
];

/** Eight groups that live, or slept in, each with what its people say; and some who say what they bring to a subject. */
export async function gatherGroups(people: Someone[], luck: Chance): Promise<void> {
	for (const [index, texts] of groupTexts.entries())
		await asSystem('demo', (tx) => live(tx, texts, casts[index]!, people, luck));
	await asSystem('demo', (tx) => offer(tx, people, luck));
}

async function live(tx: Tx, texts: GroupTexts, cast: Cast, people: Someone[], luck: Chance): Promise<void> {
	const crowd = luck.some(people, cast.crowd).map(({ id }) => id);
	const insiders = [cast.owner, ...cast.people].map(idOf).concat(crowd);
	const id = await openAs(tx, {
		...texts,
		unitId: cast.unit ? idOf(cast.unit) : null,
		homeId: idOf(cast.home),
		ownerId: idOf(cast.owner),
		successorId: cast.successor ? idOf(cast.successor) : null,
		people: insiders,
		asked: (cast.asked ?? []).map(([name, note]) => ({ personId: idOf(name), note })),
		invited: (cast.invited ?? []).map(idOf),
		at: hoursAgo(cast.quiet + 24 * 60),
		activeAt: hoursAgo(cast.quiet),
		...(cast.isAsleep && { isAsleep: true }),
	});
	for (const [index, text] of texts.said.entries()) {
		const hours = cast.quiet + (texts.said.length - 1 - index) * 31;
		await publishAs(tx, {
			authorId: insiders[index % Math.min(insiders.length, 4)]!,
			unitId: null,
			groupId: id,
			audience: 'group',
			text,
			at: hoursAgo(hours),
			poll: null,
			linkUrl: null,
			comments: texts.answers.slice(0, index === texts.said.length - 1 ? 2 : 0).map((answer, n) => ({
				authorId: insiders[(n + 1) % insiders.length]!,
				text: answer,
				at: hoursAgo(hours - 1 - n),
			})),
			thankedBy: luck.some(insiders, luck.below(Math.min(9, insiders.length))),
		});
	}
}

const offers: [string, string[]][] = [
	[
		'transports',
		['Je sais lire un contrat de délégation.', 'Dix ans de conduite de bus.', 'Une salle le jeudi soir.'],
	],
	['agriculture', ['Un hectare à prêter.', 'Je connais les circuits courts.']],
	['logement', ['Juriste, deux heures par semaine.', 'J’ai monté une coopérative d’habitants.']],
];

async function offer(tx: Tx, people: Someone[], luck: Chance): Promise<void> {
	for (const [slug, texts] of offers) {
		const some = luck.some(people, texts.length);
		await offerAs(
			tx,
			slug,
			some.map(({ id, unitId }, index) => ({ id, unitId, brings: texts[index]! })),
		);
	}
}
