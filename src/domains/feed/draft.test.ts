import { beforeEach, expect, test } from 'vitest';
import { asSystem, read, write } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';
import { as } from '#tests/stage.ts';
import { faults, scene } from '#tests/traces.ts';
import { comment } from './comment.ts';
import { DraftForm, dropDraft, keepDraft } from './draft.ts';
import { composer, home } from './home.ts';
import { feedStage, said, say } from './stage.fixture.ts';
import { thread } from './thread.ts';

feedStage();
beforeEach(() => scene(sql`delete from feed.draft`));

const drafts = () =>
	asSystem('test', (tx) =>
		tx.many<{ place: string; text: string }>(sql`select place, text from feed.draft order by place`),
	);
const place = (text: string) => faults(DraftForm, { place: text, text: 'Bonjour' });

test.each(['feed', `post:${idOf('a post')}`])('%s is a place to keep a text', (kept) => {
	expect(place(kept)).toEqual([]);
});

test.each([
	['nothing', ''],
	['a word', 'messages'],
	['dashes alone', `post:${'-'.repeat(36)}`],
	['an id without its dashes', `post:${'a'.repeat(36)}`],
	['an id in capitals', `post:${idOf('a post').toUpperCase()}`],
	['an id and more', `post:${idOf('a post')}\nfeed`],
	['no id', 'post:'],
	['the composer and more', 'feed '],
])('%s is no place, and nothing is kept there', (_, typed) => {
	expect(place(typed)).toEqual(['place app.invalid_value']);
});

test('each post keeps its own draft, beside the composer’s; an answer takes its own away', async () => {
	const odile = await as('odile');
	const [one, other] = [await said(odile, 'Un'), await said(odile, 'Deux')];
	await keepDraft(odile, { place: 'feed', text: 'Pour le fil' });
	await keepDraft(odile, { place: `post:${one}`, text: 'Pour le premier' });
	await keepDraft(odile, { place: `post:${other}`, text: 'Pour le second' });
	await comment(odile, one, { text: 'Fini', reply_to: '' });
	expect([(await thread(odile, one)).draft, (await thread(odile, other)).draft]).toEqual([
		'',
		'Pour le second',
	]);
	expect((await composer(odile)).draft).toBe('Pour le fil');
});

test('an answer that is refused keeps its draft', async () => {
	const odile = await as('odile');
	const post = await said(odile, 'Un');
	await keepDraft(odile, { place: `post:${post}`, text: 'Appelle le 06 12 34 56 78' });
	await comment(odile, post, { text: 'Appelle le 06 12 34 56 78', reply_to: '' }).catch(() => {});
	expect((await thread(odile, post)).draft).toBe('Appelle le 06 12 34 56 78');
});

test('the last text kept holds, one line per place; blanks alone forget it', async () => {
	const odile = await as('odile');
	await Promise.all(['Un', 'Deux', 'Trois'].map((text) => keepDraft(odile, { place: 'feed', text })));
	expect(await drafts()).toHaveLength(1);
	await keepDraft(odile, { place: 'feed', text: 'Quatre' });
	expect(await drafts()).toEqual([{ place: 'feed', text: 'Quatre' }]);
	await keepDraft(odile, { place: 'feed', text: ' \n\t ' });
	expect(await drafts()).toEqual([]);
});

test('the second page of the feed does not show the draft twice', async () => {
	const odile = await as('odile');
	await keepDraft(odile, { place: 'feed', text: 'Une idée' });
	const before = await say(odile, 'Un message');
	await keepDraft(odile, { place: 'feed', text: 'Une idée' });
	expect((await home(odile)).draft).toBe('Une idée');
	expect((await home(odile, null, before)).draft).toBe('');
});

test('the database lets nobody read, write or forget another’s draft', async () => {
	await keepDraft(await as('odile'), { place: 'feed', text: 'À moi' });
	const samuel = await as('samuel');
	expect(await read(samuel, (tx) => tx.many(sql`select * from feed.draft`))).toEqual([]);
	await write(samuel, (tx) => dropDraft(tx, { ...samuel, id: idOf('odile') }, 'feed'));
	const forged = write(samuel, (tx) =>
		tx.run(sql`insert into feed.draft (person_id, place, text) values (${idOf('odile')}, 'post:x', 'Faux')`),
	);
	await expect(forged).rejects.toThrow('row-level security');
	expect(await drafts()).toEqual([{ place: 'feed', text: 'À moi' }]);
});
