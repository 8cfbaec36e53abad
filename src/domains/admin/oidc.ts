import * as v from 'valibot';
import type { OidcSettings } from '#domains/people/index.ts';
import { isFresh } from '#platform/access.ts';
import { record } from '#platform/audit.ts';
import { read, type Tx, write } from '#platform/db.ts';
import { conflict, invalidField, secondFactorFirst } from '#platform/errors.ts';
import { hashOfSecret, seal } from '#platform/seal.ts';
import { saveSetting } from '#platform/settings.ts';
import { type Sql, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { lineOf, version } from './identity.ts';
import { insist } from './policy.ts';

const isIssuer = (text: string) => {
	const url = URL.parse(text);
	return Boolean(
		url && url.protocol === 'https:' && !url.username && !url.password && !url.hash && !url.search,
	);
};

export const OidcForm = v.object({
	issuer: v.pipe(
		v.string(),
		v.trim(),
		v.maxLength(300, 'admin.oidc_issuer'),
		v.check(isIssuer, 'admin.oidc_issuer'),
	),
	clientId: lineOf(200, 'admin.oidc_client', 'admin.oidc_client'),
	/** Empty keeps the one that is sealed. */
	client_password: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(500, 'admin.oidc_secret_long')), ''),
	label: lineOf(40, 'admin.oidc_label_missing', 'admin.oidc_label_long'),
	version,
});

const stored = async (tx: Tx, lock: Sql = sql``): Promise<OidcSettings | null> =>
	(
		await tx.one<{ value: OidcSettings | null }>(
			sql`select value from platform.setting where key = 'oidc' ${lock}`,
		)
	)?.value ?? null;
const versionOf = (service: OidcSettings | null) =>
	service ? hashOfSecret(JSON.stringify(service)).slice(0, 16) : '';

/** The sign-in service for its page: everything but the secret. Throws NotFound. */
export const oidcService = (viewer: Viewer) =>
	read(viewer, async (tx) => {
		await insist(tx, viewer);
		const service = await stored(tx);
		return {
			service: service && { issuer: service.issuer, clientId: service.clientId, label: service.label },
			version: versionOf(service),
		};
	});

async function openFor(tx: Tx, viewer: Viewer, given: string): Promise<OidcSettings | null> {
	await insist(tx, viewer);
	if (!isFresh(viewer)) throw secondFactorFirst();
	// One at a time, whether or not there is a row to hold.
	await tx.run(sql`select pg_advisory_xact_lock(hashtext('admin.oidc'))`);
	const before = await stored(tx);
	if (versionOf(before) !== given) throw conflict('admin.changed_meanwhile');
	return before;
}

/** Says which service vouches for people; its secret is sealed with the house's key. Throws NotFound, SecondFactor, Conflict, Invalid. */
export const editOidc = (
	viewer: Viewer,
	{ issuer, clientId, client_password, label, version }: v.InferOutput<typeof OidcForm>,
) =>
	write(viewer, async (tx) => {
		const before = await openFor(tx, viewer, version);
		if (!client_password && before?.issuer !== issuer)
			throw invalidField('client_password', 'admin.oidc_secret_missing');
		const clientSecretSealed = client_password ? seal('oidc', client_password) : before!.clientSecretSealed;
		await saveSetting(
			tx,
			'oidc',
			{ issuer, clientId, clientSecretSealed, label } satisfies OidcSettings,
			viewer.id,
		);
		await record(tx, {
			actorId: viewer.id,
			act: 'admin.edit_sign_in_service',
			subject: 'setting',
			detail: { issuer, clientId, label, secret: Boolean(client_password) },
		});
	});

export const RemoveOidcForm = v.object({ version });

/** The service vouches for nobody any more; accounts stay, with their other ways in. */
export const removeOidc = (viewer: Viewer, { version }: v.InferOutput<typeof RemoveOidcForm>) =>
	write(viewer, async (tx) => {
		const before = await openFor(tx, viewer, version);
		if (!before) return;
		await saveSetting(tx, 'oidc', null, viewer.id);
		await record(tx, {
			actorId: viewer.id,
			act: 'admin.remove_sign_in_service',
			subject: 'setting',
			detail: { issuer: before.issuer },
		});
	});
