import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { QUOTA } from '#platform/files/keep.ts';
import { house, wordsOf } from '#platform/house.ts';
import { newId } from '#platform/ids.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { digest } from '../digest.ts';
import { inHours, planned, toldOf } from '../stage.fixture.ts';
import { reportOf, showReport } from './report.ts';
import { saveReport } from './write.ts';

stage();

let samuel: Browser;
let odile: Browser;
const visitor = await browser('visitor');
beforeAll(async () => {
	samuel = await browser('samuel');
	odile = await browser('odile');
});
const over = (visibility = 'unit') => planned({ visibility, startsAt: inHours(-5) });
const at = (id: string) => `/evenements/${id}/compte-rendu`;
const written = (text: string, version = '') => ({
	text,
	counted: null,
	photos: [],
	descriptions: [],
	pictures: [],
	described: [],
	version,
});

describe('what is told of an event afterwards', () => {
	test('is kept for who organises, then published to whoever sees the event', async () => {
		const id = await over('public');
		await samuel.post(`${at(id)}/ecrire?/save`, { text: 'On a bien **travaillé**.', counted: '42' });
		expect((await odile.get(at(id))).status).toBe(404);
		expect((await visitor.get(at(id))).status).toBe(404);
		const draft = await samuel.get(`${at(id)}/ecrire`);
		expect([draft.field('text'), draft.field('counted')]).toEqual(['On a bien **travaillé**.', '42']);
		const version = draft.field('version')!;
		const done = await samuel.post(`${at(id)}/ecrire?/publish`, {
			text: 'On a bien **travaillé**.',
			counted: '42',
			version,
		});
		expect(done.to).toBe(at(id));
		for (const reader of [odile, visitor])
			expect((await reader.get(at(id))).main).toMatch(/42 personnes étaient là.*travaillé/s);
		expect((await odile.get(at(id))).main).not.toContain('Modifier');
		await samuel.post(`${at(id)}/ecrire?/withdraw`);
		expect((await visitor.get(at(id))).status).toBe(404);
		expect(await reportOf(await as('odile'), id)).toBeUndefined();
	});

	test('of an event of the unit is read there and nowhere else', async () => {
		const id = await over();
		await samuel.post(`${at(id)}/ecrire?/publish`, { text: 'Entre nous.' });
		expect((await odile.get(at(id))).main).toContain('Entre nous.');
		expect((await visitor.get(at(id))).status).toBe(404);
		expect((await (await browser('ines')).get(at(id))).status).toBe(404);
	});

	test('is written once the event began, by who organises', async () => {
		const coming = await planned();
		expect((await samuel.get(`${at(coming)}/ecrire`)).status).toBe(403);
		expect(await outcome(saveReport(await as('samuel'), coming, written('x'), true))).toBe('Forbidden');
		const id = await over();
		expect((await odile.get(`${at(id)}/ecrire`)).status).toBe(404);
		expect(await outcome(saveReport(await as('odile'), id, written('x'), true))).toBe('Forbidden');
		expect(await outcome(saveReport(await as('fanny'), id, written('x'), true))).toBe('NotFound');
		const empty = await samuel.post(`${at(id)}/ecrire?/publish`, { text: ' ', counted: 'trente' });
		expect(empty.form?.problems).toEqual(['counted events.report_counted_shape']);
	});

	test('is not overwritten by who wrote it at the same time: what they typed comes back', async () => {
		const id = await over();
		const [samuel_, yamina] = [await as('samuel'), await as('yamina')];
		const both = await Promise.all([
			outcome(saveReport(samuel_, id, written('un'), false)),
			outcome(saveReport(yamina, id, written('deux'), false)),
		]);
		expect(both.filter((one) => one === 'Invalid')).toHaveLength(1);
		const page = await samuel.post(`${at(id)}/ecrire?/save`, { text: 'trois', version: 'vieux' });
		expect(page.form?.problems).toEqual(['text events.report_changed']);
		expect(page.field('text')).toBe('trois');
	});
});

