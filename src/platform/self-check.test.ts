import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { faultsOf, refuseStart } from './self-check.ts';

const key = randomBytes(32).toString('hex');
/** A sound configuration on one's own PostgreSQL; each mutant spoils one thing. */
const sound = {
	DATABASE_URL: 'postgres://owner:Vf3kQ9xTz2Lm8s@db.example/coopol',
	COOPOL_APP_URL: 'postgres://coopol_app:r8Jd2Lw0sPq5Zx@db.example/coopol',
	COOPOL_SYSTEM_URL: 'postgres://coopol_system:p0Qm7Yc4Vb9Tn1@db.example/coopol',
	COOPOL_ORIGIN: 'https://reseau.example',
	COOPOL_KEYS: key,
};
const faults = (mutant: NodeJS.ProcessEnv) => faultsOf({ ...sound, ...mutant }).map(({ name }) => name);

test('a sound configuration starts', () => {
	expect(faults({})).toEqual([]);
	expect(() => refuseStart(sound)).not.toThrow();
	expect(faults({ COOPOL_KEYS: undefined })).toEqual([]);
	expect(faults({ COOPOL_FILES_URL: 'https://fichiers.reseau.example' })).toEqual([]);
});

test('each spoilt configuration is refused, and says what to do', () => {
	const mutants: [string, NodeJS.ProcessEnv][] = [
		['keys', { COOPOL_KEYS: '' }],
		['keys', { COOPOL_KEYS: '11'.repeat(32) }],
		['keys', { COOPOL_KEYS: '00'.repeat(32) }],
		['keys', { COOPOL_KEYS: 'changeme' }],
		['keys', { COOPOL_KEYS: `${key},${'ab'.repeat(32)}` }],
		['keys', { COOPOL_KEYS: key.slice(2) }],
		['setup', { COOPOL_SETUP_TOKEN: 'secret' }],
		['database_password', { DATABASE_URL: 'postgres://postgres:postgres@db.example/coopol' }],
		['database_password', { COOPOL_APP_URL: 'postgres://coopol_app:short@db.example/coopol' }],
		['database_password', { COOPOL_APP_URL: 'postgres://coopol_app@db.example/coopol' }],
		['database_password', { COOPOL_SYSTEM_URL: 'postgres://coopol_system:coopol_system@localhost/coopol' }],
		['origin', { COOPOL_ORIGIN: 'http://reseau.example' }],
		['origin', { COOPOL_ORIGIN: 'http://reseau.example', COOPOL_INSECURE: 'yes' }],
		['origin', { COOPOL_ORIGIN: 'http://localhost:3000' }],
		['origin', { COOPOL_ORIGIN: undefined }],
		['origin', { COOPOL_ORIGIN: 'http://localhost.evil.example', COOPOL_INSECURE: 'yes' }],
		['origin', { COOPOL_ORIGIN: 'reseau.example' }],
		['files', { COOPOL_FILES_URL: '' }],
		['files', { COOPOL_FILES_URL: 'fichiers.reseau.example' }],
		['files', { COOPOL_FILES_URL: 'http://fichiers.reseau.example' }],
		['files', { COOPOL_FILES_URL: 'https://reseau.example' }],
		['files', { COOPOL_FILES_URL: 'https://fichiers.example' }],
		['files', { COOPOL_FILES_URL: 'https://fichiersreseau.example' }],
		['files', { COOPOL_FILES_URL: 'https://fichiers.reseau.example/depot' }],
		['debug', { COOPOL_MUTANTS: 'on' }],
		['debug', { NODE_TLS_REJECT_UNAUTHORIZED: '0' }],
		['debug', { NODE_OPTIONS: '--max-old-space-size=99 --inspect=0.0.0.0:9229' }],
	];
	for (const [name, mutant] of mutants)
		expect([JSON.stringify(mutant), ...faults(mutant)]).toEqual([JSON.stringify(mutant), name]);
	expect(() => refuseStart({ ...sound, COOPOL_ORIGIN: 'http://reseau.example' })).toThrow(
		/COOPOL_ORIGIN must be https/,
	);
});

test('on this computer only, plain http may be asked for', () => {
	expect(faults({ COOPOL_ORIGIN: 'http://localhost:3000', COOPOL_INSECURE: 'yes' })).toEqual([]);
	expect(faults({ COOPOL_ORIGIN: undefined, COOPOL_INSECURE: 'yes' })).toEqual([]);
});

test('the demonstration starts as it is, and only when it is the demonstration', () => {
	expect(faultsOf({ COOPOL_MODE: 'demo', COOPOL_KEYS: '11'.repeat(32) })).toEqual([]);
	expect(faultsOf({ COOPOL_MODE: 'new' }).map(({ name }) => name)).toEqual(['origin']);
	expect(
		faultsOf({ ...sound, COOPOL_MODE: 'demo', COOPOL_ORIGIN: undefined }).map(({ name }) => name),
	).toEqual(['origin']);
	expect(faultsOf({ ...sound, COOPOL_DEMO: 'yes', COOPOL_ORIGIN: undefined })).toEqual([]);
});
