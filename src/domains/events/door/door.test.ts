import { beforeAll, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { told } from '#tests/traces.ts';
import { inHours, planned, set } from '../stage.fixture.ts';
import { doorCode, readCode } from './code.ts';
import { doorList } from './list.ts';
import { dropWalkIn, tick, tickByCode, untick, walkIn } from './tick.ts';

stage();

let samuel: Browser;
let odile: Browser;
beforeAll(async () => {
	samuel = await browser('samuel');
	odile = await browser('odile');
});
const soon = inHours(1);

const says = (
	name: CastName,
	eventId: string,
	answer = 'coming',
	more: { waiting?: boolean; guests?: number } = {},
) =>
	asSystem('test', (tx) =>
		tx.run(sql`insert into events.answer (id, event_id, person_id, answer, is_waiting, guests)
			values (${newId()}, ${eventId}, ${idOf(name)}, ${answer}, ${more.waiting ?? false}, ${more.guests ?? 0})`),
	);
async function visits(eventId: string, name: string): Promise<string> {
	const id = newId();
	await asSystem('test', async (tx) => {
		await tx.run(sql`insert into events.visitor (id, event_id, email, email_key, name, token_hash, confirmed_at)
			values (${id}, ${eventId}, ${`${id}@else.example`}, ${id}, ${name}, ${id}, now())`);
		await tx.run(
			sql`insert into events.answer (id, event_id, visitor_id, answer) values (${newId()}, ${eventId}, ${id}, 'coming')`,
		);
	});
	return id;
}
const at = (id: string) => `/evenements/${id}/accueil`;
const present = async (id: string) => (await doorList(await as('samuel'), id)).door.present;

describe('the list at the door', () => {
	test('shows who comes, with or without account, and ticks them with one press, that can be taken back', async () => {
		const id = await planned({ startsAt: soon });
		await says('odile', id);
		await says('mathis', id, 'no');
		const visitor = await visits(id, 'Basile Tourmalin');
		const page = await samuel.get(at(id));
		expect(page.main).toMatch(/Basile Tourmalin.*Odile Fabrègat/s);
		expect(page.main).not.toContain('Mathis');
		const done = await samuel.post(`${at(id)}?q=odile&/tick`, { kind: 'person', person: idOf('odile') });
		expect(done.to).toBe(`${at(id)}?q=odile#p-${idOf('odile')}`);
		await samuel.post(`${at(id)}?/tick`, { kind: 'visitor', person: visitor });
		expect(await present(id)).toBe(2);
		expect((await samuel.get(at(id))).main).toContain('Sur place');
		await samuel.post(`${at(id)}?/untick`, { kind: 'person', person: idOf('odile') });
		expect(await present(id)).toBe(1);
	});

	test('counts those whom people bring, and those nobody knows by name', async () => {
		const id = await planned({ startsAt: soon, guests: 3 });
		await says('odile', id, 'coming', { guests: 2 });
		await samuel.post(`${at(id)}?/tick`, { kind: 'person', person: idOf('odile'), brought: '2' });
		await samuel.post(`${at(id)}?/walkIn`, { walk_ins: '4' });
		await samuel.post(`${at(id)}?/walkIn`, { walk_ins: '1' });
		expect(await present(id)).toBe(8);
		await samuel.post(`${at(id)}?/dropWalkIn`);
		expect(await present(id)).toBe(7);
		expect((await samuel.post(`${at(id)}?/walkIn`, { walk_ins: 'dix' })).form?.problems).toEqual([
			'walk_ins events.door_number',
		]);
	});

	test('finds by name who said nothing, in the unit and not beyond', async () => {
		const id = await planned({ startsAt: soon });
		await says('odile', id);
		const found = await samuel.get(`${at(id)}?q=a`);
		expect(found.main).not.toContain('N’ont pas répondu');
		const gerard = await samuel.get(`${at(id)}?q=gérard`);
		expect(gerard.main).toMatch(/N’ont pas répondu.*Gérard Valmorin/s);
		expect(gerard.main).not.toContain('Odile');
		expect((await samuel.get(`${at(id)}?q=fanny`)).main).not.toContain('Fanny');
		await samuel.post(`${at(id)}?/tick`, { kind: 'person', person: idOf('gerard') });
		expect(await present(id)).toBe(1);
	});

	test('is for who organises: nobody else sees or ticks, without second factor neither', async () => {
		const id = await planned({ startsAt: soon });
		await says('odile', id);
		for (const name of ['odile', 'fanny', 'paulo'] as const) {
			const other = await browser(name);
			expect([name, (await other.get(at(id))).status]).toEqual([name, 404]);
			const tried = await other.post(`${at(id)}?/tick`, { person: idOf('odile') });
			expect([name, tried.status]).toEqual([name, 404]);
		}
		const unsure = await browser('samuel', { factor: false });
		expect((await unsure.get(at(id))).to).toContain('/compte/verification');
		expect(await present(id)).toBe(0);
	});

	test('ticks neither too early nor once cancelled, nor a visitor of another event, nor who does not exist for it', async () => {
		const samuel = await as('samuel');
		const one = { kind: 'person' as const, person: idOf('odile'), brought: 0 };
		expect(await told(tick(samuel, await planned({ startsAt: inHours(30) }), one))).toBe(
			'Forbidden: events.door_closed',
		);
		const cancelled = await planned({ startsAt: soon });
		await set(cancelled, 'cancelled_at = now()');
		for (const act of [
			() => tick(samuel, cancelled, one),
			() => untick(samuel, cancelled, one),
			() => walkIn(samuel, cancelled, { walk_ins: 2 }),
			() => dropWalkIn(samuel, cancelled),
			() => tickByCode(samuel, cancelled, { code: doorCode(cancelled, idOf('odile')) }),
		])
			expect(await told(act())).toBe('Forbidden: events.door_cancelled');
		const [mine, other] = [await planned({ startsAt: soon }), await planned({ startsAt: soon })];
		const visitor = await visits(other, 'Basile');
		expect(await outcome(tick(samuel, mine, { kind: 'visitor', person: visitor, brought: 0 }))).toBe(
			'NotFound',
		);
		expect(await outcome(tick(samuel, mine, { ...one, person: newId() }))).toBe('NotFound');
	});

	test('two people who tick the same person at once count one; ticks and their undoing at once end in one of the two', async () => {
		const id = await planned({ startsAt: soon });
		await says('odile', id);
		const [samuel, yamina] = [await as('samuel'), await as('yamina')];
		const one = { kind: 'person' as const, person: idOf('odile'), brought: 0 };
		await Promise.all(Array.from({ length: 20 }, (_, n) => tick(n % 2 ? samuel : yamina, id, one)));
		expect(await present(id)).toBe(1);
		await Promise.all([untick(samuel, id, one), tick(yamina, id, one), untick(samuel, id, one)]);
		expect([0, 1]).toContain(await present(id));
		await Promise.all(Array.from({ length: 10 }, () => walkIn(samuel, id, { walk_ins: 1 })));
		await untick(samuel, id, one);
		expect(await present(id)).toBe(10);
	});
});

describe('by code', () => {
	test('each who comes has their own on a page, that ticks them and those they bring', async () => {
		const id = await planned({ startsAt: soon, guests: 3 });
		await says('odile', id, 'coming', { guests: 1 });
		const page = await odile.get(`/evenements/${id}/mon-code`);
		const code = doorCode(id, idOf('odile'));
		expect(page.main).toContain(code);
		expect(page.html).toContain('<svg class="qr"');
		const done = await samuel.through(`${at(id)}?/code`, { code: code.toLowerCase().replaceAll('-', ' ') });
		expect(done.status).toBe(200);
		expect(await present(id)).toBe(2);
		expect(await tickByCode(await as('samuel'), id, { code })).toEqual({
			name: 'Odile Fabrègat',
			again: true,
		});
		expect(await present(id)).toBe(2);
	});

	test('is for who comes and has a seat', async () => {
		const id = await planned({ startsAt: soon });
		await says('odile', id, 'maybe');
		await says('gerard', id, 'coming', { waiting: true });
		for (const name of ['odile', 'gerard', 'mathis'] as const)
			expect((await (await browser(name)).get(`/evenements/${id}/mon-code`)).status).toBe(404);
		const waits = await samuel.post(`${at(id)}?/code`, { code: doorCode(id, idOf('gerard')) });
		expect(waits.form?.problems).toEqual(['code events.door_code_waiting']);
		expect(waits.main).toContain('Gérard Valmorin est sur la liste d’attente');
	});

	test('of an event called off is shown no more and ticks nobody; nor is that of who took back their answer', async () => {
		const [id, other] = [await planned({ startsAt: soon }), await planned({ startsAt: soon })];
		for (const event of [id, other]) await says('odile', event);
		expect((await odile.get(`/evenements/${id}/mon-code`)).status).toBe(200);
		await set(id, 'cancelled_at = now()');
		expect((await odile.get(`/evenements/${id}/mon-code`)).status).toBe(404);
		expect((await odile.get(`/evenements/${id}`)).html).not.toContain('/mon-code');
		const shown = { code: doorCode(id, idOf('odile')) };
		const late = await samuel.post(`${at(id)}?/code`, shown);
		expect([late.status, late.form?.problems]).toEqual([403, [' events.door_cancelled']]);
		expect(late.main).toContain('Cet événement est annulé');
		expect(late.main.split('on ne coche plus personne')).toHaveLength(2);
		expect((await samuel.get(at(id))).main).toContain('Cet événement est annulé');
		expect(await present(id)).toBe(0);
		await asSystem('test', (tx) =>
			tx.run(
				sql`update events.answer set answer = 'no' where event_id = ${other} and person_id = ${idOf('odile')}`,
			),
		);
		expect((await odile.get(`/evenements/${other}/mon-code`)).status).toBe(404);
	});

	test('of another event is refused and says so; one that was made up is nobody’s', async () => {
		const [id, other] = [await planned({ startsAt: soon }), await planned({ startsAt: soon })];
		await says('odile', id);
		await says('odile', other);
		const elsewhere = doorCode(other, idOf('odile'));
		const tried = async (code: string) => (await samuel.post(`${at(id)}?/code`, { code })).form?.problems;
		expect(await tried(elsewhere)).toEqual(['code events.door_code_other']);
		expect(await tried(`https://coopol.test${at(other)}?code=${elsewhere}`)).toEqual([
			'code events.door_code_other',
		]);
		const own = doorCode(id, idOf('odile'));
		const forged = `${own.slice(0, -1)}${own.endsWith('0') ? '1' : '0'}`;
		expect(await tried(forged)).toEqual(['code events.door_code_unknown']);
		for (const code of ['https://evil.example/x', '\u202e', 'x'.repeat(300), '‮'])
			expect(await tried(code)).toEqual(['code events.door_code_unknown']);
		expect(await tried('  ')).toEqual(['code events.door_code_needed']);
		expect(await present(id)).toBe(0);
	});

	test('opened by a phone’s own camera shows the person and ticks nobody before the press', async () => {
		const id = await planned({ startsAt: soon });
		await says('odile', id);
		const page = await samuel.get(`${at(id)}?code=${doorCode(id, idOf('odile'))}`);
		expect(page.main).toMatch(/Code lu.*Odile Fabrègat/s);
		expect(await present(id)).toBe(0);
		expect((await samuel.get(`${at(id)}?code=AAA`)).main).toContain('n’est celui de personne');
		expect((await odile.get(`${at(id)}?code=${doorCode(id, idOf('odile'))}`)).status).toBe(404);
	});

	test('is read as people type it, and never twice the same for two people or two events', () => {
		const [event, person] = [newId(), newId()];
		const code = doorCode(event, person);
		expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{3}-[0-9A-HJKMNP-TV-Z]{3}-[0-9A-HJKMNP-TV-Z]{3}$/);
		expect(readCode(event, code.replaceAll('1', 'l').replaceAll('0', 'o').replaceAll('-', ''))).toBe(code);
		expect(readCode(event, `http://x/evenements/${event}/accueil?code=${code}`)).toBe(code);
		const many = new Set(Array.from({ length: 2000 }, () => doorCode(event, newId())));
		expect(many.size).toBe(2000);
		expect(doorCode(newId(), person)).not.toBe(code);
	});
});
