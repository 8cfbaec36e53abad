import { beforeAll, beforeEach, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { forgetSettings } from '#platform/settings.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { stage } from '#tests/stage.ts';
import { journal, refused, scene } from '#tests/traces.ts';

stage();

const at = '/administration/organisation/connexion';
let bertrand: Browser;
beforeAll(async () => {
	bertrand = await browser('bertrand');
});
beforeEach(async () => {
	await scene(sql`delete from platform.bucket`, sql`delete from platform.setting where key = 'oidc'`);
	forgetSettings();
});
const service = {
	...{
		issuer: 'https://clef.exemple.fr',
		clientId: 'coopol',
		client_password: 's3cret-de-clef',
		label: 'Clef',
	},
	version: '',
};
const save = (more: Record<string, string> = {}, who = bertrand) =>
	who.post(`${at}?/save`, { ...service, ...more });
const stored = () =>
	asSystem('test', (tx) =>
		tx.one<{ value: Record<string, string> }>(sql`select value from platform.setting where key = 'oidc'`),
	);

test('each line that is missing or too long is said at its field; the secret is never given back', async () => {
	const cases: [Record<string, string>, string][] = [
		[{ clientId: ' ' }, 'clientId admin.oidc_client'],
		[{ clientId: 'c'.repeat(201) }, 'clientId admin.oidc_client'],
		[{ label: '' }, 'label admin.oidc_label_missing'],
		[{ label: 'C'.repeat(41) }, 'label admin.oidc_label_long'],
		[{ client_password: 's'.repeat(501) }, 'client_password admin.oidc_secret_long'],
		[{ issuer: 'http://clef.exemple.fr' }, 'issuer admin.oidc_issuer'],
		[{ issuer: `https://${'a'.repeat(300)}.fr` }, 'issuer admin.oidc_issuer'],
		[{ client_password: '' }, 'client_password admin.oidc_secret_missing'],
	];
	const why = await refused(['platform.setting'], async () => {
		for (const [wrong, problem] of cases) {
			const page = await save(wrong);
			expect(page.form!.problems).toEqual([problem]);
			expect([problem, page.html.includes('s3cret-de-clef')]).toEqual([problem, false]);
			if (!('label' in wrong)) expect(page.field('label')).toBe('Clef');
		}
	});
	expect(why).toBe('done');
});

test('kept, its secret is sealed and stays when the field is left empty; removed, nobody enters by it', async () => {
	expect((await save()).to).toBe('/administration/organisation');
	const first = (await stored())!.value;
	expect(JSON.stringify(first)).not.toContain('s3cret-de-clef');
	forgetSettings();
	const page = await bertrand.get(at);
	expect([page.field('label'), page.html.includes('s3cret-de-clef')]).toEqual(['Clef', false]);
	await save({ client_password: '', label: 'Clef de la rive', version: page.field('version')! });
	expect((await stored())!.value).toMatchObject({
		label: 'Clef de la rive',
		clientSecretSealed: first.clientSecretSealed,
	});
	forgetSettings();
	const version = (await bertrand.get(at)).field('version')!;
	await bertrand.post(`${at}?/remove`, { version });
	expect((await stored())?.value ?? null).toBeNull();
	expect((await journal('admin.edit_sign_in_service')).length).toBe(2);
});

test('saved over another officer’s, it is refused and theirs stays; nobody else reaches the page', async () => {
	const version = (await bertrand.get(at)).field('version') ?? '';
	await save();
	forgetSettings();
	const late = await save({ label: 'Trop tard', version });
	expect([late.status, (await stored())!.value.label]).toEqual([409, 'Clef']);
	for (const name of ['odile', 'samuel', 'yamina', 'paulo'] as const) {
		const who = await browser(name);
		expect([name, (await who.get(at)).status, (await save({}, who)).status]).toEqual([name, 404, 404]);
	}
});
