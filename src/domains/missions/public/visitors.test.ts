import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { drainJobs, enqueue } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { type Viewer, visitor } from '#platform/viewer.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { cancel, change, close } from '../change.ts';
import { create } from '../create.ts';
import { enrol } from '../enrol.ts';
import { officialBy, past, round } from '../missions.fixture.ts';
import { privacy } from '../privacy.ts';
import { showMission } from '../queries.ts';
import { mailVisitor } from './mails.ts';
import { showPublicMission } from './read.ts';
import { cancelVisit, confirmVisit, visit, visitorPage, visitors } from './visitors.ts';

stage();

let id: string;
let samuel: Viewer;
let nobody: Browser;
beforeAll(async () => {
	samuel = await as('samuel');
	nobody = await browser('visitor');
});
beforeEach(async () => {
	id = await officialBy(samuel, { audience: 'public', needed: 2 });
});

let from = 0;
const ask = (email: string, rest = {}) =>
	visit(visitor, id, { email, name: '', website: '', ...rest }, { ip: `10.8.${from++}.1`, language: 'fr' });
const keyOf = async (email: string) => {
	const row = await asSystem('test', (tx) =>
		tx.one<{ id: string }>(sql`select visitor.id from missions.visitor
			where visitor.email = ${email} and visitor.mission_id = ${id}::uuid`),
	);
	return visitors.keyOf(row!.id);
};
/** Asks, and follows the link; gives its secret. */
async function comes(email: string, name = ''): Promise<string> {
	await ask(email, { name });
	const cle = await keyOf(email);
	await confirmVisit(visitor, id, { cle });
	return cle;
}
const mails = (to: string) =>
	asSystem('test', (tx) =>
		tx.many<{ kind: string; text: string }>(sql`select mail.kind, mail.message ->> 'text' as text
			from platform.mail where mail.recipient = ${to} order by mail.id`),
	);
const kinds = async (to: string) =>
	(await mails(to)).map(({ kind }) => kind.replace('missions.visitor_', ''));
const enrolled = async () => (await showMission(samuel, id)).enrolled;

describe('a public mission', () => {
	test('is read by anybody, without a name of anybody', async () => {
		const page = await nobody.get(`/m/${id}`);
		expect(page.main).toMatch(/Tractage au marché.*Place des Tanneries.*Venir sans compte/s);
		expect(page.html).not.toContain('Oudraine');
		expect((await (await browser('odile')).get(`/m/${id}`)).main).toContain('Répondre avec mon compte');
		for (const audience of ['unit', 'network'] as const) {
			const inside = await officialBy(samuel, { audience });
			expect((await nobody.get(`/m/${inside}`)).status).toBe(404);
		}
	});

	test('is shown on the public page of its unit, and leads to its own', async () => {
		const inside = await officialBy(samuel, { title: 'Entre nous', audience: 'network' });
		const page = await nobody.get(`/sections/${(await showPublicMission(id)).unit.slug}`);
		expect(page.html).toContain(`href="/m/${id}"`);
		expect(page.html).not.toContain(inside);
	});

	test('is a unit’s, never somebody’s own idea', async () => {
		const odile = await as('odile');
		expect(await outcome(create(odile, round({ audience: 'public' })))).toBe('Invalid');
		const own = await create(odile, round());
		const turned = { ...round({ audience: 'public' }), version: 1 };
		expect(await outcome(change(odile, own, turned))).toBe('Invalid');
	});

	test('is joined from inside by everybody of the network', async () => {
		await enrol(await as('tidiane'), id);
		expect(await enrolled()).toBe(1);
	});
});

