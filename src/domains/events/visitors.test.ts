import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { drainJobs, enqueue } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { visitor } from '#platform/viewer.ts';
import { browser } from '#tests/browse.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { answer } from './answer.ts';
import { cancel } from './change.ts';
import { privacy } from './privacy.ts';
import { showPublicEvent } from './show.ts';
import { inHours, planned, set } from './stage.fixture.ts';
import { cancelVisit, confirmVisit, visit, visitorKey, visitorPlace } from './visitors.ts';

stage();

let id: string;
beforeAll(async () => {
	await asSystem('test', (tx) => tx.run(sql`delete from platform.bucket`));
});
beforeEach(async () => {
	id = await planned({ visibility: 'public', capacity: 2, guests: 1 });
});

let address = 0;
const ask = (email: string, rest = {}) =>
	visit(
		visitor,
		id,
		{ email, name: '', website: '', ...rest },
		{ ip: `10.9.${address++}.1`, language: 'fr' },
	);
const keyOf = async (email: string) => {
	const row = await asSystem('test', (tx) =>
		tx.one<{ id: string }>(
			sql`select visitor.id from events.visitor where visitor.email = ${email} and visitor.event_id = ${id}::uuid`,
		),
	);
	return visitorKey(row!.id);
};
const mails = (to: string) =>
	asSystem('test', async (tx) =>
		(
			await tx.many<{ kind: string; text: string }>(
				sql`select mail.kind, mail.message ->> 'text' as text from platform.mail where mail.recipient = ${to} order by mail.id`,
			)
		).map(({ kind, text }) => ({ kind: kind.replace('events.visitor_', ''), text })),
	);

describe('somebody without account', () => {
	test('is counted once the link of the mail is followed, not before, and gives the place back by it', async () => {
		await ask('rosa@dehors.example');
		await drainJobs();
		expect((await showPublicEvent(id)).coming).toBe(0);
		const cle = await keyOf('rosa@dehors.example');
		const [mail] = await mails('rosa@dehors.example');
		expect(mail!.text).toContain(`/e/${id}/ma-place?cle=${cle}`);
		expect(await confirmVisit(visitor, id, { cle, guests: 1 })).toBe('coming');
		expect((await showPublicEvent(id)).coming).toBe(2);
		expect(await answer(await as('odile'), id, { presence: 'coming', guests: 0 })).toBe('waiting');
		expect(await cancelVisit(visitor, id, { cle })).toBe('no');
		expect((await visitorPlace(id, cle)).answer).toBe('no');
		expect((await showPublicEvent(id)).coming).toBe(1);
	});

	test('waits in the same line as the others, and is written to when a seat is free', async () => {
		await answer(await as('odile'), id, { presence: 'coming', guests: 1 });
		await ask('bao@dehors.example');
		const cle = await keyOf('bao@dehors.example');
		expect(await confirmVisit(visitor, id, { cle, guests: 0 })).toBe('waiting');
		await answer(await as('odile'), id, { presence: 'no', guests: 0 });
		await drainJobs();
		expect((await mails('bao@dehors.example')).map(({ kind }) => kind)).toEqual(['confirm', 'seated']);
	});

	test('is written that it is called off, and why', async () => {
		await ask('lou@dehors.example');
		await confirmVisit(visitor, id, { cle: await keyOf('lou@dehors.example'), guests: 0 });
		await cancel(await as('samuel'), id, { reason: 'Tempête annoncée', scope: 'this' });
		await drainJobs();
		expect((await mails('lou@dehors.example')).at(-1)!.text).toContain('Tempête annoncée');
	});

	test('asking twice is one place; another address’s link, or none, opens nothing', async () => {
		await ask('ana@dehors.example');
		await ask('ana@dehors.example');
		const cle = await keyOf('ana@dehors.example');
		const other = await planned({ visibility: 'public' });
		expect(await outcome(visitorPlace(other, cle))).toBe('NotFound');
		expect(await outcome(confirmVisit(visitor, id, { cle: 'x', guests: 0 }))).toBe('NotFound');
	});

	test('is answered alike when a robot fills the trap, and nothing leaves', async () => {
		await ask('robot@dehors.example', { website: 'https://spam.example' });
		await drainJobs();
		expect(await mails('robot@dehors.example')).toEqual([]);
	});

	test('finds only public events to come', async () => {
		for (const hidden of [await planned(), await planned({ visibility: 'network' })]) {
			id = hidden;
			expect(await outcome(ask('x@dehors.example'))).toBe('NotFound');
		}
		id = await planned({ visibility: 'public', startsAt: inHours(-5) });
		expect(await outcome(ask('x@dehors.example'))).toBe('Forbidden');
	});

	test('cannot fill somebody’s mailbox', async () => {
		const tries = [];
		for (let n = 0; n < 5; n++) tries.push(await outcome(ask('victim@dehors.example')));
		expect(tries).toContain('TooMany');
	});

	test('is forgotten a month after, and a week after when the link was not followed', async () => {
		await ask('old@dehors.example');
		await ask('never@dehors.example');
		await confirmVisit(visitor, id, { cle: await keyOf('old@dehors.example'), guests: 0 });
		const later = (days: number) => new Date(Date.now() + days * 86_400_000);
		const left = async (now: Date) => {
			await asSystem('test', (tx) => privacy.retain!(tx, now, false));
			const rows = await asSystem('test', (tx) =>
				tx.many<{ email: string }>(
					sql`select visitor.email from events.visitor where visitor.event_id = ${id}::uuid`,
				),
			);
			return rows.map(({ email }) => email);
		};
		expect(await left(later(8))).toEqual(['old@dehors.example']);
		expect(await left(later(40))).toEqual([]);
	});
});

