import { beforeAll, expect, test } from 'vitest';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { forget, placesOf, taken } from '#tests/left.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { accept, ask, friendsOf, refuse, requestsTo } from './index.ts';

stage();

const asks = async (from: CastName, to: CastName, note: string) => {
	await ask(await as(from), { person: idOf(to), note });
	const one = (await requestsTo(await as(to))).find(({ id }) => id === idOf(from));
	return { request: one!.requestId };
};

// Everybody wants a mail for each thing, so that mails are there to be forgotten too.
beforeAll(async () => {
	await scene(
		sql`update people.person set rhythm = 'asap'`,
		sql`insert into friends.shown (person_id, place) values (${idOf('odile')}, 'network') on conflict do nothing`,
	);
	await accept(await as('mathis'), await asks('odile', 'mathis', 'Le trombone du marché'));
	await refuse(await as('samuel'), await asks('odile', 'samuel', 'Encore le trombone'));
	await accept(await as('odile'), await asks('gerard', 'odile', 'Ta clarinette me manque'));
	await asks('mathis', 'gerard', 'Un hautbois à prêter');
	await drainJobs();
	// Two minutes later, mails leave.
	await scene(sql`update jobs.job set start_after = now() where name = 'notices.mail'`);
	await drainJobs();
});

test('a person takes away their own words and names, who refused left untold, and nobody else’s request', async () => {
	const odile = await taken('odile', 'friends');
	for (const own of [
		'Le trombone du marché',
		'Encore le trombone',
		'Ta clarinette',
		'Mathis Lanoëz',
		'Gérard Valmorin',
	])
		expect(odile).toContain(own);
	expect(odile).not.toContain('hautbois');
	expect(odile).not.toContain('"refused"');
	const samuel = await taken('samuel', 'friends');
	expect(samuel).toContain('Encore le trombone');
	for (const others of ['marché', 'clarinette', 'hautbois']) expect(samuel).not.toContain(others);
	expect(await taken('ines', 'friends')).not.toMatch(/trombone|clarinette|hautbois/);
});

test('gone, nobody has them as a friend, and neither their words nor their name are anywhere, mails to others included', async () => {
	expect(await placesOf('Fabrègat')).toContain('platform.mail.message');
	await forget('odile');
	expect(await placesOf('Le trombone du marché', 'Encore le trombone', 'Ta clarinette')).toEqual([]);
	expect(await placesOf('Fabrègat')).toEqual([]);
	expect(await placesOf('Un hautbois')).toEqual(['friends.request.note']);
	for (const name of ['mathis', 'gerard'] as const)
		expect((await friendsOf(await as(name))).friends).toEqual([]);
});
