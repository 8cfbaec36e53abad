import { beforeEach, expect, test, vi } from 'vitest';
import { allTypes } from '#domains/people/index.ts';
import { asSystem } from '#platform/db.ts';
import { forgetSettings, saveSetting } from '#platform/settings.ts';
import { sql } from '#platform/sql.ts';
import { visitor } from '#platform/viewer.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { faults, journal, meeting, refused, scene, told } from '#tests/traces.ts';
import { keepsSettings } from './dashboard.ts';
import { IdentityForm, WordsForm } from './founding/draft.ts';
import { FounderForm, found } from './founding/found.ts';
import { takeSetupKey } from './founding/setup.ts';
import { ColourForm, editColour, editName, LogoForm, NameForm } from './identity.ts';
import { neighbour } from './lexicon.fixture.ts';
import { BaseForm, EntryForm, editEntry, resetEntry } from './lexicon.ts';
import { addType, CreateTypeForm, orderType, placeType, renameType } from './membership.ts';
import { editOidc, OidcForm, oidcService, removeOidc } from './oidc.ts';
import { organisation } from './organisation.ts';
import { editVoice, editWays, VoiceForm, WaysForm } from './voice.ts';

stage();
beforeEach(forgetSettings);

const tables = ['platform.setting', 'people.membership_type'];
const bertrand = () => as('bertrand');
const version = async (part: 'name' | 'words' | 'voice' | 'ways' | 'colour') =>
	(await organisation(await bertrand())).versions[part];
const service = {
	issuer: 'https://clef.exemple.fr',
	clientId: 'coopol',
	client_password: 's3cret',
	label: 'Clef',
};

test('a setting saved over another officer’s is refused in words, and theirs stays', async () => {
	const old = await version('name');
	await editName(await bertrand(), { name: 'La Rive commune du Val', version: old });
	expect(await refused(tables, async () => editName(await bertrand(), { name: 'Autre', version: old }))).toBe(
		'Conflict: admin.changed_meanwhile',
	);
	expect(
		await refused(tables, async () =>
			editWays(await as('samuel'), { signUp: 'open', rhythm: 'asap', version: '' }),
		),
	).toBe('NotFound');
	expect((await organisation(await bertrand())).value.name).toBe('La Rive commune du Val');
});

test('two parts saved at the same instant are both kept', async () => {
	const [name, colour] = [await version('name'), await version('colour')];
	const both = await Promise.all([
		told(editName(await bertrand(), { name: 'La Rive commune', version: name })),
		told(editColour(await bertrand(), { colour: '#7a1fa2', version: colour })),
	]);
	expect(both).toEqual(['done', 'done']);
	expect((await organisation(await bertrand())).value).toMatchObject({
		name: 'La Rive commune',
		colour: '#7a1fa2',
	});
});

test('each choice is in the journal with what was chosen, and by whom', async () => {
	await editVoice(await bertrand(), {
		address: 'vous',
		inclusive: 'doublets',
		language: 'fr',
		version: await version('voice'),
	});
	await editEntry(await bertrand(), 'friend', { ...neighbour, version: await version('words') });
	await resetEntry(await bertrand(), 'friend', { version: await version('words') });
	const last = async (act: string) => {
		const { actor, detail } = (await journal(`admin.${act}`)).at(-1)!;
		return [actor, detail];
	};
	const by = idOf('bertrand');
	expect(await last('edit_voice')).toEqual([by, { address: 'vous', inclusive: 'doublets', language: 'fr' }]);
	expect(await last('edit_word')).toEqual([by, { entry: 'friend', one_f: 'voisine', one_m: 'voisin' }]);
	expect(await last('reset_word')).toEqual([by, { entry: 'friend' }]);
});

test('a middle dot written for one number only is asked for the other', async () => {
	const edit = async (change: object) =>
		refused(tables, async () =>
			editEntry(await bertrand(), 'friend', { ...neighbour, version: await version('words'), ...change }),
		);
	expect(await edit({ one_dot: 'voisin·e' })).toBe('Invalid: many_dot admin.words_dot_both');
	expect(await edit({ many_dot: 'voisin·es' })).toBe('Invalid: one_dot admin.words_dot_both');
	expect(await edit({ one_f: '' })).toBe('Invalid: one_f territory.kind_word_missing');
});

