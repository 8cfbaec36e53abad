import { beforeAll, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import { isActive, type Viewer } from '#platform/viewer.ts';
import type { CastName } from '#tests/party.ts';
import { program } from '#tests/program.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { answer, confirm } from './answer.ts';
import { inHours, planned, set } from './stage.fixture.ts';

stage();

const who: Partial<Record<CastName, Viewer>> = {};
const names = ['odile', 'mathis', 'samuel', 'gerard', 'lucien', 'ines'] as const;
beforeAll(async () => {
	for (const name of names) who[name] = await as(name);
});

const says = (
	name: (typeof names)[number],
	id: string,
	said: 'coming' | 'maybe' | 'no' = 'coming',
	guests = 0,
) => outcome(answer(who[name]!, id, { presence: said, guests }));
const counts = async (id: string) =>
	asSystem('test', (tx) =>
		tx.one(sql`select event.coming_count as coming, event.maybe_count as maybe, event.waiting_count as waiting
			from events.event where event.id = ${id}::uuid`),
	);

describe('answering', () => {
	test('is counted once, whatever was said before', async () => {
		const id = await planned();
		expect(await says('odile', id)).toBe('coming');
		expect(await says('odile', id)).toBe('coming');
		expect(await says('mathis', id, 'maybe')).toBe('maybe');
		expect(await counts(id)).toEqual({ coming: 1, maybe: 1, waiting: 0 });
		expect(await says('odile', id, 'no')).toBe('no');
		expect(await counts(id)).toEqual({ coming: 0, maybe: 1, waiting: 0 });
	});

	test('is refused: 404 to who does not see it, 403 once it is over or cancelled', async () => {
		const id = await planned();
		expect(await says('ines', id)).toBe('NotFound');
		await set(id, 'cancelled_at = now()');
		expect(await says('odile', id)).toBe('Forbidden');
		expect(await says('odile', await planned({ startsAt: inHours(-4) }))).toBe('Forbidden');
	});

	test('brings no more guests than are allowed', async () => {
		const id = await planned({ guests: 2 });
		expect(await says('odile', id, 'coming', 2)).toBe('coming');
		expect(await counts(id)).toMatchObject({ coming: 3 });
		expect(await says('odile', id, 'coming', 3)).toBe('Invalid');
		expect(await says('mathis', await planned(), 'coming', 1)).toBe('Invalid');
	});

	test('is said again the day before by who comes, and by nobody else', async () => {
		const id = await planned();
		await says('odile', id);
		expect(await confirm(who.odile!, id)).toBe(true);
		expect(await confirm(who.mathis!, id)).toBe(false);
		expect(await outcome(confirm(who.ines!, id))).toBe('NotFound');
		const again = (name: CastName) => program('PUT /events/[id]/answer/confirmation', name, { id });
		expect([await again('odile'), await again('mathis')]).toEqual([
			{ confirmed: true },
			{ confirmed: false },
		]);
		expect(await outcome(again('ines'))).toBe('NotFound');
	});
});

describe('with few seats', () => {
	test('who comes late waits, in order, and moves up when somebody leaves', async () => {
		const id = await planned({ capacity: 1 });
		expect(await says('odile', id)).toBe('coming');
		expect(await says('mathis', id)).toBe('waiting');
		expect(await says('gerard', id)).toBe('waiting');
		expect(await says('odile', id, 'maybe')).toBe('maybe');
		expect(await counts(id)).toEqual({ coming: 1, maybe: 1, waiting: 1 });
		// Who left comes back behind the others.
		expect(await says('odile', id)).toBe('waiting');
		expect(await says('mathis', id, 'no')).toBe('no');
		expect(await says('gerard', id)).toBe('coming');
		expect(await says('odile', id)).toBe('waiting');
	});

	test('a party that does not fit waits, and nobody passes before it', async () => {
		const id = await planned({ capacity: 3, guests: 2 });
		await says('odile', id, 'coming', 1);
		expect(await says('mathis', id, 'coming', 1)).toBe('waiting');
		expect(await says('gerard', id)).toBe('waiting');
		expect(await says('odile', id, 'coming', 0)).toBe('coming');
		expect(await counts(id)).toEqual({ coming: 3, maybe: 0, waiting: 1 });
	});

	test('who has a seat and brings more people than there is room for keeps the seat and is told', async () => {
		const id = await planned({ capacity: 2, guests: 5 });
		await says('odile', id);
		await says('mathis', id);
		expect(await says('odile', id, 'coming', 1)).toBe('Invalid');
		expect(await says('odile', id)).toBe('coming');
		expect(await counts(id)).toMatchObject({ coming: 2 });
	});
});

describe('all at once', () => {
	const crowd = 1000;
	const people = Array.from({ length: crowd }, () => newId());
	beforeAll(() =>
		asSystem('test', async (tx) => {
			for (const [n, id] of people.entries())
				await tx.run(sql`insert into people.person (id, name, folded_name, confirmed_at)
					values (${id}, ${`Personne ${n}`}, ${`personne ${n}`}, now())`);
		}),
	);

	test('a thousand answers for ten seats give ten, and those who wait keep their order', async () => {
		const id = await planned({ capacity: 10, visibility: 'network' });
		const model = who.odile!;
		expect(isActive(model)).toBe(true);
		// A hundred at a time: a connection that waits more than ten seconds is refused, on a slow machine too.
		const seats: string[] = [];
		for (let n = 0; n < crowd; n += 100)
			seats.push(
				...(await Promise.all(
					people
						.slice(n, n + 100)
						.map((person) => answer({ ...model, id: person }, id, { presence: 'coming', guests: 0 })),
				)),
			);
		expect(seats.filter((seat) => seat === 'coming')).toHaveLength(10);
		expect(await counts(id)).toEqual({ coming: 10, maybe: 0, waiting: crowd - 10 });
		const order = await asSystem('test', (tx) =>
			tx.many<{
				is_waiting: boolean;
				person_id: string;
			}>(sql`select answer.is_waiting, answer.person_id from events.answer
				where answer.event_id = ${id}::uuid order by answer.seat_at, answer.id`),
		);
		expect(order.slice(0, 10).every(({ is_waiting }) => !is_waiting)).toBe(true);
		expect(order.slice(10).every(({ is_waiting }) => is_waiting)).toBe(true);
		// Three leave at once: the next three come, no other.
		await Promise.all(
			order
				.slice(0, 3)
				.map(({ person_id }) => answer({ ...model, id: person_id }, id, { presence: 'no', guests: 0 })),
		);
		const seated = await asSystem('test', (tx) =>
			tx.many<{
				person_id: string;
			}>(sql`select answer.person_id from events.answer where answer.event_id = ${id}::uuid
				and answer.answer = 'coming' and not answer.is_waiting order by answer.seat_at`),
		);
		expect(seated.map(({ person_id }) => person_id)).toEqual(
			order.slice(3, 13).map(({ person_id }) => person_id),
		);
	}, 60_000);

	test('cancelled while people answer: whoever was let in was before, and nobody after', async () => {
		const id = await planned({ visibility: 'network' });
		const model = who.odile!;
		const answers = people
			.slice(0, 50)
			.map((person) => outcome(answer({ ...model, id: person }, id, { presence: 'coming', guests: 0 })));
		const [said] = await Promise.all([Promise.all(answers), set(id, 'cancelled_at = now()')]);
		const accepted = said.filter((one) => one === 'coming').length;
		expect(said.filter((one) => one === 'Forbidden')).toHaveLength(50 - accepted);
		expect(await counts(id)).toMatchObject({ coming: accepted });
	});

	test('the same tap sent twice is one answer', async () => {
		const id = await planned({ capacity: 1 });
		const twice = () => answer({ ...who.odile!, requestKey: 'tap' }, id, { presence: 'coming', guests: 0 });
		expect(await Promise.all([twice(), twice()])).toEqual(['coming', 'coming']);
		expect(await counts(id)).toMatchObject({ coming: 1, waiting: 0 });
	});
});
