import { beforeAll, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { members } from '#tests/matrix/who.ts';
import { idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { ask, join, leave } from './enter.ts';
import { opened, whoMay } from './groups.fixture.ts';
import { invite } from './invite.ts';
import { admit, edit, exclude, revive } from './lead.ts';
import { peopleOf } from './people.ts';
import { showGroup } from './queries.ts';

stage();

const network = [...members, 'mathis', 'lucien', 'tidiane'].toSorted();
const ids: Record<string, string> = {};
const who = async (...[ability, id]: Parameters<typeof whoMay>) => (await whoMay(ability, id)).toSorted();
beforeAll(async () => {
	for (const visibility of ['open', 'closed', 'secret'] as const) {
		const id = await opened('odile', { name: `Groupe ${visibility}`, visibility });
		ids[visibility] = id;
		if (visibility === 'open') await join(await as('mathis'), id);
		else {
			await invite(await as('odile'), id, { person: idOf('samuel') });
			await asSystem('test', (tx) =>
				tx.run(sql`with in_ as (insert into groups.seat (person_id, circle_id) values (${idOf('mathis')}, ${id}) returning 1)
					insert into groups.membership (circle_id, person_id, state) select ${id}, ${idOf('mathis')}, 'member' from in_`),
			);
		}
	}
	ids.official = await opened('samuel', { name: 'La voix de Villebrume', unit: idOf('villebrume') });
});

describe('a group of Odile, with Mathis in it', () => {
	test('open, is seen, read and entered by the whole network, and by nobody outside', async () => {
		expect(await who('see', ids.open!)).toEqual(network);
		expect(await who('read', ids.open!)).toEqual(network);
		expect(await who('join', ids.open!)).toEqual(
			network.filter((name) => name !== 'odile' && name !== 'mathis'),
		);
		expect(await who('meet', ids.open!)).toEqual(['mathis', 'odile']);
		expect(await who('post', ids.open!)).toEqual(['mathis', 'odile']);
		expect(await who('invite', ids.open!)).toEqual(['mathis', 'odile']);
		expect(await who('receive', ids.open!)).toEqual(['mathis', 'odile']);
		expect(await who('ask', ids.open!)).toEqual([]);
	});

	test('closed, is seen by the network, read by its people, asked for by the others', async () => {
		expect(await who('see', ids.closed!)).toEqual(network);
		expect(await who('read', ids.closed!)).toEqual(['mathis', 'odile']);
		expect(await who('ask', ids.closed!)).toEqual(
			network.filter((name) => name !== 'odile' && name !== 'mathis'),
		);
		expect(await who('join', ids.closed!)).toEqual([]);
		expect(await who('invite', ids.closed!)).toEqual(['odile']);
	});

	test('secret, exists for its people and who is invited, and for nobody else', async () => {
		expect(await who('see', ids.secret!)).toEqual(['mathis', 'odile', 'samuel']);
		expect(await who('read', ids.secret!)).toEqual(['mathis', 'odile']);
		expect(await who('meet', ids.secret!)).toEqual(['mathis', 'odile']);
		expect(await who('receive', ids.secret!)).toEqual(['mathis', 'odile']);
	});

	test('is led by her alone', async () => {
		for (const visibility of ['open', 'closed', 'secret'])
			expect(await who('lead', ids[visibility]!)).toEqual(['odile']);
	});
});

test('an official group is led by its owner and by who edits the page of its unit', async () => {
	expect(await who('lead', ids.official!)).toEqual(['bertrand', 'leontine', 'sabrina', 'samuel', 'yamina']);
	// To answer for it is not to be in it.
	expect(await who('receive', ids.official!)).toEqual(['samuel']);
	const without = await as('yamina', { factor: false });
	expect((await showGroup(without, ids.official!)).may.lead).toBe(false);
});

test('put to sleep, it takes nobody in and lets nobody speak; its people may wake it', async () => {
	const id = await opened('odile');
	await join(await as('mathis'), id);
	await asSystem('test', (tx) =>
		tx.run(sql`update groups.circle set archived_at = now() where id = ${id}::uuid`),
	);
	expect([await who('join', id), await who('post', id), await who('invite', id)]).toEqual([[], [], []]);
	expect(await who('revive', id)).toEqual(['mathis', 'odile']);
	expect(await outcome(revive(await as('ines'), id))).toBe('Forbidden');
	await revive(await as('mathis'), id);
	expect(await who('post', id)).toEqual(['mathis', 'odile']);
});

test('hidden by moderation, it exists for its owner alone', async () => {
	const id = await opened('odile');
	await join(await as('mathis'), id);
	await asSystem('test', (tx) =>
		tx.run(
			sql`insert into safety.hidden (kind, subject_id, place_id, decision_id) values ('group', ${id}, ${id}, ${idOf('a decision')})`,
		),
	);
	expect(await who('see', id)).toEqual(['odile']);
	expect([await who('read', id), await who('post', id)]).toEqual([[], []]);
});

test('who was put out of a group comes in no more', async () => {
	const id = await opened('odile');
	await join(await as('mathis'), id);
	await exclude(await as('odile'), id, { person: idOf('mathis'), reason: 'Insultes répétées' });
	expect(await outcome(join(await as('mathis'), id))).toBe('Forbidden');
	expect((await showGroup(await as('mathis'), id)).reason).toBe('Insultes répétées');
});

test('absent and unseen look the same; seen and forbidden do not', async () => {
	const ines = await as('ines');
	for (const id of [ids.secret!, idOf('nothing')]) {
		expect(await outcome(showGroup(ines, id))).toBe('NotFound');
		expect(await outcome(join(ines, id))).toBe('NotFound');
		expect(await outcome(ask(ines, id, { note: '' }))).toBe('NotFound');
		expect(await outcome(peopleOf(ines, id))).toBe('NotFound');
		expect(await outcome(leave(ines, id))).toBe('NotFound');
		expect(await outcome(admit(ines, id, idOf('mathis')))).toBe('NotFound');
	}
	expect(await outcome(join(ines, ids.closed!))).toBe('Forbidden');
	expect(await outcome(peopleOf(ines, ids.closed!))).toBe('NotFound');
	expect(await outcome(exclude(ines, ids.open!, { person: idOf('mathis'), reason: 'Non' }))).toBe(
		'Forbidden',
	);
	expect(
		await outcome(
			edit(ines, ids.open!, {
				name: 'Autre',
				aim: 'Autre chose',
				rules: '',
				visibility: 'open',
				subjects: [],
				version: 1,
			}),
		),
	).toBe('Forbidden');
	expect(await outcome(invite(ines, ids.open!, { person: idOf('yamina') }))).toBe('Forbidden');
});
