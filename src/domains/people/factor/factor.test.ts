import { expect, test } from 'vitest';
import { viewerOfSession } from '#domains/territory/index.ts';
import { isFresh } from '#platform/access.ts';
import { asSystem } from '#platform/db.ts';
import { house } from '#platform/house.ts';
import { qrCode } from '#platform/qr/code.ts';
import { forgetSettings, saveSetting } from '#platform/settings.ts';
import { sql } from '#platform/sql.ts';
import { type Viewer, visitor } from '#platform/viewer.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { outcome, stage } from '#tests/stage.ts';
import { askCode } from '../ask.ts';
import { codeOf } from '../challenge.ts';
import { ask, stranger } from '../people.fixture.ts';
import { proveCode } from '../prove.ts';
import { createSession } from '../session.ts';
import { appCode, later } from './app.fixture.ts';
import { confirmAuthenticator, offerAuthenticator, removeAuthenticator } from './authenticator.ts';
import { enterWithFactor, stepUp, stepUpOnce } from './give.ts';
import { addPasskey, askPasskey, enterWithPasskey, offerPasskey, removePasskey } from './passkey.ts';
import { makeRecoveryCodes } from './recovery-codes.ts';
import { virtualKey } from './virtual-key.fixture.ts';

stage();

const site = { origin: 'https://coopol.example', host: 'coopol.example' };
const enter = async (name: string, factor = false): Promise<Viewer> => {
	const { secret } = await asSystem('test', (tx) => createSession(tx, idOf(name), 'test', { factor }));
	return viewerOfSession(secret, []);
};
const byMail = async (name: string) => {
	const id = await askCode(visitor, { email: `${name}@rive.example` }, stranger());
	return proveCode(visitor, id, { code: codeOf(id) }, stranger());
};
const withApp = async (name: CastName) => {
	const viewer = await enter(name);
	const { secret, address } = await offerAuthenticator(viewer);
	const renewed = await confirmAuthenticator(viewer, { code: appCode(secret) }, stranger());
	await later(name);
	return { secret, address, renewed, viewer: await viewerOfSession(renewed, []) };
};

test('Samuel adds his app: a mailed code no longer suffices, the app gives his office its powers', async () => {
	const { secret, address, renewed } = await withApp('samuel');
	expect(address).toMatch(/^otpauth:\/\/totp\/.+secret=/);
	expect(await viewerOfSession(renewed, [])).toMatchObject({ officer: true, secondFactor: true });
	expect(
		await ask(sql`select totp_sealed as value from people.secret where person_id = ${idOf('samuel')}::uuid`),
	).not.toContain(secret.replaceAll(' ', ''));

	const first = await byMail('samuel');
	expect(first).toMatchObject({ kind: 'factor' });
	const { ticket } = first as { ticket: string };
	expect(await outcome(enterWithFactor(visitor, ticket, { code: '000000' }, stranger()))).toBe('Invalid');
	const entered = await enterWithFactor(visitor, ticket, { code: appCode(secret) }, stranger());
	expect(await viewerOfSession((entered as { secret: string }).secret, [])).toMatchObject({
		id: idOf('samuel'),
		secondFactor: true,
	});
	expect(await outcome(enterWithFactor(visitor, ticket, { code: appCode(secret) }, stranger()))).toBe(
		'Invalid',
	);
});

test('however long the name of the organisation and the address, the app’s code is drawn', async () => {
	const { name, ...rest } = await house();
	const change = (given: string) =>
		asSystem('test', (tx) => saveSetting(tx, 'organisation', { ...rest, name: given }, null));
	await change('É👩‍👩‍👧'.repeat(40));
	forgetSettings();
	await asSystem('test', (tx) =>
		tx.run(
			sql`update people.contact set email = ${`${'a.b+'.repeat(15)}c@rive.example`} where person_id = ${idOf('ines')}`,
		),
	);
	const { address } = await offerAuthenticator(await enter('ines'));
	expect(address).toMatch(/secret=\w{32}&/);
	expect(qrCode(address).length).toBeGreaterThan(20);
	await change(name);
	forgetSettings();
});

test('the code of an app serves once, and not an hour later', async () => {
	const { secret, viewer } = await withApp('yamina');
	const code = appCode(secret);
	const tries = await Promise.all([0, 1, 2].map(() => outcome(stepUp(viewer, { code }, stranger()))));
	expect(tries.filter((one) => one !== 'Invalid')).toHaveLength(1);
	await later('yamina');
	expect(await outcome(stepUp(viewer, { code: appCode(secret, Date.now() - 3_600_000) }, stranger()))).toBe(
		'Invalid',
	);
});

test('giving the factor again changes the secret of the session', async () => {
	const { secret, renewed, viewer } = await withApp('fanny');
	const fresh = await stepUp(viewer, { code: appCode(secret) }, stranger());
	expect((await viewerOfSession(renewed, [])).id).toBeNull();
	expect((await viewerOfSession(fresh, [])).sessionId).toBe(viewer.sessionId);
});

