import { publishAs } from '#domains/feed/index.ts';
import { asSystem, type Tx } from '#platform/db.ts';
import { redrawFile, takeIn } from '#platform/files/keep.ts';
import { sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';
import type { Someone } from './crowd.ts';
import { drawPicture } from './pictures.ts';
import type { Chance } from './random.ts';
import { drawChime } from './sounds.ts';
import { answers, federationPosts, hello, nationalPosts, polls, sectionPosts, statuses } from './texts.ts';

const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);

interface Drawn {
	kind: 'market' | 'hall' | 'hill';
	description: string;
}
const pictures: Drawn[] = [
	{
		kind: 'market',
		description:
			'Dessin : un stand rayé rouge et blanc, trois personnes derrière la table, des maisons et un grand soleil.',
	},
	{
		kind: 'hall',
		description: 'Dessin : une salle de réunion, cinq personnes devant un tableau où monte une courbe.',
	},
	{ kind: 'hill', description: 'Dessin : des collines vertes, des sapins et un soleil d’hiver.' },
];

async function picture(luck: Chance, which = luck.below(3)) {
	const { kind, description } = pictures[which]!;
	const bytes = await drawPicture(kind, luck);
	return {
		upload: await takeIn(new File([new Uint8Array(bytes)], `${kind}.png`, { type: 'image/png' })),
		description,
	};
}

/** A sound and what is heard in it. */
const chime = async () => ({
	upload: await takeIn(new File([new Uint8Array(drawChime())], 'sonnette.wav', { type: 'audio/wav' })),
	description: 'Quatre notes de cloche qui montent : do, mi, sol, do.',
});

interface Place {
	id: string;
	kind: string;
	code: string;
	speaker: string | null;
}

/** Fills the feeds: each section says something, some with pictures and polls; people answer and thank. */
export async function talk(people: Someone[], luck: Chance): Promise<void> {
	const places = await asSystem('demo', (tx) =>
		tx.many<Place>(sql`
			select unit.id, unit_kind.key as kind, unit.code, (select term.person_id from territory.term join territory.office on office.id = term.office_id
				where term.unit_id = unit.id and office.leads and term.ends_at is null limit 1) as speaker
			from territory.unit join territory.unit_kind on unit_kind.id = unit.kind_id order by unit.code`),
	);
	const near = Map.groupBy(people, ({ unitId }) => unitId);
	for (const place of places) {
		const crowd = place.kind === 'section' ? (near.get(place.id) ?? []) : luck.some(people, 40);
		await asSystem('demo', (tx) => speakIn(tx, place, crowd, luck));
	}
	await asSystem('demo', (tx) => mainStreet(tx, near.get(idOf('villebrume')) ?? [], luck));
	await asSystem('demo', (tx) => setStatuses(tx, people, luck));
	await drawFirstSeen();
}

/** The pictures of the first page one opens are there with it; the others come with the usual job. */
async function drawFirstSeen(): Promise<void> {
	const waiting = await asSystem('demo', (tx) =>
		tx.many<{ id: string }>(sql`
			select file.id from platform.file join feed.post on post.id = file.holder_id
			where post.unit_id = ${idOf('villebrume')}::uuid and file.state = 'waiting'`),
	);
	for (const { id } of waiting) await redrawFile(id, (work) => asSystem('demo', work));
}

/** Here and there a section where nobody has said anything for more than two months: a sign that their officers see. */
const isQuiet = ({ kind, code }: Place) => kind === 'section' && /[36]$/.test(code);
const monthsOfQuiet = 24 * 75;

async function speakIn(tx: Tx, place: Place, crowd: Someone[], luck: Chance): Promise<void> {
	if (!crowd.length) return;
	const texts =
		{
			section: sectionPosts,
			federation: federationPosts,
			region: federationPosts.slice(2),
			national: nationalPosts.slice(1),
		}[place.kind] ?? [];
	const said = luck.some(texts, place.kind === 'section' ? 1 + luck.below(3) : 3);
	for (const text of said) {
		const hours = 20 + luck.below(900) + (isQuiet(place) ? monthsOfQuiet : 0);
		const isOfficial = place.kind !== 'section' || luck.below(3) === 0;
		if (isOfficial && !place.speaker) continue;
		await publishAs(tx, {
			authorId: isOfficial ? place.speaker! : luck.pick(crowd).id,
			asUnitId: isOfficial ? place.id : null,
			unitId: place.id,
			audience: place.kind === 'national' ? 'members' : 'unit',
			text,
			at: hoursAgo(hours),
			...(luck.below(4) === 0 && place.kind === 'section' && { files: [await picture(luck)] }),
			comments: commentsOf(crowd, luck, luck.below(4), hours),
			thankedBy: luck.some(crowd, luck.below(Math.min(18, crowd.length))).map(({ id }) => id),
		});
	}
}

