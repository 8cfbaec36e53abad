import { beforeEach, expect, test } from 'vitest';
import { planned } from '#domains/events/stage.fixture.ts';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { outcome, stage } from '#tests/stage.ts';
import { faults, scene } from '#tests/traces.ts';
import { suppressionOf } from '../code-mail.ts';
import { VisitForm, visiting } from './visiting.ts';

stage();

const use = { table: 'events.visitor', thing: 'event_id', use: 'story', job: 'events.visitor_mail' };
const visitors = visiting(use);
let event: string;
beforeEach(async () => {
	await scene(
		sql`delete from platform.bucket`,
		sql`delete from events.visitor`,
		sql`delete from people.suppression`,
	);
	event = await planned({ visibility: 'public' });
});
const asHouse = <T>(work: Parameters<typeof asSystem<T>>[1]) => asSystem<T>('visitors', work);
const ask = (email = 'Lou@exemple.example') =>
	asHouse((tx) => visitors.ask(tx, event, { email, name: 'Lou', language: 'fr' }));
const lou = { email: 'lou@exemple.example', name: '', website: '' };

test('an address is one person, however it is written and however often it asks, even at once', async () => {
	const [first, ...others] = await Promise.all([
		ask(),
		ask('lou@exemple.example'),
		ask('LOU@EXEMPLE.EXAMPLE'),
	]);
	expect(others).toEqual([first, first]);
});

test('a link is of one thing and one person, and another house or another use makes another one', async () => {
	const id = await ask();
	const key = visitors.keyOf(id);
	expect(await asHouse((tx) => visitors.find(tx, event, key))).toMatchObject({
		id,
		name: 'Lou',
		confirmedAt: null,
	});
	const other = await planned({ visibility: 'public' });
	for (const [thing, odd] of [
		[other, key],
		[event, `${key}x`],
		[event, ''],
		[event, visiting({ ...use, use: 'another' }).keyOf(id)],
	] as const)
		expect(await outcome(asHouse((tx) => visitors.find(tx, thing, odd)))).toBe('NotFound');
});

test('confirmed twice, it keeps the first day', async () => {
	const id = await ask();
	const day = async () => (await asHouse((tx) => visitors.find(tx, event, visitors.keyOf(id)))).confirmedAt;
	await asHouse((tx) => visitors.confirm(tx, id));
	const first = await day();
	await asHouse((tx) => visitors.confirm(tx, id));
	expect([first instanceof Date, await day()]).toEqual([true, first]);
});

test('what a mail told is kept, one thing after the other; who asked never to be written to is not', async () => {
	const id = await ask();
	const write = (told: object) =>
		asHouse((tx) =>
			visitors.write(tx, id, () => ({
				...{ kind: 'events.visitor', subject: 'Fête', paragraphs: ['Bonjour'] },
				told: { title: 'Fête', ...told },
			})),
		);
	const mail = await write({ place: 'Quai' });
	expect(mail).toMatchObject({ to: 'Lou@exemple.example', language: 'fr' });
	expect(mail!.paragraphs).toHaveLength(2);
	await write({ cancelled: 'Pluie' });
	const { told } = await asHouse((tx) => visitors.find(tx, event, visitors.keyOf(id)));
	expect(told).toEqual({ title: 'Fête', place: 'Quai', cancelled: 'Pluie' });
	await scene(
		sql`insert into people.suppression (email_hash) values (${suppressionOf('lou@exemple.example')})`,
	);
	expect(await write({ place: 'Ailleurs' })).toBeNull();
	expect((await asHouse((tx) => visitors.find(tx, event, visitors.keyOf(id)))).told).toEqual(told);
});

test('somebody else’s mailbox is not filled: three mails to an address, whoever asks; a robot is slowed by nothing', async () => {
	const from = (n: number, more = {}) =>
		outcome(visitors.slowDown(event, { ...lou, ...more }, `10.9.${n}.1`));
	for (let n = 0; n < 3; n++) expect(await from(n)).toBeUndefined();
	expect(await from(4)).toBe('TooMany');
	expect(await from(5, { email: 'LOU@exemple.example' })).toBe('TooMany');
	expect(await from(6, { email: 'autre@exemple.example' })).toBeUndefined();
	for (let n = 0; n < 30; n++) expect(await from(7, { website: 'http://spam.example' })).toBeUndefined();
});

test('one place of the network asks for eight, for whoever they are', async () => {
	const from = (n: number) =>
		outcome(visitors.slowDown(event, { ...lou, email: `p${n}@exemple.example` }, '10.9.9.9'));
	for (let n = 0; n < 8; n++) expect(await from(n)).toBeUndefined();
	expect(await from(9)).toBe('TooMany');
});

test('a name has eighty signs at most, an address is one', () => {
	expect(faults(VisitForm, { email: lou.email, name: 'é'.repeat(80) })).toEqual([]);
	expect(faults(VisitForm, { email: lou.email, name: 'é'.repeat(81) })).toEqual([
		'name people.visitor_name_long',
	]);
	expect(faults(VisitForm, { email: 'lou', name: '' })).toHaveLength(1);
});