test('paper codes: ten, each once, only for who just proved themselves; new ones void the old', async () => {
	const { viewer } = await withApp('driss');
	const codes = await makeRecoveryCodes(viewer);
	expect(new Set(codes).size).toBe(10);
	const { ticket } = (await byMail('driss')) as { ticket: string };
	expect(await enterWithFactor(visitor, ticket, { code: codes[0]!.toUpperCase() }, stranger())).toMatchObject(
		{ kind: 'in' },
	);
	const again = (await byMail('driss')) as { ticket: string };
	expect(await outcome(enterWithFactor(visitor, again.ticket, { code: codes[0]! }, stranger()))).toBe(
		'Invalid',
	);
	await makeRecoveryCodes(viewer);
	expect(await outcome(enterWithFactor(visitor, again.ticket, { code: codes[1]! }, stranger()))).toBe(
		'Invalid',
	);
	expect(await outcome(makeRecoveryCodes(await enter('driss')))).toBe('SecondFactor');
});

test('a stolen session without factor can neither add nor remove one', async () => {
	await withApp('leontine');
	const thief = await enter('leontine');
	expect(await outcome(offerAuthenticator(thief))).toBe('SecondFactor');
	expect(await outcome(removeAuthenticator(thief))).toBe('SecondFactor');
	expect(await outcome(offerPasskey(thief, site))).toBe('SecondFactor');
	expect(await outcome(removePasskey(thief, { id: 'x' }))).toBe('SecondFactor');
});

test('Odile adds her phone as a passkey and signs in with it: both factors at once', async () => {
	const key = virtualKey(site.origin);
	const odile = await enter('odile');
	const { challenge } = await offerPasskey(odile, site);
	const renewed = await addPasskey(odile, key.register(challenge), site, 'Firefox, Android');
	expect(await viewerOfSession(renewed, [])).toMatchObject({ secondFactor: true });
	expect(
		await outcome(addPasskey(await viewerOfSession(renewed, []), key.register(challenge), site, 'again')),
	).toBe('Invalid');

	const asked = await askPasskey(site, visitor);
	const answer = key.answer(asked.challenge);
	const entered = await enterWithPasskey(visitor, answer, site, stranger());
	expect(await viewerOfSession((entered as { secret: string }).secret, [])).toMatchObject({
		id: idOf('odile'),
		secondFactor: true,
	});
	expect(await outcome(enterWithPasskey(visitor, answer, site, stranger()))).toBe('Invalid');
});

test('a passkey answer for another site, without the person, forged, or to another question is refused', async () => {
	const key = virtualKey(site.origin);
	const ines = await enter('ines');
	await addPasskey(ines, key.register((await offerPasskey(ines, site)).challenge), site, 'key');
	const fresh = async () => (await askPasskey(site, visitor)).challenge;
	const refused = async (answer: ReturnType<typeof key.answer>) =>
		expect(await outcome(enterWithPasskey(visitor, answer, site, stranger()))).toBe('Invalid');
	await refused(key.answer(await fresh(), { at: 'https://coopol.evil.example' }));
	await refused(key.answer(await fresh(), { flags: 0x01 }));
	await refused(key.answer(Buffer.from('never asked').toString('base64url')));
	await refused(key.answer((await askPasskey(site, ines)).challenge));
	await refused({
		...key.answer(await fresh()),
		response: { ...virtualKey(site.origin).answer(await fresh()).response },
	});
	await refused({ ...key.answer(await fresh()), id: 'unknown' });
	await refused({} as never);
	expect(
		await outcome(
			enterWithPasskey(
				await enter('noemie'),
				key.answer((await askPasskey(site, await enter('noemie'))).challenge),
				site,
				stranger(),
			),
		),
	).toBe('Invalid');
	expect(await enterWithPasskey(visitor, key.answer(await fresh()), site, stranger())).toMatchObject({
		kind: 'in',
	});
});

test("nobody removes another person's passkey, nor learns that it exists", async () => {
	const key = virtualKey(site.origin);
	const noemie = await enter('noemie');
	const { challenge } = await offerPasskey(noemie, site);
	const answer = key.register(challenge);
	await addPasskey(noemie, answer, site, 'key');
	expect(await outcome(removePasskey(await enter('bertrand', true), { id: answer.id }))).toBe('NotFound');
	await removePasskey(await enter('noemie', true), { id: answer.id });
	expect(
		await ask(
			sql`select count(*)::int as value from people.passkey where person_id = ${idOf('noemie')}::uuid`,
		),
	).toBe(0);
});

test('a code beside a token lets offices act for that request, once; a wrong one does not', async () => {
	const { viewer, secret } = await withApp('sabrina');
	await later('sabrina');
	const held: Viewer = {
		...viewer,
		sessionId: null,
		secondFactor: false,
		factorAt: null,
		scopes: ['units:write'],
	};
	expect(await outcome(stepUpOnce(held, '000000', stranger()))).toBe('Invalid');
	const code = appCode(secret);
	const acting = await stepUpOnce(held, code, stranger());
	expect([acting.secondFactor, isFresh(acting), acting.scopes]).toEqual([true, true, ['units:write']]);
	expect(await outcome(stepUpOnce(held, code, stranger()))).toBe('Invalid');
	const barred: Viewer = { ...held, standing: 'suspended' };
	await later('sabrina');
	expect((await stepUpOnce(barred, appCode(secret), stranger())).secondFactor).toBe(false);
});
