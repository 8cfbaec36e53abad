import { beforeAll, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { create } from '../create.ts';
import { round } from '../missions.fixture.ts';
import { propose } from './propose.ts';
import { showIdea } from './read.ts';
import { accept, ask, decline, quit, support, withdraw } from './support.ts';

stage();

const said = { title: 'Un vélo pour tracter', text: 'Trois vélos, un hangar.', audience: 'unit' as const };
const idea = async (who: CastName, fields = {}) =>
	propose(await as(who), { unit: idOf('villebrume'), ...said, ...fields });
let odile: Viewer;
let mathis: Viewer;
let gerard: Viewer;
beforeAll(async () => {
	[odile, mathis, gerard] = [await as('odile'), await as('mathis'), await as('gerard')];
});

describe('proposing', () => {
	test('is for a member in their unit; officially, for who answers for it', async () => {
		expect(await outcome(idea('mathis'))).toBe('NotFound');
		expect(await outcome(idea('ines'))).toBe('NotFound');
		expect(await outcome(idea('odile', { official: 'on' }))).toBe('Forbidden');
		const own = await idea('odile');
		expect(await showIdea(mathis, own)).toMatchObject({ isOfficial: false, supports: 0, team: 1 });
		expect((await showIdea(mathis, await idea('samuel', { official: 'on' }))).isOfficial).toBe(true);
		expect(await outcome(showIdea(await as('ines'), own))).toBe('NotFound');
	});
});

describe('supporting', () => {
	test('counts each person once, however they click, and names nobody', async () => {
		const id = await idea('gerard');
		await Promise.all([support(odile, id), support(odile, id), support(mathis, id)]);
		expect((await showIdea(gerard, id)).supports).toBe(2);
		await Promise.all([outcome(withdraw(odile, id)), outcome(withdraw(odile, id))]);
		expect((await showIdea(gerard, id)).supports).toBe(1);
		expect(await outcome(withdraw(odile, id))).toBe('Forbidden');
		expect((await (await browser('gerard')).get(`/initiatives/${id}`)).main).not.toContain('Mathis');
		expect(await outcome(support(await as('ines'), id))).toBe('NotFound');
	});
});

describe('the team', () => {
	test('one asks, who leads accepts and is told; then the name is read, and missions may come of it', async () => {
		const id = await idea('odile');
		await ask(mathis, id);
		expect(await outcome(ask(mathis, id))).toBe('Forbidden');
		await drainJobs();
		expect((await (await browser('odile')).get('/avis')).main).toContain('Mathis Lanoëz veut rejoindre');
		expect((await showIdea(gerard, id)).asking).toEqual([]);
		expect((await showIdea(odile, id)).asking.map(({ name }) => name)).toEqual(['Mathis Lanoëz']);
		expect(await outcome(accept(gerard, id, { person: idOf('mathis') }))).toBe('Forbidden');
		await accept(odile, id, { person: idOf('mathis') });
		expect((await showIdea(gerard, id)).people.map(({ name }) => name)).toContain('Mathis Lanoëz');
		expect(await outcome(create(gerard, round({ initiative: id })))).toBe('Forbidden');
		await create(odile, round({ initiative: id, title: 'Premier tour à vélo' }));
		expect((await showIdea(gerard, id)).missions.map(({ title }) => title)).toEqual(['Premier tour à vélo']);
		await quit(mathis, id);
		expect((await showIdea(gerard, id)).team).toBe(1);
	});

	test('a refusal is told to nobody; who did not ask is not taken in', async () => {
		const id = await idea('odile');
		await ask(gerard, id);
		await decline(odile, id, { person: idOf('gerard') });
		await accept(odile, id, { person: idOf('gerard') });
		await accept(odile, id, { person: idOf('ines') });
		expect((await showIdea(odile, id)).people.map(({ name }) => name)).toEqual(['Odile Fabrègat']);
		expect((await showIdea(odile, id)).team).toBe(1);
	});

	test('nobody takes themselves in, not even past our rules', async () => {
		const id = await idea('odile');
		await ask(mathis, id);
		const { write } = await import('#platform/db.ts');
		const tried = await outcome(
			write(mathis, (tx) =>
				tx.run(
					sql`update missions.teammate set accepted_at = now() where person_id = ${idOf('mathis')}::uuid`,
				),
			),
		);
		expect(tried).toBe(0);
	});
});

test('closed, it is read and nothing more; hidden, its author alone reads it', async () => {
	const id = await idea('samuel', { official: 'on' });
	const samuel = await browser('samuel');
	await samuel.post(`/initiatives/${id}?/close`);
	expect((await (await browser('odile')).get(`/initiatives/${id}`)).main).toContain('close');
	expect(await outcome(support(odile, id))).toBe('Forbidden');
	await asSystem('test', (tx) =>
		tx.run(sql`insert into safety.hidden (kind, subject_id, place_id, decision_id)
			values ('initiative', ${id}::uuid, ${id}::uuid, ${idOf('a decision')})`),
	);
	expect(await outcome(showIdea(odile, id))).toBe('NotFound');
});

test('through its pages: proposed, supported, reported', async () => {
	const page = await (await browser('gerard')).through('/initiatives/nouvelle?/propose', {
		...{ unit: idOf('villebrume'), title: 'Une soupe le jeudi', text: 'Au local.', audience: 'unit' },
	});
	expect(page.main).toContain('non officielle');
	const [id] = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(?=\?\/close|)/.exec(
		page.html.split('kind=initiative')[0]!,
	)!;
	expect(id).toBeTruthy();
	const browserOfOdile = await browser('odile');
	const list = await browserOfOdile.get('/initiatives');
	expect(list.main).toContain('Une soupe le jeudi');
	const [, found] = /href="\/initiatives\/([0-9a-f-]{36})">Une soupe/.exec(list.html)!;
	const done = await browserOfOdile.through(`/initiatives/${found}?/support`);
	expect(done.text).toContain('Merci de ton soutien.');
	expect(done.main).toContain('1 soutien');
	expect((await browserOfOdile.get(`/securite/signaler?kind=initiative&id=${found}`)).main).toContain(
		'Gérard',
	);
});
