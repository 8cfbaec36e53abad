import { describe, expect, test } from 'vitest';
import { asSystem, read } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { fold } from '#platform/text/fold.ts';
import { idOf } from '#tests/party.ts';
import { as, outcome } from '#tests/stage.ts';
import { comment } from './comment.ts';
import { edit, toEdit } from './edit.ts';
import { named } from './named.ts';
import { block, feedStage, said } from './stage.fixture.ts';
import { thread } from './thread.ts';

feedStage();

const read_ = async (text: string, chosen: string[] = []) => {
	const odile = await as('odile');
	return read(odile, (tx) => named(tx, odile, text, chosen));
};
const samuel = `@[Samuel Oudraine](person:${idOf('samuel')})`;

describe('a name after @', () => {
	test.each([
		['Merci @Samuel Oudraine !', `Merci ${samuel} !`],
		['@samuel oudraine et Odile', `${samuel} et Odile`],
		['Vu avec @Samuel Oudraine.', `Vu avec ${samuel}.`],
		[`@/personnes/${idOf('samuel')} y sera`, `${samuel} y sera`],
		[`@https://ailleurs.fr/personnes/${idOf('samuel')}`, samuel],
	])('%s names the person', async (typed, kept) => {
		expect(await read_(typed)).toBe(kept);
	});

	test.each(['écris à odile@Samuel Oudraine', '@Samuel', '`@Samuel Oudraine`', '@Personne Inconnue', samuel])(
		'%s stays as it is',
		async (typed) => {
			expect(await read_(typed)).toBe(typed);
		},
	);

	test('names nobody whom the author may not see', async () => {
		await block('lucien', 'odile');
		expect(await read_('@Lucien Barrandou et @Samuel Oudraine')).toBe(`@Lucien Barrandou et ${samuel}`);
		expect(await read_(`@/personnes/${idOf('lucien')}`)).not.toContain('person:');
	});

	test.each([
		['as it is kept', (raw: string) => `Voici ${raw}`],
		['between marks of code that are none', (raw: string) => ['\\`', raw, '\\`'].join('')],
		['twenty names further', (raw: string) => `${samuel} `.repeat(21) + raw],
	])('typed %s, the id of somebody whom the author may not see tells no name', async (_, typed) => {
		const raw = `@[quelqu’un](person:${idOf('noemie').toUpperCase()})`;
		expect(await read_(typed(raw))).toBe(typed('@quelqu’un'));
		const odile = await as('odile');
		const id = await said(odile, typed(raw));
		const { card, nameOf } = await thread(odile, id);
		expect(card.text).not.toContain(idOf('noemie'));
		expect(nameOf(idOf('noemie'))).toBeUndefined();
		const named_ = await asSystem('test', (tx) =>
			tx.many(sql`select 1 from feed.mention where mention.person_id = ${idOf('noemie')}`),
		);
		expect(named_).toEqual([]);
	});

	test('of two people with one name, asks which, and keeps the one that was chosen', async () => {
		await asSystem('test', (tx) =>
			tx.run(sql`update people.person set name = 'Samuel Oudraine', folded_name = ${fold('Samuel Oudraine')}
				where id = ${idOf('mathis')}`),
		);
		expect(await outcome(read_('Merci @Samuel Oudraine'))).toBe('Invalid');
		expect(await read_('Merci @Samuel Oudraine', [idOf('mathis')])).toContain(idOf('mathis'));
		await asSystem('test', (tx) =>
			tx.run(sql`update people.person set name = 'Mathis Lanvollon', folded_name = ${fold('Mathis Lanvollon')}
				where id = ${idOf('mathis')}`),
		);
	});
});

test('a post and a comment name people, and are corrected in words, not in ids', async () => {
	const odile = await as('odile');
	const id = await said(odile, 'Bravo @Samuel Oudraine');
	await comment(odile, id, { text: 'Et merci @Samuel Oudraine', reply_to: '', personal_ok: undefined });
	const mentions = await asSystem('test', (tx) =>
		tx.many(
			sql`select 1 from feed.mention where post_id = ${id}::uuid and person_id = ${idOf('samuel')}::uuid`,
		),
	);
	expect(mentions).toHaveLength(2);
	const kept = await toEdit(odile, id);
	expect(kept).toMatchObject({ text: 'Bravo @Samuel Oudraine', named: [idOf('samuel')] });
	await edit(odile, id, { text: `${kept.text} !`, named: kept.named, version: 1 });
	expect((await thread(odile, id)).card.text).toBe(`Bravo ${samuel} !`);
});
