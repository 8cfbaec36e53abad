import { beforeAll, describe, expect, test } from 'vitest';
import { tend } from '#domains/groups/jobs.ts';
import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';

stage();

const people = {} as Record<'odile' | 'mathis', Browser>;
beforeAll(async () => {
	for (const name of ['odile', 'mathis'] as const) people[name] = await browser(name);
});
/** Opens a group as the page does; gives its address. */
const open = async (fields: Record<string, string>) =>
	(
		await people.odile.post('/groupes/nouveau?/create', {
			aim: 'Cultiver un potager au pied des immeubles.',
			visibility: 'open',
			seen: 'on',
			...fields,
		})
	).to!.replace('/membres', '');
/** Odile writes in the group, and it is out. */
async function say(group: string, text: string): Promise<void> {
	await people.odile.post('/fil/publier?/publish', { text, audience: `group:${group.split('/').at(-1)}` });
	await asSystem('test', (tx) =>
		tx.run(sql`update feed.post set publish_after = now() - interval '1 second'`),
	);
}

describe('a group where people answer one another', () => {
	test('is not silent: an answer to an old post keeps it awake', async () => {
		const group = await open({ name: 'Chorale des ponts' });
		const id = group.split('/').at(-1)!;
		await say(group, 'Répétition jeudi');
		await drainJobs();
		const post = (await asSystem('test', (tx) =>
			tx.one<{ id: string }>(sql`select post.id from feed.post where post.group_id = ${id}::uuid`),
		))!.id;
		await asSystem('test', (tx) =>
			tx.run(sql`update groups.circle set active_at = now() - interval '7 months', warned_at = now() - interval '20 days'
				where circle.id = ${id}::uuid`),
		);
		expect((await people.odile.get(group)).main).toContain('Personne n’a parlé ici depuis longtemps.');
		await people.mathis.post(`/publications/${post}?/comment`, { text: 'Je viens' });
		await drainJobs();
		await tend();
		const { main } = await people.odile.get(group);
		expect(main).not.toContain('Personne n’a parlé ici depuis longtemps.');
		expect(main).not.toContain('Ce groupe dort');
	});
});

describe('who is put out of a group', () => {
	test('reads why in the notice itself, for a secret group too, whose page is no longer theirs', async () => {
		const group = await open({ name: 'Cercle des phares', visibility: 'secret' });
		const id = group.split('/').at(-1)!;
		await asSystem('test', (tx) =>
			tx.run(
				sql`insert into groups.membership (circle_id, person_id, state, at) values (${id}::uuid, ${idOf('mathis')}, 'member', now())`,
			),
		);
		await asSystem('test', (tx) =>
			tx.run(sql`insert into groups.seat (circle_id, person_id) values (${id}::uuid, ${idOf('mathis')})`),
		);
		await people.odile.post(`${group}/membres?/exclude`, {
			person: idOf('mathis'),
			reason: 'Insultes répétées',
		});
		await drainJobs();
		expect((await people.mathis.get(group)).status).toBe(404);
		expect((await people.mathis.get('/avis')).main).toContain(
			'Tu ne fais plus partie du groupe « Cercle des phares ». Raison donnée : « Insultes répétées »',
		);
		expect((await people.mathis.get('/fil')).status).toBe(200);
	});
});
