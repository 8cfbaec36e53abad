import { expect, test } from 'vitest';
import { viewerOfSession } from '#domains/territory/index.ts';
import { asSystem } from '#platform/db.ts';
import { hashOfSecret } from '#platform/seal.ts';
import { sql } from '#platform/sql.ts';
import { visitor } from '#platform/viewer.ts';
import { idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { askCode } from './ask.ts';
import { codeOf, linkSecretOf } from './challenge.ts';
import { ask, codeMailedTo, mailsTo, stranger } from './people.fixture.ts';
import { proveCode, proveLink } from './prove.ts';
import { revokeOthers, revokeSession, sessionsOf, signOut } from './session.ts';

stage();

const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');
const age = (id: string, minutes: number) =>
	asSystem('test', (tx) =>
		tx.run(
			sql`update people.challenge set expires_at = expires_at - make_interval(mins => ${minutes}::int) where id = ${id}::uuid`,
		),
	);
const enter = async (email: string) => {
	const whence = stranger();
	const id = await askCode(visitor, { email }, whence);
	const entered = await proveCode(visitor, id, { code: codeOf(id) }, whence);
	if (entered.kind !== 'in') throw new Error(entered.kind);
	return entered;
};

test('Odile signs in with the code of her mail, and the session is kept as a hash', async () => {
	const whence = stranger();
	const id = await askCode(visitor, { email: 'odile@rive.example' }, whence);
	const code = await codeMailedTo('odile@rive.example');
	const entered = await proveCode(visitor, id, { code }, whence);
	expect(entered).toMatchObject({ kind: 'in', personId: idOf('odile'), isArriving: false });
	const { secret } = entered as { secret: string };
	expect(await viewerOfSession(secret, [])).toMatchObject({
		id: idOf('odile'),
		standing: 'member',
		secondFactor: false,
	});
	expect(
		await ask(sql`select token_hash as value from people.session where person_id = ${idOf('odile')}::uuid`),
	).toBe(hashOfSecret(secret));
	expect(
		JSON.stringify(await asSystem('test', (tx) => tx.many(sql`select * from people.challenge`))),
	).not.toContain(code.replace(' ', ''));
});

test('a code serves once, for a quarter of an hour, and five wrong ones end it', async () => {
	const whence = stranger();
	const used = await askCode(visitor, { email: 'ines@rive.example' }, whence);
	await proveCode(visitor, used, { code: codeOf(used) }, whence);
	expect(await outcome(proveCode(visitor, used, { code: codeOf(used) }, whence))).toBe('Invalid');
	expect(await outcome(proveLink(visitor, { cle: linkSecretOf(used) }, whence))).toBe('Invalid');

	const old = await askCode(visitor, { email: 'ines@rive.example' }, whence);
	await age(old, 16);
	expect(await outcome(proveCode(visitor, old, { code: codeOf(old) }, whence))).toBe('Invalid');
	expect(await outcome(proveLink(visitor, { cle: linkSecretOf(old) }, whence))).toBe('Invalid');

	const guessed = await askCode(visitor, { email: 'ines@rive.example' }, whence);
	for (let n = 0; n < 5; n++)
		expect(await outcome(proveCode(visitor, guessed, { code: wrong(codeOf(guessed)) }, whence))).toBe(
			'Invalid',
		);
	expect(await outcome(proveCode(visitor, guessed, { code: codeOf(guessed) }, whence))).toBe('Invalid');
});

test('what is not a code at all is refused with a sentence', async () => {
	const id = await askCode(visitor, { email: 'ines@rive.example' }, stranger());
	for (const code of ['', 'abcdef', '１２３４５６', '12345', `${codeOf(id)}7`.slice(1), '000000\0'])
		expect(await outcome(proveCode(visitor, id, { code }, stranger()))).toBe('Invalid');
	expect(await outcome(proveCode(visitor, 'not-an-id', { code: '123456' }, stranger()))).toBe('Invalid');
	expect(await outcome(proveCode(visitor, null, { code: '123456' }, stranger()))).toBe('Invalid');
	expect(await outcome(proveCode(visitor, idOf('nothing'), { code: '123456' }, stranger()))).toBe('Invalid');
	expect(await outcome(proveLink(visitor, { cle: 'x' }, stranger()))).toBe('Invalid');
});

test('the same code used twice at once opens one session', async () => {
	const whence = stranger();
	const id = await askCode(visitor, { email: 'noemie@rive.example' }, whence);
	const code = codeOf(id);
	const tries = await Promise.all(
		Array.from({ length: 6 }, () => outcome(proveCode(visitor, id, { code }, stranger()))),
	);
	expect(tries.filter((one) => typeof one === 'object')).toHaveLength(1);
	expect(
		await ask(
			sql`select count(*)::int as value from people.session where person_id = ${idOf('noemie')}::uuid`,
		),
	).toBe(1);
});

test('an unknown address gets the same answer, no mail and no way in', async () => {
	const whence = stranger();
	const id = await askCode(visitor, { email: 'nobody@rive.example' }, whence);
	expect(await mailsTo('nobody@rive.example')).toEqual([]);
	expect(await outcome(proveCode(visitor, id, { code: codeOf(id) }, whence))).toBe('Invalid');
	expect(
		await ask(sql`select count(*)::int as value from people.contact where email_key = 'nobody@rive.example'`),
	).toBe(0);
});

test('a signed-in browser that signs in again gets another secret, and the former one ends', async () => {
	const first = await enter('tidiane@rive.example');
	const signedIn = await viewerOfSession(first.secret, []);
	const whence = stranger();
	const id = await askCode(signedIn, { email: 'tidiane@rive.example' }, whence);
	const second = await proveCode(signedIn, id, { code: codeOf(id) }, whence);
	expect(second).toMatchObject({ kind: 'in' });
	expect((await viewerOfSession(first.secret, [])).id).toBeNull();
});

test('sessions are listed, and ended at once: one, the others, this one', async () => {
	const [phone, desk, library] = [
		await enter('odile@rive.example'),
		await enter('odile@rive.example'),
		await enter('odile@rive.example'),
	];
	const odile = await viewerOfSession(phone.secret, []);
	const list = await sessionsOf(odile);
	expect(list[0]).toMatchObject({ current: true, device: 'Firefox, Android' });
	const atDesk = (await viewerOfSession(desk.secret, [])).sessionId!;
	await revokeSession(odile, { id: atDesk });
	expect((await viewerOfSession(desk.secret, [])).id).toBeNull();
	await revokeOthers(odile);
	expect((await viewerOfSession(library.secret, [])).id).toBeNull();
	expect(await sessionsOf(odile)).toHaveLength(1);
	await signOut(odile);
	expect((await viewerOfSession(phone.secret, [])).id).toBeNull();
});

test("nobody ends another person's session, nor learns that it exists", async () => {
	const { secret } = await enter('odile@rive.example');
	const { sessionId } = await viewerOfSession(secret, []);
	expect(await outcome(revokeSession(await as('samuel'), { id: sessionId! }))).toBe('NotFound');
	expect(await outcome(revokeSession(visitor, { id: sessionId! }))).toBe('NotFound');
	expect((await viewerOfSession(secret, [])).id).toBe(idOf('odile'));
});
