import { beforeEach, expect, test } from 'vitest';
import { recoveriesToDecide, turnDown, vouchFor } from '#domains/territory/index.ts';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { visitor } from '#platform/viewer.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { faults, journal, refused, scene, told, toldOf } from '#tests/traces.ts';
import { askCode } from './ask.ts';
import { RecoveryForm } from './ask-recovery.ts';
import { giveApp } from './factor/app.fixture.ts';
import { ask, askRecovery, codeOf, mailsTo, stranger } from './people.fixture.ts';
import { proveCode } from './prove.ts';
import { RefuseRecoveryForm, recoveryOf, stopRecovery, VouchForm } from './recovery.ts';
import { createSession, sessionsOf } from './session.ts';

stage();

const tables = ['people.recovery', 'people.recovery_voucher', 'people.contact'];
const asks = (lost: string, email: string) =>
	askRecovery(visitor, { lost, email, told: 'Téléphone tombé dans la Brume' }, stranger());
const forMathis = () => asks('mathis@rive.example', 'mathis.neuf@courrier.example');
const open = async (who: CastName = 'samuel') => (await recoveriesToDecide(await as(who)))[0];
const vouch = async (who: CastName, recovery: string) =>
	vouchFor(await as(who), { recovery, how: 'Je lui ai parlé', sure: 'on' });
const emailOf = (name: CastName) =>
	ask<string>(sql`select email as value from people.contact where person_id = ${idOf(name)}`);

beforeEach(() =>
	scene(
		sql`delete from people.recovery`,
		sql`delete from platform.bucket`,
		sql`delete from people.session`,
		sql`delete from notices.notice`,
		sql`update people.contact set email = 'mathis@rive.example', email_key = 'mathis@rive.example' where person_id = ${idOf('mathis')}`,
	),
);

test('known or not, whoever asks reads the same, and only a real account’s own address is told', async () => {
	await asks('nobody@rive.example', 'someone@courrier.example');
	await asks('awa@rive.example', 'awa.neuve@courrier.example');
	await asks('mathis@rive.example', 'odile@rive.example');
	expect(await ask(sql`select count(*)::int as value from people.recovery`)).toBe(0);
	await forMathis();
	expect(await ask(sql`select count(*)::int as value from people.recovery`)).toBe(1);
	expect((await mailsTo('mathis@rive.example')).at(-1)).toMatchObject({ kind: 'people.security' });
	for (const other of ['nobody@rive.example', 'awa@rive.example', 'mathis.neuf@courrier.example'])
		expect([other, await mailsTo(other)]).toEqual([other, []]);
});

test('asked three times at once, one request waits', async () => {
	await Promise.all([forMathis(), forMathis(), forMathis()]);
	expect(await ask(sql`select count(*)::int as value from people.recovery where closed_at is null`)).toBe(1);
});

test('a request that nobody answered for fourteen days is over, and another may be made', async () => {
	await forMathis();
	await scene(sql`update people.recovery set expires_at = now() - interval '1 second'`);
	expect(await open()).toBeUndefined();
	expect(await recoveryOf(await as('mathis'))).toBeUndefined();
	await forMathis();
	expect(await open()).toMatchObject({ personId: idOf('mathis'), vouchers: 0 });
});

test('of two officers who vouch at once, one waits and the other gives it back', async () => {
	await forMathis();
	const { id } = (await open())!;
	const both = await Promise.all([vouch('samuel', id), vouch('yamina', id)]);
	expect(both.toSorted()).toEqual(['done', 'waiting']);
	expect(await emailOf('mathis')).toBe('mathis.neuf@courrier.example');
	const lines = await journal('people.vouch');
	expect(lines.map(({ subject, reason }) => [subject, reason])).toEqual([
		[idOf('mathis'), 'Je lui ai parlé'],
		[idOf('mathis'), 'Je lui ai parlé'],
	]);
});

test('one officer counts once, however often they say it', async () => {
	await forMathis();
	const { id } = (await open())!;
	await vouch('samuel', id);
	expect(await refused(tables, () => vouch('samuel', id))).toBe('Conflict: people.recovery_already');
	expect((await open())!).toMatchObject({ vouchers: 1, mine: true });
	expect((await open('yamina'))!).toMatchObject({ vouchers: 1, mine: false });
});

test('an address that somebody took meanwhile is not taken from them', async () => {
	await forMathis();
	const { id } = (await open())!;
	await vouch('samuel', id);
	await scene(
		sql`update people.contact set email = 'mathis.neuf@courrier.example', email_key = 'mathis.neuf@courrier.example' where person_id = ${idOf('ines')}`,
	);
	expect(await refused(tables, () => vouch('yamina', id))).toBe('Conflict: people.recovery_address_taken');
	await scene(
		sql`update people.contact set email = 'ines@rive.example', email_key = 'ines@rive.example' where person_id = ${idOf('ines')}`,
	);
});

