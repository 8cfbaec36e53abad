import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { viewerOfSession } from '#domains/territory/index.ts';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { refused, scene, told } from '#tests/traces.ts';
import { mailsTo, stranger } from '../people.fixture.ts';
import { createSession } from '../session.ts';
import { appCode, giveApp, later } from './app.fixture.ts';
import { confirmAuthenticator, offerAuthenticator, removeAuthenticator } from './authenticator.ts';
import { stepUp } from './give.ts';
import { addPasskey, offerPasskey, removePasskey } from './passkey.ts';
import { makeRecoveryCodes } from './recovery-codes.ts';
import { keysOf } from './standing.ts';
import { virtualKey } from './virtual-key.fixture.ts';

stage();

const site = { origin: 'https://coopol.example', host: 'coopol.example' };
const tables = ['people.secret', 'people.passkey', 'people.recovery_code', 'people.session'];
/** Somebody's session, opened some minutes ago; with a factor given then, or none. */
const session = async (name: CastName, { minutes = 0, factor = false } = {}): Promise<Viewer> => {
	const { id, secret } = await asSystem('test', (tx) => createSession(tx, idOf(name), 'test', { factor }));
	await scene(sql`update people.session set created_at = created_at - make_interval(mins => ${minutes}::int),
		factor_at = factor_at - make_interval(mins => ${minutes}::int) where id = ${id}`);
	return viewerOfSession(secret, []);
};
const secondsMore = (viewer: Viewer) =>
	scene(
		sql`update people.session set created_at = now() - interval '10 minutes 1 second' where id = ${viewer.sessionId}`,
	);

afterEach(() => void vi.useRealTimers());
beforeEach(() =>
	scene(
		sql`delete from platform.bucket`,
		...['secret', 'passkey', 'recovery_code'].map((name) => sql`delete from ${sql.ref(`people.${name}`)}`),
	),
);

describe('a session that was left open somewhere weeks ago', () => {
	test('plants no key of its finder: neither an app, nor a passkey', async () => {
		const found = await session('samuel', { minutes: 60 * 24 * 21 });
		expect([
			await refused(tables, () => offerAuthenticator(found)),
			await refused(tables, () => offerPasskey(found, site)),
		]).toEqual(['Forbidden: people.sign_in_again', 'Forbidden: people.sign_in_again']);
	});

	test('just signed in, one may, until ten minutes have passed', async () => {
		const samuel = await session('samuel', { minutes: 9 });
		expect([await told(offerAuthenticator(samuel)), await told(offerPasskey(samuel, site))]).toEqual([
			'done',
			'done',
		]);
		await secondsMore(samuel);
		expect([await told(offerAuthenticator(samuel)), await told(offerPasskey(samuel, site))]).toEqual([
			'Forbidden: people.sign_in_again',
			'Forbidden: people.sign_in_again',
		]);
	});

	test('who takes long to install the app on the phone still finishes', async () => {
		const odile = await session('odile');
		const { secret } = await offerAuthenticator(odile);
		await secondsMore(odile);
		expect(await told(confirmAuthenticator(odile, { code: appCode(secret) }, stranger()))).toBe('done');
	});

	test('a passkey asked for in time and made too late is not kept', async () => {
		const odile = await session('odile');
		const { challenge } = await offerPasskey(odile, site);
		await secondsMore(odile);
		const made = virtualKey(site.origin).register(challenge);
		expect(await refused(tables, () => addPasskey(odile, made, site, 'Téléphone'))).toBe(
			'Forbidden: people.sign_in_again',
		);
	});
});

describe('who has a factor shows it before anything of it changes', () => {
	test('ten minutes after it was given, it is asked again for every act on keys', async () => {
		await giveApp('samuel');
		const stale = await session('samuel', { minutes: 11, factor: true });
		const acts = [
			() => offerPasskey(stale, site),
			() => offerAuthenticator(stale),
			() => removeAuthenticator(stale),
			() => makeRecoveryCodes(stale),
			() => removePasskey(stale, { id: 'x' }),
		];
		for (const act of acts) expect(await refused(tables, act)).toBe('SecondFactor');
	});

	test('even just signed in by mail: a mailbox alone neither adds nor removes', async () => {
		await giveApp('samuel');
		const byMail = await session('samuel');
		expect(await refused(tables, () => offerPasskey(byMail, site))).toBe('SecondFactor');
		expect(await refused(tables, () => removeAuthenticator(byMail))).toBe('SecondFactor');
	});

	test('an app there already is not replaced by another: it is removed first', async () => {
		await giveApp('samuel');
		const fresh = await session('samuel', { factor: true });
		expect(await refused(tables, () => offerAuthenticator(fresh))).toBe(
			'Conflict: people.authenticator_already',
		);
		await removeAuthenticator(fresh);
		expect(await told(offerAuthenticator(fresh))).toBe('done');
	});
});

