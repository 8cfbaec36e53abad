// The public page of an event that a thousand people answered, beside the home in the same run; and a thousand answers for ten seats.
import { answer } from '#domains/events/index.ts';
import { viewerOfPerson } from '#domains/territory/index.ts';
import { asSystem } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import '#registry.ts';
import { fillFeed, readerId, readerSecret } from './feed-data.ts';
import type { Measured, Options } from './index.ts';
import { quantile, rounded } from './load.ts';
import { measuredHello, measuredPage } from './pages.ts';
import { buildPages, runServer, withDatabase } from './scene.ts';

const crowd = 1000;
const seats = 10;

/** One row for each page, then one for the race; `overHome` is the processor's: pages of the event for one of the home. */
export async function measure({ members, say }: Options): Promise<Measured> {
	buildPages();
	const rows: Measured['rows'] = [];
	let raw: Measured['raw'] = {};
	for (const size of members)
		await withDatabase(async (owner) => {
			say(`${size} members: filling`);
			await fillFeed(owner, size);
			const people = await someOf(crowd);
			const full = await plan('Fête de la section', null);
			await fillAnswers(full, people);
			await owner.unsafe('analyze');
			say(`${size} members: measuring`);
			rows.push(
				...(await measurePages(size, full)),
				await race(size, await plan('Dix places', seats), people),
			);
			raw = await measuredHello();
		});
	return { rows, raw };
}

const someOf = async (limit: number): Promise<string[]> =>
	(
		await asSystem('bench', (tx) =>
			tx.many<{ id: string }>(sql`select person.id from people.person order by person.id limit ${limit}`),
		)
	).map(({ id }) => id);

/** A public event of next week, held by the top of the tree; gives its id. */
async function plan(title: string, capacity: number | null): Promise<string> {
	const id = newId();
	await asSystem('bench', (tx) =>
		tx.run(sql`insert into events.event (id, unit_id, by_id, title, text, place_name, starts_at, ends_at, visibility, capacity, folded)
			select ${id}::uuid, unit.id, ${readerId}::uuid, ${title}, 'On se retrouve autour d’un buffet.', 'Salle des fêtes',
				now() + interval '7 days', now() + interval '7 days 3 hours', 'public', ${capacity}::int, 'fete'
			from territory.unit where unit.parent_id is null`),
	);
	return id;
}

// Six in ten come, two may, two do not; by SQL, as the acts would have left them.
const fillAnswers = (eventId: string, people: readonly string[]) =>
	asSystem('bench', async (tx) => {
		for (const [n, person] of people.entries()) {
			const said = n % 10 < 6 ? 'coming' : n % 10 < 8 ? 'maybe' : 'no';
			await tx.run(sql`insert into events.answer (id, event_id, person_id, answer, seat_at)
				values (${newId()}::uuid, ${eventId}::uuid, ${person}::uuid, ${said}, case when ${said} = 'coming' then now() end)`);
		}
		await tx.run(sql`update events.event set
			coming_count = (select count(*) from events.answer where answer.event_id = event.id and answer.answer = 'coming'),
			maybe_count = (select count(*) from events.answer where answer.event_id = event.id and answer.answer = 'maybe')
			where event.id = ${eventId}::uuid`);
	});

async function measurePages(members: number, eventId: string): Promise<Measured['rows']> {
	const server = await runServer('pages');
	try {
		const home = await measuredPage(server, '/fil', { cookie: `coopol=${readerSecret}` });
		const page = await measuredPage(server, `/e/${eventId}`);
		const overHome = rounded(page.pagesPerCpuSecond / home.pagesPerCpuSecond);
		return [
			{ members, what: `public page, ${crowd} answers`, ...page, overHome },
			{ members, what: 'home', ...home, overHome: 1 },
		];
	} finally {
		await server.stop();
	}
}

/** Everybody answers at once, a hundred at a time; how many got a seat. */
async function race(members: number, eventId: string, people: readonly string[]) {
	const model = await viewerOfPerson(readerId, []);
	const ms: number[] = [];
	const given: string[] = [];
	const one = async (id: string) => {
		const from = performance.now();
		given.push(await answer({ ...model, id }, eventId, { presence: 'coming', guests: 0 }));
		ms.push(performance.now() - from);
	};
	for (let n = 0; n < people.length; n += 100) await Promise.all(people.slice(n, n + 100).map(one));
	return {
		members,
		what: `${crowd} answers for ${seats} seats`,
		coming: given.filter((seat) => seat === 'coming').length,
		waiting: given.filter((seat) => seat === 'waiting').length,
		answerP50: rounded(quantile(ms, 0.5)),
		answerP99: rounded(quantile(ms, 0.99)),
	};
}