test('each refusal about the sign-in service says why; its secret is in no sentence and no journal', async () => {
	const edit = (change: object, who = bertrand()) =>
		refused(tables, async () => {
			const { version: now } = await oidcService(await bertrand());
			return editOidc(await who, { ...service, version: now, ...change });
		});
	expect(await edit({ client_password: '' })).toBe('Invalid: client_password admin.oidc_secret_missing');
	expect(await edit({ version: 'older' })).toBe('Conflict: admin.changed_meanwhile');
	expect(await edit({}, as('samuel'))).toBe('NotFound');
	const stale = { ...(await bertrand()), factorAt: new Date(Date.now() - 11 * 60_000) };
	expect(await edit({}, Promise.resolve(stale))).toBe('SecondFactor');
	await editOidc(await bertrand(), { ...service, version: '' });
	expect(JSON.stringify(await journal('admin.edit_sign_in_service'))).not.toContain('s3cret');
	expect(await edit({ issuer: 'https://autre.exemple.fr', client_password: '' })).toBe(
		'Invalid: client_password admin.oidc_secret_missing',
	);
	const { version: now } = await oidcService(await bertrand());
	await removeOidc(await bertrand(), { version: now });
	expect(await refused(tables, async () => removeOidc(await bertrand(), { version: '' }))).toBe('done');
	expect((await journal('admin.remove_sign_in_service')).length).toBe(1);
});

test('kinds of membership: each refusal says why, and nothing is written', async () => {
	const noun = { ...neighbour, description_fr: '', description_en: '' };
	const types = () => asSystem('test', async () => allTypes(await bertrand(), async () => {}));
	const place = async (id: string, state: 'offered' | 'kept' | 'retired', who: CastName = 'bertrand') =>
		placeType(await as(who), { id, state });
	const all = await types();
	for (const { id } of all.slice(1)) await place(id, 'kept');
	expect(await refused(tables, () => place(all[0]!.id, 'retired'))).toBe(
		'Conflict: people.type_last_offered',
	);
	expect(await refused(tables, () => place(idOf('nowhere'), 'kept'))).toBe('NotFound');
	expect(await refused(tables, () => place(all[0]!.id, 'kept', 'samuel'))).toBe('NotFound');
	expect(await refused(tables, async () => renameType(await bertrand(), idOf('nowhere'), noun))).toBe(
		'NotFound',
	);
	expect(
		await refused(tables, async () => orderType(await bertrand(), { id: idOf('nowhere'), direction: 'up' })),
	).toBe('NotFound');
	for (const { id } of all) await place(id, 'offered');
});

test('two kinds added at once keep two places, and the first does not go higher', async () => {
	const noun = {
		...neighbour,
		description_fr: 'Pour voisiner',
		description_en: '',
		grants: 'member' as const,
	};
	const add = async () => addType(await bertrand(), noun);
	const ids = await meeting('people.membership_type', add, add);
	const order = async () =>
		(await asSystem('test', (tx) =>
			tx.many<{ id: string; position: number }>(
				sql`select id, position from people.membership_type order by position, id`,
			),
		)) as { id: string; position: number }[];
	const positions = (await order()).map(({ position }) => position);
	expect(new Set(positions).size).toBe(positions.length);
	const [first] = await order();
	await orderType(await bertrand(), { id: first!.id, direction: 'up' });
	expect((await order())[0]!.id).toBe(first!.id);
	await scene(sql`delete from people.membership_type where id = any (${ids}::uuid[])`);
});

