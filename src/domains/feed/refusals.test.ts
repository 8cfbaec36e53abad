import { beforeAll, describe, expect, test } from 'vitest';
import { openAs } from '#domains/groups/index.ts';
import { asSystem } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import { fold } from '#platform/text/fold.ts';
import { browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { as } from '#tests/stage.ts';
import { faults, refused, scene, told } from '#tests/traces.ts';
import { documentsOf } from './documents/list.ts';
import { pin, unpin } from './documents/pin.ts';
import { PublishForm } from './publish.ts';
import { conversation, mathis, odile, said, samuel, say, wordsKept } from './stage.fixture.ts';
import { thread } from './thread.ts';
import { VoteForm, vote } from './vote.ts';

conversation();

const why = (work: () => Promise<unknown>) => refused(wordsKept, work);
const dot = () =>
	new File(
		[
			new Uint8Array(
				Buffer.from(
					'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
					'base64',
				),
			),
		],
		'point.png',
		{ type: 'image/png' },
	);

describe('a post', () => {
	test('says something: words, a photo or a sound; and a poll has a question and two answers that differ', async () => {
		expect(await why(() => say(odile, ''))).toBe('Invalid: text feed.text_needed');
		expect(await why(() => say(odile, 'Quel soir ?', { options: ['Jeudi'] }))).toBe(
			'Invalid: options feed.options_two',
		);
		expect(await why(() => say(odile, 'Quel soir ?', { options: ['Jeudi', 'Jeudi'] }))).toBe(
			'Invalid: options feed.options_twice',
		);
		expect(await why(() => say(odile, '', { options: ['Oui', 'Non'], photos: [dot()] }))).toBe(
			'Invalid: text feed.question_needed',
		);
	});

	test('goes to people whom its author reaches, in the name of who lets them', async () => {
		const elsewhere = { audience: { audience: 'unit', unitId: idOf('pontsarvan') } } as const;
		expect(await why(() => say(odile, 'Bonjour', elsewhere))).toBe('Invalid: audience feed.audience_refused');
		expect(await why(() => say(odile, 'Bonjour', { as: idOf('villebrume') }))).toBe(
			'Invalid: as feed.voice_refused',
		);
		const members = { audience: { audience: 'members', unitId: null } } as const;
		expect(await why(() => say(mathis, 'Bonjour', members))).toBe('Invalid: audience feed.audience_refused');
		const friends = { audience: { audience: 'friends', unitId: null }, as: idOf('villebrume') } as const;
		expect(await why(() => say(samuel, 'Bonjour', friends))).toBe('Invalid: audience feed.audience_not_unit');
	});

	test('holds four photos, those that waited included; one that waits no more is said', async () => {
		expect(await why(() => say(odile, 'Voici', { held: [newId()] }))).toBe('Invalid: photos feed.held_gone');
		expect(
			faults(PublishForm, { text: 'Voici', audience: 'network', photos: Array.from({ length: 5 }, dot) }),
		).toEqual(['photos feed.photos_too_many']);
		const who = await browser('odile');
		const sent = { text: 'Voici', audience: 'network', 'photos[]': [dot()] };
		await who.post('/fil/publier?/publish', { ...sent, audience: 'nulle part' });
		const waiting = await asSystem('test', (tx) =>
			tx.many<{ id: string }>(sql`select id from platform.file
				where owner_id = ${idOf('odile')} and holder = 'feed.draft'`),
		);
		expect(waiting).toHaveLength(1);
		const full = { held: [waiting[0]!.id], photos: [dot(), dot(), dot(), dot()] };
		expect(await why(() => say(odile, 'Voici', full))).toBe('Invalid: photos feed.photos_too_many');
		expect(await why(() => say(mathis, 'À moi', { held: [waiting[0]!.id] }))).toBe(
			'Invalid: photos feed.held_gone',
		);
	});

	test('with the words of a sound has a sound', async () => {
		expect(await why(() => say(odile, 'Écoutez', { sound_words: 'Ce qui est dit' }))).toBe(
			'Invalid: sound feed.sound_needed',
		);
	});

	test('that names one of two people of one name asks which, and shows how to say it', async () => {
		const twin = newId();
		await scene(
			sql`insert into people.person (id, name, folded_name, confirmed_at)
				values (${twin}, 'Samuel Oudraine', ${fold('Samuel Oudraine')}, now())`,
			sql`insert into territory.attachment (id, person_id, unit_id, since) values (${newId()}, ${twin}, ${idOf('villebrume')}, '2026-01-01')`,
			sql`insert into people.membership (id, person_id, type_id, since, verified_at)
				select ${newId()}, ${twin}, id, '2026-01-01', now() from people.membership_type where key = 'member'`,
		);
		expect(await why(() => say(odile, 'Merci @Samuel Oudraine !'))).toBe(
			'Invalid: text feed.mention_ambiguous',
		);
		expect(await told(say(odile, 'Merci @Samuel Oudraine !', { named: [twin] }))).toBe('done');
	});
});

describe('a poll', () => {
	let single: string;
	let options: string[];
	beforeAll(async () => {
		single = await said(samuel, 'Oui ou non ?', { options: ['Oui', 'Non'] });
		options = (await thread(samuel, single)).card.poll!.options.map(({ id }) => id);
	});
	const votes = (choices: string[], on = single, who = odile) => why(() => vote(who, on, { choices }));

	test('of one answer takes one, of those offered; a post without one has none', async () => {
		expect(await votes(options)).toBe('Invalid: choices feed.one_answer');
		expect(await votes([newId()])).toBe('Invalid: choices feed.answer_unknown');
		expect(await votes([options[0]!], await said(samuel, 'Rien à choisir'))).toBe(
			'Invalid: choices feed.no_poll',
		);
		expect(await votes([options[0]!, options[0]!])).toBe('done, yet changed feed.vote and feed.option');
		expect(faults(VoteForm, { choices: Array.from({ length: 11 }, newId) })).toHaveLength(1);
	});

	test('that is over keeps what was answered', async () => {
		await vote(mathis, single, { choices: [options[1]!] });
		await scene(sql`update feed.poll set ends_at = now() where post_id = ${single}`);
		expect(await votes([options[0]!], single, mathis)).toBe('Invalid: choices feed.poll_over');
		expect(await votes([], single, mathis)).toBe('Invalid: choices feed.poll_over');
		const { poll } = (await thread(mathis, single)).card;
		expect(poll!.options.map(({ mine }) => mine)).toEqual([false, true]);
	});
});

test('ten documents are kept at the top of a group; an eleventh waits for one to be let go', async () => {
	const group = await asSystem('test', (tx) =>
		openAs(tx, {
			...{ name: 'Archives', purpose: 'Garder', visibility: 'open', homeId: null, ownerId: idOf('odile') },
			...{ subjects: [], people: [], at: new Date('2026-01-10'), activeAt: new Date() },
		}),
	);
	for (let n = 0; n < 11; n++)
		await said(odile, `Document ${n}`, {
			audience: { audience: 'group', unitId: null, groupId: group },
			document: new File([`contenu ${n}`], `doc-${n}.txt`, { type: 'text/plain' }),
		});
	const { documents } = await documentsOf(odile, group, { limit: 50 });
	const ids = documents.map(({ id }) => id);
	expect(ids).toHaveLength(11);
	for (const id of ids.slice(0, 10)) await pin(odile, group, id);
	const more = () => refused(['feed.media'], () => pin(odile, group, ids[10]!));
	expect(await more()).toBe('Conflict: feed.pinned_many');
	expect(await refused(['feed.media'], () => pin(mathis, group, ids[10]!))).toBe('Forbidden');
	expect(await refused(['feed.media'], () => pin(odile, group, newId()))).toBe('NotFound');
	// One that is there already is no eleventh.
	await pin(odile, group, ids[0]!);
	await unpin(odile, group, ids[0]!);
	await pin(odile, group, ids[10]!);
	expect(await told(pin(await as('tidiane'), group, ids[0]!))).toBe('Forbidden');
});
