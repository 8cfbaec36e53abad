import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openAs } from '#domains/groups/index.ts';
import { asSystem, read } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { announce, drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { visitor } from '#platform/viewer.ts';
import { type CastName, cast, idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { agenda, nextOf, nextOfGroup } from './agenda.ts';
import { answer } from './answer.ts';
import { toChange } from './answers.ts';
import { cancel, change } from './change.ts';
import { planningIn } from './circle.ts';
import { askUnit } from './co-units.ts';
import { create } from './create.ts';
import { inviteGroup, invitePerson, inviteUnit, inviting } from './invite.ts';
import { events } from './policy.ts';
import { askQuestion } from './questions.ts';
import { showEvent } from './show.ts';
import { said, toldOf } from './stage.fixture.ts';

stage();

type Kind = 'open' | 'closed' | 'secret';
const everybody = [...(Object.keys(cast) as CastName[]), 'visitor'] as const;
const groups = {} as Record<Kind | 'official', string>;

/** A group of Odile, with Mathis and Tidiane in it. */
const openedAs = (visibility: Kind, unitId: string | null = null, ownerId = idOf('odile')) =>
	asSystem('test', (tx) =>
		openAs(tx, {
			name: `Groupe ${visibility}`,
			purpose: 'Agir ensemble',
			visibility,
			unitId,
			homeId: idOf('villebrume'),
			ownerId,
			subjects: [],
			people: [idOf('mathis'), idOf('tidiane')],
			at: new Date('2026-01-10'),
			activeAt: new Date(),
		}),
	);
beforeAll(async () => {
	for (const kind of ['open', 'closed', 'secret'] as const) groups[kind] = await openedAs(kind);
	groups.official = await openedAs('open', idOf('villebrume'), idOf('samuel'));
});
beforeEach(() => asSystem('test', (tx) => tx.run(sql`delete from notices.notice`)));

const inGroup = (group: string, rest = {}) => said({ unit: '', group, visibility: 'group', ...rest });
const planned = async (name: CastName, group: string, rest = {}) =>
	create(await as(name), inGroup(group, rest));
async function who(ability: 'see' | 'change' | 'cancel' | 'readAnswers', id: string): Promise<string[]> {
	const found: string[] = [];
	for (const name of everybody) {
		const viewer = await as(name);
		const row = await read(viewer, (tx) =>
			tx.one(
				sql`select 1 as yes from events.event where event.id = ${id}::uuid and ${events[ability](viewer)}`,
			),
		);
		if (row) found.push(name);
	}
	return found.toSorted();
}
const putToSleep = (id: string) =>
	asSystem('test', async (tx) => {
		await tx.run(sql`update groups.circle set archived_at = now() where circle.id = ${id}::uuid`);
		await announce(tx, 'groups.asleep', { groupId: id });
	});

describe('who plans in a group', () => {
	test('its people do; others learn no more than that the group is there', async () => {
		expect(await planned('tidiane', groups.secret)).toMatch(/^[0-9a-f-]{36}$/);
		expect(await outcome(planned('ines', groups.open))).toBe('Forbidden');
		expect(await outcome(planned('ines', groups.closed))).toBe('Forbidden');
		for (const name of ['ines', 'samuel', 'sabrina'] as const)
			expect(await outcome(planned(name, groups.secret))).toBe('NotFound');
		expect(await planningIn(await as('ines'), groups.open)).toBeNull();
		expect(await planningIn(await as('samuel'), groups.secret)).toBeNull();
		expect((await planningIn(await as('mathis'), groups.open))?.shown).toEqual(['group', 'network']);
		expect((await planningIn(await as('odile'), groups.open))?.shown).toEqual(['group', 'network', 'public']);
		expect((await planningIn(await as('odile'), groups.closed))?.shown).toEqual(['group']);
	});

	test('shown wider than the group is, it is refused at the field', async () => {
		for (const [name, kind, visibility] of [
			['odile', 'closed', 'network'],
			['odile', 'secret', 'public'],
			['mathis', 'open', 'public'],
			['odile', 'open', 'members'],
		] as const)
			expect(await outcome(planned(name, groups[kind], { visibility }))).toBe('Invalid');
		expect(await outcome(create(await as('samuel'), said({ visibility: 'group' })))).toBe('Invalid');
		expect(await outcome(create(await as('odile'), said({ unit: '' })))).toBe('Forbidden');
	});
});

describe('an event of a group', () => {
	test('that is closed or secret is seen by its people, changed by its author and by who leads, and by no unit', async () => {
		const id = await planned('mathis', groups.secret);
		expect(await who('see', id)).toEqual(['mathis', 'odile', 'tidiane']);
		expect(await who('change', id)).toEqual(['mathis', 'odile']);
		expect(await who('readAnswers', id)).toEqual(['mathis', 'odile']);
		expect((await showEvent(await as('tidiane'), id)).group).toEqual({
			id: groups.secret,
			name: 'Groupe secret',
		});
		await change(await as('odile'), id, {
			...inGroup(groups.secret, { title: 'Autre titre' }),
			scope: 'this',
			sequence: null,
		});
		expect(await outcome(cancel(await as('tidiane'), id, { reason: 'Non', scope: 'this' }))).toBe(
			'Forbidden',
		);
		expect(await outcome(cancel(await as('samuel'), id, { reason: 'Non', scope: 'this' }))).toBe('NotFound');
	});

	test('is no more its author’s once they are out of the group', async () => {
		const id = await planned('tidiane', groups.closed);
		await asSystem('test', (tx) =>
			tx.run(
				sql`delete from groups.seat where seat.person_id = ${idOf('tidiane')} and seat.circle_id = ${groups.closed}`,
			),
		);
		expect(await who('see', id)).toEqual(['mathis', 'odile']);
		expect(await who('change', id)).toEqual(['odile']);
		await asSystem('test', (tx) =>
			tx.run(
				sql`insert into groups.seat (person_id, circle_id) values (${idOf('tidiane')}, ${groups.closed})`,
			),
		);
	});

	test('that an open group shows to all is hidden from outside as soon as the group is', async () => {
		const id = await planned('odile', groups.open, { visibility: 'public' });
		expect(await who('see', id)).toContain('visitor');
		expect((await showEvent(visitor, id)).group).toBeNull();
		const make = (visibility: Kind) =>
			asSystem('test', (tx) =>
				tx.run(sql`update groups.circle set visibility = ${visibility} where circle.id = ${groups.open}`),
			);
		await make('secret');
		expect(await who('see', id)).toEqual(['mathis', 'odile', 'tidiane']);
		await make('open');
		await asSystem('test', (tx) =>
			tx.run(
				sql`insert into safety.hidden (kind, subject_id, place_id, decision_id)
				values ('group', ${groups.open}, ${groups.open}, ${newId()})`,
			),
		);
		expect(await who('see', id)).toEqual(['odile']);
		await asSystem('test', (tx) => tx.run(sql`delete from safety.hidden`));
	});

	test('is on the page of the group and in the agendas of who sees it, not among what the unit does', async () => {
		const id = await planned('mathis', groups.closed);
		const listed = async (name: CastName) =>
			(await nextOfGroup(await as(name), groups.closed, 20)).map((one) => one.id);
		expect(await listed('odile')).toContain(id);
		expect(await listed('samuel')).toEqual([]);
		const inScope = async (scope: 'groups' | 'units') =>
			(await agenda(await as('odile'), { scope })).events.map((one) => one.id);
		expect(await inScope('groups')).toContain(id);
		expect(await inScope('units')).not.toContain(id);
		expect((await nextOf(await as('odile'), idOf('villebrume'), 50)).map((one) => one.id)).not.toContain(id);
	});

	test('asks no unit to organise, and invites none', async () => {
		const id = await planned('samuel', groups.official);
		const samuel = await as('samuel');
		expect(await outcome(askUnit(samuel, id, { unit: idOf('montclairval') }))).toBe('Invalid');
		expect(await outcome(inviteUnit(samuel, id, idOf('villebrume')))).toBe('Forbidden');
	});

	test('of an official group is in the journal of its unit; of another, in none', async () => {
		const acts = (id: string) =>
			asSystem('test', (tx) =>
				tx.many<{ act: string; unit_id: string }>(
					sql`select entry.act, entry.unit_id from audit.entry where entry.subject_id = ${id}::uuid`,
				),
			);
		const official = await planned('samuel', groups.official);
		expect(await acts(official)).toEqual([{ act: 'events.create', unit_id: idOf('villebrume') }]);
		expect(await acts(await planned('odile', groups.open))).toEqual([]);
	});
});

describe('told', () => {
	test('the whole group is invited in one act, by who organises, each once', async () => {
		const id = await planned('mathis', groups.secret);
		await Promise.all([inviteGroup(await as('mathis'), id), inviteGroup(await as('odile'), id)]);
		await drainJobs();
		const told = await toldOf('event_invited', id);
		expect(told).toContain('tidiane');
		expect(told.length).toBe(2);
		expect((await inviting(await as('odile'), id, '')).group).toMatchObject({ size: 3, told: 3 });
		expect(await outcome(inviteGroup(await as('tidiane'), id))).toBe('Forbidden');
		expect(await outcome(inviteGroup(await as('samuel'), id))).toBe('NotFound');
	});

	test('somebody invited from outside sees the event, and not the group', async () => {
		const id = await planned('odile', groups.secret);
		await invitePerson(await as('odile'), id, idOf('samuel'));
		expect((await showEvent(await as('samuel'), id)).group).toBeNull();
	});

	test('a question reaches who planned it and who leads', async () => {
		const id = await planned('mathis', groups.closed);
		const question = await askQuestion(await as('tidiane'), id, { question: 'On se retrouve où ?' });
		await drainJobs();
		expect(await toldOf('event_asked', question)).toEqual(['mathis', 'odile']);
	});
});

describe('a group put to sleep', () => {
	test('calls off what it had planned, and tells who answered why', async () => {
		const group = await openedAs('closed');
		const id = await planned('mathis', group, { repeat: 'weekly' });
		await answer(await as('tidiane'), id, { presence: 'coming', guests: null });
		await putToSleep(group);
		await drainJobs();
		const shown = await showEvent(await as('tidiane'), id);
		expect(shown).toMatchObject({ cancelCause: 'group_asleep', may: { change: false } });
		expect(await toldOf('event_cancelled', id)).toEqual(['tidiane']);
		expect((await nextOfGroup(await as('odile'), group, 50)).every((one) => one.cancelledAt)).toBe(true);
		expect(await outcome(planned('mathis', group))).toBe('Forbidden');
	});

	test('while somebody plans: the event is refused, or called off; never left standing', async () => {
		for (let round = 0; round < 6; round++) {
			const group = await openedAs('open');
			const mathis = await as('mathis');
			const [made] = await Promise.all([
				outcome(create(mathis, inGroup(group))),
				putToSleep(group),
				outcome(create(mathis, inGroup(group))),
			]);
			await drainJobs();
			const standing = (await nextOfGroup(mathis, group, 10)).filter((one) => !one.cancelledAt);
			expect([made, standing]).toEqual([made, []]);
		}
	});
});

test('the form of a change offers what its author may show', async () => {
	const id = await planned('mathis', groups.open, { visibility: 'network' });
	expect((await toChange(await as('mathis'), id)).shown).toEqual(['group', 'network']);
	expect((await toChange(await as('odile'), id)).shown).toEqual(['group', 'network', 'public']);
	expect(await outcome(toChange(await as('tidiane'), id))).toBe('Forbidden');
});
