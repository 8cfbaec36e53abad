import { beforeEach, expect, test } from 'vitest';
import { viewerOfToken } from '#domains/territory/index.ts';
import { asSystem, read } from '#platform/db.ts';
import { hashOfSecret } from '#platform/seal.ts';
import { sql } from '#platform/sql.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { faults, meeting, refused, scene, told } from '#tests/traces.ts';
import { api } from './api.ts';
import { consentsOf, withdrawConsent } from './consent.ts';
import { ask, giveConsent, mailsTo } from './people.fixture.ts';
import { createToken, revokeToken, TokenForm, tokensOf } from './token.ts';

stage();

const known = ['me:read', 'me:write'];
const form = { name: 'Agenda', scopes: ['me:read'], days: '30' as const };
// A person without office gives a factor too: a key hands out data.
const fresh = async (who: CastName) => ({ ...(await as(who)), secondFactor: true, factorAt: new Date() });
const make = async (who: CastName, change: object = {}) =>
	createToken(await fresh(who), { ...form, ...change }, known);

beforeEach(() => scene(sql`delete from people.token`, sql`delete from people.consent`));

test('who makes a key is told by mail, which says nothing of the key', async () => {
	const secret = await make('samuel');
	const mail = (await mailsTo('samuel@rive.example')).at(-1)!;
	expect(mail.kind).toBe('people.security');
	expect(JSON.stringify(mail)).not.toContain(secret);
	expect(JSON.stringify(mail)).not.toContain('Agenda');
});

test('each refusal of a key says why, and no key was made', async () => {
	const no = (work: () => Promise<unknown>) => refused(['people.token'], work);
	const stale = { ...(await fresh('samuel')), factorAt: new Date(Date.now() - 10 * 60_000 - 1) };
	expect(await no(async () => createToken(stale, form, known))).toBe('SecondFactor');
	expect(await no(() => make('samuel', { scopes: ['me:read', 'everything'] }))).toBe(
		'Invalid: scopes app.invalid_value',
	);
	for (let n = 0; n < 20; n++) await make('samuel');
	expect(await no(() => make('samuel'))).toBe('Invalid: name people.token_too_many');
	await scene(sql`update people.token set expires_at = now() - interval '1 second'
		where id = (select id from people.token limit 1)`);
	expect(await told(make('samuel'))).toBe('done');
});

test('of two keys made at once where one place is left, one is made', async () => {
	for (let n = 0; n < 19; n++) await make('samuel');
	const samuel = await fresh('samuel');
	const one = () => told(createToken({ ...samuel }, form, known));
	const both = await meeting('people.token', one, one);
	expect(both.toSorted()).toEqual(['Invalid: name people.token_too_many', 'done']);
});

test('the form sent twice, or twice at once, makes one key; its secret is kept nowhere, so it is not shown again', async () => {
	const samuel = await fresh('samuel');
	const press = (requestKey: string) => createToken({ ...samuel, requestKey }, form, known);
	expect(await press('one')).toMatch(/^coopol_/);
	expect(await told(press('one'))).toBe('Conflict: app.shown_once');
	const both = await meeting(
		'people.token',
		() => told(press('two')),
		() => told(press('two')),
	);
	expect(both.toSorted()).toEqual(['Conflict: app.shown_once', 'done']);
	expect(await tokensOf(samuel)).toHaveLength(2);
	const receipts = await asSystem('test', (tx) => tx.many(sql`select result from platform.receipt`));
	expect(JSON.stringify(receipts)).not.toContain('coopol_');
});

test('a key opens nothing once it expired, was revoked, or its person is suspended or gone', async () => {
	const secret = await make('odile');
	const standing = async () => (await viewerOfToken(secret, []))?.standing ?? null;
	expect(await standing()).toBe('member');
	await scene(
		sql`insert into people.suspension (id, person_id) values (${idOf('odile pause')}, ${idOf('odile')})`,
	);
	expect(await standing()).toBe('suspended');
	await scene(sql`delete from people.suspension where id = ${idOf('odile pause')}`);
	await scene(sql`update people.token set expires_at = now()`);
	expect([await standing(), await tokensOf(await as('odile'))]).toEqual([null, []]);
	expect(await viewerOfToken('coopol_never_made_by_anybody', [])).toBeNull();
	const other = await make('odile');
	const [token] = await tokensOf(await as('odile'));
	expect(
		await refused(['people.token'], async () => revokeToken(await as('samuel'), { id: token!.id })),
	).toBe('NotFound');
	await revokeToken(await as('odile'), { id: token!.id });
	expect(await viewerOfToken(other, [])).toBeNull();
});

