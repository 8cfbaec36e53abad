import postgres from 'postgres';
import { expect, test, vi } from 'vitest';
import { visitor } from '#platform/viewer.ts';
import { as, stage } from '#tests/stage.ts';
import { api } from './api.ts';
import { health } from './dashboard.ts';
import { doctor } from './doctor.ts';

stage();
const sound = { COOPOL_MODE: 'demo', COOPOL_KEYS: 'given' };
const ill = async (env: NodeJS.ProcessEnv = {}) =>
	(await doctor({ ...sound, ...env })).filter(({ ok }) => !ok).map(({ name }) => name);
const asOwner = async (statement: string) => {
	const owner = postgres(process.env.COOPOL_OWNER_URL!, { max: 1, onnotice: () => {} });
	await owner.unsafe(statement).finally(() => owner.end());
};

test('a house in order has nothing to say, and says everything it looked at', async () => {
	vi.stubEnv('COOPOL_MODE', 'demo');
	const checks = await doctor(sound);
	expect(checks.filter(({ ok }) => !ok)).toEqual([]);
	expect(checks.map(({ name }) => name)).toEqual([
		'keys_kept',
		'keys',
		'setup',
		'database_password',
		'origin',
		'debug',
		'files',
		'mail',
		'mail_in',
		'roles',
		'row_security',
		'files_sealed',
		'files_named',
		'queue',
		'migrations',
		'demo',
		'backup',
	]);
	vi.unstubAllEnvs();
});

test('each thing spoilt is found, and nothing found tells a secret', async () => {
	vi.stubEnv('COOPOL_MODE', 'demo');
	const real = {
		DATABASE_URL: 'postgres://o:guess@db.example/x',
		COOPOL_DEMO: undefined,
		COOPOL_ORIGIN: 'http://reseau.example',
		COOPOL_KEYS: '11'.repeat(32),
	};
	const found = await doctor({ ...sound, ...real });
	expect(found.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual([
		'keys',
		'database_password',
		'origin',
		'files',
		'mail',
		'demo',
	]);
	expect(JSON.stringify(found)).not.toMatch(/guess@|1111/);
	expect(await ill({ COOPOL_KEYS: undefined, COOPOL_DATA: '/nowhere' })).toEqual(['keys_kept']);
	await asOwner('alter table people.contact no force row level security');
	expect(await ill()).toEqual(['row_security']);
	await asOwner(
		'alter table people.contact force row level security; alter table people.consent disable row level security',
	);
	expect(await ill()).toEqual(['row_security']);
	await asOwner(`alter table people.consent enable row level security; alter table platform.unsent disable row level security;
		drop policy own on platform.unsent; drop policy house on platform.unsent`);
	expect(await ill()).toEqual(['row_security']);
	await asOwner(
		`alter table platform.unsent enable row level security; delete from platform.migration where name like '%T80-membership-type.sql'`,
	);
	expect(await ill()).toEqual(['migrations']);
	await asOwner(
		`insert into platform.mail (id, recipient, kind, message, try_at) values (gen_random_uuid(), 'a@b.example', 'x.y', '{}', now() - interval '20 minutes')`,
	);
	expect(await ill()).toEqual(['queue', 'migrations']);
	vi.unstubAllEnvs();
});

test('the house’s health is for who keeps its settings', async () => {
	expect(await health(await as('odile'))).toBeNull();
	expect(await health(await as('samuel'))).toBeNull();
	expect(await health(await as('bertrand', { factor: false }))).toBeNull();
	expect((await health(await as('bertrand')))?.mails).toBe(1);
});

test('programs read the organisation’s name and its levels without an account', async () => {
	const answer = (await api['GET /api/v1/organisation']!.act(visitor, {}, {})) as {
		name: string;
		levels: { key: string }[];
	};
	expect(answer.name).toBe('La Rive commune');
	expect(answer.levels.map(({ key }) => key).toSorted()).toEqual([
		'federation',
		'national',
		'region',
		'section',
	]);
});

test('a door for mails that cannot be read, or without a domain of ours, is said; what was let fall is counted', async () => {
	expect(await ill({ COOPOL_MAIL_IN: 'perhaps' })).toContain('mail_in');
	expect(await ill({ COOPOL_MAIL_IN: '2525' })).not.toContain('mail_in');
	await asOwner("insert into platform.mail_drop (day, reason, n) values (current_date, 'robot', 3)");
	const checks = await doctor(sound);
	expect(checks.find(({ name }) => name === 'mail_in')?.found).toBe('robot 3');
});
