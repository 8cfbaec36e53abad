import { beforeAll, describe, expect, test } from 'vitest';
import { asSystem, read, write } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { notify } from './notify.ts';
import { countUnread, readAll } from './read.ts';
import { isTold } from './sights.ts';

stage();

let samuel: Viewer;
beforeAll(async () => {
	samuel = await as('samuel');
});

/** How many lines PostgreSQL needs to say how it would count: what each page pays before it counts. */
const planned = () =>
	read(samuel, async (tx) => {
		const told = await isTold(tx, samuel, sql`notice.read_at is null and not notice.unlisted`);
		return (await tx.many(sql`explain select from notices.notice where ${told}`)).length;
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
	test('asks the rules of the kinds it holds, and none when it holds nothing', async () => {
		expect(await planned()).toBeLessThan(10);
		await isWelcomed();
		expect(await read(samuel, (tx) => countUnread(tx, samuel))).toBe(1);
		expect(await planned()).toBeLessThan(400);
		await readAll(samuel);
		expect(await read(samuel, (tx) => countUnread(tx, samuel))).toBe(0);
	});

	test('says nothing of a kind that came between its two questions', async () => {
		await write(samuel, async (tx) => {
			const told = await isTold(tx, samuel, sql`notice.read_at is null`);
			await isWelcomed();
			expect(await tx.many(sql`select notice.id from notices.notice where ${told}`)).toEqual([]);
		});
	});
});
