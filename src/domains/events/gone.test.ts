import { expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { drainJobs, enqueue } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { agenda, findEvents } from './agenda.ts';
import { answer } from './answer.ts';
import { homeEvents } from './home.ts';
import { listeners } from './listen.ts';
import { privacy } from './privacy.ts';
import { askQuestion } from './questions.ts';
import { insertSeries, lay } from './series.ts';
import { showEvent } from './show.ts';
import { inHours, planned, set, toldOf } from './stage.fixture.ts';

stage();

const hear = async (event: string, payload: object) => {
	for (const { to, hear: react } of listeners) if (to === event) await react(payload as never);
	await drainJobs();
};
const come = async (name: 'odile' | 'mathis', id: string) =>
	answer(await as(name), id, { presence: 'coming', guests: 0 });

test('a unit that closes calls off what it planned alone, and tells; what another organises too is theirs', async () => {
	const alone = await planned({ unit: 'villebrume', visibility: 'network' });
	const shared = await planned({ unit: 'villebrume', visibility: 'network' });
	const past = await planned({ unit: 'villebrume', visibility: 'network', startsAt: inHours(-30) });
	await asSystem('test', (tx) =>
		tx.run(sql`insert into events.co_unit (id, event_id, unit_id, asked_by, answered_by, answered_at, accepted)
			values (${newId()}, ${shared}, ${idOf('montclairval')}, ${idOf('samuel')}, ${idOf('yamina')}, now(), true)`),
	);
	await come('odile', alone);
	await hear('territory.unit_closed', { unitId: idOf('villebrume'), heir: null });
	const odile = await as('odile');
	expect((await showEvent(odile, alone)).cancelledAt).not.toBeNull();
	expect(await toldOf('event_cancelled', alone)).toEqual(['odile']);
	expect(await showEvent(odile, shared)).toMatchObject({
		cancelledAt: null,
		unit: { id: idOf('montclairval') },
	});
	expect((await showEvent(odile, past)).cancelledAt).toBeNull();
});

test('a unit that leaves its people to another leaves it its events', async () => {
	const id = await planned({ visibility: 'network' });
	await hear('territory.unit_closed', { unitId: idOf('villebrume'), heir: idOf('montclairval') });
	expect(await showEvent(await as('odile'), id)).toMatchObject({
		cancelledAt: null,
		unit: { id: idOf('montclairval') },
	});
});

test('what comes back gets its next dates with time, once', async () => {
	const startsAt = inHours(24);
	const id = await planned({ startsAt });
	await asSystem('test', async (tx) => {
		const series = await insertSeries(tx, {
			freq: 'weekly',
			every: 1,
			startsAt,
			timeZone: 'Europe/Paris',
			until: null,
			times: null,
		});
		await tx.run(
			sql`update events.event set series_id = ${series}, original_start = event.starts_at where event.id = ${id}::uuid`,
		);
		expect(await lay(tx, series, inHours(24 * 15))).toBe(2);
		expect(await lay(tx, series, inHours(24 * 15))).toBe(0);
	});
	for (const _ of [1, 2]) {
		await asSystem('test', (tx) => enqueue(tx, 'events.extend', {}));
		await drainJobs();
	}
	const { n } = (await asSystem('test', (tx) =>
		tx.one<{
			n: number;
		}>(sql`select count(*)::int as n from events.event where event.series_id = (select first.series_id
			from events.event as first where first.id = ${id}::uuid)`),
	))!;
	expect(n).toBeGreaterThanOrEqual(17);
	expect(n).toBeLessThanOrEqual(18);
});

test('who is erased leaves their seat to who waits, and no trace', async () => {
	const id = await planned({ capacity: 1, visibility: 'network' });
	await come('odile', id);
	expect(await come('mathis', id)).toBe('waiting');
	await askQuestion(await as('odile'), id, { question: 'Où ?' });
	const held = await asSystem('test', (tx) => privacy.gather(tx, idOf('odile')));
	expect((held.answers as { event_id: string }[]).map(({ event_id }) => event_id)).toContain(id);
	expect(held.questions).toMatchObject([{ text: 'Où ?' }]);
	await asSystem('test', (tx) => privacy.erase(tx, idOf('odile')));
	expect((await showEvent(await as('mathis'), id)).mine?.answer).toBe('coming');
	const after = await asSystem('test', (tx) => privacy.gather(tx, idOf('odile')));
	expect(Object.values(after).flat()).toEqual([]);
	await asSystem('test', (tx) => privacy.erase(tx, idOf('samuel')));
	expect((await showEvent(await as('mathis'), id)).title).toBe('Stand au marché');
});

test('two accounts that were one person are one answer', async () => {
	const id = await planned({ visibility: 'network' });
	await come('odile', id);
	await come('mathis', id);
	await hear('people.merged', { fromId: idOf('odile'), intoId: idOf('mathis') });
	expect((await showEvent(await as('mathis'), id)).coming).toBe(1);
});

test('an event is found by its words, by who sees it alone; what comes next is what one said one comes to', async () => {
	await asSystem('test', (tx) => tx.run(sql`delete from events.event`));
	const id = await planned({
		title: 'Projection débat',
		visibility: 'network',
		unit: 'montclairval',
		startsAt: inHours(200),
	});
	await set(id, `folded = 'projection debat'`);
	const [ines, odile] = [await as('ines'), await as('odile')];
	const hidden = await planned({ title: 'Projections cachées', unit: 'pontsarvan' });
	await set(hidden, `folded = 'projections cachees'`);
	expect((await findEvents(odile, 'Projections')).map((one) => one.id)).toEqual([id]);
	expect((await agenda(odile)).events.map((one) => one.id)).not.toContain(hidden);
	expect((await homeEvents(ines)).next).toMatchObject([{ id }]);
	await answer(ines, id, { presence: 'no', guests: 0 });
	expect((await homeEvents(ines)).next).toEqual([]);
	expect(await outcome(showEvent(odile, hidden))).toBe('NotFound');
});
