import { beforeAll, beforeEach, expect, test } from 'vitest';
import { inHours, planned } from '#domains/events/stage.fixture.ts';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { stage } from '#tests/stage.ts';

stage();

let odile: Browser;
let mathis: Browser;
beforeAll(async () => {
	await asSystem('test', (tx) => tx.run(sql`update people.person set created_at = '2025-01-01'`));
	[odile, mathis] = [await browser('odile'), await browser('mathis')];
});
beforeEach(() => asSystem('test', (tx) => tx.run(sql`delete from events.event`)).then(() => {}));

const questionOf = async (who: Browser, path = '/fil') =>
	/<article[^>]*id="question"[\s\S]*?<\/article>/.exec((await who.get(path)).html)?.[0] ?? '';
const says = (who: Browser, id: string, presence: string) =>
	who.post(`/evenements/${id}?/answer`, { presence, back: 'home' });

test('the home opens on one question: who organises, what, when, where, who comes', async () => {
	const id = await planned({ startsAt: inHours(30), title: 'On prépare le marché' });
	await planned({ startsAt: inHours(50), title: 'Plus tard' });
	expect(await questionOf(odile)).toContain('Personne encore');
	await says(mathis, id, 'coming');
	const question = await questionOf(odile);
	for (const said of ['Section de Villebrume', 'On prépare le marché', 'Mathis Lanoëz vient', 'Je viens'])
		expect(question).toContain(said);
	expect(question).not.toContain('Plus tard');
	const beside = (await odile.get('/fil')).html.split('Ton agenda')[1]!;
	for (const title of ['On prépare le marché', 'Plus tard']) expect(beside).toContain(title);
});

test('one touch answers and comes back to the home, which shows what was said; the next visit asks the next', async () => {
	const [id, later] = [
		await planned({ startsAt: inHours(30), title: 'Ce soir-là' }),
		await planned({ startsAt: inHours(50), title: 'Plus tard' }),
	];
	const { to } = await says(odile, id, 'maybe');
	expect(to).toBe(`/fil?reponse=${id}#question`);
	const { text } = await odile.get(to!);
	expect(text).toContain('C’est noté : peut-être.');
	const shown = await questionOf(odile, to!);
	expect(shown).toMatch(/value="maybe" aria-pressed="true"/);
	expect(await questionOf(odile)).toContain(later);
});

test('it is on the page that one opens: not on one level’s posts, nor further down', async () => {
	await planned();
	expect(await questionOf(odile)).not.toBe('');
	expect(await questionOf(odile, '/fil?vue=amis')).toBe('');
	expect(await questionOf(odile, '/fil?avant=01930000-0000-7000-8000-000000000000')).toBe('');
});

test('full, it offers to wait; nobody is asked about what they do not see', async () => {
	const id = await planned({ capacity: 1 });
	await says(mathis, id, 'coming');
	expect(await questionOf(odile)).toContain('M’inscrire en attente');
	const other = await planned({ unit: 'montclairval' });
	expect(await questionOf(odile)).not.toContain(other);
	expect((await says(odile, other, 'coming')).status).toBe(404);
});

test('where an answer leads is one of ours', async () => {
	const id = await planned();
	const { status, form } = await odile.post(`/evenements/${id}?/answer`, {
		presence: 'coming',
		back: 'https://elsewhere.example',
	});
	expect([status, form?.problems.length]).toEqual([422, 1]);
	expect(await questionOf(odile)).toContain(id);
});
