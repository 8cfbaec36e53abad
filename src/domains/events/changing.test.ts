import { beforeAll, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { clockIn, instantOf } from '#platform/local-time.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { answer } from './answer.ts';
import { toChange } from './answers.ts';
import { cancel, change } from './change.ts';
import { create, hostsOf, organisersNear } from './create.ts';
import type { Change, Creation } from './input.ts';
import { inviteUnit, inviting } from './invite.ts';
import { showEvent } from './show.ts';
import { inDays, said, toldOf } from './stage.fixture.ts';

stage();

let samuel: Viewer;
let odile: Viewer;
let mathis: Viewer;
beforeAll(async () => {
	[samuel, odile, mathis] = [await as('samuel'), await as('odile'), await as('mathis')];
});

const changed = (rest: Partial<Change> = {}): Change => {
	const { unit: _u, repeat: _r, every: _e, until: _n, times: _t, ...same } = said();
	return { ...same, scope: 'this', sequence: null, ...rest };
};
const dates = async (id: string) => {
	const rows = await asSystem('test', (tx) =>
		tx.many<{ starts_at: Date; title: string; cancelled: boolean }>(sql`select event.starts_at, event.title,
			event.cancelled_at is not null as cancelled from events.event where event.series_id = (select first.series_id
			from events.event as first where first.id = ${id}::uuid) order by event.starts_at`),
	);
	return rows.map(({ starts_at, title, cancelled }) => ({
		...clockIn(starts_at, 'Europe/Paris'),
		title,
		cancelled,
	}));
};
const idAt = async (id: string, n: number) =>
	(
		await asSystem('test', (tx) =>
			tx.many<{
				id: string;
			}>(sql`select event.id from events.event where event.series_id = (select first.series_id
				from events.event as first where first.id = ${id}::uuid) order by event.starts_at`),
		)
	)[n]!.id;
const come = (viewer: Viewer, id: string) => answer(viewer, id, { presence: 'coming', guests: 0 });

describe('creating', () => {
	test('is for who holds the office; the others are told whom to ask', async () => {
		const id = await create(samuel, said());
		expect(await showEvent(odile, id)).toMatchObject({ title: 'Réunion publique', coming: 0, answer: null });
		expect(await outcome(create(odile, said()))).toBe('Forbidden');
		expect(await outcome(create(await as('samuel', { factor: false }), said()))).toBe('Forbidden');
		expect(await outcome(create(samuel, said({ unit: idOf('montclairval') })))).toBe('Forbidden');
		// Twenty-four hours are never what somebody meant who typed the same hour twice.
		expect(await outcome(create(samuel, said({ starts: '19:00', ends: '19:00' })))).toBe('Invalid');
		expect((await hostsOf(samuel)).map(({ name }) => name)).toEqual(['Section de Villebrume']);
		expect(await hostsOf(odile)).toEqual([]);
		// The closest first: whoever is asked knows one.
		expect((await organisersNear(odile)).map(({ unit }) => unit).slice(0, 2)).toEqual([
			'Section de Villebrume',
			'Fédération du Val-d’Orsande',
		]);
	});

	test('sent twice by the same page, it is one event', async () => {
		const twice = () => create({ ...samuel, requestKey: 'page' }, said());
		const [one, two] = await Promise.all([twice(), twice()]);
		expect(one).toBe(two);
	});

	test.each<[string, Partial<Creation>]>([
		['a past day', { day: '2020-01-01' }],
		['a day that is none', { day: '2027-02-30' }],
		['an end before the beginning, on a later page of the calendar', { end_day: inDays(9) }],
		['a commune nobody knows', { commune: 'Zzyzx' }],
		['an end of the repetition before its beginning', { repeat: 'weekly', until: inDays(5) }],
	])('refuses %s at its field', async (_, rest) => {
		expect(await outcome(create(samuel, said(rest)))).toBe('Invalid');
	});

	test('past midnight, it ends the day after', async () => {
		const id = await create(samuel, said({ starts: '22:00', ends: '01:30' }));
		const { startsAt, endsAt } = await showEvent(odile, id);
		expect(endsAt.getTime() - startsAt.getTime()).toBe(3.5 * 3_600_000);
	});

	test('overseas, its hours are those of the place', async () => {
		const id = await create(samuel, said({ time_zone: 'Indian/Reunion' }));
		const { startsAt } = await showEvent(odile, id);
		expect(startsAt).toEqual(instantOf(inDays(10), '19:00', 'Indian/Reunion'));
	});

	test('the link is for those who come and who organise', async () => {
		const id = await create(samuel, said({ online_url: 'https://visio.example/salle' }));
		expect(await showEvent(odile, id)).toMatchObject({ hasOnline: true, onlineUrl: null });
		await come(odile, id);
		expect((await showEvent(odile, id)).onlineUrl).toBe('https://visio.example/salle');
		expect((await showEvent(samuel, id)).onlineUrl).toBe('https://visio.example/salle');
		await answer(odile, id, { presence: 'maybe', guests: 0 });
		expect((await showEvent(odile, id)).onlineUrl).toBeNull();
	});
});

describe('changing', () => {
	test('the hour is told to whoever answered, and to nobody else; words alone are not', async () => {
		const id = await create(samuel, said());
		await come(odile, id);
		await answer(mathis, id, { presence: 'no', guests: 0 });
		await change(samuel, id, changed({ text: 'Venez.' }));
		await drainJobs();
		expect(await toldOf('event_changed', id)).toEqual([]);
		await change(samuel, id, changed({ starts: '18:00', text: 'Venez.' }));
		await drainJobs();
		expect(await toldOf('event_changed', id)).toEqual(['mathis', 'odile']);
		expect(await showEvent(odile, id)).toMatchObject({ sequence: 2, answer: 'coming' });
	});

	test('by two people at once: the second is told, and overwrites nothing', async () => {
		const id = await create(samuel, said());
		const { sequence } = await toChange(samuel, id);
		const yamina = await as('yamina');
		const both = await Promise.all([
			outcome(change(samuel, id, changed({ title: 'Un', sequence }))),
			outcome(change(yamina, id, changed({ title: 'Deux', sequence }))),
		]);
		expect(both.filter((one) => one === 'Conflict')).toHaveLength(1);
	});

	test('is refused: 403 to who sees it, 404 to who does not', async () => {
		const id = await create(samuel, said());
		expect(await outcome(change(odile, id, changed()))).toBe('Forbidden');
		expect(await outcome(toChange(odile, id))).toBe('Forbidden');
		expect(await outcome(change(await as('ines'), id, changed()))).toBe('NotFound');
		expect(await outcome(cancel(odile, id, { reason: 'x', scope: 'this' }))).toBe('Forbidden');
	});

	test('more seats are given at once to those who wait', async () => {
		const id = await create(samuel, said({ capacity: 1 }));
		await come(odile, id);
		expect(await come(mathis, id)).toBe('waiting');
		await change(samuel, id, changed({ capacity: 2 }));
		expect((await showEvent(mathis, id)).mine?.answer).toBe('coming');
		await drainJobs();
		expect(await toldOf('event_seated', id)).toEqual(['mathis']);
		// Fewer: nobody who has a seat loses it.
		await change(samuel, id, changed({ capacity: 1 }));
		expect((await showEvent(mathis, id)).mine?.answer).toBe('coming');
	});
});

describe('calling off', () => {
	test('says why to whoever answered; nobody answers after', async () => {
		const id = await create(samuel, said());
		await come(odile, id);
		await cancel(samuel, id, { reason: 'La salle est inondée', scope: 'this' });
		await drainJobs();
		expect(await toldOf('event_cancelled', id)).toEqual(['odile']);
		expect(await showEvent(odile, id)).toMatchObject({ cancelReason: 'La salle est inondée' });
		expect(await outcome(come(mathis, id))).toBe('Forbidden');
	});
});

describe('what comes back', () => {
	const weekly = { repeat: 'weekly', times: 4 } as const;

	test('is as many events as dates, each answered apart', async () => {
		const id = await create(samuel, said(weekly));
		expect((await dates(id)).map(({ day, time }) => [day, time])).toEqual(
			[10, 17, 24, 31].map((days) => [inDays(days), '19:00']),
		);
		await come(odile, id);
		expect((await showEvent(odile, await idAt(id, 1))).mine).toBeNull();
	});

	test('one date moves alone, and a later change of the rest leaves it', async () => {
		const id = await create(samuel, said(weekly));
		await change(samuel, await idAt(id, 2), changed({ day: inDays(25), starts: '18:00', title: 'À part' }));
		await change(
			samuel,
			await idAt(id, 1),
			changed({ day: inDays(17), starts: '20:00', ends: '22:00', scope: 'following' }),
		);
		const first = await dates(id);
		expect(first.map(({ time }) => time)).toEqual(['19:00']);
		const rest = await dates(
			await asSystem(
				'test',
				async (tx) =>
					(await tx.one<{ id: string }>(sql`select event.id from events.event where event.title = 'À part'`))!
						.id,
			),
		);
		expect(rest.map(({ day, time, title }) => [day, time, title])).toEqual([
			[inDays(17), '20:00', 'Réunion publique'],
			[inDays(25), '18:00', 'À part'],
			[inDays(31), '20:00', 'Réunion publique'],
		]);
	});

	test('answers stay with their date when those that follow move', async () => {
		const id = await create(samuel, said(weekly));
		const second = await idAt(id, 1);
		await come(odile, second);
		await change(samuel, id, changed({ day: inDays(11), scope: 'following' }));
		expect((await dates(id)).map(({ day }) => day)).toEqual([11, 18, 25, 32].map(inDays));
		expect((await showEvent(odile, second)).mine?.answer).toBe('coming');
		await drainJobs();
		expect(await toldOf('event_changed', second)).toEqual(['odile']);
	});

	test('one date is called off alone, or with those that follow, told once each', async () => {
		const id = await create(samuel, said(weekly));
		for (const n of [1, 2, 3]) await come(odile, await idAt(id, n));
		await cancel(samuel, await idAt(id, 1), { reason: 'Férié', scope: 'this' });
		expect((await dates(id)).map(({ cancelled }) => cancelled)).toEqual([false, true, false, false]);
		await drainJobs();
		await cancel(samuel, await idAt(id, 2), { reason: 'Fini', scope: 'following' });
		await drainJobs();
		expect((await dates(id)).map(({ cancelled }) => cancelled)).toEqual([false, true, true, true]);
		expect(await toldOf('event_cancelled', await idAt(id, 2))).toEqual(['odile']);
		expect(await toldOf('event_cancelled', await idAt(id, 3))).toEqual([]);
	});
});

describe('inviting', () => {
	test('a whole unit is one act, said once to each, whoever asks twice', async () => {
		const yamina = await as('yamina');
		const id = await create(yamina, said({ unit: idOf('valdorsande'), visibility: 'invited' }));
		expect(await outcome(showEvent(odile, id))).toBe('NotFound');
		const page = await inviting(yamina, id, '');
		expect(page.units.map(({ name }) => name)).toContain('Section de Villebrume');
		await inviteUnit(yamina, id, idOf('valdorsande'));
		await inviteUnit(yamina, id, idOf('valdorsande'));
		await drainJobs();
		const told = await toldOf('event_invited', id);
		expect(told).toContain('odile');
		expect(told).toContain('ines');
		expect(told).not.toContain('tidiane');
		expect(told).not.toContain('yamina');
		expect((await showEvent(odile, id)).title).toBe('Réunion publique');
		expect(
			(await inviting(yamina, id, '')).units.find(({ id: unit }) => unit === idOf('valdorsande'))?.told,
		).toBeGreaterThan(5);
	});

	test('is refused to who does not organise, and for a unit that is not one’s to invite', async () => {
		const id = await create(samuel, said());
		expect(await outcome(inviteUnit(odile, id, idOf('villebrume')))).toBe('Forbidden');
		expect(await outcome(inviteUnit(samuel, id, idOf('montclairval')))).toBe('Forbidden');
		expect(await outcome(inviteUnit(await as('fanny'), id, idOf('pontsarvan')))).toBe('NotFound');
	});
});