describe('an app of codes', () => {
	test('is not in force until one of its codes was typed', async () => {
		const odile = await session('odile');
		const { secret } = await offerAuthenticator(odile);
		expect((await keysOf(odile)).hasAuthenticator).toBe(false);
		expect(await refused(tables, () => stepUp(odile, { code: appCode(secret) }, stranger()))).toBe(
			'Invalid: code people.app_code_wrong',
		);
		expect(await refused(tables, () => confirmAuthenticator(odile, { code: '000000' }, stranger()))).toBe(
			'Invalid: code people.app_code_wrong',
		);
		expect((await keysOf(odile)).hasAuthenticator).toBe(false);
	});

	test('the page opened twice shows the same secret: the picture scanned first still works', async () => {
		const odile = await session('odile');
		const [first, again] = [await offerAuthenticator(odile), await offerAuthenticator(odile)];
		expect(again.secret).toBe(first.secret);
	});

	test('removed and added again, the old phone’s codes open nothing', async () => {
		const old = await giveApp('samuel');
		await removeAuthenticator(await session('samuel', { factor: true }));
		const fresh = await giveApp('samuel');
		expect(fresh).not.toBe(old);
		const samuel = await session('samuel');
		expect(await told(stepUp(samuel, { code: appCode(old) }, stranger()))).toBe(
			'Invalid: code people.app_code_wrong',
		);
		expect(await told(stepUp(samuel, { code: appCode(fresh) }, stranger()))).toBe('done');
	});

	test('a clock half a minute wrong is forgiven, a whole minute is not', async () => {
		const secret = await giveApp('samuel');
		const tried = async (seconds: number) => {
			await later('samuel');
			const code = appCode(secret, Date.now() + seconds * 1000);
			return told(stepUp(await session('samuel'), { code }, stranger()));
		};
		// The middle of a step, so that none begins meanwhile.
		vi.setSystemTime(Math.floor(Date.now() / 30_000) * 30_000 + 15_000);
		const no = 'Invalid: code people.app_code_wrong';
		expect([await tried(-30), await tried(30), await tried(-95), await tried(95)]).toEqual([
			'done',
			'done',
			no,
			no,
		]);
	});

	test('a code already used is refused, and so is the one before it', async () => {
		const secret = await giveApp('samuel');
		const samuel = await session('samuel');
		const [now, before] = [appCode(secret), appCode(secret, Date.now() - 30_000)];
		expect(await told(stepUp(samuel, { code: now }, stranger()))).toBe('done');
		for (const code of [now, before])
			expect(await refused(tables, () => stepUp(samuel, { code }, stranger()))).toBe(
				'Invalid: code people.app_code_wrong',
			);
	});

	test('the code of another officer’s app does not give mine', async () => {
		const [mine, hers] = [await giveApp('samuel'), await giveApp('yamina')];
		expect(mine).not.toBe(hers);
		expect(await told(stepUp(await session('samuel'), { code: appCode(hers) }, stranger()))).toBe(
			'Invalid: code people.app_code_wrong',
		);
	});
});

test('codes on paper are read however they are typed, and never another person’s', async () => {
	await giveApp('samuel');
	await giveApp('yamina');
	const codes = await makeRecoveryCodes(await session('samuel', { factor: true }));
	const give = async (name: CastName, code: string) =>
		told(stepUp(await session(name), { code }, stranger()));
	const no = 'Invalid: code people.app_code_wrong';
	expect(await give('yamina', codes[0]!)).toBe(no);
	expect(await give('samuel', ` ${codes[0]!.toUpperCase().replace(' ', '-')} `)).toBe('done');
	expect(await give('samuel', codes[0]!)).toBe(no);
	expect(await give('samuel', codes[1]!.replace(' ', ''))).toBe('done');
	expect((await keysOf(await session('samuel'))).recoveryCodes).toBe(8);
});

test('each change of keys is told by mail, in words that hold no secret', async () => {
	const count = async () => (await mailsTo('fanny@rive.example')).length;
	const before = await count();
	const secret = await giveApp('fanny');
	const fresh = await session('fanny', { factor: true });
	const codes = await makeRecoveryCodes(fresh);
	await removeAuthenticator(fresh);
	const mails = (await mailsTo('fanny@rive.example')).slice(before);
	expect(mails.map(({ kind }) => kind)).toEqual(Array(3).fill('people.security'));
	const text = JSON.stringify(mails);
	for (const one of [secret, secret.replaceAll(' ', ''), ...codes]) expect(text).not.toContain(one);
});