const commentsOf = (crowd: Someone[], luck: Chance, count: number, hours: number) =>
	luck.some(answers, count).map((text, index) => ({
		authorId: luck.pick(crowd).id,
		text,
		at: hoursAgo(hours - (index + 1) * hours * 0.02 - 0.3),
	}));

/** Villebrume, where one enters the demonstration: what the pictures of the design show. */
async function mainStreet(tx: Tx, crowd: Someone[], luck: Chance): Promise<void> {
	const unitId = idOf('villebrume');
	const thankedBy = luck.some(crowd, 18).map(({ id }) => id);
	const say = (authorId: string, text: string, hours: number, more: object = {}) =>
		publishAs(tx, { authorId, unitId, audience: 'unit', text, at: hoursAgo(hours), comments: [], ...more });
	await say(idOf('sabrina'), nationalPosts[0]!, 20, {
		unitId: idOf('national'),
		asUnitId: idOf('national'),
		audience: 'network',
		thankedBy: luck.some(crowd, 9).map(({ id }) => id),
	});
	await say(idOf('mathis'), sectionPosts[0]!, 3, {
		files: [await picture(luck, 0)],
		thankedBy,
		comments: [
			{ authorId: idOf('gerard'), text: answers[2]!, at: hoursAgo(2.5) },
			{ authorId: idOf('odile'), text: 'Je passe te prendre à 9 h 40.', at: hoursAgo(2) },
			...commentsOf(crowd, luck, 2, 2),
		],
	});
	await say(luck.pick(crowd).id, hello[0]!, 30, {
		comments: [{ authorId: idOf('samuel'), text: answers[7]!, at: hoursAgo(29) }],
	});
	await say(idOf('gerard'), 'La nouvelle sonnette du local. On la garde ?', 28, { files: [await chime()] });
	const poll = await say(idOf('samuel'), polls[0]!.text, 7, {
		asUnitId: unitId,
		poll: { ...polls[0]!, endsAt: hoursAgo(-72) },
	});
	await vote(tx, poll, crowd, luck, polls[0]!);
	await say(idOf('yamina'), federationPosts[0]!, 26, {
		unitId: idOf('valdorsande'),
		asUnitId: idOf('valdorsande'),
	});
	const done = await say(idOf('samuel'), polls[1]!.text, 400, {
		asUnitId: unitId,
		poll: { ...polls[1]!, endsAt: hoursAgo(200) },
	});
	await vote(tx, done, crowd, luck, polls[1]!);
}

async function vote(
	tx: Tx,
	postId: string,
	crowd: Someone[],
	luck: Chance,
	{ several }: { several: boolean },
): Promise<void> {
	const options = await tx.many<{ id: string }>(
		sql`select id from feed.option where post_id = ${postId}::uuid order by position`,
	);
	const votes = luck
		.some(crowd, 14)
		.flatMap(({ id }) =>
			luck
				.some(options, several ? 1 + luck.below(2) : 1)
				.map((option) => ({ person: id, option: option.id })),
		);
	await tx.run(sql`insert into feed.vote (person_id, option_id, post_id) select given.person, given.option, ${postId}::uuid
		from jsonb_to_recordset(${JSON.stringify(votes)}::jsonb) as given (person uuid, option uuid)`);
	await tx.run(
		sql`update feed.option set votes = (select count(*) from feed.vote where vote.option_id = option.id) where post_id = ${postId}::uuid`,
	);
	await tx.run(
		sql`update feed.poll set voters = (select count(distinct person_id) from feed.vote where vote.post_id = poll.post_id) where post_id = ${postId}::uuid`,
	);
}

async function setStatuses(tx: Tx, people: Someone[], luck: Chance): Promise<void> {
	for (const { id } of [...luck.some(people, 30), { id: idOf('samuel') }]) {
		await tx.run(
			sql`update people.person set status_text = ${luck.pick(statuses)}, status_until = now() + interval '2 days' where id = ${id}::uuid`,
		);
	}
}
