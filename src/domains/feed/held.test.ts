import { expect, test } from 'vitest';
import { asSystem, read } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { as, outcome } from '#tests/stage.ts';
import { heldFiles } from './held.ts';
import { privacy } from './privacy.ts';
import { publishSent } from './publish.ts';
import { feedStage } from './stage.fixture.ts';
import { thread } from './thread.ts';

feedStage();

const note = (name: string, text = `Le contenu de ${name}`) => new File([text], name, { type: 'text/plain' });
const sends = async (form: Record<string, unknown>) =>
	outcome(publishSent(await as('odile'), { text: 'Bonjour', audience: 'network', ...form }));
const waiting = async (name: Parameters<typeof as>[0] = 'odile') => {
	const viewer = await as(name);
	return read(viewer, (tx) => heldFiles(tx, viewer));
};

test('a refused post gives back its files, once each, to its author alone', async () => {
	expect(await sends({ audience: 'nowhere', document: note('tract.txt') })).toBe('Invalid');
	expect(await sends({ text: 'Appelle au 06 12 34 56 78', document: note('tract.txt') })).toBe('Invalid');
	expect(await sends({ link_url: 'pas une adresse', photos: [note('faux.txt', '<script>')] })).toBe(
		'Invalid',
	);
	expect((await waiting()).map(({ name }) => name)).toEqual(['tract.txt']);
	expect(await waiting('mathis')).toEqual([]);
});

test('they leave with the next try, and what was unticked is gone', async () => {
	expect(await sends({ audience: 'nowhere', document: note('autre.txt') })).toBe('Invalid');
	const [kept, left] = await waiting();
	const mathis = await as('mathis');
	expect(await outcome(publishSent(mathis, { text: 'À moi', audience: 'network', held: [kept!.id] }))).toBe(
		'Invalid',
	);
	const id = (await sends({ held: [kept!.id] })) as string;
	expect((await thread(await as('odile'), id)).card.media).toMatchObject([
		{ name: 'tract.txt', state: 'ready' },
	]);
	expect(await waiting()).toEqual([]);
	const there = await asSystem('test', (tx) =>
		tx.many(sql`select 1 from platform.file where id = ${left!.id}::uuid`),
	);
	expect(there).toEqual([]);
});

test('a file alone is a post, and one forgotten for a week goes', async () => {
	await sends({ audience: 'nowhere', document: note('seul.txt') });
	const [only] = await waiting();
	const id = (await sends({ text: '', held: [only!.id] })) as string;
	expect((await thread(await as('odile'), id)).card.media).toHaveLength(1);
	await sends({ audience: 'nowhere', document: note('oubli.txt') });
	const inAWeek = new Date(Date.now() + 8 * 86_400_000);
	await asSystem('test', (tx) => privacy.retain!(tx, inAWeek, false));
	expect(await waiting()).toEqual([]);
});