test('a house that stands is not founded again, and a wrong key founds nothing', async () => {
	vi.stubEnv('COOPOL_SETUP_TOKEN', 'console-key');
	const whence = { ip: '192.0.2.9', device: '', pass: null, language: 'fr' as const };
	const form = { name: 'Lou Marchebois', email: 'lou@courrier.example' };
	expect(await refused(tables, () => found({ ...visitor }, 'console-key', form, whence))).toBe('NotFound');
	expect(await refused(tables, () => found({ ...visitor }, 'wrong', form, whence))).toBe('NotFound');
	expect(await told(takeSetupKey(visitor, 'console-key', '192.0.2.9'))).toBe('NotFound');
	const kept = await asSystem('test', (tx) =>
		tx.one<{ value: object }>(sql`select value from platform.setting where key = 'organisation'`),
	);
	await scene(sql`delete from platform.setting where key = 'organisation'`);
	forgetSettings();
	expect(await told(takeSetupKey(visitor, 'wrong', '192.0.2.9'))).toBe(
		'Invalid: jeton admin.found_key_wrong',
	);
	expect(await refused(tables, () => found({ ...visitor }, 'console-key', form, whence))).toBe(
		'Conflict: admin.found_step_missing',
	);
	await asSystem('test', (tx) =>
		saveSetting(
			tx,
			'founding',
			{
				identity: { name: 'Autre maison', colour: '#000000', language: 'fr' },
				levels: [],
				words: { base: 'union', address: 'tu', inclusive: 'epicene' },
			},
			null,
		),
	);
	expect(await refused(tables, () => found({ ...visitor }, 'console-key', form, whence))).toBe(
		'Conflict: admin.found_not_empty',
	);
	await asSystem('test', (tx) => saveSetting(tx, 'organisation', kept!.value, null));
	vi.unstubAllEnvs();
});

test('only who keeps the settings at the top does, with a second factor', async () => {
	const keepers: string[] = [];
	for (const name of ['bertrand', 'sabrina', 'paulo', 'yamina', 'odile', 'visitor'] as const)
		if (await keepsSettings(await as(name))) keepers.push(name);
	expect(keepers).toEqual(['bertrand']);
	expect(await keepsSettings(await as('bertrand', { factor: false }))).toBe(false);
});

test('the forms ask for a choice and refuse what is too long', () => {
	expect(faults(NameForm, { name: ' \u200b ' })).toEqual(['name admin.name_missing']);
	expect(faults(NameForm, { name: 'x'.repeat(81) })).toEqual(['name admin.name_long']);
	expect(faults(ColourForm, { colour: 'teal' })).toEqual(['colour admin.colour_shape']);
	expect(faults(LogoForm, { logo: 'a text' })).toEqual(['logo admin.logo_missing']);
	expect(faults(VoiceForm, {})).toEqual([
		'address admin.voice_choose',
		'inclusive admin.voice_choose',
		'language admin.voice_choose',
	]);
	expect(faults(WaysForm, { signUp: 'closed', rhythm: 'never' })).toEqual([
		'signUp admin.ways_choose',
		'rhythm admin.ways_choose',
	]);
	expect(faults(BaseForm, {})).toEqual(['base admin.words_choose']);
	expect(faults(EntryForm, { ...neighbour, one_f: 'x'.repeat(61) })).toEqual([
		'one_f territory.kind_word_too_long',
	]);
	expect(faults(CreateTypeForm, { ...neighbour })).toEqual(['grants admin.types_choose_grants']);
	expect(faults(CreateTypeForm, { ...neighbour, grants: 'member', description_fr: 'x'.repeat(201) })).toEqual(
		['description_fr admin.types_sentence_long'],
	);
	expect(faults(OidcForm, { ...service, client_password: 'x'.repeat(501) })).toEqual([
		'client_password admin.oidc_secret_long',
	]);
	expect(faults(OidcForm, { ...service, issuer: 'http://clef.exemple.fr' })).toEqual([
		'issuer admin.oidc_issuer',
	]);
	expect(faults(IdentityForm, { name: 'x', colour: '#000' })).toEqual(['language admin.voice_choose']);
	expect(faults(WordsForm, { base: 'guild', address: 'tu', inclusive: 'epicene' })).toEqual([
		'base admin.words_choose',
	]);
	expect(faults(FounderForm, { email: 'lou@courrier.example' })).toEqual(['name people.name_problem.empty']);
});
