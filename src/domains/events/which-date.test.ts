import { beforeAll, describe, expect, test } from 'vitest';
import { linesOf } from '#domains/notices/lines.ts';
import { notices } from '#domains/notices/read.ts';
import { asSystem } from '#platform/db.ts';
import { house, wordsOf } from '#platform/house.ts';
import { drainJobs, enqueue } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { browser } from '#tests/browse.ts';
import { plain } from '#tests/draw.ts';
import { as, stage } from '#tests/stage.ts';
import { agenda } from './agenda.ts';
import { answer } from './answer.ts';
import { cancel } from './change.ts';
import { create } from './create.ts';
import { inHours, planned, said, set } from './stage.fixture.ts';

stage();

let samuel: Viewer;
let odile: Viewer;
beforeAll(async () => {
	[samuel, odile] = [await as('samuel'), await as('odile')];
});

const words = async () => wordsOf(await house());
const read = async (viewer: Viewer) =>
	linesOf(await words(), await notices(viewer), 'Europe/Paris').fresh.map(({ text }) => plain(text));
const come = (id: string) => answer(odile, id, { presence: 'coming', guests: 0 });

describe('the page of an event', () => {
	test('writes the comma of its place where French has it', async () => {
		const id = await planned({ title: 'Fanfare' });
		await asSystem('test', (tx) =>
			tx.run(sql`insert into territory.zone (id, kind, code, name, folded_name)
				values ('commune-brume', 'commune', '99901', 'Villebrume', 'villebrume') on conflict do nothing`),
		);
		await set(id, `place_name = 'Halle', zone_id = 'commune-brume'`);
		const { main } = await (await browser('odile')).get(`/evenements/${id}`);
		expect(main).toContain('Halle, Villebrume');
	});
});

describe('a notice says which date it is about', () => {
	test('when one Tuesday of many is called off', async () => {
		const first = await create(samuel, said({ title: 'Permanence', repeat: 'weekly', times: 4 }));
		const dates = (await agenda(odile)).events.filter(({ title }) => title === 'Permanence');
		expect(dates).toHaveLength(4);
		for (const { id } of dates) await come(id);
		expect(first).toBe(dates[0]!.id);
		await cancel(samuel, dates[2]!.id, { reason: 'Salle fermée', scope: 'this' });
		await drainJobs();
		const when = plain((await words()).date(dates[2]!.startsAt, 'dateTime'));
		expect(await read(odile)).toEqual([`C'est annulé : Permanence, ${when}.`]);
	});

	test('and is right the same day: nothing is "tomorrow" tonight', async () => {
		const id = await planned({ title: 'Collage', startsAt: inHours(3) });
		await come(id);
		await asSystem('test', (tx) => enqueue(tx, 'events.remind', {}));
		await drainJobs();
		const when = plain((await words()).date((await agenda(odile)).events[0]!.startsAt, 'dateTime'));
		expect((await read(odile))[0]).toBe(`Rappel : Collage, ${when}. Dis si tu viens toujours.`);
	});

	test('and by which clocks, when they are not those of the house', async () => {
		const id = await planned({ title: 'Visio', startsAt: new Date('2031-01-05T14:00:00Z') });
		await set(id, `time_zone = 'Indian/Reunion'`);
		await come(id);
		await cancel(samuel, id, { reason: 'Panne', scope: 'this' });
		await drainJobs();
		expect((await read(odile))[0]).toBe(
			"C'est annulé : Visio, dimanche 5 janvier 2031 à 18 h (heure : La Réunion).",
		);
	});
});
