import { expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';
import { as } from '#tests/stage.ts';
import { comment } from './comment.ts';
import { keepDraft } from './draft.ts';
import { merging } from './merged.ts';
import { privacy } from './privacy.ts';
import { remove } from './remove.ts';
import { feedStage, said } from './stage.fixture.ts';
import { thank } from './thank.ts';
import { thread } from './thread.ts';
import { vote } from './vote.ts';

feedStage();
const house = <T>(work: Parameters<typeof asSystem<T>>[1]) => asSystem('test', work);

async function life() {
	const [odile, mathis, samuel] = [await as('odile'), await as('mathis'), await as('samuel')];
	const asked = await said(samuel, 'Quand ?', { options: ['Jeudi', 'Samedi'] });
	await vote(mathis, asked, { choices: [(await thread(mathis, asked)).card.poll!.options[0]!.id] });
	const post = await said(odile, 'Bonjour');
	const words = await comment(mathis, post, { text: 'CANARI du commentaire', reply_to: '' });
	await comment(odile, post, { text: 'Réponse', reply_to: words });
	await thank(mathis, 'post', post);
	const own = await said(mathis, 'CANARI du message');
	await keepDraft(mathis, { place: 'feed', text: 'CANARI du brouillon' });
	return { asked, post, own };
}

test('a person takes everything away, and nobody else’s words', async () => {
	await life();
	const all = JSON.stringify(await house((tx) => privacy.gather(tx, idOf('mathis'))));
	expect(all.match(/CANARI/g)).toHaveLength(3);
	expect(all).not.toContain('Bonjour');
});

test('two accounts that were one keep their words; no count is wrong', async () => {
	const { asked, post } = await life();
	await thank(await as('gerard'), 'post', post);
	await merging[0]!.hear({ fromId: idOf('gerard'), intoId: idOf('mathis') } as never);
	const { card } = await thread(await as('odile'), post);
	expect(card.thanksCount).toBe(1);
	expect((await thread(await as('odile'), asked)).card.poll).toMatchObject({ voters: 1 });
});

test('erased, nothing of a person is left, and the counts follow', async () => {
	const { asked, post, own } = await life();
	await house((tx) => privacy.erase(tx, idOf('mathis')));
	const left = await house((tx) =>
		tx.many<{ n: number }>(sql`
		select count(*)::int as n from feed.post where text like '%CANARI%' or id = ${own}::uuid
		union all select count(*)::int from feed.comment where text like '%CANARI%'
		union all select count(*)::int from feed.draft where person_id = ${idOf('mathis')}::uuid
		union all select count(*)::int from feed.vote where person_id = ${idOf('mathis')}::uuid
		union all select count(*)::int from feed.thanks where person_id = ${idOf('mathis')}::uuid`),
	);
	expect(left.map(({ n }) => n)).toEqual([0, 0, 0, 0, 0]);
	const odile = await as('odile');
	expect((await thread(odile, post)).card).toMatchObject({ thanksCount: 0, commentCount: 1 });
	expect((await thread(odile, asked)).card.poll).toMatchObject({
		voters: 0,
		options: [{ votes: 0 }, { votes: 0 }],
	});
});

test('removed words are forgotten after thirty days, not before; a rehearsal changes nothing', async () => {
	const id = await said(await as('odile'), 'Éphémère');
	await remove(await as('odile'), id);
	const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
	expect(await house((tx) => privacy.retain!(tx, inDays(29), true))).toMatchObject({ 'feed.post': 0 });
	expect(await house((tx) => privacy.retain!(tx, inDays(31), true))).toMatchObject({ 'feed.post': 1 });
	expect(await house((tx) => tx.many(sql`select 1 from feed.post where id = ${id}::uuid`))).toHaveLength(1);
	await house((tx) => privacy.retain!(tx, inDays(31), false));
	expect(await house((tx) => tx.many(sql`select 1 from feed.post where id = ${id}::uuid`))).toEqual([]);
});
