import { expect, test } from 'vitest';
import { viewerOfSession } from '#domains/territory/index.ts';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type Viewer, visitor } from '#platform/viewer.ts';
import { idOf } from '#tests/party.ts';
import { outcome, stage } from '#tests/stage.ts';
import { ask, mailsTo, stranger } from '../people.fixture.ts';
import { createSession } from '../session.ts';
import { passFor } from '../whence.ts';
import { changePassword } from './change.ts';
import { fits, hashPassword } from './hash.ts';
import { signInByPassword } from './sign-in.ts';
import { weakness } from './strength.ts';

stage();

const good = 'tracteur brume septante violon';
const enter = async (name: string): Promise<{ viewer: Viewer; secret: string }> => {
	const { secret } = await asSystem('test', (tx) => createSession(tx, idOf(name), 'test'));
	return { viewer: await viewerOfSession(secret, []), secret };
};
const give = (name: string, password: string) =>
	asSystem('test', async (tx) => {
		const hash = await hashPassword(password);
		await tx.run(
			sql`insert into people.secret (person_id, password_hash) values (${idOf(name)}, ${hash}) on conflict (person_id) do update set password_hash = excluded.password_hash`,
		);
	});

test.each([
	['fourteen-signs', 'people.password_short'],
	['motdepassemotdepasse', 'people.password_common'],
	['M0tDeP@sse123456789', 'people.password_common'],
	['azertyuiopqsdfghjklm', 'people.password_common'],
	['123456789012345678', 'people.password_common'],
	['aaaaaaaaaaaaaaaaaaaa', 'people.password_common'],
	['abcabcabcabcabcabcabc', 'people.password_common'],
	['correct horse battery staple', 'people.password_common'],
	['odilefabregat2026!', 'people.password_common'],
	['larivecommune larivecommune', 'people.password_common'],
	['é'.repeat(257), 'people.password_long'],
	[good, null],
	['vélo-noisette-91-gargouille', null],
	['私の自転車は青くて速いですよねえ', null],
	['  deux espaces font quinze ', null],
])('%j: %s', (password, key) =>
	expect(weakness(password, ['Odile Fabrègat', 'odile@rive.example', 'La Rive commune'])).toBe(key),
);

test('a password is kept as Argon2id, 19 MiB, two passes; composed and decomposed accents are one', async () => {
	const kept = await hashPassword('é'.normalize('NFC').repeat(20));
	expect(kept).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
	expect(await fits(kept, 'é'.normalize('NFD').repeat(20))).toBe(true);
	expect(await fits(kept, 'other')).toBe(false);
	expect(await fits(null, 'nobody has this password')).toBe(false);
});

test('Odile sets a password just after signing in, then signs in with it', async () => {
	const { viewer } = await enter('odile');
	await changePassword(viewer, { current_password: '', password: good }, stranger());
	expect(
		await signInByPassword(visitor, { email: 'ODILE@rive.example', password: good }, stranger()),
	).toMatchObject({ kind: 'in', personId: idOf('odile') });
	expect((await mailsTo('odile@rive.example')).map(({ kind }) => kind)).toContain('people.security');
});

test('a wrong password, an account without one, an unknown address: one answer', async () => {
	await give('ines', good);
	const tries = [
		['ines@rive.example', 'wrong'],
		['noemie@rive.example', good],
		['nobody@rive.example', good],
		['awa@rive.example', good],
	] as const;
	const said = await Promise.all(
		tries.map(([email, password]) =>
			signInByPassword(visitor, { email, password }, stranger()).catch((error) => error),
		),
	);
	for (const refusal of said)
		expect(refusal).toMatchObject({
			name: 'Invalid',
			problems: [{ field: 'password', key: 'people.password_unknown' }],
		});
});

test('changing a password needs the old one, and ends the other sessions at once', async () => {
	await give('ines', good);
	const [here, there] = [await enter('ines'), await enter('ines')];
	const other = 'girafe clavecin moutarde ouate';
	expect(
		await outcome(changePassword(here.viewer, { current_password: 'wrong', password: other }, stranger())),
	).toBe('Invalid');
	expect((await viewerOfSession(there.secret, [])).id).toBe(idOf('ines'));
	await changePassword(here.viewer, { current_password: good, password: other }, stranger());
	expect((await viewerOfSession(there.secret, [])).id).toBeNull();
	expect((await viewerOfSession(here.secret, [])).id).toBe(idOf('ines'));
	expect(
		await outcome(signInByPassword(visitor, { email: 'ines@rive.example', password: good }, stranger())),
	).toBe('Invalid');
});

test('an old session cannot plant a first password', async () => {
	const { viewer } = await enter('tidiane');
	await asSystem('test', (tx) =>
		tx.run(
			sql`update people.session set created_at = now() - interval '1 hour' where person_id = ${idOf('tidiane')}::uuid`,
		),
	);
	expect(await outcome(changePassword(viewer, { current_password: '', password: good }, stranger()))).toBe(
		'Invalid',
	);
	expect(
		await ask(
			sql`select count(*)::int as value from people.secret where person_id = ${idOf('tidiane')}::uuid`,
		),
	).toBe(0);
});

test('a thousand addresses may stuff one account: it closes to them, never to the owner on a known device', async () => {
	await give('mathis', good);
	const tries = [];
	for (let n = 0; n < 14; n++)
		tries.push(
			await outcome(
				signInByPassword(visitor, { email: 'mathis@rive.example', password: `guess ${n}` }, stranger()),
			),
		);
	expect(tries.filter((one) => one === 'TooMany').length).toBeGreaterThanOrEqual(3);
	const form = { email: 'mathis@rive.example', password: good };
	expect(await outcome(signInByPassword(visitor, form, stranger()))).toBe('TooMany');
	expect(
		await outcome(signInByPassword(visitor, form, stranger({ pass: passFor('odile@rive.example') }))),
	).toBe('TooMany');
	expect(await outcome(signInByPassword(visitor, form, stranger({ pass: 'forged.signature' })))).toBe(
		'TooMany',
	);
	expect(
		await signInByPassword(visitor, form, stranger({ pass: passFor('mathis@rive.example') })),
	).toMatchObject({ kind: 'in' });
});

test('one network cannot try many accounts', async () => {
	const tries = [];
	for (let n = 0; n < 64; n++)
		tries.push(
			outcome(
				signInByPassword(
					visitor,
					{ email: `spray${n}@rive.example`, password: 'x' },
					{ ...stranger(), ip: `203.0.113.${n}` },
				),
			),
		);
	expect((await Promise.all(tries)).filter((one) => one === 'TooMany').length).toBeGreaterThanOrEqual(4);
});
