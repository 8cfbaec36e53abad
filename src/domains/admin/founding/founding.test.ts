import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { proveCode, type Whence } from '#domains/people/index.ts';
import { viewerOfSession } from '#domains/territory/index.ts';
import { asSystem } from '#platform/db.ts';
import { house } from '#platform/house.ts';
import { drainJobs } from '#platform/jobs.ts';
import { forgetSettings } from '#platform/settings.ts';
import { sql } from '#platform/sql.ts';
import { visitor } from '#platform/viewer.ts';
import { apps } from '#registry.ts';
import { outcome, stage } from '#tests/stage.ts';
import { emptyHouse } from '../admin.fixture.ts';
import { draftOf, keepIdentity, keepLevels, keepWords, nextStep, stepFor } from './draft.ts';
import { found, goOnFounding, waitingFounder } from './found.ts';
import { fitsSetup, takeSetupKey } from './setup.ts';

stage();
const key = 'console-key-console-key-0001';
const whence: Whence = { ip: '10.1.2.3', device: 'Firefox, Linux', pass: null, language: 'fr' };
const founder = { name: 'Bérengère Ouastel', email: 'berengere@maison.example' };

beforeEach(async () => {
	vi.stubEnv('COOPOL_SETUP_TOKEN', key);
	vi.stubEnv('COOPOL_SMTP', 'smtp://localhost:1');
	await emptyHouse();
});
afterEach(() => vi.unstubAllEnvs());

const one = async <T>(query: ReturnType<typeof sql>) => asSystem('test', (tx) => tx.one<T>(query as never));
async function answerAll() {
	await keepIdentity(visitor, key, { name: 'Syndicat du Val', colour: '#7a1fa2', language: 'fr' });
	await keepLevels(visitor, key, {
		one: ['confédération', 'union', 'syndicat'],
		many: [],
		gender: ['f', 'f', 'm'],
		en_one: ['confederation', '', ''],
		en_many: [],
	});
	await keepWords(visitor, key, { base: 'union', address: 'vous', inclusive: 'doublets' });
}
/** The code as it was mailed; one round of work writes the mail and does not send it. */
async function mailedCode(email: string): Promise<string> {
	await drainJobs(1);
	const mail = await one<{ subject: string }>(
		sql`select message ->> 'subject' as subject from platform.mail where recipient = ${email}`,
	);
	return /\d{3} ?\d{3}/.exec(mail!.subject)![0];
}
const foundIt = (how = {}) => found({ ...visitor, ...how }, key, founder, whence);

test('a house is founded in four steps, and its founder comes in by the mailed code with the office that keeps it', async () => {
	await answerAll();
	const done = await foundIt();
	forgetSettings();
	expect(await house()).toMatchObject({
		founded: true,
		name: 'Syndicat du Val',
		colour: '#7a1fa2',
		address: 'vous',
		inclusive: 'doublets',
		base: 'union',
		demo: false,
	});
	if (!('challenge' in done)) throw new Error('no code was asked');
	const entered = await proveCode(visitor, done.challenge, { code: await mailedCode(founder.email) }, whence);
	if (entered.kind !== 'in') throw new Error('not in');
	expect(entered.isArriving).toBe(false);
	const viewer = await viewerOfSession(entered.secret, apps);
	expect(viewer).toMatchObject({ standing: 'member', officer: true, secondFactor: false });
	expect(viewer.apps).toContain('admin');
	const { kinds } = (await one<{ kinds: string[] }>(
		sql`select array_agg(name #>> '{fr,one_m}' order by depth desc) as kinds from territory.unit_kind`,
	))!;
	expect(kinds).toEqual(['confédération', 'union', 'syndicat']);
	expect(await one(sql`select name, member_count from territory.unit`)).toMatchObject({
		name: 'Syndicat du Val',
		member_count: 1,
	});
});

test('the steps are kept, found again, and none is skipped', async () => {
	expect(stepFor(await draftOf(visitor, key), 'personne')).toBe('nom');
	await keepIdentity(visitor, key, { name: 'Une', colour: '#123456', language: 'en' });
	expect(nextStep(await draftOf(visitor, key))).toBe('niveaux');
	expect(stepFor(await draftOf(visitor, key), 'nom')).toBe('nom');
	expect(await outcome(foundIt())).toBe('Conflict');
	expect(await one(sql`select 1 as any from people.person`)).toBeUndefined();
});

