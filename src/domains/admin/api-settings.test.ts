import sharp from 'sharp';
import { expect, test } from 'vitest';
import { house } from '#platform/house.ts';
import { neighbour } from '#tests/nouns.ts';
import type { CastName } from '#tests/party.ts';
import { program } from '#tests/program.ts';
import { stage } from '#tests/stage.ts';
import { journal, refused, told } from '#tests/traces.ts';

stage();

interface Settings {
	versions: Record<string, string>;
	name: string;
	own: string[];
}
const tables = ['platform.setting', 'people.membership_type'];
const settings = (who: CastName = 'bertrand') => program<Settings>('GET /organisation/settings', who);
const put = async (what: string, input: object, part = what, who: CastName = 'bertrand') =>
	program<Settings>(
		`PUT /organisation/${what}`,
		who,
		{},
		{ ...input, version: (await settings()).versions[part] },
	);

test('a program of who keeps the settings changes each part; pages follow, the journal says so, and the version moves', async () => {
	const before = (await settings()).versions;
	const { versions } = await put('name', { name: 'La Rive haute' });
	expect([versions.name === before.name, versions.colour]).toEqual([false, before.colour]);
	await put('colour', { colour: '#7a1' });
	await put('voice', { address: 'vous', inclusive: 'epicene', language: 'fr' });
	await put('ways', { signUp: 'invited', rhythm: 'asap', before_account: true });
	await put('clock', { timeZone: 'Indian/Reunion' });
	await put('words', { base: 'coopol', own: 'drop' });
	expect(await house()).toMatchObject({
		...{ name: 'La Rive haute', colour: '#77aa11', address: 'vous', base: 'coopol' },
		...{ signUp: 'invited', rhythm: 'asap', digestBeforeAccount: true, timeZone: 'Indian/Reunion' },
	});
	for (const act of ['name', 'colour', 'voice', 'ways', 'clock'])
		expect([act, (await journal(`admin.edit_${act}`)).length]).toEqual([act, 1]);
	await put('ways', { signUp: 'open', rhythm: 'weekly' });
	expect(await house()).toMatchObject({ digestBeforeAccount: false });
});

test('who read an older version is told, and nothing changes', async () => {
	const { versions } = await settings();
	await put('name', { name: 'La Rive basse' });
	const late = () =>
		program('PUT /organisation/name', 'bertrand', {}, { name: 'Autre', version: versions.name! });
	expect(await refused(tables, late)).toMatch(/^Conflict/);
	expect((await house()).name).toBe('La Rive basse');
});

test.each<[string, string, object, string]>([
	['no name', 'name', { name: ' ' }, 'name admin.name_missing'],
	['a colour that is none', 'colour', { colour: 'rouge' }, 'colour admin.colour_shape'],
	['a clock that is none', 'clock', { timeZone: 'Paris' }, 'timeZone admin.clock_choose'],
	['a way that is none', 'ways', { signUp: 'never', rhythm: 'asap' }, 'signUp admin.ways_choose'],
	['a lexicon that is none', 'words', { base: 'x' }, 'base admin.words_choose'],
	['no picture', 'logo', { logo: '' }, 'logo admin.logo_missing'],
	['a setting that is not there', 'name', { name: 'Rive', demo: true }, 'demo app.invalid_value'],
])('%s is refused at its field', async (_, what, input, problem) => {
	expect(await refused(tables, () => put(what, input))).toBe(`Invalid: ${problem}`);
});

test('a noun of the lexicon is written in all its forms, and goes back to the ready one', async () => {
	const at = { entry: 'friend' };
	const version = async () => (await settings()).versions.words!;
	const write = async (input: object, entry = at) =>
		program('PUT /organisation/words/[entry]', 'bertrand', entry, { ...input, version: await version() });
	await write(neighbour);
	expect((await settings()).own).toContain('friend');
	expect(await refused(tables, () => write({ ...neighbour, one_f: '', one_m: '', one_n: '' }))).toMatch(
		/^Invalid: one_/,
	);
	expect(await refused(tables, () => write(neighbour, { entry: 'secret' }))).toBe('NotFound');
	await program('POST /organisation/words/[entry]/reset', 'bertrand', at, { version: await version() });
	expect((await settings()).own).not.toContain('friend');
});

test('a logo is put by its bytes and taken away', async () => {
	const drawn = await sharp({ create: { width: 90, height: 30, channels: 3, background: '#7a1fa2' } })
		.png()
		.toBuffer();
	await put('logo', { logo: drawn.toString('base64') });
	expect((await house()).logo).toBeTruthy();
	const { versions } = await settings();
	await program('POST /organisation/logo/removal', 'bertrand', {}, { version: versions.logo! });
	expect((await house()).logo).toBeNull();
});

test('the sign-in service is tied and untied with a fresh second factor; its secret is never read', async () => {
	const read = (who: CastName = 'bertrand') =>
		program<{ service: object | null; version: string }>('GET /organisation/sign-in-service', who);
	const tied = {
		issuer: 'https://clef.exemple.fr',
		clientId: 'coopol',
		client_password: 's3cret',
		label: 'Clef',
	};
	const tie = async (input: object) =>
		program(
			'PUT /organisation/sign-in-service',
			'bertrand',
			{},
			{ ...tied, ...input, version: (await read()).version },
		);
	expect(await refused(tables, () => tie({ issuer: 'http://clef' }))).toBe(
		'Invalid: issuer admin.oidc_issuer',
	);
	await tie({});
	expect(JSON.stringify(await read())).not.toContain('s3cret');
	expect((await read()).service).toEqual({ issuer: tied.issuer, clientId: 'coopol', label: 'Clef' });
	await program(
		'POST /organisation/sign-in-service/removal',
		'bertrand',
		{},
		{ version: (await read()).version },
	);
	expect((await read()).service).toBeNull();
});

test('for whoever does not keep the settings none of it exists', async () => {
	for (const who of ['odile', 'yamina', 'tidiane'] as const) {
		expect(await told(settings(who))).toBe('NotFound');
		expect(await told(program('GET /organisation/sign-in-service', who))).toBe('NotFound');
		expect(await told(program('GET /membership-types', who))).toBe('NotFound');
		expect(await refused(tables, () => put('name', { name: 'Volé' }, 'name', who))).toBe('NotFound');
	}
});

test('kinds of membership are added, renamed, moved and retired', async () => {
	const kinds = async () =>
		(
			await program<{
				items: { id: string; key: string; retired: boolean; name: { fr: { one_f: string } } }[];
			}>('GET /membership-types', 'bertrand')
		).items;
	const typed = { ...neighbour, description_fr: 'Un essai', description_en: '' };
	const make = (input: object) => program('POST /membership-types', 'bertrand', {}, { ...typed, ...input });
	expect(await refused(tables, () => make({ grants: 'office' }))).toBe(
		'Invalid: grants admin.types_choose_grants',
	);
	const one = await make({ grants: 'sympathiser' });
	const on = (act: string, input: object) =>
		program(act.replace(' ', ' /membership-types/[id]'), 'bertrand', one, input);
	await on('PATCH ', { ...typed, one_f: 'amie', many_f: 'amies' });
	await on('POST /move', { direction: 'up' });
	expect((await kinds()).at(-2)).toMatchObject({ ...one, name: { fr: { one_f: 'amie' } } });
	expect(await refused(tables, () => on('PUT /state', { state: 'gone' }))).toBe(
		'Invalid: state app.invalid_value',
	);
	await on('PUT /state', { state: 'retired' });
	expect((await kinds()).find(({ id }) => id === one.id)).toMatchObject({ retired: true });
});
