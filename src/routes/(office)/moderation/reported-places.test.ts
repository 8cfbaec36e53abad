import { beforeEach, describe, expect, test, vi } from 'vitest';
import { planned } from '#domains/events/stage.fixture.ts';
import { opened } from '#domains/groups/groups.fixture.ts';
import { join } from '#domains/groups/index.ts';
import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { browser } from '#tests/browse.ts';
import { type CastName, cast, idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { scene, toldOf } from '#tests/traces.ts';

stage();
// Everybody of the cast looks, each time.
vi.setConfig({ testTimeout: 90_000 });

interface Thing {
	kind: 'group' | 'event';
	id: string;
}
beforeEach(() =>
	scene(
		...['appeal', 'hidden', 'review', 'report', 'decision'].map(
			(table) => sql`delete from ${sql.raw(`safety.${table}`)}`,
		),
		sql`delete from notices.notice`,
		sql`delete from platform.bucket`,
	),
);

const report = async (who: CastName, { kind, id }: Thing) =>
	(await browser(who)).post(`/securite/signaler?kind=${kind}&id=${id}&/report`, {
		kind,
		id,
		reason: 'attack',
		note: 'canary-note',
	});
const caseOf = ({ kind, id }: Thing) => `/moderation/cas/${kind}/${id}`;
/** Who of the cast finds the case in the queue and opens it; it must be the same people. */
async function judges(thing: Thing): Promise<CastName[]> {
	const found: CastName[] = [];
	for (const name of Object.keys(cast) as CastName[]) {
		const who = await browser(name);
		const [queue, page] = [await who.get('/moderation'), await who.get(caseOf(thing))];
		const isListed = queue.status === 200 && queue.html.includes(`value="${thing.id}"`);
		expect([name, page.status === 200]).toEqual([name, isListed]);
		if (isListed) found.push(name);
	}
	return found;
}
const decide = async (who: CastName, thing: Thing, outcome: string) =>
	(await browser(who)).post(`${caseOf(thing)}?/decide`, {
		outcome,
		rule: 'attack',
		note: 'On discute les idées.',
		days: '7',
	});

const group = async (owner: CastName, given: Parameters<typeof opened>[1] = {}): Promise<Thing> => ({
	kind: 'group',
	id: await opened(owner, given),
});
const event = async (given: Parameters<typeof planned>[0]): Promise<Thing> => ({
	kind: 'event',
	id: await planned(given),
});

describe('a report of a group, or of something planned, reaches who moderates the place and above, and nobody else', () => {
	test.each<[string, () => Promise<Thing>, CastName, CastName[], CastName[]]>([
		[
			'an official group, whose author has no part in it: the level above is told',
			() => group('samuel', { unit: idOf('villebrume') }),
			'odile',
			['yamina', 'sabrina', 'paulo'],
			['yamina'],
		],
		[
			'a free group, by somebody of the same unit',
			() => group('mathis'),
			'odile',
			['samuel', 'yamina', 'sabrina', 'paulo'],
			['samuel'],
		],
		[
			'a free group, by somebody who shares no place',
			() => group('mathis'),
			'tidiane',
			['sabrina', 'paulo'],
			['sabrina', 'paulo'],
		],
		[
			'something planned by a unit, by one of its people',
			() => event({ by: 'samuel' }),
			'odile',
			['yamina', 'sabrina', 'paulo'],
			['yamina'],
		],
		[
			'something that a unit plans for the network, by an officer of elsewhere',
			() => event({ by: 'gerard', visibility: 'network' }),
			'fanny',
			['samuel', 'yamina', 'sabrina', 'paulo'],
			['samuel'],
		],
		[
			'the same, by a moderator of the place: never in their own report',
			() => event({ by: 'gerard', visibility: 'network' }),
			'samuel',
			['yamina', 'sabrina', 'paulo'],
			['yamina'],
		],
	])('%s', async (_, made, reporter, expected, told) => {
		const thing = await made();
		expect((await report(reporter, thing)).status).toBe(303);
		expect(await toldOf('report_waits')).toEqual(told);
		expect(await judges(thing)).toEqual(expected);
	});

	test('a secret group is judged by its words, while the report waits; its page stays shut, and unseen it cannot be reported', async () => {
		const thing = await group('mathis', {
			visibility: 'secret',
			name: 'Cercle fermé',
			aim: 'canary-aim de loin',
		});
		expect((await report('odile', thing)).status).toBe(404);
		await scene(
			sql`insert into groups.membership (circle_id, person_id, state) values (${thing.id}, ${idOf('odile')}, 'member')`,
			sql`insert into groups.seat (circle_id, person_id) values (${thing.id}, ${idOf('odile')})`,
		);
		await report('odile', thing);
		expect(await judges(thing)).toEqual(['samuel', 'yamina', 'sabrina', 'paulo']);
		const samuel = await browser('samuel');
		const page = await samuel.get(caseOf(thing));
		expect(page.main).toContain('canary-aim');
		expect(page.html).not.toContain(`href="/groupes/${thing.id}"`);
		expect((await samuel.get(`/groupes/${thing.id}`)).status).toBe(404);
		expect((await samuel.get('/groupes?q=canary-aim')).main).not.toContain('Cercle fermé');
		await decide('samuel', thing, 'keep');
		expect((await samuel.get(`/securite/signaler?kind=group&id=${thing.id}`)).status).toBe(404);
	});
});

describe('what is decided', () => {
	const made: [string, () => Promise<Thing>, (id: string) => string][] = [
		['group', () => group('mathis'), (id) => `/groupes/${id}`],
		['event', () => event({ by: 'mathis', visibility: 'network' }), (id) => `/evenements/${id}`],
	];

	test.each(made)(
		'of a hidden %s is told to its author and to who reported, and it is gone for the others',
		async (_, make, pageOf) => {
			const thing = await make();
			if (thing.kind === 'group') await join(await as('ines'), thing.id);
			await report('odile', thing);
			await report('ines', thing);
			expect((await decide('samuel', thing, 'hide')).to).toBe('/moderation');
			expect(await toldOf('sanctioned')).toEqual(['mathis']);
			expect(await toldOf('report_answered')).toEqual(['odile', 'ines']);
			expect((await (await browser('mathis')).get('/avis')).main).not.toMatch(/Odile|Inès|Samuel/);
			expect(await judges(thing)).toEqual([]);
			for (const name of ['odile', 'ines', 'fanny'] as const)
				expect([name, (await (await browser(name)).get(pageOf(thing.id))).status]).toEqual([name, 404]);
			const { id } = (await asSystem('test', (tx) =>
				tx.one<{ id: string }>(sql`select id from safety.decision`),
			))!;
			const decision = `/securite/decisions/${id}`;
			expect((await (await browser('mathis')).get(decision)).main).toContain('On discute les idées.');
			expect((await (await browser('odile')).get(decision)).status).toBe(404);
		},
	);

	test.each(made)(
		'of a %s that breaks no rule is told to who reported, and its author hears nothing',
		async (_, make, pageOf) => {
			const thing = await make();
			await report('odile', thing);
			await decide('samuel', thing, 'keep');
			await drainJobs();
			expect([await toldOf('sanctioned'), await toldOf('report_answered')]).toEqual([[], ['odile']]);
			expect((await (await browser('fanny')).get(pageOf(thing.id))).status).toBe(200);
		},
	);
});
