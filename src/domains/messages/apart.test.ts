import { beforeEach, expect, test } from 'vitest';
import * as friends from '#domains/friends/index.ts';
import { browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { add, conversationsOf, markRead, thread } from './index.ts';
import { clear, reads, says, writes } from './messages.fixture.ts';

stage();
beforeEach(clear);

const three = () => writes('odile', ['samuel', 'mathis'], 'Bonjour');
const blocks = async (who: CastName, whom: CastName) => friends.block(await as(who), idOf(whom));
const names = async (who: CastName, id: string) =>
	(await thread(await as(who), id)).people.map(({ name }) => name);
const titles = async (who: CastName) =>
	(await conversationsOf(await as(who))).lines.map(({ people }) => people.map(({ name }) => name));

test('among several, the one and the other set apart are named to each other no more; the rest see both', async () => {
	const id = await three();
	await says('mathis', id, 'Avant');
	await blocks('samuel', 'mathis');
	expect(await names('samuel', id)).toEqual(['Odile Fabrègat']);
	expect(await names('mathis', id)).toEqual(['Odile Fabrègat']);
	expect(await names('odile', id)).toEqual(['Mathis Lanoëz', 'Samuel Oudraine']);
	expect([await titles('samuel'), await titles('mathis')]).toEqual([
		[['Odile Fabrègat']],
		[['Odile Fabrègat']],
	]);
	expect(await reads('samuel', id)).toEqual(['Bonjour', 'Avant']);
});

test('the page of one says neither the name nor the count of the other, whatever happens next', async () => {
	const id = await three();
	await blocks('samuel', 'mathis');
	await says('mathis', id, 'Pour Odile seule');
	const page = await (await browser('samuel')).get(`/messages/${id}`);
	expect(page.main).not.toContain('Mathis');
	expect(page.main).toContain('2 personnes');
	expect((await (await browser('odile')).get(`/messages/${id}`)).main).toContain('3 personnes');
});

test('brought in by somebody else afterwards, the one is not announced to the other', async () => {
	const id = await writes('odile', ['samuel', 'gerard'], 'Bonjour');
	await blocks('samuel', 'mathis');
	await add(await as('odile'), id, { person: idOf('mathis') });
	expect(await reads('samuel', id)).toEqual(['Bonjour']);
	expect(await reads('gerard', id)).toEqual(['Bonjour', 'added']);
	expect(await names('mathis', id)).toEqual(['Gérard Valmorin', 'Odile Fabrègat']);
	await says('samuel', id, 'Et la suite ?');
	expect(await reads('mathis', id)).toEqual(['added']);
});

test('the words of one are not marked as read by the other', async () => {
	const id = await three();
	await blocks('samuel', 'mathis');
	await says('samuel', id, 'Lu par qui ?');
	await markRead(await as('odile'), id);
	const seen = await thread(await as('samuel'), id);
	expect(seen.people.map(({ name, read }) => [name, read > 0])).toEqual([['Odile Fabrègat', true]]);
});
