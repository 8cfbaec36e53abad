import { beforeAll, expect, test } from 'vitest';
import { verifyAudit } from '#platform/audit.ts';
import { asSystem } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { forget, placesOf, taken } from '#tests/left.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { block, mute } from './apart.ts';
import { decide } from './decide.ts';
import { figures } from './figures.ts';
import { appeal, appealOf, appealsToHear, hearAppeal } from './index.ts';
import { journal } from './journal/read.ts';
import { report, type Subject } from './report.ts';

stage();

const said = (author: CastName): Subject => {
	const id = newId();
	const authorId = idOf(author);
	return { kind: 'post', id, placeId: id, authorId, hostId: authorId, unitId: idOf('villebrume') };
};
const words = 'Le trombone de Mathis';
const judged = (post: Subject) => ({ kind: post.kind, subjectId: post.id, words });
const hides = {
	outcome: 'hide' as const,
	rule: 'attack' as const,
	note: 'Une attaque au hautbois',
	days: '7' as const,
};

// Odile reports Mathis, Samuel decides, Mathis appeals, Yamina hears; and each keeps somebody apart.
beforeAll(async () => {
	const post = said('mathis');
	await report(await as('odile'), post, { reason: 'attack', note: 'Ma clarinette en a souffert' });
	const decision = await decide(await as('samuel'), judged(post), hides);
	await appeal(await as('mathis'), decision, { text: 'Mon trombone était une image' });
	const [open] = await appealsToHear(await as('yamina'));
	expect((await appealOf(await as('yamina'), open!.id)).words).toBe(words);
	await hearAppeal(await as('yamina'), open!.id, { outcome: 'confirmed', answer: 'La règle du basson' });
	await block(await as('odile'), idOf('gerard'));
	await mute(await as('mathis'), idOf('odile'));
	const waits = said('mathis');
	await report(await as('ines'), waits, { reason: 'spam', note: 'Une clarinette de plus' });
	await drainJobs();
	await scene(sql`update jobs.job set start_after = now() where name = 'notices.mail'`);
	await drainJobs();
});

test('each side takes away what it wrote and what was answered to it, and not who is on the other side', async () => {
	const [odile, mathis] = [await taken('odile', 'safety'), await taken('mathis', 'safety')];
	expect(odile).toContain('Ma clarinette en a souffert');
	expect(odile).toContain(idOf('gerard'));
	for (const others of ['trombone', 'hautbois', 'basson', idOf('samuel')])
		expect(odile).not.toContain(others);
	for (const own of [words, 'Mon trombone était', 'au hautbois', 'du basson', idOf('odile')])
		expect(mathis).toContain(own);
	for (const others of ['clarinette', idOf('samuel'), idOf('yamina'), idOf('ines')])
		expect(mathis).not.toContain(others);
	expect(await taken('gerard', 'safety')).not.toContain(idOf('odile'));
});

test('who reported is gone: their words too, the decision stands', async () => {
	await forget('odile');
	expect(await placesOf('Ma clarinette', 'Fabrègat')).toEqual([]);
	expect((await placesOf(idOf('odile'))).filter((place) => place.startsWith('safety.'))).toEqual([]);
	expect(await taken('mathis', 'safety')).toContain(words);
});

test('who was judged is gone: the words in cause, the reasons and the appeal too; the figures of the year stay', async () => {
	const year = new Date().getFullYear();
	const before = (await figures(await as('ines'), year)).rules;
	await forget('mathis');
	expect(await placesOf('trombone')).toEqual([]);
	// What officers wrote to give their reasons is the journal's: it names nobody, and goes after three years.
	expect(await placesOf('hautbois', 'basson')).toEqual(['audit.entry.reason']);
	expect(await placesOf('Lanoëz', 'mathis@rive.example')).toEqual([]);
	expect((await placesOf(idOf('mathis'))).filter((place) => place.startsWith('safety.'))).toEqual([]);
	expect((await figures(await as('ines'), year)).rules).toEqual(before);
});

test('who judged is gone: nobody is named in their decisions any more, and the journal says it with no name', async () => {
	await forget('samuel');
	expect((await placesOf(idOf('samuel'))).filter((place) => place.startsWith('safety.'))).toEqual([]);
	const { entries } = await journal(await as('bertrand'), { act: 'safety.decide' });
	expect(entries.map(({ actor }) => actor)).toEqual([{ id: idOf('samuel'), name: '' }]);
	expect(await asSystem('test', (tx) => verifyAudit(tx))).toMatchObject({ broken: [], lostAnchors: [] });
});

test('what an officer looked for in the journal is not kept there: it could not be taken back', async () => {
	await journal(await as('bertrand'), { person: 'Ouarzal' });
	await forget('ines');
	expect(await placesOf('Ouarzal')).toEqual([]);
});
