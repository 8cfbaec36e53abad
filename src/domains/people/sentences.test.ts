import { beforeEach, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { visitor } from '#platform/viewer.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { faults, refused, scene, told } from '#tests/traces.ts';
import { askCode, SignInForm, SignUpForm, startSignUp } from './ask.ts';
import { codeOf, linkSecretOf } from './challenge.ts';
import { claimNumber, mergeByNumber } from './claim-number.ts';
import { askEmailChange, changeEmail, EmailCodesForm } from './email-change.ts';
import { ask, mailsTo, stranger } from './people.fixture.ts';
import { CodeForm, NumberForm, proveCode, proveLink, proveNumber } from './prove.ts';
import { DisplayForm, NameForm, RhythmForm, rename, StatusForm } from './settings.ts';
import { knownDevice, nameDevice, networkOf, passFor } from './whence.ts';

stage();

const tables = ['people.person', 'people.contact', 'people.session'];
const asks = (email: string) => askCode(visitor, { email }, stranger());
const prove = (id: string | null, code: string) => told(proveCode(visitor, id, { code }, stranger()));
const wrongFor = (id: string) => (codeOf(id) === '000000' ? '111111' : '000000');

beforeEach(() => scene(sql`delete from platform.bucket`));

test('each wrong code says how many tries are left, then that it is over, even for the right one', async () => {
	const id = await asks('odile@rive.example');
	const left: unknown[] = [];
	for (let n = 0; n < 4; n++)
		left.push(
			await proveCode(visitor, id, { code: wrongFor(id) }, stranger()).catch(({ problems }) => [
				problems[0].key,
				problems[0].args,
			]),
		);
	expect(left).toEqual([4, 3, 2, 1].map((n) => ['people.code_wrong', { n }]));
	expect(await prove(id, wrongFor(id))).toBe('Invalid: code people.code_spent');
	expect(await prove(id, codeOf(id))).toBe('Invalid: code people.code_spent');
});

test('unknown, expired and used codes read the same, and open no session', async () => {
	const id = await asks('odile@rive.example');
	expect(await refused(tables, () => proveCode(visitor, null, { code: '123456' }, stranger()))).toBe(
		'Invalid: code people.code_over',
	);
	expect(await prove('no id', '123456')).toBe('Invalid: code people.code_over');
	expect(await prove(idOf('never asked'), '123456')).toBe('Invalid: code people.code_over');
	await scene(sql`update people.challenge set expires_at = now() where id = ${id}`);
	expect(await prove(id, codeOf(id))).toBe('Invalid: code people.code_over');
	const again = await asks('odile@rive.example');
	expect(await prove(again, codeOf(again))).toBe('done');
	expect(await prove(again, codeOf(again))).toBe('Invalid: code people.code_over');
	expect(await told(proveLink(visitor, { cle: linkSecretOf(again) }, stranger()))).toBe(
		'Invalid: code people.code_over',
	);
});

test('a code typed with spaces, hyphens or other digits’ neighbours is read as digits only', async () => {
	const id = await asks('odile@rive.example');
	const code = codeOf(id);
	expect(await prove(id, ` ${code.slice(0, 3)} - ${code.slice(3)} `)).toBe('done');
	const other = await asks('odile@rive.example');
	expect(await prove(other, codeOf(other).slice(0, 5))).toMatch('people.code_wrong');
});

test('the code asked for another purpose opens nothing', async () => {
	const change = await askEmailChange(await as('odile'), { email: 'odile.b@courrier.example' }, stranger());
	expect(await prove(change, codeOf(change))).toBe('Invalid: code people.code_over');
	expect(await told(proveNumber(visitor, linkSecretOf(change), { number: 'A-odile' }, stranger()))).toBe(
		'Invalid: number people.code_over',
	);
});

test('each refusal of a new address says which code is wrong, and the address stays', async () => {
	const odile = await as('odile');
	const no = (work: () => Promise<unknown>) => refused(['people.contact'], work);
	expect(await no(() => askEmailChange(odile, { email: 'Odile@rive.example' }, stranger()))).toBe(
		'Invalid: email people.email_same',
	);
	const id = await askEmailChange(odile, { email: 'odile.c@courrier.example' }, stranger());
	const old = (await ask<string>(
		sql`select detail ->> 'before' as value from people.challenge where id = ${id}`,
	))!;
	const change = (who: CastName, code_new: string, code_old: string) =>
		no(async () => changeEmail(await as(who), id, { code_new, code_old }, stranger()));
	expect(await change('odile', wrongFor(id), codeOf(old))).toBe('Invalid: code_new people.code_wrong');
	expect(await change('odile', codeOf(id), wrongFor(old))).toBe('Invalid: code_old people.code_wrong');
	expect(await change('ines', codeOf(id), codeOf(old))).toBe('Invalid: code_new people.code_over');
	await changeEmail(await as('odile'), id, { code_new: codeOf(id), code_old: codeOf(old) }, stranger());
	expect(await change('odile', codeOf(id), codeOf(old))).toBe('Invalid: code_new people.code_over');
	expect(await no(() => changeEmail(odile, null, { code_new: '1', code_old: '1' }, stranger()))).toBe(
		'Invalid: code_new people.code_over',
	);
});

test('two people who move to one address at once: one has it', async () => {
	const wanted = 'partagee@courrier.example';
	const ready = async (who: CastName) => {
		const id = await askEmailChange(await as(who), { email: wanted }, stranger());
		const old = (await ask<string>(
			sql`select detail ->> 'before' as value from people.challenge where id = ${id}`,
		))!;
		return async () =>
			told(changeEmail(await as(who), id, { code_new: codeOf(id), code_old: codeOf(old) }, stranger()));
	};
	const both = [await ready('ines'), await ready('fanny')];
	expect((await Promise.all(both.map((change) => change()))).toSorted()).toEqual([
		'Invalid: code_new people.code_over',
		'done',
	]);
	expect(await ask(sql`select count(*)::int as value from people.contact where email_key = ${wanted}`)).toBe(
		1,
	);
});

test('a number of somebody whom no mail reaches answers as one that nobody has', async () => {
	await scene(
		sql`update people.contact set email = null, email_key = null, phone_key = 'x' where person_id = ${idOf('noemie')}`,
	);
	const id = await claimNumber(await as('ines'), { number: 'A-noemie' }, stranger());
	expect(await told(mergeByNumber(await as('ines'), id, { code: codeOf(id) }, stranger()))).toBe(
		'Invalid: code people.code_over',
	);
	expect(await told(mergeByNumber(await as('ines'), 'x', { code: '1' }, stranger()))).toBe(
		'Invalid: code people.code_over',
	);
	await scene(
		sql`update people.contact set email = 'noemie@rive.example', email_key = 'noemie@rive.example', phone_key = null where person_id = ${idOf('noemie')}`,
	);
});

test('a suspended person joins no other account to theirs', async () => {
	const id = await claimNumber(await as('thibaud'), { number: 'A-noemie' }, stranger());
	expect(await told(mergeByNumber(await as('thibaud'), id, { code: codeOf(id) }, stranger()))).toBe(
		'Invalid: code people.code_over',
	);
});

test('whoever is not an account and only asks to sign in gets no mail at all', async () => {
	await asks('personne@courrier.example');
	await drainJobs();
	expect(await mailsTo('personne@courrier.example')).toEqual([]);
	await asks('awa@rive.example');
	expect((await mailsTo('awa@rive.example')).map(({ kind }) => kind)).toEqual(['people.no_account_yet']);
});

test('the mail of a code goes in the language of the account, not in that of who asked', async () => {
	await scene(sql`update people.person set language = 'en' where id = ${idOf('driss')}`);
	await askCode(visitor, { email: 'driss@rive.example' }, stranger({ language: 'fr' }));
	expect((await mailsTo('driss@rive.example')).at(-1)!.message.text).toMatch(/your code|sign in/i);
	await startSignUp(
		visitor,
		{ name: 'Lou Marchebois', email: 'lou@courrier.example' },
		stranger({ language: 'en' }),
	);
	expect((await mailsTo('lou@courrier.example')).at(-1)!.message.text).not.toMatch(/Bonjour|ton|votre/);
});

test('the forms of the doors ask for what is missing, once each', () => {
	expect(faults(SignInForm, { email: ' ' })).toEqual(['email people.email_missing']);
	expect(faults(SignInForm, { email: 'odile@' })).toEqual(['email people.email_shape']);
	expect(faults(SignInForm, { email: `${'x'.repeat(400)}@b.example` })).toEqual(['email people.email_shape']);
	expect(faults(SignUpForm, { name: 'x'.repeat(2001), email: 'a@b.example' })).toEqual([
		'name people.name_problem.too_long',
	]);
	expect(faults(CodeForm, { code: ' ' })).toEqual(['code people.code_missing']);
	expect(faults(CodeForm, { code: '1'.repeat(41) })).toEqual(['code people.code_shape']);
	expect(faults(EmailCodesForm, { code_new: '', code_old: '1' })).toEqual(['code_new people.code_missing']);
	expect(faults(NumberForm, { number: '' })).toEqual(['number people.number_missing']);
	expect(faults(NumberForm, { number: 'x'.repeat(41) })).toEqual(['number people.number_wrong']);
});

test('the forms of one’s settings refuse what no page offers', async () => {
	expect(faults(NameForm, { name: 'x'.repeat(2001) })).toEqual(['name people.name_problem.too_long']);
	expect(faults(StatusForm, { text: 'x'.repeat(121) })).toEqual(['text people.status_long']);
	expect(faults(StatusForm, { text: 'au marché', hours: '5' })).toEqual(['hours app.invalid_value']);
	expect(faults(RhythmForm, {})).toEqual(['rhythm people.rhythm_missing']);
	expect(faults(DisplayForm, { language: 'de', text_size: '100', colour_mode: 'dark' })).toEqual([
		'language app.invalid_value',
	]);
	const odile = await as('odile');
	expect(() => rename(odile, { name: 'x'.repeat(90) })).toThrow('Invalid');
	expect(await ask(sql`select name as value from people.person where id = ${idOf('odile')}`)).toBe(
		'Odile Fabrègat',
	);
});

test('a browser is named in words, a network by its neighbourhood, and a pass serves one address', () => {
	const agents = {
		'Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0': 'Firefox, Android',
		'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0': 'Edge, Windows',
		'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) AppleWebKit/605 Version/18 Mobile Safari/604': 'Safari, iPhone',
		'curl/8': '',
	};
	for (const [agent, named] of Object.entries(agents)) expect(nameDevice(agent)).toBe(named);
	expect(networkOf('192.0.2.77')).toBe('192.0.2');
	expect(networkOf('::ffff:192.0.2.77')).toBe('192.0.2');
	expect(networkOf('2001:db8:1:2::7')).toBe('2001:db8:1');
	const pass = passFor('Odile@rive.example');
	const from = (email: string, kept: string | null) => knownDevice(email, stranger({ pass: kept }));
	expect(from('odile@rive.example', pass)).toBe(pass.split('.')[0]);
	for (const forged of [`x${pass}`, pass.split('.')[0]!, `${pass}x`, '', '.', null])
		expect([forged, from('odile@rive.example', forged)]).toEqual([forged, null]);
	expect(from('samuel@rive.example', pass)).toBeNull();
});

test('an erased person’s address opens nothing, and may be somebody’s again', async () => {
	await asSystem('test', (tx) =>
		tx.run(sql`update people.person set erased_at = now() where id = ${idOf('gerard')}`),
	);
	const id = await asks('gerard@rive.example');
	expect(await mailsTo('gerard@rive.example')).toEqual([]);
	expect(await prove(id, codeOf(id))).toBe('Invalid: code people.code_over');
});