test('everything that opened the account is void once it is given back', async () => {
	const id = idOf('mathis');
	await scene(
		sql`insert into people.secret (person_id, password_hash) values (${id}, 'x')`,
		sql`insert into people.recovery_code (person_id, hash) values (${id}, 'x')`,
		sql`insert into people.token (id, person_id, name, hash, scopes, expires_at) values (${idOf('a key')}, ${id}, 'agenda', 'x', '{me:read}', now() + interval '1 day')`,
	);
	await asSystem('test', (tx) => createSession(tx, id, 'stolen'));
	await forMathis();
	const request = (await open())!;
	await vouch('samuel', request.id);
	await vouch('yamina', request.id);
	const left = (table: string, more = sql`true`) =>
		ask(sql`select count(*)::int as value from ${sql.ref(table)} where person_id = ${id} and ${more}`);
	expect([
		await left('people.secret'),
		await left('people.recovery_code'),
		await left('people.token', sql`revoked_at is null`),
		await left('people.session', sql`revoked_at is null`),
	]).toEqual([0, 0, 0, 0]);
});

test('who kept the mailbox and lost the telephone asks with the same address, and a mailed code lets them in again', async () => {
	await giveApp('mathis');
	const byMail = async () => {
		const id = await askCode(visitor, { email: 'mathis@rive.example' }, stranger());
		return (await proveCode(visitor, id, { code: codeOf(id) }, stranger())).kind;
	};
	expect(await byMail()).toBe('factor');
	await scene(sql`delete from platform.mail`);
	await asks('mathis@rive.example', 'Mathis@rive.example');
	const { id, isSameAddress } = (await open())!;
	expect(isSameAddress).toBe(true);
	await vouch('samuel', id);
	await vouch('yamina', id);
	expect(await byMail()).toBe('in');
	const texts = (await mailsTo('mathis@rive.example')).map(({ message }) => message.text);
	expect(texts.filter((text) => /Deux responsables ont confirmé/.test(text))).toHaveLength(1);
	expect(texts.filter((text) => /adresse.*a changé/.test(text))).toEqual([]);
});

test('a request that somebody made is told under its own name, and an address that was left behind is told where to turn', async () => {
	await forMathis();
	const asked = (await mailsTo('mathis@rive.example')).at(-1)!.message;
	expect(asked.subject).toBe('On demande à reprendre ton compte');
	const { id } = (await open())!;
	expect((await open())!.isSameAddress).toBe(false);
	await vouch('samuel', id);
	await vouch('yamina', id);
	const left = (await mailsTo('mathis@rive.example')).at(-1)!.message;
	expect(left.text).toContain('/connexion/aide');
	expect(left.text).not.toContain('/compte/securite');
	expect((await mailsTo('mathis.neuf@courrier.example')).at(-1)!.message.text).toContain('/compte/securite');
});

test('a request is stopped by an officer who knows, or by its owner who is in after all', async () => {
	await forMathis();
	const { id } = (await open())!;
	await turnDown(await as('samuel'), { recovery: id, why: 'Il m’a dit que non' });
	expect(await refused(tables, () => vouch('yamina', id))).toBe('NotFound');
	expect((await journal('people.refuse_recovery')).at(-1)).toMatchObject({
		actor: idOf('samuel'),
		subject: idOf('mathis'),
		reason: 'Il m’a dit que non',
	});
	await forMathis();
	const again = (await open())!;
	expect((await recoveryOf(await as('mathis')))?.requested_at).toBeInstanceOf(Date);
	expect(await stopRecovery(await as('odile'))).toBe(0);
	expect(await stopRecovery(await as('mathis'))).toBe(1);
	expect(await stopRecovery(await as('mathis'))).toBe(0);
	expect(await told(vouch('samuel', again.id))).toBe('NotFound');
});

test('officers who reach the person are told that somebody waits, and nobody else', async () => {
	await forMathis();
	const reached = await toldOf('recovery_waits');
	for (const never of ['odile', 'mathis', 'fanny', 'driss', 'ines'] as const)
		expect(reached).not.toContain(never);
});

test('reading a request is written in the journal, once for each reading', async () => {
	await forMathis();
	const before = (await journal('people.read_recovery')).length;
	await open();
	await open('odile');
	expect((await journal('people.read_recovery')).slice(before)).toMatchObject([
		{ actor: idOf('samuel'), subject: idOf('mathis') },
	]);
	expect((await sessionsOf(await as('mathis'))).length).toBe(0);
});

test('the forms ask who, how one knows, and that one is sure', () => {
	expect(faults(RecoveryForm, { lost: '', email: 'odile' })).toEqual([
		'lost people.email_missing',
		'email people.email_shape',
	]);
	expect(faults(RecoveryForm, { lost: 'a@b.example', email: 'c@d.example', told: 'x'.repeat(501) })).toEqual([
		'told people.recovery_told_long',
	]);
	expect(faults(VouchForm, { recovery: idOf('x') })).toEqual([
		'how people.recovery_how_missing',
		'sure people.recovery_sure_missing',
	]);
	expect(faults(RefuseRecoveryForm, { recovery: idOf('x'), why: '  ' })).toEqual([
		'why people.recovery_why_missing',
	]);
});
