import sharp from 'sharp';
import { expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { house } from '#platform/house.ts';
import { unseal } from '#platform/seal.ts';
import { forgetSettings } from '#platform/settings.ts';
import { sql } from '#platform/sql.ts';
import { visitor } from '#platform/viewer.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { editLogo, removeLogo } from './identity.ts';
import { logoOf } from './look.ts';
import { editOidc, oidcService, removeOidc } from './oidc.ts';
import { organisation } from './organisation.ts';

stage();
const fresh = async () => {
	forgetSettings();
	return house();
};
const version = async () => (await organisation(await as('bertrand'))).versions.logo;
const picture = async () => {
	const bytes = await sharp({ create: { width: 900, height: 300, channels: 4, background: '#7a1fa280' } })
		.withExif({ IFD0: { Artist: 'somebody' } })
		.png()
		.toBuffer();
	return new File([new Uint8Array(bytes)], 'logo.png', { type: 'image/png' });
};
const service = {
	issuer: 'https://id.rive.example',
	clientId: 'coopol',
	client_password: 'a secret nobody reads',
	label: 'Compte de la Rive',
	version: '',
};

test('a logo is redrawn in its proportions, shown to everybody, and its address changes', async () => {
	const bertrand = await as('bertrand');
	const before = (await fresh()).themeVersion;
	await editLogo(bertrand, { logo: await picture(), version: await version() });
	const now = await fresh();
	expect(now.themeVersion).not.toBe(before);
	const response = await logoOf(visitor, now, `?${now.themeVersion}`);
	expect(response.headers.get('cache-control')).toContain('immutable');
	const { width, height, format, exif, hasAlpha } = await sharp(
		Buffer.from(await response.arrayBuffer()),
	).metadata();
	expect([width, height, format, exif, hasAlpha]).toEqual([480, 160, 'webp', undefined, true]);
	await removeLogo(bertrand, { version: await version() });
	expect(await outcome(logoOf(visitor, await fresh(), ''))).toBe('NotFound');
});

test('what is no picture is said at the field; nothing is kept', async () => {
	const bertrand = await as('bertrand');
	const refused = async (content: string | Uint8Array<ArrayBuffer>, name: string) => {
		const refusal = await editLogo(bertrand, {
			logo: new File([content], name),
			version: await version(),
		}).catch((error) => error);
		return refusal.problems?.[0];
	};
	expect(await refused('', 'nothing.png')).toEqual({ field: 'logo', key: 'admin.logo_missing' });
	expect(await refused('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 'logo.svg')).toEqual({
		field: 'logo',
		key: 'admin.logo_unknown_kind',
	});
	expect(await refused('prose, not a picture', 'logo.png')).toEqual({
		field: 'logo',
		key: 'admin.logo_unknown_kind',
	});
	const whole = new Uint8Array(await (await picture()).arrayBuffer());
	expect((await refused(whole.slice(0, 60), 'cut.png')).field).toBe('logo');
	expect((await fresh()).logo).toBeNull();
	expect(
		await asSystem('test', (tx) =>
			tx.one(sql`select count(*)::int as n from platform.file where holder = 'admin.logo'`),
		),
	).toEqual({ n: 1 });
});

test('nobody else changes the logo, and of two officers at once one is told', async () => {
	const logo = await picture();
	for (const person of ['visitor', 'odile', 'samuel'] as const) {
		expect(await outcome(editLogo(await as(person), { logo, version: await version() }))).toBe('NotFound');
		expect(await outcome(removeLogo(await as(person), { version: await version() }))).toBe('NotFound');
	}
	const bertrand = await as('bertrand');
	const from = await version();
	const ended = await Promise.all(
		[1, 2].map(() => outcome(editLogo({ ...bertrand }, { logo, version: from }))),
	);
	expect(ended.filter((end) => end === 'Conflict')).toHaveLength(1);
});

test('the secret of the sign-in service is sealed, never shown, and kept when left empty', async () => {
	const bertrand = await as('bertrand');
	await editOidc(bertrand, service);
	const shown = await oidcService(bertrand);
	expect(JSON.stringify(shown)).not.toContain('secret');
	await editOidc(bertrand, { ...service, client_password: '', label: 'Autre', version: shown.version });
	const kept = await asSystem('test', (tx) =>
		tx.one<{ value: { clientSecretSealed: string; label: string } }>(
			sql`select value from platform.setting where key = 'oidc'`,
		),
	);
	expect(unseal('oidc', kept!.value.clientSecretSealed)).toBe(service.client_password);
	expect(kept!.value.label).toBe('Autre');
	const written = await asSystem('test', (tx) => tx.many(sql`select detail from audit.entry`));
	expect(JSON.stringify(written)).not.toContain(service.client_password);
	expect(await outcome(editOidc(bertrand, { ...service, version: shown.version }))).toBe('Conflict');
	const { version: last } = await oidcService(bertrand);
	expect(
		await outcome(
			editOidc(bertrand, { ...service, client_password: '', issuer: 'https://other.example', version: last }),
		),
	).toBe('Invalid');
	await removeOidc(bertrand, { version: last });
	expect((await oidcService(bertrand)).service).toBeNull();
});

test('it asks for a second factor of the last ten minutes, and for the office', async () => {
	const bertrand = await as('bertrand');
	const { version: from } = await oidcService(bertrand);
	const stale = { ...bertrand, factorAt: new Date(Date.now() - 11 * 60_000) };
	expect(await outcome(editOidc(stale, { ...service, version: from }))).toBe('SecondFactor');
	expect(await outcome(removeOidc(stale, { version: from }))).toBe('SecondFactor');
	for (const person of ['visitor', 'odile', 'samuel', 'sabrina'] as const) {
		const viewer = await as(person);
		const tries: Promise<unknown>[] = [
			oidcService(viewer),
			editOidc(viewer, { ...service, version: from }),
			removeOidc(viewer, { version: from }),
		];
		expect(await Promise.all(tries.map(outcome))).toEqual(['NotFound', 'NotFound', 'NotFound']);
	}
});
