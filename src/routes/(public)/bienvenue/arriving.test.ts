import { beforeEach, expect, test } from 'vitest';
import { inHours, planned, set } from '#domains/events/stage.fixture.ts';
import { codeMailedTo, mailsTo } from '#domains/people/people.fixture.ts';
import { inventedZones, loadZones } from '#domains/territory/zones/index.ts';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { scene, toldOf } from '#tests/traces.ts';

stage();

const homes = async (who: string) =>
	(
		await asSystem('test', (tx) =>
			tx.many<{ unit_id: string }>(
				sql`select unit_id from territory.attachment where person_id = ${who}::uuid and until is null`,
			),
		)
	).map(({ unit_id }) => unit_id);
const settle = (who: Browser, unit: string, type = 'sympathiser') =>
	who.post('/bienvenue/section', { unit: unit && idOf(unit), type });
let last = 0;
/** Somebody new, address proved, about to choose. */
async function newcomer(): Promise<{ who: Browser; id: string; email: string }> {
	const email = `lou${++last}@courrier.example`;
	const who = await browser('visitor');
	await who.post('/bienvenue', { name: 'Lou Marchebois', email });
	const done = await who.post('/bienvenue/code', { code: await codeMailedTo(email) });
	expect(done.to).toBe('/bienvenue/section');
	const row = await asSystem('test', (tx) =>
		tx.one<{ id: string }>(sql`select person_id as id from people.contact where email_key = ${email}`),
	);
	return { who, id: row!.id, email };
}

beforeEach(() => scene(sql`delete from platform.bucket`));

test('a newcomer chooses a place, then a rhythm, and is in; their place is told once', async () => {
	const { who, id } = await newcomer();
	expect((await settle(who, 'villebrume')).to).toBe('/bienvenue/reglages');
	expect(await homes(id)).toEqual([idOf('villebrume')]);
	expect(await toldOf('joined')).toEqual(['samuel']);
	const rhythm = await who.post('/bienvenue/reglages', { text_size: '100' });
	expect(rhythm.form!.problems).toEqual(['rhythm people.rhythm_missing']);
	expect(rhythm.text).toContain('Choisis');
	expect((await who.post('/bienvenue/reglages', { rhythm: 'weekly', text_size: '130' })).to).toBe('/fil');
	expect(who.cookies.get('text')).toBe('130');
});

test('going back and choosing elsewhere, one belongs to the last place only', async () => {
	const { who, id } = await newcomer();
	for (const unit of ['villebrume', 'montclairval', 'castelmauve']) await settle(who, unit);
	expect(await homes(id)).toEqual([idOf('castelmauve')]);
});

test('no list of people is read by choosing one place after another', async () => {
	const { who } = await newcomer();
	const tries: unknown[] = [];
	for (const unit of ['villebrume', 'montclairval', 'castelmauve', 'pontsarvan', 'villebrume'])
		tries.push((await settle(who, unit)).status);
	expect(tries).toEqual([303, 303, 303, 303, 429]);
});

test('who is in already does not come in again: their places stay as they are', async () => {
	const tidiane = await browser('tidiane');
	expect((await tidiane.get('/bienvenue/section?zone=commune:X01001')).to).toBe('/ma-section');
	expect((await settle(tidiane, 'villebrume')).to).toBe('/ma-section');
	expect(await homes(idOf('tidiane'))).toEqual([idOf('pontsarvan')]);
	expect((await tidiane.get('/bienvenue')).to).toBe('/fil');
	expect((await (await browser('visitor')).get('/bienvenue/section')).to).toContain('/connexion?next=');
});

test('a place that closed meanwhile, or a kind that nobody offers, is told at its field', async () => {
	const { who, id } = await newcomer();
	await scene(sql`update territory.unit set closed_at = now() where id = ${idOf('castelmauve')}`);
	expect((await settle(who, 'castelmauve')).form!.problems).toEqual(['unit territory.join_unit_gone']);
	await scene(sql`update territory.unit set closed_at = null where id = ${idOf('castelmauve')}`);
	expect((await settle(who, 'villebrume', 'emperor')).form!.problems).toEqual(['type people.type_missing']);
	expect((await who.post('/bienvenue/section', { unit: '' })).form!.problems).toEqual([
		'type people.type_missing',
	]);
	expect(await homes(id)).toEqual([]);
	expect((await settle(who, '')).to).toBe('/bienvenue/reglages');
});

test('a commune typed finds its places; one that nothing covers, and an unknown one, say so', async () => {
	await asSystem('test', (tx) => loadZones(tx, inventedZones()));
	await scene(
		sql`insert into territory.coverage (unit_id, zone_id) values (${idOf('villebrume')}, 'commune:X01001')`,
	);
	const { who } = await newcomer();
	const seen = async (query: string) => (await who.get(`/bienvenue/section?${query}`)).main;
	expect(await seen('zone=commune:X01001')).toContain('Section de Villebrume');
	expect(await seen('commune=zzzzzz')).not.toContain('Section de Villebrume');
	const kept = await asSystem('test', (tx) =>
		tx.many(sql`select zone_id from people.arrival where zone_id is not null`),
	);
	expect(kept).toEqual([{ zone_id: 'commune:X01001' }]);
});

