import { beforeAll, beforeEach, expect, test } from 'vitest';
import { clear, says, writes } from '#domains/messages/messages.fixture.ts';
import { drainJobs } from '#platform/jobs.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { stage } from '#tests/stage.ts';
import { refused, toldOf } from '#tests/traces.ts';

stage();

let samuel: Browser;
let id: string;
beforeAll(async () => {
	samuel = await browser('samuel');
});
beforeEach(async () => {
	await clear();
	id = await writes('odile', 'samuel');
	await drainJobs();
});
const hush = (on: string, who = samuel) => who.post(`/messages/${id}?/hush`, { on });
const heard = async () => {
	await drainJobs();
	return toldOf('message');
};

test('one press makes a conversation quiet, another lets it be heard; the page offers the one that is left', async () => {
	const [quiet, loud] = ['value="1"', 'value="0"'];
	const form = async () =>
		/<form[^>]*\?\/hush[\s\S]*?<\/form>/.exec((await samuel.get(`/messages/${id}`)).html)?.[0] ?? '';
	expect([(await form()).includes(quiet), (await form()).includes(loud)]).toEqual([true, false]);
	await hush('1');
	expect([(await form()).includes(quiet), (await form()).includes(loud)]).toEqual([false, true]);
	const before = await heard();
	await says('odile', id, 'Tu viens samedi ?');
	expect(await heard()).toEqual(before);
	expect((await samuel.get(`/messages/${id}`)).main).toContain('Tu viens samedi ?');
	await hush('0');
	expect([(await form()).includes(quiet), (await form()).includes(loud)]).toEqual([true, false]);
});

test('it is for oneself: the other one notices nothing, and hushes for themselves', async () => {
	const odile = await browser('odile');
	const page = async () => (await odile.get(`/messages/${id}`)).main;
	const before = await page();
	await hush('1');
	expect(await page()).toBe(before);
	expect((await hush('1', odile)).status).toBeLessThan(400);
});

test('an order that is none is refused, and a conversation of others does not exist', async () => {
	// Refused, the page is shown again, and what it shows is read: that is done before.
	await samuel.get(`/messages/${id}`);
	const why = await refused(['messages.participant'], async () => {
		for (const on of ['', '2', 'oui'])
			expect((await hush(on)).form!.problems).toEqual(['on app.invalid_value']);
		for (const name of ['ines', 'yamina', 'mathis'] as const)
			expect((await hush('1', await browser(name))).status).toBe(404);
	});
	expect(why).toBe('done');
});
