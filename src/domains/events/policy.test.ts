import { beforeAll, describe, expect, test } from 'vitest';
import { asSystem, read } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import { members } from '#tests/matrix/who.ts';
import { type CastName, cast, idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { coUnits, events, questions } from './policy.ts';
import { inHours, planned, set } from './stage.fixture.ts';

stage();

const everybody = [...(Object.keys(cast) as CastName[]), 'visitor'] as const;
const network: CastName[] = [...members, 'mathis', 'lucien', 'tidiane'];
const ofVillebrume: CastName[] = ['odile', 'mathis', 'samuel', 'gerard', 'lucien'];
/** Hold `event.create` on Villebrume or above. */
const organisers: CastName[] = ['samuel', 'yamina', 'leontine', 'sabrina'];
/** Moderate Villebrume or above. */
const moderators: CastName[] = ['samuel', 'yamina', 'sabrina', 'paulo'];

type Asked = { table: string; rule: (typeof events)['see'] };
async function who({ table, rule }: Asked, id: string): Promise<string[]> {
	const found: string[] = [];
	for (const name of everybody) {
		const viewer = await as(name);
		const row = await read(viewer, (tx) =>
			tx.one(sql`select 1 as yes from ${sql.raw(table)} where id = ${id}::uuid and ${rule(viewer)}`),
		);
		if (row) found.push(name);
	}
	return found.toSorted();
}
const may = (ability: keyof typeof events & string, id: string) =>
	who({ table: 'events.event', rule: events[ability as 'see'] }, id);
const set_ = (...names: (readonly string[])[]) => [...new Set(names.flat())].toSorted();

const invite = (eventId: string, whom: { unit?: string; person?: string }) =>
	asSystem('test', (tx) =>
		tx.run(sql`insert into events.invitation (id, event_id, unit_id, person_id, by_id)
			values (${newId()}, ${eventId}, ${whom.unit ?? null}::uuid, ${whom.person ?? null}::uuid, ${idOf('samuel')})`),
	);

describe('an event of Villebrume', () => {
	const ids: Record<string, string> = {};
	beforeAll(async () => {
		for (const visibility of ['public', 'network', 'members', 'unit', 'invited'])
			ids[visibility] = await planned({ visibility });
	});

	test.each([
		['public', everybody],
		['network', network],
		['members', set_(members, organisers)],
		['unit', set_(ofVillebrume, organisers, moderators)],
		['invited', organisers],
	])('shown to %s is seen by those people and nobody else', async (visibility, expected) => {
		expect(await may('see', ids[visibility]!)).toEqual(set_(expected));
	});

	test('is also seen by who is invited, alone or with their unit and those below', async () => {
		const id = await planned({ visibility: 'invited' });
		await invite(id, { person: idOf('tidiane') });
		await invite(id, { unit: idOf('castelmauve') });
		expect(await may('see', id)).toEqual(set_(organisers, ['tidiane', 'noemie']));
		await invite(id, { unit: idOf('valdorsande') });
		// Everyone of the federation: the sections below it.
		expect(await may('see', id)).toEqual(
			set_(organisers, ['tidiane', 'noemie', 'ines', 'paulo'], ofVillebrume),
		);
	});

	test('hidden by moderation, is seen by who organises and nobody else, and nobody answers it', async () => {
		const id = await planned({ visibility: 'public' });
		await asSystem('test', (tx) =>
			tx.run(
				sql`insert into safety.hidden (kind, subject_id, place_id, decision_id) values ('event', ${id}::uuid, ${id}::uuid, ${newId()})`,
			),
		);
		expect(await may('see', id)).toEqual(set_(organisers));
		expect(await may('answer', id)).toEqual([]);
	});

	test('is changed by who holds the power there or above, and cancelled likewise', async () => {
		for (const ability of ['change', 'cancel', 'invite', 'readAnswers'])
			expect([ability, await may(ability as 'see', ids.public!)]).toEqual([ability, set_(organisers)]);
	});

	test('is no more its author’s once their office ended', async () => {
		const id = await planned({ by: 'gerard' });
		expect(await may('change', id)).toEqual(set_(organisers));
	});

	test('cancelled or over, is answered and changed by nobody, and still seen', async () => {
		const cancelled = await planned();
		await set(cancelled, 'cancelled_at = now()');
		const over = await planned({ startsAt: inHours(-5) });
		for (const id of [cancelled, over])
			for (const ability of ['answer', 'change', 'cancel', 'invite'])
				expect([ability, await may(ability as 'see', id)]).toEqual([ability, []]);
		expect(await may('see', cancelled)).toEqual(set_(ofVillebrume, organisers, moderators));
		expect(await may('tell', over)).toEqual(set_(organisers));
		expect(await may('tell', ids.public!)).toEqual([]);
		expect(await may('tell', cancelled)).toEqual([]);
	});

	test('is answered by who sees it and is present: neither a visitor nor who is suspended', async () => {
		expect(await may('answer', ids.public!)).toEqual(set_(network));
		expect(await may('ask', ids.public!)).toEqual(set_(network));
	});
});

describe('a unit asked to organise too', () => {
	let id: string;
	let asked: string;
	beforeAll(async () => {
		id = await planned();
		asked = newId();
		await asSystem('test', (tx) =>
			tx.run(sql`insert into events.co_unit (id, event_id, unit_id, asked_by)
				values (${asked}, ${id}, ${idOf('pontsarvan')}, ${idOf('samuel')})`),
		);
	});
	const its = (ability: 'see' | 'answer' | 'drop') =>
		who({ table: 'events.co_unit', rule: coUnits[ability] }, asked);
	const there: CastName[] = ['fanny', 'driss', 'sabrina'];

	test('is seen by officers of both, answered by those of the one asked, taken back by the others', async () => {
		expect(await its('see')).toEqual(set_(organisers, there));
		expect(await its('answer')).toEqual(set_(there));
		expect(await its('drop')).toEqual(set_(organisers));
	});

	test('lets nobody but its officers see before it accepts; then its officers organise and its people see', async () => {
		expect(await may('see', id)).toEqual(set_(ofVillebrume, organisers, moderators, there));
		expect(await may('answer', id)).toEqual(set_(ofVillebrume, moderators));
		await asSystem('test', (tx) =>
			tx.run(
				sql`update events.co_unit set accepted = true, answered_at = now(), answered_by = ${idOf('fanny')} where id = ${asked}`,
			),
		);
		expect(await may('change', id)).toEqual(set_(organisers, there));
		expect(await may('cancel', id)).toEqual(set_(organisers));
		expect(await may('see', id)).toEqual(
			set_(ofVillebrume, organisers, moderators, there, ['bertrand', 'tidiane']),
		);
	});
});

test('a question is for who asked and who organises; answered, for whoever sees the event, never for who is kept apart', async () => {
	const eventId = await planned();
	const id = newId();
	await asSystem('test', (tx) =>
		tx.run(
			sql`insert into events.question (id, event_id, by_id, text) values (${id}, ${eventId}, ${idOf('odile')}, 'Une chaise ?')`,
		),
	);
	const its = (ability: 'see' | 'answer' | 'remove') =>
		who({ table: 'events.question', rule: questions[ability] }, id);
	expect(await its('see')).toEqual(set_(organisers, ['odile']));
	expect(await its('answer')).toEqual(set_(organisers));
	expect(await its('remove')).toEqual(set_(organisers, ['odile']));
	await asSystem('test', async (tx) => {
		await tx.run(
			sql`update events.question set answer = 'Oui', answered_at = now(), answered_by = ${idOf('samuel')} where id = ${id}`,
		);
		await tx.run(
			sql`insert into safety.block (person_id, blocked_id) values (${idOf('odile')}, ${idOf('lucien')})`,
		);
	});
	expect(await its('see')).toEqual(
		set_(ofVillebrume, organisers, moderators).filter((name) => name !== 'lucien'),
	);
});
