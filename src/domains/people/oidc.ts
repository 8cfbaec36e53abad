import * as client from 'openid-client';
import { asSystem, type Tx } from '#platform/db.ts';
import { conflict, notFound } from '#platform/errors.ts';
import { makeGateway } from '#platform/outgoing/gateway.ts';
import { hashOfSecret, newSecret, seal, unseal } from '#platform/seal.ts';
import { setting } from '#platform/settings.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { type Challenge, holdByLink, openChallenge, spend, staleness } from './challenge.ts';
import { type Entered, letIn } from './enter.ts';
import { link, newcomer } from './oidc-newcomer.ts';
import { contactOf } from './person.ts';
import type { Whence } from './whence.ts';

/** The organisation's own sign-in service, as its office set it (`oidc` among the settings). */
export interface OidcSettings {
	issuer: string;
	clientId: string;
	/** `seal('oidc', secret)`. */
	clientSecretSealed: string;
	/** What the button says. */
	label: string;
}

const chosen = () => setting<OidcSettings | null>('oidc', null);

/** What the button says, or null when the organisation has no such service. */
export const oidcLabel = async (): Promise<string | null> => (await chosen())?.label ?? null;

/** How the service is reached; tests give their own, since a program may not call itself. */
export interface Reach {
	fetch: ReturnType<typeof makeGateway>['fetch'];
	/** Allows plain http: tests only. */
	plain?: boolean;
}
const outside: Reach = { fetch: makeGateway().fetch };

const known = new Map<string, { at: number; configuration: Promise<client.Configuration> }>();

async function configurationOf(reach: Reach): Promise<client.Configuration> {
	const service = await chosen();
	if (!service) throw notFound();
	const name = `${service.issuer} ${service.clientId} ${service.clientSecretSealed}`;
	const kept = known.get(name);
	if (kept && Date.now() - kept.at < 3_600_000) return kept.configuration;
	const discovered = client.discovery(
		new URL(service.issuer),
		service.clientId,
		unseal('oidc', service.clientSecretSealed),
		undefined,
		{
			[client.customFetch]: reach.fetch as client.CustomFetch,
			// The signature is read too, although the identity comes from the service itself.
			execute: [client.enableNonRepudiationChecks, ...(reach.plain ? [client.allowInsecureRequests] : [])],
			timeout: 10,
		},
	);
	const configuration = discovered.catch((error: Error) => {
		known.delete(name);
		console.error('oidc:', error.message);
		throw conflict('people.oidc_away');
	});
	known.set(name, { at: Date.now(), configuration });
	return configuration;
}

const backAt = (origin: string) => `${origin}/connexion/oidc/retour`;

/** Leaves for the service: gives its address, and a ticket for this browser. PKCE, state and nonce wait in a challenge. */
export async function startOidc(
	viewer: Viewer,
	origin: string,
	next: string,
	reach = outside,
): Promise<{ ticket: string; to: string }> {
	const configuration = await configurationOf(reach);
	const [ticket, verifier, state, nonce] = [
		newSecret(),
		client.randomPKCECodeVerifier(),
		client.randomState(),
		client.randomNonce(),
	];
	await asSystem('oidc', (tx) =>
		openChallenge(tx, {
			purpose: 'oidc',
			personId: viewer.id,
			hash: hashOfSecret(ticket),
			detail: { verifier: seal('oidc', verifier), state, nonce, next },
		}),
	);
	const to = client.buildAuthorizationUrl(configuration, {
		redirect_uri: backAt(origin),
		scope: 'openid email profile',
		code_challenge: await client.calculatePKCECodeChallenge(verifier),
		code_challenge_method: 'S256',
		state,
		nonce,
	});
	return { ticket, to: to.href };
}

/** How a return ended: in; linked to the account in use; or with a sentence about why not. */
export type Returned =
	| { kind: 'entered'; entered: Entered; next: string }
	| { kind: 'told'; to: string; say: string };

const told = (say: string, to = '/connexion'): Returned => ({ kind: 'told', to, say });

/** Back from the service: checks everything, once, then enters, links or makes an account. */
export async function finishOidc(
	viewer: Viewer,
	ticket: string | null,
	url: URL,
	whence: Whence,
	reach = outside,
): Promise<Returned> {
	const challenge = await takeTicket(ticket);
	if (!challenge || challenge.person_id !== viewer.id) return told('people.oidc_over');
	const claims = await claimsOf(challenge, url, reach);
	if (!claims) return told('people.oidc_refused');
	const next = challenge.detail.next ?? '/';
	return asSystem('oidc', async (tx) => {
		const owner = await tx.one<{
			person_id: string;
		}>(sql`select external_identity.person_id from people.external_identity
			join people.person on person.id = external_identity.person_id and person.erased_at is null
			where issuer = ${claims.iss} and subject = ${claims.sub}`);
		if (viewer.id) return linkTo(tx, viewer.id, owner?.person_id, claims, next);
		const came = owner ? { id: owner.person_id } : await newcomer(tx, claims, whence);
		if ('say' in came) return told(came.say);
		const { email } = (await contactOf(tx, came.id))!;
		return { kind: 'entered', entered: await letIn(tx, viewer, { id: came.id, email }, whence), next };
	});
}

const takeTicket = (ticket: string | null): Promise<Challenge | null> =>
	asSystem('oidc', async (tx) => {
		const challenge = await holdByLink(tx, ticket ?? '');
		if (staleness(challenge) || challenge?.purpose !== 'oidc') return null;
		await spend(tx, challenge.id);
		return challenge;
	});

async function claimsOf({ detail }: Challenge, url: URL, reach: Reach): Promise<client.IDToken | null> {
	const configuration = await configurationOf(reach);
	// The address as the service was given it, whatever proxy stands between.
	const back = new URL(backAt(url.origin) + url.search);
	const tokens = await client
		.authorizationCodeGrant(configuration, back, {
			pkceCodeVerifier: unseal('oidc', detail.verifier!),
			expectedState: detail.state!,
			expectedNonce: detail.nonce!,
			idTokenExpected: true,
		})
		.catch(() => null);
	return tokens?.claims() ?? null;
}

async function linkTo(
	tx: Tx,
	personId: string,
	ownerId: string | undefined,
	claims: client.IDToken,
	next: string,
): Promise<Returned> {
	if (ownerId && ownerId !== personId) return told('people.oidc_taken', '/compte/securite');
	if (!ownerId) await link(tx, personId, claims);
	return told('people.oidc_linked', next);
}