describe('the day before', () => {
	const told = async (type: string) =>
		(
			await asSystem('test', (tx) =>
				tx.many<{
					name: string;
				}>(sql`select person.name from notices.notice join people.person on person.id = notice.person_id
					where notice.type = ${type} and notice.place_id = ${id}::uuid order by person.name`),
			)
		).map(({ name }) => name);
	const run = async () => {
		await asSystem('test', (tx) => enqueue(tx, 'events.remind', {}));
		await drainJobs();
	};

	test('who comes is reminded once, from six in the evening, visitors too; who hesitates is not', async () => {
		await answer(await as('odile'), id, { presence: 'coming', guests: 0 });
		await answer(await as('mathis'), id, { presence: 'maybe', guests: 0 });
		await ask('mia@dehors.example');
		await confirmVisit(visitor, id, { cle: await keyOf('mia@dehors.example'), guests: 0 });
		await run();
		expect(await told('event_reminder')).toEqual([]);
		// The day before at six is past, whatever the hour it is now.
		await set(id, `starts_at = now() + interval '5 hours', ends_at = now() + interval '8 hours'`);
		await run();
		await run();
		expect(await told('event_reminder')).toEqual(['Odile Fabrègat']);
		expect((await mails('mia@dehors.example')).map(({ kind }) => kind)).toEqual(['confirm', 'reminder']);
	});
});

describe('the place of somebody without account', () => {
	const page = async (cle: string) => (await browser('visitor')).get(`/e/${id}/ma-place?cle=${cle}`);
	const give = async (cle: string) => (await browser('visitor')).post(`/e/${id}/ma-place?/cancel`, { cle });

	test('is given back once the event is for the unit alone; the page says what the mail told, and nothing since', async () => {
		await ask('zoe@dehors.example');
		await drainJobs();
		const cle = await keyOf('zoe@dehors.example');
		// Not confirmed: there is nothing to give back, and nothing is said.
		await set(id, `visibility = 'unit'`);
		expect((await page(cle)).status).toBe(404);
		await set(id, `visibility = 'public'`);
		await confirmVisit(visitor, id, { cle, guests: 0 });
		await set(id, `visibility = 'unit', title = 'Titre entre nous', place_name = 'Chez Rosa'`);
		const seen = await page(cle);
		expect(seen.main).toContain('Stand au marché');
		expect(seen.html).not.toMatch(/Titre entre nous|Chez Rosa|Je confirme/);
		expect((await (await browser('visitor')).get(`/e/${id}`)).status).toBe(404);
		await give(cle);
		expect((await visitorPlace(id, cle)).answer).toBe('no');
		expect((await page(cle)).main).toContain('Ta place est rendue');
		expect(await outcome(confirmVisit(visitor, id, { cle, guests: 0 }))).toBe('NotFound');
	});

	test('is given back once it is called off, and nobody who waits is told of a seat', async () => {
		await set(id, 'capacity = 1');
		for (const name of ['ida', 'ugo']) {
			await ask(`${name}@dehors.example`);
			await confirmVisit(visitor, id, { cle: await keyOf(`${name}@dehors.example`), guests: 0 });
		}
		await cancel(await as('samuel'), id, { reason: 'Tempête', scope: 'this' });
		await drainJobs();
		const cle = await keyOf('ida@dehors.example');
		expect((await page(cle)).main).toMatch(/Tempête.*Je ne viens plus/s);
		await give(cle);
		await drainJobs();
		expect((await visitorPlace(id, cle)).answer).toBe('no');
		expect((await mails('ugo@dehors.example')).map(({ kind }) => kind)).not.toContain('seated');
	});

	test('is not given back twice nor once it is over', async () => {
		await ask('eva@dehors.example');
		const cle = await keyOf('eva@dehors.example');
		await confirmVisit(visitor, id, { cle, guests: 0 });
		expect(await Promise.all([1, 2, 3].map(() => cancelVisit(visitor, id, { cle })))).toEqual([
			'no',
			'no',
			'no',
		]);
		expect((await showPublicEvent(id)).coming).toBe(0);
		await confirmVisit(visitor, id, { cle, guests: 0 });
		await set(id, `starts_at = now() - interval '2 hours', ends_at = now() - interval '1 hour'`);
		expect(await outcome(cancelVisit(visitor, id, { cle }))).toBe('Forbidden');
	});
});
