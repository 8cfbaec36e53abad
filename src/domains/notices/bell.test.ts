import { beforeAll, describe, expect, test } from 'vitest';
import { asSystem, counters, read } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { notify } from './notify.ts';
import { countUnread, notices, readAll } from './read.ts';

stage();

let samuel: Viewer;
beforeAll(async () => {
	samuel = await as('samuel');
});

/** What the bell says, and how many questions it asks for that. */
const rung = () =>
	read(samuel, async (tx) => {
		const before = counters.queries;
		const count = await countUnread(tx, samuel);
		return { count, asked: counters.queries - before };
	});
const isWelcomed = () =>
	asSystem('notices', (tx) =>
		notify(tx, {
			type: 'welcomed',
			to: [idOf('samuel')],
			byId: idOf('odile'),
			subjectId: idOf('villebrume'),
			placeId: idOf('villebrume'),
			unitId: idOf('villebrume'),
		}),
	);

describe('the bell, drawn on every page', () => {
	test('asks what it holds, and no rule of a kind that is not there', async () => {
		expect(await rung()).toEqual({ count: 0, asked: 1 });
		await isWelcomed();
		expect(await rung()).toEqual({ count: 1, asked: 1 });
		await readAll(samuel);
		expect(await rung()).toEqual({ count: 0, asked: 1 });
	});

	test('passes over lines that may not be told any more, however many, to those that may', async () => {
		await asSystem('notices', (tx) =>
			tx.run(sql`insert into notices.notice (person_id, id, type, subject_id, place_id, payload, at)
				select ${samuel.id}::uuid, gen_random_uuid(), 'commented', gen_random_uuid(), gen_random_uuid(), '{}',
					now() + make_interval(secs => n) from generate_series(1, 600) as n`),
		);
		await isWelcomed();
		// Three times lines, then the one rule of their kind.
		expect(await rung()).toEqual({ count: 1, asked: 6 });
		const { fresh } = await notices(samuel);
		expect(fresh.map(({ type }) => type)).toEqual(['welcomed']);
	});
});