test('without the console’s key nothing is read nor written, and tries are counted without locking the owner out', async () => {
	for (const wrong of [null, '', 'console-key', `${key}x`, key.toUpperCase()]) {
		expect(fitsSetup(wrong)).toBe(false);
		const tries: Promise<unknown>[] = [
			draftOf(visitor, wrong),
			keepIdentity(visitor, wrong, { name: 'X', colour: '#000000', language: 'fr' }),
			found(visitor, wrong, founder, whence),
		];
		expect(await Promise.all(tries.map(outcome))).toEqual(['NotFound', 'NotFound', 'NotFound']);
	}
	const guesses = [];
	for (let n = 0; n < 14; n++) guesses.push(await outcome(takeSetupKey(visitor, `guess ${n}`, '10.9.9.9')));
	expect(guesses.slice(0, 10)).toEqual(Array(10).fill('Invalid'));
	expect(guesses.slice(-3)).toEqual(Array(3).fill('TooMany'));
	expect(await takeSetupKey(visitor, key, '10.9.9.9')).toBe(key);
	vi.stubEnv('COOPOL_SETUP_TOKEN', '');
	expect(fitsSetup('')).toBe(false);
});

test('two people found at once: one house; afterwards these pages are gone', async () => {
	await answerAll();
	const ended = await Promise.all(
		[1, 2, 3].map((n) =>
			outcome(found({ ...visitor }, key, { name: `Personne Numéro`, email: `p${n}@maison.example` }, whence)),
		),
	);
	expect(ended.filter((end) => end === 'NotFound')).toHaveLength(2);
	forgetSettings();
	expect(await outcome(foundIt())).toBe('NotFound');
	expect(await outcome(draftOf(visitor, key))).toBe('NotFound');
	expect(
		await outcome(keepWords(visitor, key, { base: 'coopol', address: 'tu', inclusive: 'epicene' })),
	).toBe('NotFound');
	expect(await outcome(takeSetupKey(visitor, key, '10.1.1.1'))).toBe('NotFound');
	expect(await one(sql`select count(*)::int as n from people.person`)).toEqual({ n: 1 });
});

test('one form sent twice founds once, and both answers lead to the same code', async () => {
	await answerAll();
	const [first, second] = await Promise.all([
		foundIt({ requestKey: 'same' }),
		foundIt({ requestKey: 'same' }),
	]);
	expect(first).toEqual(second);
});

test('a mistyped address is asked about, and can be corrected afterwards with the key', async () => {
	await answerAll();
	expect(await outcome(found(visitor, key, { ...founder, email: 'berengere@gmial.com' }, whence))).toBe(
		'Invalid',
	);
	await found({ ...visitor }, key, { ...founder, email: 'wrong@maison.example' }, whence);
	forgetSettings();
	expect(await waitingFounder(visitor, 'not the key')).toBeNull();
	expect((await waitingFounder(visitor, key))?.email).toBe('wrong@maison.example');
	const again = await goOnFounding(visitor, key, { email: 'right@maison.example' }, whence);
	if (!('challenge' in again)) throw new Error('no code was asked');
	expect(
		(await proveCode(visitor, again.challenge, { code: await mailedCode('right@maison.example') }, whence))
			.kind,
	).toBe('in');
	expect(await waitingFounder(visitor, key)).toBeNull();
	expect(await outcome(goOnFounding(visitor, key, { email: 'thief@maison.example' }, whence))).toBe(
		'NotFound',
	);
});

test('where no mail can leave, the console’s key lets the founder in, until a second factor is set', async () => {
	vi.stubEnv('COOPOL_SMTP', '');
	await answerAll();
	const done = await foundIt();
	if (!('secret' in done)) throw new Error('not let in');
	const viewer = await viewerOfSession(done.secret, apps);
	expect(viewer).toMatchObject({ standing: 'member', officer: true });
	expect(await waitingFounder(visitor, key)).not.toBeNull();
	await asSystem('test', (tx) =>
		tx.run(
			sql`insert into people.secret (person_id, totp_sealed, totp_confirmed_at) values (${viewer.id}, 'x', now())`,
		),
	);
	expect(await waitingFounder(visitor, key)).toBeNull();
});

test('a failure in the middle leaves nothing behind', async () => {
	await answerAll();
	expect(await outcome(found(visitor, key, { ...founder, name: '' }, whence))).toBe('Invalid');
	await asSystem('test', (tx) =>
		tx.run(sql`insert into people.person (id, name, folded_name) values (gen_random_uuid(), 'Déjà', 'deja')`),
	);
	expect(await outcome(foundIt())).toBe('Conflict');
	expect(await one(sql`select 1 as any from territory.unit_kind`)).toBeUndefined();
	expect(await one(sql`select 1 as any from platform.setting where key = 'organisation'`)).toBeUndefined();
});