test('a person sees when a key was last used, and reading costs a write in five minutes at most', async () => {
	const secret = await make('odile');
	const used = async () => (await tokensOf(await as('odile')))[0]!.used_at;
	expect(await used()).toBeNull();
	await viewerOfToken(secret, []);
	const first = await used();
	expect(first).toBeInstanceOf(Date);
	await viewerOfToken(secret, []);
	expect(await used()).toEqual(first);
	await scene(sql`update people.token set used_at = now() - interval '6 minutes'`);
	await viewerOfToken(secret, []);
	expect((await used())!.getTime()).toBeGreaterThanOrEqual(first!.getTime());
});

test('only a print of the key is kept, with each right once', async () => {
	const secret = await make('odile', { scopes: ['me:read', 'me:read', 'me:write'] });
	expect(await ask(sql`select hash as value from people.token`)).toBe(hashOfSecret(secret));
	expect((await tokensOf(await as('odile')))[0]!.scopes).toEqual(['me:read', 'me:write']);
	const seen = await read(await as('samuel'), (tx) => tx.many(sql`select 1 from people.token`));
	expect(seen).toEqual([]);
});

test('the form asks for a name, a right and a time', () => {
	expect(faults(TokenForm, { name: ' ', days: '30' })).toEqual([
		'name people.token_name_missing',
		'scopes people.token_scopes_missing',
	]);
	expect(faults(TokenForm, { ...form, name: 'x'.repeat(61) })).toEqual(['name people.token_name_long']);
	expect(faults(TokenForm, { ...form, days: '3650' })).toEqual(['days app.invalid_value']);
});

test('consented twice at once, it is one consent; taken back, it may be given again', async () => {
	const give = async () => giveConsent(await as('odile'), 'public_profile', '2026-11', 'settings');
	await meeting('people.consent', give, give, give);
	expect((await consentsOf(await as('odile'))).length).toBe(1);
	expect(await withdrawConsent(await as('odile'), 'public_profile')).toBe(1);
	expect(await withdrawConsent(await as('odile'), 'public_profile')).toBe(0);
	await give();
	expect((await consentsOf(await as('odile'))).map(({ withdrawn_at }) => withdrawn_at === null)).toEqual([
		true,
		false,
	]);
});

test('other words, or another purpose, are another consent', async () => {
	const odile = await as('odile');
	await giveConsent(odile, 'public_profile', '2026-11', 'settings');
	await giveConsent(await as('odile'), 'public_profile', '2027-01', 'settings');
	await giveConsent(await as('odile'), 'newsletter', '2026-11', 'settings');
	expect((await consentsOf(odile)).length).toBe(3);
	expect(await withdrawConsent(odile, 'public_profile')).toBe(2);
});

test('a program reads whose key it holds, and sets a status that ends', async () => {
	const call = async (name: keyof typeof api, input: object) =>
		api[name]!.act(await as('odile'), input as never, {}) as Promise<Record<string, unknown>>;
	expect(await call('GET /api/v1/me', {})).toEqual({
		id: idOf('odile'),
		name: 'Odile Fabrègat',
		standing: 'member',
		units: [idOf('villebrume')],
		language: 'fr',
		status: null,
	});
	await call('PUT /api/v1/me/status', { text: 'au marché', hours: 4 });
	expect((await call('GET /api/v1/me', {})).status).toBe('au marché');
	await scene(sql`update people.person set status_until = now() where id = ${idOf('odile')}`);
	expect((await call('GET /api/v1/me', {})).status).toBeNull();
	await call('PUT /api/v1/me/status', { text: '' });
	expect(
		await ask(sql`select status_text as value from people.person where id = ${idOf('odile')}`),
	).toBeNull();
});
