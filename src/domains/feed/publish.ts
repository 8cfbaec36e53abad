import * as v from 'valibot';
import { agree, agrees, holdConsents, publicWords } from '#domains/people/index.ts';
import { read, type Tx, write } from '#platform/db.ts';
import { forbidden, invalid, invalidField, type Problem, Refusal } from '#platform/errors.ts';
import { orGiveUp } from '#platform/files/leave.ts';
import { parse } from '#platform/http/parse.ts';
import { detectPersonal } from '#platform/text/personal.ts';
import { idText, line } from '#platform/text/typed.ts';
import { isActive, type Viewer } from '#platform/viewer.ts';
import { dropDraft } from './draft.ts';
import { attachHeld, dropHeld, type Held, heldFiles, holdFiles } from './held.ts';
import { namedIds, pictureWords, soundWords, subjectChosen, webAddress, writtenText } from './input.ts';
import { keepWithin } from './limits.ts';
import { type Arrived, arrive } from './media.ts';
import { named } from './named.ts';
import { audienceFrom, postsIn, postsInCircle, speaksFor, type To } from './place.ts';
import type { Audience } from './policy.ts';
import { insertPost, type NewPost } from './post.ts';
import { checkSubject } from './subject.ts';

/** Seconds to take a post back before anybody sees it or is told. */
export const undoSeconds = 10;

// A field left empty comes as an empty file, or as an empty text, as the browser likes.
const file = v.pipe(
	v.union([v.custom<File>((value) => value instanceof File), v.literal('')], 'feed.file_unreadable'),
	v.transform((sent) => (sent === '' || !sent.size ? null : sent)),
);

/** The form of a new post. `personal_ok` answers the question about a phone number or an address found in the text. */
export const PublishForm = v.object({
	text: v.optional(writtenText, ''),
	audience: v.pipe(
		v.string('feed.audience_needed'),
		v.description('`public`, `network`, `members`, `friends`, `unit:` and an id, or `group:` and an id'),
		v.transform(audienceFrom),
		v.check((to) => to !== null, 'feed.audience_needed'),
	),
	as: v.optional(v.union([v.literal(''), idText], 'feed.voice_refused'), ''),
	subject: v.optional(subjectChosen, ''),
	link_url: webAddress,
	video_url: webAddress,
	photos: v.optional(v.pipe(v.array(file), v.maxLength(4, 'feed.photos_too_many')), []),
	descriptions: v.optional(v.pipe(v.array(pictureWords), v.maxLength(4)), []),
	document: v.optional(file),
	sound: v.optional(file),
	sound_words: v.optional(soundWords, ''),
	options: v.optional(
		v.pipe(
			v.array(line(120, 'feed.option_too_long')),
			v.transform((labels) => labels.filter(Boolean)),
			v.maxLength(10, 'feed.options_too_many'),
		),
		[],
	),
	several: v.optional(v.string()),
	poll_days: v.optional(v.picklist(['1', '3', '7', '14', '30'], 'feed.poll_days_shape'), '7'),
	personal_ok: v.optional(v.string()),
	/** Answers, the first time, whether one's name may stand beside words that everybody reads. */
	public_ok: v.optional(v.string()),
	named: namedIds,
	/** Files of a try that was refused, to be kept. */
	held: v.optional(v.pipe(v.array(idText), v.maxLength(10, 'feed.photos_too_many')), []),
});
export type Publication = Omit<
	v.InferOutput<typeof PublishForm>,
	'named' | 'held' | 'sound_words' | 'subject'
> & {
	subject?: string;
	sound_words?: string;
	named?: string[];
	held?: string[];
	/** Not sent by the page of a new post (a program, a letter): the draft and the files that wait there stay. */
	elsewhere?: true;
};

/** Publishes what a page sent; when it is refused, the files that came with it wait for the next try. */
export const publishSent = (viewer: Viewer, sent: Record<string, unknown>): Promise<string> =>
	Promise.resolve()
		.then(() => publish(viewer, parse(PublishForm, sent)))
		.catch(async (refusal: unknown) => {
			if (refusal instanceof Refusal && refusal.problems.length) await holdFiles(viewer, sent);
			throw refusal;
		});

/** Publishes: seen by its author at once, by the others ten seconds later. Gives the id of the post. */
export async function publish(viewer: Viewer, input: Publication): Promise<string> {
	if (!isActive(viewer)) throw forbidden();
	const problems = problemsOf(input);
	if (problems.length) throw invalid(problems);
	const { text, waiting } = await read(viewer, async (tx) => {
		await checkVoice(tx, viewer, input);
		const waiting = input.elsewhere ? [] : await heldFiles(tx, viewer);
		checkHeld(waiting, input);
		return { text: await named(tx, viewer, input.text, input.named), waiting };
	});
	const arrived = await arrive(input);
	const uploads = arrived.map(({ upload }) => upload);
	const published = await orGiveUp(uploads, () =>
		write(viewer, (tx) => put(tx, viewer, { ...input, text }, arrived)),
	);
	if (waiting.length) await dropHeld(viewer);
	return published;
}

