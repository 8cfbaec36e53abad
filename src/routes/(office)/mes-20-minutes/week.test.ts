import { expect, test } from 'vitest';
import { askQuestion } from '#domains/events/index.ts';
import { planned } from '#domains/events/stage.fixture.ts';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';

stage();

test('questions to answer come before people to greet, three things in all, and are answered in place', async () => {
	await asSystem('test', (tx) =>
		tx.run(
			sql`update territory.attachment set welcomed_at = null where unit_id = ${idOf('villebrume')}::uuid`,
		),
	);
	const samuel = await browser('samuel');
	const cards = async () =>
		[
			...(await samuel.get('/mes-20-minutes')).main.matchAll(
				/Une question à laquelle répondre|Quelqu’un vient d’arriver/g,
			),
		].map(([said]) => said.split(' ')[0]);
	expect(await cards()).toEqual(['Quelqu’un', 'Quelqu’un', 'Quelqu’un']);
	const event = await planned({ title: 'Stand du samedi' });
	const ask = async (question: string) => askQuestion(await as('odile'), event, { question });
	const [first] = [await ask('Y aura-t-il des chaises ?'), await ask('Et du café ?')];
	expect(await cards()).toEqual(['Une', 'Une', 'Quelqu’un']);
	const refused = await samuel.post(`/evenements/${event}?/reply`, { id: first, reply: ' ', back: 'week' });
	expect(refused.form?.problems).toEqual(['reply events.question_needed']);
	const done = await samuel.through(`/evenements/${event}?/reply`, {
		id: first,
		reply: 'Deux.',
		back: 'week',
	});
	expect(done.main).toContain('Mes 20 minutes');
	expect(await cards()).toEqual(['Une', 'Quelqu’un', 'Quelqu’un']);
	await ask('Un');
	await ask('Deux');
	expect(await cards()).toEqual(['Une', 'Une', 'Une']);
	expect((await (await browser('odile')).get(`/evenements/${event}`)).main).toContain('Deux.');
});
