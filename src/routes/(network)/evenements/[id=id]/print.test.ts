import { beforeAll, describe, expect, test } from 'vitest';
import { callList } from '#domains/events/index.ts';
import { appCode, giveApp, later } from '#domains/people/factor/app.fixture.ts';
import { keepPhone } from '#domains/people/index.ts';
import { asSystem } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { byKey, json } from '#tests/by-key.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { program } from '#tests/program.ts';
import { as, stage } from '#tests/stage.ts';
import { journal, told } from '#tests/traces.ts';
import { inHours, planned, set } from '../../../../domains/events/stage.fixture.ts';

stage();

let samuel: Browser;
let odile: Browser;
const visitor = await browser('visitor');
beforeAll(async () => {
	samuel = await browser('samuel');
	odile = await browser('odile');
});

const says = (name: CastName, eventId: string, answer = 'coming') =>
	asSystem('test', (tx) =>
		tx.run(sql`insert into events.answer (id, event_id, person_id, answer)
			values (${newId()}, ${eventId}, ${idOf(name)}, ${answer})`),
	);
const hasPhone = (name: CastName, phone: string, audience: string) =>
	asSystem('test', async (tx) => {
		await keepPhone(tx, idOf(name), phone);
		await tx.run(sql`insert into profiles.field (id, person_id, kind, audience, position)
			values (${newId()}, ${idOf(name)}, 'phone', ${audience}, 0)`);
	});

describe('the poster', () => {
	test('says what, when and where, and its code leads a visitor to the public page', async () => {
		const id = await planned({
			visibility: 'public',
			title: 'Un toit : parlons-en',
			startsAt: new Date('2031-11-29T08:00:00Z'),
		});
		await set(id, `place_name = 'Place des Œillets', text = '**Café** offert.\n\nAprès, on range.'`);
		const page = await odile.get(`/evenements/${id}/affiche`);
		expect(page.main).toMatch(/Un toit.: parlons-en.*de 9.h à 12.h.*Place des Œillets.*Café offert/s);
		expect(page.html).not.toContain('**');
		const short = /\/ev\/[0-9a-f]{10}/.exec(page.html)![0];
		expect((await visitor.get(short)).to).toBe(`/e/${id}`);
		expect(page.html).toContain('<svg class="qr"');
	});

	test('of an event that is not public leads inside, and its short address does not exist', async () => {
		const id = await planned();
		const page = await odile.get(`/evenements/${id}/affiche`);
		expect(page.main).toContain('n’est pas public');
		expect(page.html).not.toContain('/ev/');
		expect((await odile.get(`/ev/${id.slice(-10)}`)).status).toBe(404);
		expect((await (await browser('ines')).get(`/evenements/${id}/affiche`)).status).toBe(404);
	});
});

