import { beforeEach, describe, expect, test } from 'vitest';
import { sql } from '#platform/sql.ts';
import { browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { exhibitFor, showToModerators, thread } from './index.ts';
import { clear, house, reads, says, writes } from './messages.fixture.ts';

stage();
beforeEach(clear);

async function reported() {
	const id = await writes('gerard', 'odile', 'premier-mot');
	await says('odile', id, 'reponse-privee');
	const message = await says('gerard', id, 'injure-dite');
	await says('odile', id, 'rien-a-voir');
	const { messages } = await thread(await as('odile'), id);
	await showToModerators(await as('odile'), id, {
		message,
		shown: [messages[1]!.id],
		reason: 'attack',
		note: 'Encore',
	});
	return { id, message };
}

describe('a message that one reports', () => {
	test('is read by moderators with what was chosen, and nothing else of the conversation', async () => {
		const { id, message } = await reported();
		const samuel = await as('samuel');
		expect((await exhibitFor(samuel, message))?.map(({ text }) => text)).toEqual([
			'reponse-privee',
			'injure-dite',
		]);
		expect(await outcome(thread(samuel, id))).toBe('NotFound');
		const page = await (await browser('samuel')).get(`/moderation/cas/message/${message}`);
		expect(page.main).toContain('injure-dite');
		expect(page.main).not.toMatch(/premier-mot|rien-a-voir/);
	});

	test('is shown to nobody else: neither its author, nor who reported, nor an officer of elsewhere', async () => {
		const { message } = await reported();
		for (const name of ['gerard', 'odile', 'fanny', 'bertrand', 'mathis'] as const)
			expect(await exhibitFor(await as(name), message)).toBeNull();
	});

	test('is decided without its words leaving the seal; hidden, the other reads it no more', async () => {
		const { id, message } = await reported();
		const samuel = await browser('samuel');
		const done = await samuel.post(`/moderation/cas/message/${message}?/decide`, {
			outcome: 'hide',
			rule: 'attack',
			note: '',
			days: '7',
		});
		expect(done.to).toBe('/moderation');
		const kept = await house<{ all: string }>(
			sql`select to_jsonb(decision)::text as all from safety.decision where subject_id = ${message}`,
		);
		expect(kept[0]!.all).not.toContain('injure-dite');
		expect(await reads('odile', id)).not.toContain('injure-dite');
		expect(await reads('gerard', id)).toContain('injure-dite');
	});

	test('one’s own, one that is removed or of another conversation cannot be', async () => {
		const { id, message } = await reported();
		const gerard = await as('gerard');
		expect(
			await outcome(showToModerators(gerard, id, { message, shown: [], reason: 'attack', note: '' })),
		).toBe('NotFound');
		const paulo = await as('paulo');
		expect(
			await outcome(showToModerators(paulo, id, { message, shown: [], reason: 'attack', note: '' })),
		).toBe('NotFound');
		const odile = await as('odile');
		expect(
			await outcome(
				showToModerators(odile, idOf('nothing'), { message, shown: [], reason: 'attack', note: '' }),
			),
		).toBe('NotFound');
	});
});
