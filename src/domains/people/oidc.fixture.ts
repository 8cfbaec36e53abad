import { createHash, createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll } from 'vitest';
import { viewerOfSession } from '#domains/territory/index.ts';
import { asSystem } from '#platform/db.ts';
import { seal } from '#platform/seal.ts';
import { forgetSettings, saveSetting } from '#platform/settings.ts';
import { type Viewer, visitor } from '#platform/viewer.ts';
import { idOf } from '#tests/party.ts';
import { finishOidc, startOidc } from './oidc.ts';
import { stranger } from './people.fixture.ts';
import { createSession } from './session.ts';

const keys = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const { privateKey, publicKey } = keys();
const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' };
/** A key that is not the service's. */
export const otherKey = keys().privateKey;
/** Calls this machine, which the program itself never does. */
export const reach = { fetch: globalThis.fetch, plain: true };
const origin = 'https://coopol.example';

/** How the service makes the identity it vouches for; a hostile one makes it otherwise. */
export interface Making {
	/** The nonce of another journey. */
	nonce?: string;
	key?: KeyObject;
	/** Of the signature. */
	alg?: 'RS256' | 'none' | 'HS256';
	/** Answers without an identity. */
	without?: true;
}
interface Given extends Making {
	nonce: string;
	challenge: string;
	claims: Record<string, unknown>;
}
/** Codes given, and what each stands for. */
const codes = new Map<string, Given>();
/** The service of this test file. */
export const service = { issuer: '', isAway: false };

function jwt(claims: Record<string, unknown>, { key = privateKey, alg = 'RS256' }: Making): string {
	const parts = [{ alg, kid: 'one' }, claims];
	const text = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
	const signatures = {
		none: () => Buffer.alloc(0),
		HS256: () => createHmac('sha256', 'secret').update(text).digest(),
		RS256: () => sign('sha256', Buffer.from(text), key),
	};
	return `${text}.${signatures[alg]().toString('base64url')}`;
}

async function tokens(body: URLSearchParams): Promise<{ status: number; answer: unknown }> {
	const given = codes.get(body.get('code') ?? '');
	const verifier = createHash('sha256')
		.update(body.get('code_verifier') ?? '')
		.digest('base64url');
	if (!given || given.challenge !== verifier) return { status: 400, answer: { error: 'invalid_grant' } };
	codes.delete(body.get('code')!);
	const now = Math.floor(Date.now() / 1000);
	const { nonce, claims } = given;
	const all = { iss: service.issuer, aud: 'coopol', iat: now, exp: now + 60, nonce, ...claims };
	const id_token = given.without ? undefined : jwt(all, given);
	return { status: 200, answer: { access_token: 'x', token_type: 'Bearer', id_token } };
}

const server = createServer(async (request, response) => {
	let body = '';
	for await (const part of request) body += part;
	const { issuer } = service;
	const endpoints = {
		issuer,
		authorization_endpoint: `${issuer}/go`,
		token_endpoint: `${issuer}/token`,
		jwks_uri: `${issuer}/keys`,
		response_types_supported: ['code'],
		subject_types_supported: ['public'],
		id_token_signing_alg_values_supported: ['RS256'],
	};
	const { status, answer } = service.isAway
		? { status: 503, answer: {} }
		: request.url === '/token'
			? await tokens(new URLSearchParams(body))
			: { status: 200, answer: request.url === '/keys' ? { keys: [jwk] } : endpoints };
	response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
});

/** The organisation chose this service; another client is another service. */
export async function choose(clientId = 'coopol', issuer = service.issuer): Promise<void> {
	const chosen = { issuer, clientId, clientSecretSealed: seal('oidc', 'secret'), label: 'La Rive' };
	await asSystem('test', (tx) => saveSetting(tx, 'oidc', chosen, null));
	forgetSettings();
}

/** Gives the test file a sign-in service of its own. */
export function oidcService(): void {
	beforeAll(async () => {
		await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
		service.issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		await choose();
	});
	afterAll(() => void server.close());
}

/** Goes to the service and comes back as somebody; `change` spoils the return. */
export async function goAndReturn(
	viewer: Viewer,
	claims: Record<string, unknown>,
	change: (back: URL) => void = () => {},
	making: Making = {},
) {
	const { ticket, to } = await startOidc(viewer, origin, '/fil', reach);
	const asked = new URL(to).searchParams;
	const code = `code-${codes.size}-${Math.random()}`;
	const challenge = asked.get('code_challenge')!;
	codes.set(code, { ...making, nonce: making.nonce ?? asked.get('nonce')!, challenge, claims });
	const back = new URL(`${origin}/connexion/oidc/retour?code=${code}&state=${asked.get('state')}`);
	change(back);
	return { ticket, back, finish: (by = viewer) => finishOidc(by, ticket, back, stranger(), reach) };
}

/** Comes from the service as a visitor; gives how it ended. */
export const comeAs = async (claims: Record<string, unknown>, making: Making = {}, by: Viewer = visitor) =>
	(await goAndReturn(by, claims, undefined, making)).finish();

/** Somebody of the cast, or an account by its id, signed in. */
export const enter = async (who: string) => {
	const id = who.includes('-') ? who : idOf(who);
	return viewerOfSession((await asSystem('test', (tx) => createSession(tx, id, 'test'))).secret, []);
};
