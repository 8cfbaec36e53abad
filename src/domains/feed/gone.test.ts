import { beforeAll, describe, expect, test } from 'vitest';
import { search } from '#domains/search/index.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { forget, placesOf, taken } from '#tests/left.ts';
import { idOf } from '#tests/party.ts';
import { as, outcome } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { comment } from './comment.ts';
import { keepDraft } from './draft.ts';
import { edit, toEdit } from './edit.ts';
import { merging } from './merged.ts';
import { publishSent } from './publish.ts';
import { feedStage, later, said } from './stage.fixture.ts';
import { thank } from './thank.ts';
import { thread } from './thread.ts';
import { vote } from './vote.ts';

feedStage();

const document = () => new File(['Trajet des trombones de samedi'], 'trajet-trombones.txt');
const toNetwork = { audience: { audience: 'network' as const, unitId: null } };
let [mathisPost, odileComment, mathisComment] = ['', '', ''];

// A week of the feed: each writes, answers, thanks, answers a poll, keeps a draft, and names the other.
beforeAll(async () => {
	const [odile, mathis] = [await as('odile'), await as('mathis')];
	await later(
		(await publishSent(odile, {
			text: 'Les trombones se retrouvent samedi',
			audience: 'network',
			document: document(),
		})) as string,
	);
	await said(odile, 'Quelle fanfare ?', { options: ['Trombones du matin', 'Trombones du soir'] });
	mathisPost = await said(mathis, 'Avec @Odile Fabrègat, on prépare les clarinettes', toNetwork);
	odileComment = await comment(odile, mathisPost, { text: 'Mes trombones viendront', reply_to: '' });
	mathisComment = await comment(mathis, mathisPost, {
		text: 'Merci @Odile Fabrègat, les clarinettes aussi',
		reply_to: odileComment,
	});
	const asked = await said(mathis, 'Clarinettes ?', { options: ['Clarinettes oui', 'Clarinettes non'] });
	const { card } = await thread(odile, asked);
	await vote(odile, asked, { choices: [card.poll!.options[0]!.id] });
	await thank(odile, 'post', mathisPost);
	for (const [who, text] of [
		[odile, 'Brouillon de trombones'],
		[mathis, 'Brouillon de clarinettes'],
	] as const)
		await keepDraft(who, { place: 'feed', text });
	await drainJobs();
});

describe('what one said', () => {
	test.each([
		['odile', 'trombones', 'clarinettes', 5],
		['mathis', 'clarinettes', 'trombones', 6],
	] as const)('%s takes away every %s and no %s', async (name, own, others, atLeast) => {
		const text = await taken(name, 'feed');
		expect(text.toLowerCase().split(own).length - 1).toBeGreaterThanOrEqual(atLeast);
		expect(text.toLowerCase()).not.toContain(others);
	});
});

test('gone, nothing of one is left: no word, no name where others named them, no file, no line of a search', async () => {
	expect(await placesOf('trombones')).toContain('a file');
	await forget('odile');
	expect(await placesOf('trombones')).toEqual([]);
	expect(await placesOf('Odile Fabrègat', 'Fabrègat')).toEqual([]);
	// What others wrote stays, and so does the empty place of an answer that was answered.
	const { card, comments } = await thread(await as('mathis'), mathisPost);
	expect(card).toMatchObject({
		text: 'Avec @…, on prépare les clarinettes',
		thanksCount: 0,
		commentCount: 1,
	});
	expect(comments).toMatchObject([
		{ id: odileComment, text: '', removed: 'author', author: { name: '' } },
		{ id: mathisComment, text: 'Merci @…, les clarinettes aussi', removed: null },
	]);
	const found = async (q: string) => (await search(await as('mathis'), q)).posts.length;
	expect([await found('trombones'), await found('fabregat'), await found('clarinettes')]).toEqual([0, 0, 2]);
	// Their id is left on the empty place alone, where it names nobody.
	expect((await placesOf(idOf('odile'))).filter((place) => place.startsWith('feed.'))).toEqual([
		'feed.comment.author_id',
		'feed.comment.deleted_by',
	]);
});

test('who was correcting words that named somebody erased meanwhile is told, and does not put the name back', async () => {
	const samuel = await as('samuel');
	const id = await said(samuel, 'Je remercie @Mathis Lanoëz pour la soupe', toNetwork);
	const { text, version } = await toEdit(samuel, id);
	expect(text).toBe('Je remercie @Mathis Lanoëz pour la soupe');
	await forget('mathis');
	expect(await outcome(edit(samuel, id, { text, version }))).toBe('Conflict');
	expect(await placesOf('Lanoëz')).toEqual([]);
	expect((await toEdit(samuel, id)).text).toBe('Je remercie @… pour la soupe');
});

test('of two accounts that were one, the name written for either goes with the one kept', async () => {
	const id = await said(await as('samuel'), 'Vu @Gérard Valmorin au marché', toNetwork);
	await scene(sql`update people.person set erased_at = now(), name = '' where id = ${idOf('gerard')}`);
	await merging[0]!.hear({ fromId: idOf('gerard'), intoId: idOf('lucien') } as never);
	await forget('lucien');
	expect((await toEdit(await as('samuel'), id)).text).toBe('Vu @… au marché');
});
