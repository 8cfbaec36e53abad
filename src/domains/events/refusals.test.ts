import { beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import { type Viewer, visitor } from '#platform/viewer.ts';
import { browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { refused, scene, told } from '#tests/traces.ts';
import { answer } from './answer.ts';
import { change } from './change.ts';
import { askUnit } from './co-units.ts';
import { create } from './create.ts';
import type { Change, Creation } from './input.ts';
import { inviteUnit } from './invite.ts';
import { saveReport } from './report/write.ts';
import { showEvent } from './show.ts';
import { inDays, inHours, planned, said, set } from './stage.fixture.ts';
import { cancelVisit } from './visitors.ts';
import { visits } from './visits.fixture.ts';

stage();

let samuel: Viewer;
let odile: Viewer;
let mathis: Viewer;
beforeAll(async () => {
	[samuel, odile, mathis] = [await as('samuel'), await as('odile'), await as('mathis')];
});

const kept = [
	'events.event',
	'events.series',
	'events.co_unit',
	'events.shift',
	'events.taker',
	'events.answer',
];
const why = (work: () => Promise<unknown>) => refused(kept, work);
const comes = (who: Viewer, id: string, guests = 0) => answer(who, id, { presence: 'coming', guests });
const changed = (rest: Partial<Change> = {}): Change => {
	const { unit: _u, group: _g, repeat: _r, every: _e, until: _n, times: _t, ...same } = said();
	return { ...same, scope: 'this', sequence: null, ...rest };
};

describe('what is planned', () => {
	test.each<[string, Partial<Creation>, string]>([
		['a day of no calendar', { day: '2027-02-30' }, 'day events.day_needed'],
		['an end at an hour of no clock', { ends: '29:00' }, 'ends events.time_needed'],
		['an end the day before', { end_day: inDays(9) }, 'end_day events.end_before'],
		['the same hour twice', { ends: '19:00' }, 'ends events.end_before'],
		['more than a month', { end_day: inDays(45) }, 'end_day events.too_long'],
		['a day gone by', { day: '2020-01-01' }, 'day events.day_past'],
		['a commune nobody knows', { commune: 'Zzyzx' }, 'commune events.commune_unknown'],
		['dates that end before they begin', { repeat: 'weekly', until: inDays(5) }, 'until events.until_before'],
		['a unit shown to a group', { visibility: 'group' }, 'visibility events.visibility_group'],
	])('is refused for %s, at the field, and nothing is kept', async (_, rest, sentence) => {
		expect(await why(() => create(samuel, said(rest)))).toBe(`Invalid: ${sentence}`);
	});

	test('ends the night that follows when the clock shows less, without being asked', async () => {
		const id = await create(samuel, said({ starts: '22:00', ends: '01:30' }));
		const { startsAt, endsAt } = await showEvent(odile, id);
		expect(endsAt.getTime() - startsAt.getTime()).toBe(3.5 * 3_600_000);
	});

	test('for a unit where one holds nothing, or for nobody, says who can', async () => {
		expect(await why(() => create(samuel, said({ unit: idOf('montclairval') })))).toBe(
			'Forbidden: events.not_host',
		);
		expect(await why(() => create(samuel, said({ unit: '' })))).toBe('Forbidden: events.not_host');
	});
});

describe('a change', () => {
	test('of what somebody else changed since is not written over theirs', async () => {
		const id = await create(samuel, said());
		await change(samuel, id, changed({ title: 'Un', sequence: 0 }));
		expect(await why(() => change(samuel, id, changed({ title: 'Deux', sequence: 0 })))).toBe(
			'Conflict: events.changed_meanwhile',
		);
		expect((await showEvent(odile, id)).title).toBe('Un');
	});

	test('cannot put it in the past, nor on a day that is none', async () => {
		const id = await create(samuel, said());
		expect(await why(() => change(samuel, id, changed({ day: '2020-01-01' })))).toBe(
			'Invalid: day events.day_past',
		);
		expect(await why(() => change(samuel, id, changed({ day: '2027-13-01' })))).toBe(
			'Invalid: day events.day_needed',
		);
	});
});

describe('those who organise', () => {
	test('ask no unit that is closed, unknown, or their own', async () => {
		const id = await planned();
		for (const unit of [idOf('villebrume'), newId()])
			expect(await why(() => askUnit(samuel, id, { unit }))).toBe('Invalid: unit events.co_unit_unknown');
		await scene(sql`update territory.unit set closed_at = now() where unit.id = ${idOf('castelmauve')}`);
		expect(await why(() => askUnit(samuel, id, { unit: idOf('castelmauve') }))).toBe(
			'Invalid: unit events.co_unit_unknown',
		);
		await scene(sql`update territory.unit set closed_at = null where unit.id = ${idOf('castelmauve')}`);
	});

	test('invite only the units where they organise', async () => {
		const id = await planned();
		expect(await why(() => inviteUnit(samuel, id, idOf('pontsarvan')))).toBe('Forbidden: events.not_host');
		expect(await why(() => inviteUnit(odile, id, idOf('villebrume')))).toBe('Forbidden');
	});
});

describe('guests', () => {
	test('beyond what is allowed are refused with the number, and the place stays as it was', async () => {
		const id = await planned({ guests: 2 });
		await comes(odile, id, 1);
		expect(await why(() => comes(odile, id, 3))).toBe('Invalid: guests events.guests_too_many');
		const page = await (await browser('odile')).post(`/evenements/${id}?/answer`, {
			presence: 'coming',
			guests: '3',
		});
		expect(page.status).toBe(422);
		expect(page.main).toContain('2 personnes');
	});

	test('for whom no place is left do not cost the seat of who asked', async () => {
		const id = await planned({ capacity: 2, guests: 2 });
		await comes(odile, id);
		await comes(mathis, id);
		expect(await why(() => comes(odile, id, 1))).toBe('Invalid: guests events.guests_full');
		expect((await showEvent(odile, id)).answer).toBe('coming');
	});
});

describe('once it is over', () => {
	test('a visitor gives no place back, and reads why', async () => {
		const id = await planned({ visibility: 'public' });
		const cle = await visits(id, { email: 'rosa@dehors.example' });
		await set(id, `starts_at = now() - interval '3 hours', ends_at = now() - interval '1 minute'`);
		expect(await why(() => cancelVisit(visitor, id, { cle }))).toBe('Forbidden: events.is_over');
	});

	test('what is told of it has words before it is published, and twelve photos at most', async () => {
		const id = await planned({ startsAt: inHours(-5) });
		const empty = {
			text: '',
			counted: null,
			photos: [],
			descriptions: [],
			pictures: [],
			described: [],
			version: '',
		};
		expect(await told(saveReport(samuel, id, empty, true))).toBe('Invalid: text events.report_text_needed');
		expect(await told(saveReport(samuel, id, empty, false))).toBe('done');
		for (let n = 0; n < 12; n++) {
			const fileId = newId();
			await scene(
				sql`insert into platform.file (id, owner_id, holder, kind, name, bytes, state)
					values (${fileId}, ${idOf('samuel')}, 'events.report', 'image/png', 'x', 1, 'ready')`,
				sql`insert into events.report_picture (event_id, position, file_id, description) values (${id}, ${n}, ${fileId}, '')`,
			);
		}
		const dot = Buffer.from(
			'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
			'base64',
		);
		const samuelAt = await browser('samuel');
		const page = await samuelAt.get(`/evenements/${id}/compte-rendu/ecrire`);
		const sent = await samuelAt.post(`/evenements/${id}/compte-rendu/ecrire?/save`, {
			text: 'Une de plus.',
			version: page.field('version')!,
			'photos[]': [new File([new Uint8Array(dot)], 'de-trop.png', { type: 'image/png' })],
		});
		expect(sent.form?.problems).toEqual(['photos events.report_photos_full']);
		expect(sent.field('text')).toBe('Une de plus.');
	});
});