describe('somebody without account', () => {
	test('is counted once the button behind the link is pressed, and gives the place back by it', async () => {
		await nobody.post(`/m/${id}?/visit`, { email: 'rosa@dehors.example', name: 'Rosa' });
		await drainJobs();
		const cle = await keyOf('rosa@dehors.example');
		const path = `/m/${id}/ma-place`;
		expect((await mails('rosa@dehors.example'))[0]!.text).toContain(`${path}?cle=${cle}`);
		expect((await nobody.get(`${path}?cle=${cle}`)).main).toContain('Je confirme ma venue');
		expect(await enrolled()).toBe(0);
		await nobody.post(`${path}?/confirm`, { cle });
		expect(await enrolled()).toBe(1);
		expect((await nobody.get(`${path}?cle=${cle}`)).main).toMatch(/Ta place est prise.*Et après/s);
		await nobody.post(`${path}?/cancel`, { cle });
		expect(await enrolled()).toBe(0);
	});

	test('and the network share the places: of the last one wanted by four, one has it', async () => {
		await comes('one@dehors.example');
		await ask('two@dehors.example');
		const cle = await keyOf('two@dehors.example');
		const people = await Promise.all((['odile', 'mathis', 'gerard'] as const).map((name) => as(name)));
		const tries = [confirmVisit(visitor, id, { cle }), ...people.map((viewer) => enrol(viewer, id))];
		const answers = await Promise.all(tries.map(outcome));
		expect(answers.filter((one) => one === undefined)).toHaveLength(1);
		expect(await enrolled()).toBe(2);
	});

	test('pressing twice at once is one place, and so are two ways out', async () => {
		await ask('ana@dehors.example');
		const cle = await keyOf('ana@dehors.example');
		await Promise.all([1, 2, 3].map(() => confirmVisit(visitor, id, { cle })));
		expect(await enrolled()).toBe(1);
		await Promise.all([1, 2].map(() => cancelVisit(visitor, id, { cle })));
		expect(await enrolled()).toBe(0);
	});

	test('another mission’s link, or none, opens nothing; a robot is thanked and nothing leaves', async () => {
		const cle = await comes('lia@dehors.example');
		const other = await officialBy(samuel, { audience: 'public' });
		expect(await outcome(visitorPage(other, cle))).toBe('NotFound');
		expect(await outcome(confirmVisit(visitor, id, { cle: 'x' }))).toBe('NotFound');
		await ask('robot@dehors.example', { website: 'https://spam.example' });
		await drainJobs();
		expect(await mails('robot@dehors.example')).toEqual([]);
	});

	test('asks only where it is public and still to come', async () => {
		const here = id;
		id = await officialBy(samuel, { audience: 'network' });
		expect(await outcome(ask('x@dehors.example'))).toBe('NotFound');
		id = here;
		await past(id);
		expect(await outcome(ask('x@dehors.example'))).toBe('Forbidden');
	});

	test('is read by who leads, by the name they gave and never by their address, and ticked when they came', async () => {
		await comes('lou@dehors.example', 'Lou');
		const seen = await showMission(samuel, id);
		expect(seen.guests).toMatchObject([{ name: 'Lou', came: null }]);
		expect(JSON.stringify(seen)).not.toContain('dehors.example');
		expect((await showMission(await as('odile'), id)).guests).toEqual([]);
		await past(id);
		const report = { people: 1, doors: null, leaflets: null, report: '' };
		await close(samuel, id, { ...report, came: [seen.guests[0]!.id] });
		expect((await showMission(samuel, id)).guests).toMatchObject([{ name: 'Lou', came: true }]);
		expect((await (await browser('samuel')).get(`/missions/${id}/feuille`)).main).toContain('Lou');
	});

	test('is told to who answers for the unit', async () => {
		await comes('nils@dehors.example');
		await drainJobs();
		const told = await asSystem('test', (tx) =>
			tx.many<{ n: number }>(sql`select 1 as n from notices.notice
				where notice.type = 'mission_visited' and notice.subject_id = ${id}::uuid`),
		);
		expect(told.length).toBeGreaterThan(0);
	});

	test('is written to when it moves, before it, and when it is off', async () => {
		await comes('mia@dehors.example');
		await change(samuel, id, { ...round({ audience: 'public', place: 'Sous la halle' }), version: 1 });
		await scene(sql`update missions.mission set starts_at = now() + interval '3 hours',
			ends_at = now() + interval '5 hours' where id = ${id}`);
		await asSystem('test', (tx) => enqueue(tx, 'missions.remind', {}));
		await drainJobs();
		await cancel(samuel, id, { reason: 'Tempête' });
		await drainJobs();
		expect((await kinds('mia@dehors.example')).toSorted()).toEqual(
			['confirm', 'changed', 'reminder', 'cancelled'].toSorted(),
		);
		expect((await mails('mia@dehors.example')).at(-1)!.text).toContain('Tempête');
	}, 60_000);

	test('hears of what is true as it leaves: off, or a place given back, is all that counts', async () => {
		const cle = await comes('ivo@dehors.example');
		await drainJobs();
		await scene(sql`delete from platform.mail`);
		const row = await asSystem('test', (tx) =>
			tx.one<{ id: string }>(
				sql`select visitor.id from missions.visitor where visitor.mission_id = ${id}::uuid`,
			),
		);
		const waits = (about: 'changed' | 'cancelled') => mailVisitor({ visitorId: row!.id, about });
		const left = async () => {
			await drainJobs();
			return kinds('ivo@dehors.example');
		};
		await waits('changed');
		await scene(sql`update missions.mission set place = 'Sous la halle' where id = ${id}`);
		expect(await left()).toEqual(['changed']);
		expect((await mails('ivo@dehors.example'))[0]!.text).toContain('Sous la halle');
		await waits('changed');
		await cancel(samuel, id, { reason: 'Tempête' });
		expect(await left()).toEqual(['changed', 'cancelled']);
		await waits('cancelled');
		await scene(sql`update missions.mission set state = 'open' where id = ${id}`);
		expect(await left()).toEqual(['changed', 'cancelled']);
		await waits('changed');
		await cancelVisit(visitor, id, { cle });
		expect(await left()).toEqual(['changed', 'cancelled']);
	}, 60_000);

	test('gives the place back once it is not public any more; the page says what the mail told', async () => {
		await ask('zoe@dehors.example');
		await drainJobs();
		const cle = await keyOf('zoe@dehors.example');
		await confirmVisit(visitor, id, { cle });
		await scene(
			sql`update missions.mission set audience = 'unit', title = 'Titre entre nous' where id = ${id}`,
		);
		const page = await nobody.get(`/m/${id}/ma-place?cle=${cle}`);
		expect(page.main).toMatch(/Tractage au marché.*Je ne viens plus/s);
		expect(page.html).not.toContain('Titre entre nous');
		await nobody.post(`/m/${id}/ma-place?/cancel`, { cle });
		expect(await enrolled()).toBe(0);
		expect(await outcome(showPublicMission(id))).toBe('NotFound');
	});

	test('is forgotten a month after, a week after when the button was not pressed; the count stays', async () => {
		await comes('old@dehors.example');
		await ask('never@dehors.example');
		const left = async (days: number) => {
			const now = new Date(Date.now() + days * 86_400_000);
			await asSystem('test', (tx) => privacy.retain!(tx, now, false));
			const rows = await asSystem('test', (tx) =>
				tx.many<{ email: string }>(sql`select visitor.email from missions.visitor
					where visitor.mission_id = ${id}::uuid`),
			);
			return rows.map(({ email }) => email);
		};
		expect(await left(8)).toEqual(['old@dehors.example']);
		expect(await left(40)).toEqual([]);
		expect((await showMission(samuel, id)).guests).toEqual([]);
		expect(await enrolled()).toBe(1);
	});
});
