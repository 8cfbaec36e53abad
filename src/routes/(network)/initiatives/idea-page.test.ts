import { beforeAll, beforeEach, expect, test } from 'vitest';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { journal, scene } from '#tests/traces.ts';

stage();

let odile: Browser;
let mathis: Browser;
let samuel: Browser;
beforeAll(async () => {
	[odile, mathis, samuel] = [await browser('odile'), await browser('mathis'), await browser('samuel')];
});
beforeEach(() => scene(sql`delete from platform.bucket`));

const idea = {
	unit: idOf('villebrume'),
	title: 'Un verger au stade',
	text: 'Vingt pommiers le long de la piste.',
	audience: 'unit',
};
const proposed = async () => (await odile.post('/initiatives/nouvelle?/propose', idea)).to!.split('#')[0]!;
const says = async (who: Browser, page: string, act: string, fields = {}) =>
	(await who.through(`${page}?/${act}`, fields)).text;

test('an idea is supported, and support taken back, once each', async () => {
	const page = await proposed();
	expect(await says(mathis, page, 'support')).toContain('Merci de ton soutien.');
	await mathis.post(`${page}?/support`);
	expect((await odile.get(page)).main).toContain('1 soutien');
	expect(await says(mathis, page, 'withdraw')).toContain('Ton soutien est retiré.');
	expect((await mathis.post(`${page}?/withdraw`)).status).toBe(403);
	expect((await (await browser('tidiane')).post(`${page}?/support`)).status).toBe(404);
});

test('somebody asks to be of the team, is taken in, leaves; refused, they are not told', async () => {
	const page = await proposed();
	expect(await says(mathis, page, 'ask')).toContain('Ta demande est partie.');
	expect((await mathis.post(`${page}?/ask`)).status).toBe(403);
	expect((await mathis.post(`${page}?/accept`, { person: idOf('mathis') })).status).toBe(403);
	const person = { person: idOf('mathis') };
	expect(await says(odile, page, 'accept', person)).toContain('L’équipe compte une personne de plus.');
	expect(await says(mathis, page, 'quit')).toContain('C’est fait.');
	expect((await mathis.post(`${page}?/quit`)).status).toBe(403);
	await mathis.post(`${page}?/ask`);
	expect(await says(odile, page, 'decline', person)).toContain('C’est retiré. Personne n’en est averti.');
	expect((await mathis.get('/avis')).main).not.toContain('retir');
});

test('closed, it is read and takes nobody any more; closed by an officer, the journal says it', async () => {
	const page = await proposed();
	expect((await mathis.post(`${page}?/close`)).status).toBe(403);
	expect(await says(samuel, page, 'close')).toContain('L’initiative est close.');
	expect((await journal('missions.close_idea')).at(-1)).toMatchObject({
		actor: idOf('samuel'),
		unit: idOf('villebrume'),
	});
	for (const act of ['support', 'ask']) expect((await mathis.post(`${page}?/${act}`)).status).toBe(403);
	expect((await odile.post(`${page}?/close`)).status).toBe(403);
	expect((await mathis.get(page)).main).toContain('Vingt pommiers');
});

test('a form that is not whole says what is missing, and keeps what was written', async () => {
	const sent = await odile.post('/initiatives/nouvelle?/propose', { ...idea, title: ' ', text: '' });
	expect(sent.form?.problems).toEqual(['title missions.title_needed', 'text missions.idea_text_needed']);
	const long = await odile.post('/initiatives/nouvelle?/propose', { ...idea, text: 'x'.repeat(8_001) });
	expect(long.form?.problems).toEqual(['text missions.idea_text_long']);
	expect(long.field('title')).toBe(idea.title);
	const official = await odile.post('/initiatives/nouvelle?/propose', { ...idea, official: 'on' });
	expect(official.status).toBe(403);
});