describe('its photos', () => {
	const photo = async () => {
		const drawn = sharp({ create: { width: 1200, height: 600, channels: 3, background: '#00616c' } });
		return new File([new Uint8Array(await drawn.jpeg().toBuffer())], 'stand.jpg', { type: 'image/jpeg' });
	};

	test('come with it, for whoever reads it and nobody else; taken away, they are gone', async () => {
		const id = await over();
		await samuel.post(`${at(id)}/ecrire?/save`, {
			text: 'Avec photo.',
			'photos[]': [await photo()],
			'descriptions[]': ['Le stand'],
		});
		const draft = await samuel.get(`${at(id)}/ecrire`);
		expect(draft.main).toContain('En préparation');
		await drainJobs();
		const fileId = await asSystem('test', (tx) =>
			tx.one<{ file_id: string }>(
				sql`select report_picture.file_id from events.report_picture where report_picture.event_id = ${id}::uuid`,
			),
		);
		const path = `/fichiers/${fileId!.file_id}`;
		expect((await odile.get(path)).status).toBe(404);
		await samuel.post(`${at(id)}/ecrire?/publish`, { text: 'Avec photo.', version: draft.field('version')! });
		expect((await odile.get(at(id))).html).toContain('alt="Le stand"');
		expect((await odile.get(path)).status).toBe(200);
		expect((await visitor.get(path)).status).toBe(404);
		await samuel.post(`${at(id)}/ecrire?/dropPicture`, { id: fileId!.file_id });
		expect((await odile.get(path)).status).toBe(404);
		expect((await odile.get(at(id))).html).not.toContain('Le stand');
	});

	test('that are none are refused at the field, and the text stays', async () => {
		const id = await over();
		const sent = {
			text: 'Avec photo.',
			'photos[]': [new File(['<svg onload=alert(1)>'], 'x.png', { type: 'image/png' })],
		};
		const page = await samuel.post(`${at(id)}/ecrire?/publish`, sent);
		expect(page.form?.problems).toEqual(['photos profiles.photo_not_picture']);
		expect(page.field('text')).toBe('Avec photo.');
	});

	test('published without words are given some later, that others read', async () => {
		const id = await over();
		await samuel.post(`${at(id)}/ecrire?/publish`, { text: 'Une photo.', 'photos[]': [await photo()] });
		await drainJobs();
		expect((await odile.get(at(id))).html).toContain('alt="Photo sans description"');
		const page = await samuel.get(`${at(id)}/ecrire`);
		expect(page.field('described[]')).toBe('');
		await samuel.post(`${at(id)}/ecrire?/publish`, {
			text: 'Une photo.',
			version: page.field('version')!,
			'pictures[]': [page.field('pictures[]')!],
			'described[]': ['Le stand sous la halle'],
		});
		expect((await odile.get(at(id))).html).toContain('alt="Le stand sous la halle"');
	});

	test('one that is none among others is named, and is not sent again at the next press; the others are', async () => {
		const id = await over();
		const notes = new File(['pas une image'], 'notes.txt', { type: 'text/plain' });
		const refused = await samuel.post(`${at(id)}/ecrire?/publish`, {
			text: 'Deux photos.',
			'photos[]': [await photo(), notes],
			'descriptions[]': ['Le stand', ''],
		});
		expect(refused.form?.problems).toEqual(['photos profiles.photo_not_picture']);
		expect(refused.main).toContain('À choisir à nouveau : notes.txt.');
		const kept = [...refused.html.matchAll(/name="_kept\[\]"[^>]*value="([^"]+)"/g)].map(([, one]) => one!);
		expect(kept).toHaveLength(1);
		const done = await samuel.post(`${at(id)}/ecrire?/publish`, {
			text: 'Deux photos.',
			'descriptions[]': ['Le stand', ''],
			_unsent: refused.field('_unsent')!,
			'_kept[]': kept,
		});
		expect(done.to).toBe(at(id));
	});

	test('for which there is no room are refused at the field, and the text stays', async () => {
		const id = await over();
		const full = newId();
		await scene(sql`insert into platform.file (id, owner_id, holder, kind, name, bytes, state)
			values (${full}, ${idOf('samuel')}, 'feed.post', 'text/plain', 'plein', ${QUOTA}, 'ready')`);
		const sent = { text: 'Long à écrire.', 'photos[]': [await photo()], 'descriptions[]': ['Le stand'] };
		const page = await samuel.post(`${at(id)}/ecrire?/save`, sent);
		await scene(sql`delete from platform.file where file.id = ${full}`);
		expect(page.form?.problems).toEqual(['photos profiles.photo_quota']);
		expect(page.field('text')).toBe('Long à écrire.');
	});

	test('wait with their words when something else is refused, and go at the next press', async () => {
		const id = await over();
		const refused = await samuel.post(`${at(id)}/ecrire?/publish`, {
			text: 'Avec photo.',
			counted: 'beaucoup',
			'photos[]': [new File([], ''), await photo()],
			'descriptions[]': ['', 'La table du marché'],
		});
		expect(refused.status).toBe(422);
		expect(
			[...refused.html.matchAll(/id="description-\d"[^>]*value="([^"]*)"/g)].map(([, said]) => said),
		).toContain('La table du marché');
		const [, kept] = /name="_kept\[\]"[^>]*value="([^"]+)"/.exec(refused.html) ?? [];
		const done = await samuel.post(`${at(id)}/ecrire?/publish`, {
			text: 'Avec photo.',
			counted: '40',
			'descriptions[]': ['', 'La table du marché'],
			_unsent: refused.field('_unsent')!,
			'_kept[]': [kept!],
		});
		expect(done.status).toBe(303);
		expect((await reportOf(await as('samuel'), id))!.pictures.map(({ description }) => description)).toEqual([
			'La table du marché',
		]);
	});
});