test('the attendance sheet has who comes, room for others, and is for who organises', async () => {
	const id = await planned({ startsAt: inHours(3) });
	await says('odile', id);
	await says('mathis', id, 'maybe');
	const page = await samuel.get(`/evenements/${id}/feuille-de-presence`);
	expect(page.main).toContain('Odile Fabrègat');
	expect(page.main).not.toContain('Mathis');
	expect(page.html.match(/<tr class="blank/g)?.length).toBe(24);
	for (const name of ['odile', 'fanny', 'paulo'] as const)
		expect((await (await browser(name)).get(`/evenements/${id}/feuille-de-presence`)).status).toBe(404);
});

describe('the call list', () => {
	let secret: string;
	beforeAll(async () => {
		secret = await giveApp('samuel');
		await hasPhone('odile', '+33639980001', 'unit');
		await hasPhone('mathis', '+33639980002', 'network');
		await hasPhone('gerard', '+33639980003', 'friends');
		await hasPhone('fanny', '+33639980004', 'network');
		await hasPhone('ines', '+33639980005', 'network');
	});
	const code = async () => {
		await later('samuel');
		return { 'second-factor': appCode(secret) };
	};
	const openedSince = async (id: string) =>
		(await journal('events.open_calls')).filter(({ subject }) => subject === id).length;
	const listed = async (name: CastName, id: string) =>
		(await callList(await as(name), id)).people.map((one) => one.name);

	test('has who of the unit said nothing and shows their number there; not who keeps it for friends', async () => {
		const id = await planned({ visibility: 'network' });
		expect(await listed('samuel', id)).toEqual(['Mathis Lanoëz', 'Odile Fabrègat']);
		await says('odile', id, 'no');
		expect(await listed('samuel', id)).toEqual(['Mathis Lanoëz']);
		await asSystem('test', (tx) =>
			tx.run(
				sql`insert into safety.block (person_id, blocked_id) values (${idOf('mathis')}, ${idOf('samuel')})`,
			),
		);
		expect(await listed('samuel', id)).toEqual([]);
		await asSystem('test', (tx) => tx.run(sql`delete from safety.block`));
	});

	test('shows no number before it is asked; then the audit has it, and each person reads who opened theirs', async () => {
		const id = await planned();
		const before = await samuel.get(`/evenements/${id}/a-appeler`);
		expect(before.main).toContain('Odile Fabrègat');
		expect(before.html).not.toContain('39980001');
		const page = await samuel.post(`/evenements/${id}/a-appeler?/open`);
		expect(page.main).toContain('06 39 98 00 01');
		expect(page.html).not.toContain('39980003');
		const { entries, openings } = await asSystem('test', async (tx) => ({
			entries: await tx.many(sql`select entry.detail from audit.entry where entry.act = 'events.open_calls'
				and entry.actor_id = ${idOf('samuel')} and entry.subject_id = ${id}`),
			openings: await tx.many<{ person_id: string }>(sql`select opening.person_id from profiles.opening
				where opening.by_id = ${idOf('samuel')} and opening.what = 'phone'`),
		}));
		expect(entries).toEqual([{ detail: { people: 2 } }]);
		expect(openings.map(({ person_id }) => person_id).toSorted()).toEqual(
			[idOf('odile'), idOf('mathis')].toSorted(),
		);
	});

	test('comes to a program of who organises: names at first, numbers for a code of the second factor, noted the same', async () => {
		const id = await planned();
		const call = await byKey('samuel', ['events:read', 'people:contact']);
		const bare = await call('POST', `/events/${id}/calls`);
		expect([bare.status, json(bare).title]).toEqual([403, 'SecondFactor']);
		expect(await openedSince(id)).toBe(0);
		const opened = await call('POST', `/events/${id}/calls`, undefined, await code());
		expect(json(opened).items.map(({ phone }: { phone: string }) => phone)).toEqual([
			'+33639980002',
			'+33639980001',
		]);
		expect(await openedSince(id)).toBe(1);
		const listed = await program<{ items: object[] }>('GET /events/[id]/calls', 'samuel', { id });
		expect(listed.items).toEqual([
			{ id: idOf('mathis'), name: 'Mathis Lanoëz', home: expect.any(String) },
			{ id: idOf('odile'), name: 'Odile Fabrègat', home: expect.any(String) },
		]);
	});

	test('opens no number to a key that only reads events, nor to who does not organise there', async () => {
		const id = await planned();
		const reader = await byKey('samuel', ['events:read', 'events:write']);
		expect((await reader('POST', `/events/${id}/calls`, undefined, await code())).status).toBe(404);
		for (const name of ['odile', 'fanny', 'paulo'] as const)
			for (const verb of ['GET', 'POST']) {
				const asked = program(`${verb} /events/[id]/calls`, name, { id });
				expect([verb, name, await told(asked)]).toEqual([verb, name, 'NotFound']);
			}
		expect(await openedSince(id)).toBe(0);
	});

	test('is for who organises there', async () => {
		const id = await planned();
		for (const name of ['odile', 'fanny', 'paulo'] as const) {
			const other = await browser(name);
			expect((await other.get(`/evenements/${id}/a-appeler`)).status).toBe(404);
			expect((await other.post(`/evenements/${id}/a-appeler?/open`)).status).toBe(404);
		}
	});
});