async function put(tx: Tx, viewer: Viewer, input: Publication, arrived: Arrived[]): Promise<string> {
	if (isOwnPublic(input)) await holdConsents(tx, viewer);
	const post = await checked(tx, viewer, input);
	await keepWithin(tx, viewer, 'post');
	const id = await insertPost(tx, post, arrived);
	if (isOwnPublic(input) && input.public_ok) await agree(tx, viewer, said);
	await attachHeld(tx, viewer, id, {
		ids: input.held ?? [],
		words: input.sound ? '' : (input.sound_words ?? ''),
	});
	if (!input.elsewhere) await dropDraft(tx, viewer, 'feed');
	return id;
}

function problemsOf(publication: Publication): Problem[] {
	const { text, photos, document, sound, sound_words = '', options, personal_ok, held = [] } = publication;
	const sent = [...photos, document, sound, ...held].filter(Boolean);
	const problems: Problem[] = [];
	if (!text && !sent.length) problems.push({ field: 'text', key: 'feed.text_needed' });
	if (options.length === 1) problems.push({ field: 'options', key: 'feed.options_two' });
	if (new Set(options).size < options.length) problems.push({ field: 'options', key: 'feed.options_twice' });
	if (options.length && !text) problems.push({ field: 'text', key: 'feed.question_needed' });
	return problems.length || personal_ok ? problems : personalProblems(`${text}\n${sound_words}`);
}

/** The question asked when a text holds somebody's phone number or address; never a refusal. */
export function personalProblems(text: string): Problem[] {
	const [first] = detectPersonal(text);
	return first ? [{ field: 'personal_ok', key: 'feed.personal_question', args: { found: first.found } }] : [];
}

// Words said for a unit are the unit's; one's own, read by everybody, tell the world of which party one is.
const isOwnPublic = ({ audience, as }: Publication) => audience!.audience === 'public' && !as;
/** The words of `feed.public_question`, by the day they were written: another meaning is asked again. */
const said = { purpose: publicWords, textVersion: '2026-11', proof: 'feed.publish' };

/** Never published outside the network in somebody's name without their recorded agreement (GDPR, article 9(2)(d)). */
async function askToBeRead(tx: Tx, viewer: Viewer, input: Publication): Promise<void> {
	if (!isOwnPublic(input) || input.public_ok || (await agrees(tx, viewer, publicWords))) return;
	throw invalidField('public_ok', 'feed.public_question');
}

async function checkVoice(tx: Tx, viewer: Viewer, input: Publication): Promise<void> {
	const { audience, as } = input;
	if (as && !(await speaksFor(tx, viewer, as))) throw invalidField('as', 'feed.voice_refused');
	if (!(await mayTell(tx, viewer, audience!))) throw invalidField('audience', 'feed.audience_refused');
	if (as && (audience!.audience === 'friends' || audience!.audience === 'group'))
		throw invalidField('audience', 'feed.audience_not_unit');
	await askToBeRead(tx, viewer, input);
}

async function mayTell(tx: Tx, viewer: Viewer, { audience, unitId, groupId }: To): Promise<boolean> {
	if (unitId) return postsIn(tx, viewer, unitId);
	if (groupId) return postsInCircle(tx, viewer, groupId);
	return audience !== 'members' || viewer.standing === 'member';
}

// Pictures held and pictures sent are one post's: no more than four. Words of a sound go with one.
function checkHeld(waiting: Held[], { held = [], photos, sound, sound_words }: Publication): void {
	const kept = waiting.filter(({ id }) => held.includes(id));
	if (kept.length < held.length) throw invalidField('photos', 'feed.held_gone');
	if (kept.filter(({ isPicture }) => isPicture).length + photos.filter(Boolean).length > 4)
		throw invalidField('photos', 'feed.photos_too_many');
	if (sound_words && !sound && !kept.some(({ isSound }) => isSound))
		throw invalidField('sound', 'feed.sound_needed');
}

async function checked(tx: Tx, viewer: Viewer, input: Publication): Promise<NewPost> {
	await checkVoice(tx, viewer, input);
	await checkSubject(tx, input.subject);
	const { audience, unitId, groupId } = input.audience!;
	const now = Date.now();
	return {
		authorId: viewer.id!,
		asUnitId: input.as || null,
		unitId: placeOf(viewer, audience, unitId, input.as),
		groupId: groupId ?? null,
		subjectId: input.subject || null,
		audience,
		text: input.text,
		linkUrl: input.link_url || null,
		videoUrl: input.video_url || null,
		at: new Date(now),
		publishAfter: new Date(now + undoSeconds * 1000),
		poll: input.options.length
			? {
					labels: input.options,
					several: input.several === 'on',
					endsAt: new Date(now + Number(input.poll_days) * 86_400_000),
				}
			: null,
	};
}

// A wide post still has a place: the unit it is said in, whose people find it in their feed.
function placeOf(viewer: Viewer, audience: Audience, unitId: string | null, as: string): string | null {
	if (audience === 'friends' || audience === 'group') return null;
	return unitId ?? (as || viewer.units[0] || null);
}