describe('once it is published', () => {
	const attended = (eventId: string, name: CastName) =>
		scene(sql`insert into events.attendance (id, event_id, person_id, by_id)
			values (${newId()}, ${eventId}, ${idOf(name)}, ${idOf('samuel')})`);
	const said = (eventId: string, name: CastName, answer: string) =>
		scene(sql`insert into events.answer (id, event_id, person_id, answer)
			values (${newId()}, ${eventId}, ${idOf(name)}, ${answer})`);

	test('who came, or said to come, is told once; neither who said no, nor who tells it, nor anybody anew', async () => {
		const id = await over('network');
		await attended(id, 'odile');
		await said(id, 'odile', 'coming');
		await said(id, 'mathis', 'coming');
		await said(id, 'gerard', 'no');
		await attended(id, 'samuel');
		await samuel.post(`${at(id)}/ecrire?/save`, { text: 'Pas encore.' });
		await drainJobs();
		expect(await toldOf('event_reported', id)).toEqual([]);
		const version = (await samuel.get(`${at(id)}/ecrire`)).field('version')!;
		await samuel.post(`${at(id)}/ecrire?/publish`, { text: 'Une belle soirée.', version });
		await drainJobs();
		expect(await toldOf('event_reported', id)).toEqual(['mathis', 'odile']);
		expect((await odile.get('/avis')).main).toContain('Le compte rendu est là');
		await samuel.post(`${at(id)}/ecrire?/withdraw`);
		expect((await odile.get('/avis')).main).not.toContain('Le compte rendu est là');
		await scene(sql`delete from notices.notice where type = 'event_reported'`);
		const again = (await samuel.get(`${at(id)}/ecrire`)).field('version')!;
		await samuel.post(`${at(id)}/ecrire?/publish`, { text: 'Encore.', version: again });
		await drainJobs();
		expect(await toldOf('event_reported', id)).toEqual([]);
	});

	test('two who publish at once tell once', async () => {
		const id = await over();
		await attended(id, 'odile');
		await saveReport(await as('samuel'), id, written('Un'), false);
		const { version } = await showReport(await as('samuel'), id);
		const tries = (['samuel', 'yamina'] as const).map(async (name) =>
			outcome(saveReport(await as(name), id, written(`De ${name}`, version), true)),
		);
		expect((await Promise.all(tries)).toSorted()).toEqual(['Invalid', undefined]);
		await drainJobs();
		expect(await toldOf('event_reported', id)).toEqual(['odile']);
	});

	test('who tells it puts it in the feed: the composer opens with its words and its address', async () => {
		const id = await over('network');
		await samuel.post(`${at(id)}/ecrire?/publish`, { text: 'Une **belle** soirée.' });
		expect((await odile.get(at(id))).html).not.toContain('/fil/publier?texte');
		const link = /href="(\/fil\/publier\?texte=[^"]+)"/.exec((await samuel.get(at(id))).html)?.[1];
		const composer = await samuel.get(link!.replaceAll('&amp;', '&'));
		expect(composer.field('text')).toMatch(new RegExp(`Stand au marché.*belle soirée.*${at(id)}`, 's'));
	});

	test('the mail of the week says it to who was there, and to nobody else', async () => {
		const id = await over('network');
		await attended(id, 'odile');
		await samuel.post(`${at(id)}/ecrire?/publish`, { text: 'Fait.' });
		const lines = async (name: CastName) => {
			const viewer = await as(name, { factor: false });
			const reader = { viewer, words: wordsOf(await house()), since: inHours(-2), timeZone: 'Europe/Paris' };
			const items = await asSystem('test', (tx) => digest(tx, { ...reader, hasAccount: true }));
			return items.map(({ href }) => href);
		};
		expect(await lines('odile')).toContain(at(id));
		expect(await lines('mathis')).not.toContain(at(id));
	});
});