test('an invitation puts its place first, counts once, and is worth nothing once revoked', async () => {
	await scene(sql`insert into territory.invitation (id, inviter_id, unit_id, code, expires_at)
		values (${idOf('an invitation')}, ${idOf('odile')}, ${idOf('villebrume')}, 'ABCD2345EFGH', now() + interval '1 day')`);
	const used = async () =>
		(await asSystem('test', (tx) =>
			tx.one<{ used: number }>(sql`select used from territory.invitation where code = 'ABCD2345EFGH'`),
		))!.used;
	const who = await browser('visitor');
	const page = await who.get('/bienvenue?invitation=ABCD2345EFGH');
	expect(page.main).toContain('Odile');
	expect(page.html).not.toContain('Fabrègat');
	await who.post('/bienvenue', {
		name: 'Lia Rochevent',
		email: 'lia@courrier.example',
		invitation: 'ABCD2345EFGH',
	});
	await who.post('/bienvenue/code', { code: await codeMailedTo('lia@courrier.example') });
	expect((await who.get('/bienvenue/section')).main).toContain('Section de Villebrume');
	await settle(who, 'villebrume');
	await settle(who, 'castelmauve');
	expect(await used()).toBe(1);
	await scene(sql`update territory.invitation set revoked_at = now()`);
	expect((await (await browser('visitor')).get('/bienvenue?invitation=ABCD2345EFGH')).main).not.toContain(
		'Odile',
	);
});

test('what was typed wrong comes back with its sentence, and no mail leaves', async () => {
	const who = await browser('visitor');
	const none = await who.post('/bienvenue', { name: '', email: 'lou@' });
	expect(none.status).toBe(422);
	expect(none.form!.problems).toEqual(['email people.email_shape']);
	expect(none.field('email')).toBe('lou@');
	const slip = await who.post('/bienvenue', { name: 'Lou Marchebois', email: 'lou@gmial.com' });
	expect(slip.form!.problems).toEqual(['email people.email_suggested']);
	expect(slip.main).toContain('gmail.com');
	expect(await mailsTo('lou@gmial.com')).toEqual([]);
	const spoiled = await who.post('/bienvenue', { name: '\u202E', email: 'lou@courrier.example' });
	expect(spoiled.form!.problems[0]).toMatch(/^name people.name_problem/);
});

test('the code page without a code asked leads back to the first step', async () => {
	const who = await browser('visitor');
	expect((await who.get('/bienvenue/code')).to).toBe('/bienvenue');
	expect((await who.post('/bienvenue/code', { code: '123456' })).to).toBe('/bienvenue');
	for (const name of ['awa', 'thibaud', 'josiane'] as CastName[])
		expect([name, (await (await browser(name)).get('/bienvenue/reglages')).status]).not.toEqual([name, 200]);
});

test('asking another code is not writing it all again: the address is said, the name is kept, and the code that left still serves', async () => {
	const email = 'typo.de.lou@courrier.example';
	const who = await browser('visitor');
	expect((await who.get('/bienvenue')).field('name')).toBe('');
	await who.post('/bienvenue', { name: 'Lou Marchebois', email });
	expect((await who.get('/bienvenue/code')).main).toContain(`Un code vient de partir à ${email}.`);
	expect((await who.post('/bienvenue/code', { code: '000000' })).main).toContain(email);
	const again = await who.get('/bienvenue');
	expect([again.field('name'), again.field('email')]).toEqual(['Lou Marchebois', email]);
	expect(again.main).toContain(`Un code est parti à ${email}. Taper ce code`);
	expect(JSON.stringify([...who.cookies])).not.toContain('typo');
	await who.post('/bienvenue/code', { code: await codeMailedTo(email) });
	expect(who.cookies.has('entry-said')).toBe(false);
});

test('what comes as said that we did not seal says nothing', async () => {
	const who = await browser('visitor');
	await who.post('/bienvenue', { name: 'Lou Marchebois', email: 'lou.m@courrier.example' });
	for (const said of ['x', 'x'.repeat(4000), '']) {
		who.cookies.set('entry-said', said);
		expect((await who.get('/bienvenue')).field('email')).toBe('');
		expect((await who.get('/bienvenue/code')).status).toBe(200);
	}
});

test('a commune that nobody finds is not the end of the road: one enters without a place', async () => {
	const { who, id } = await newcomer();
	const lost = await who.get('/bienvenue/section?commune=zzzzzz');
	expect(lost.main).toContain('Tu peux aussi entrer sans choisir');
	expect(lost.main).toContain('Continuer');
	const done = await who.post('/bienvenue/section?commune=zzzzzz', { type: 'sympathiser' });
	expect([done.to, await homes(id)]).toEqual(['/bienvenue/reglages', []]);
});

test('the place that is found says whom one meets there and when next, never what is not shown to who comes', async () => {
	const { who } = await newcomer();
	await planned({ title: 'Entre nous', startsAt: inHours(24) });
	await set(
		await planned({ title: 'Tombé à l’eau', startsAt: inHours(48), visibility: 'network' }),
		'cancelled_at = now()',
	);
	await planned({ title: 'Un toit pour tous', startsAt: inHours(72), visibility: 'network' });
	const { main } = await who.get('/bienvenue/section?zone=commune:X01001');
	expect(main).toContain('Samuel Oudraine, secrétaire');
	expect(main).toMatch(/prochain rendez-vous .+ à .+ : Un toit pour tous/);
	expect(main).not.toMatch(/Entre nous|Tombé/);
});
