import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { viewerOfSession } from '#domains/territory/index.ts';
import { asSystem } from '#platform/db.ts';
import { seal } from '#platform/seal.ts';
import { forgetSettings, saveSetting } from '#platform/settings.ts';
import { type Viewer, visitor } from '#platform/viewer.ts';
import { idOf } from '#tests/party.ts';
import { outcome, stage } from '#tests/stage.ts';
import { finishOidc, startOidc } from './oidc.ts';
import { stranger } from './people.fixture.ts';
import { createSession } from './session.ts';

stage();

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' };
const reach = { fetch: globalThis.fetch, plain: true };
const origin = 'https://coopol.example';
let server: Server;
let issuer = '';
/** Codes given, and what each stands for. */
const codes = new Map<string, { nonce: string; challenge: string; claims: Record<string, unknown> }>();

const jwt = (claims: Record<string, unknown>) => {
	const text = [{ alg: 'RS256', kid: 'one' }, claims]
		.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
		.join('.');
	return `${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`;
};

async function tokens(body: URLSearchParams): Promise<{ status: number; answer: unknown }> {
	const given = codes.get(body.get('code') ?? '');
	const verifier = createHash('sha256')
		.update(body.get('code_verifier') ?? '')
		.digest('base64url');
	if (!given || given.challenge !== verifier) return { status: 400, answer: { error: 'invalid_grant' } };
	codes.delete(body.get('code')!);
	const now = Math.floor(Date.now() / 1000);
	const id_token = jwt({
		iss: issuer,
		aud: 'coopol',
		iat: now,
		exp: now + 60,
		nonce: given.nonce,
		...given.claims,
	});
	return { status: 200, answer: { access_token: 'x', token_type: 'Bearer', id_token } };
}

beforeAll(async () => {
	server = createServer(async (request, response) => {
		let body = '';
		for await (const part of request) body += part;
		const endpoints = {
			issuer,
			authorization_endpoint: `${issuer}/go`,
			token_endpoint: `${issuer}/token`,
			jwks_uri: `${issuer}/keys`,
			response_types_supported: ['code'],
			subject_types_supported: ['public'],
			id_token_signing_alg_values_supported: ['RS256'],
		};
		const { status, answer } =
			request.url === '/token'
				? await tokens(new URLSearchParams(body))
				: { status: 200, answer: request.url === '/keys' ? { keys: [jwk] } : endpoints };
		response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
	});
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	await asSystem('test', (tx) =>
		saveSetting(
			tx,
			'oidc',
			{ issuer, clientId: 'coopol', clientSecretSealed: seal('oidc', 'secret'), label: 'La Rive' },
			null,
		),
	);
	forgetSettings();
});
afterAll(() => server.close());

/** Goes to the service and comes back as somebody; `change` spoils the return. */
async function goAndReturn(
	viewer: Viewer,
	claims: Record<string, unknown>,
	change: (back: URL) => void = () => {},
	nonce?: string,
) {
	const { ticket, to } = await startOidc(viewer, origin, '/fil', reach);
	const asked = new URL(to).searchParams;
	const code = `code-${codes.size}-${Math.random()}`;
	codes.set(code, { nonce: nonce ?? asked.get('nonce')!, challenge: asked.get('code_challenge')!, claims });
	const back = new URL(`${origin}/connexion/oidc/retour?code=${code}&state=${asked.get('state')}`);
	change(back);
	return { ticket, back, finish: (by = viewer) => finishOidc(by, ticket, back, stranger(), reach) };
}
const enter = async (name: string) =>
	viewerOfSession((await asSystem('test', (tx) => createSession(tx, idOf(name), 'test'))).secret, []);

test('a newcomer vouched for by the service gets an account, and the same one next time', async () => {
	const claims = { sub: 'u1', email: 'lison@service.example', email_verified: true, name: 'Lison Arvault' };
	const first = await (await goAndReturn(visitor, claims)).finish();
	const again = await (await goAndReturn(visitor, claims)).finish();
	expect(first).toMatchObject({ kind: 'entered', entered: { kind: 'in' }, next: '/fil' });
	expect((again as { entered: { personId: string } }).entered.personId).toBe(
		(first as { entered: { personId: string } }).entered.personId,
	);
});

test('an address that has an account is not taken over: it is linked from inside', async () => {
	const claims = { sub: 'u2', email: 'odile@rive.example', email_verified: true };
	expect(await (await goAndReturn(visitor, claims)).finish()).toMatchObject({
		kind: 'told',
		say: 'people.oidc_link_first',
	});
	const odile = await enter('odile');
	expect(await (await goAndReturn(odile, claims)).finish()).toMatchObject({ say: 'people.oidc_linked' });
	expect(await (await goAndReturn(visitor, claims)).finish()).toMatchObject({
		kind: 'entered',
		entered: { personId: idOf('odile') },
	});
	expect(await (await goAndReturn(await enter('ines'), claims)).finish()).toMatchObject({
		say: 'people.oidc_taken',
	});
});

test('an address that the service did not verify opens nothing', async () => {
	expect(
		await (await goAndReturn(visitor, { sub: 'u3', email: 'new@service.example' })).finish(),
	).toMatchObject({ say: 'people.oidc_link_first' });
});

test('a return that was spoiled, replayed, or begun by another browser is refused', async () => {
	const claims = { sub: 'u4', email: 'u4@service.example', email_verified: true };
	const refused = { say: 'people.oidc_refused' };
	expect(
		await (await goAndReturn(visitor, claims, (back) => back.searchParams.set('state', 'x'))).finish(),
	).toMatchObject(refused);
	expect(
		await (await goAndReturn(visitor, claims, (back) => back.searchParams.set('code', 'x'))).finish(),
	).toMatchObject(refused);
	expect(
		await (
			await goAndReturn(visitor, claims, (back) => back.searchParams.set('error', 'access_denied'))
		).finish(),
	).toMatchObject(refused);
	expect(await (await goAndReturn(visitor, claims, undefined, 'another nonce')).finish()).toMatchObject(
		refused,
	);
	expect(await (await goAndReturn(visitor, { ...claims, aud: 'another' })).finish()).toMatchObject(refused);
	expect(
		await (await goAndReturn(visitor, { ...claims, iss: 'http://evil.example' })).finish(),
	).toMatchObject(refused);
	const going = await goAndReturn(visitor, claims);
	expect(await going.finish(await enter('ines'))).toMatchObject({ say: 'people.oidc_over' });
	expect(await going.finish()).toMatchObject({ say: 'people.oidc_over' });
	expect(await finishOidc(visitor, 'stolen', going.back, stranger(), reach)).toMatchObject({
		say: 'people.oidc_over',
	});
});

test('the program does not call its own machine: discovery on loopback is refused outside tests', async () => {
	await asSystem('test', (tx) =>
		saveSetting(
			tx,
			'oidc',
			{ issuer: `${issuer}/`, clientId: 'other', clientSecretSealed: seal('oidc', 's'), label: 'x' },
			null,
		),
	);
	forgetSettings();
	expect(await outcome(startOidc(visitor, origin, '/'))).toBe('Conflict');
});
