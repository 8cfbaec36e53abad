import { expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { forgetSettings, saveSetting } from '#platform/settings.ts';
import { sql } from '#platform/sql.ts';
import { visitor } from '#platform/viewer.ts';
import { outcome, stage } from '#tests/stage.ts';
import { startSignUp } from './ask.ts';
import { codeOf } from './challenge.ts';
import { ask, codeMailedTo, mailsTo, stranger } from './people.fixture.ts';
import { proveCode } from './prove.ts';

stage();
async function choose(chosen: Record<string, string>) {
	await asSystem('test', (tx) =>
		saveSetting(tx, 'organisation', { name: 'La Rive commune', ...chosen }, null),
	);
	forgetSettings();
}
const signUp = (email: string, invitation?: string) =>
	startSignUp(visitor, { name: 'Une Personne', email, ...(invitation && { invitation }) }, stranger());
const known = (email: string) =>
	ask(sql`select count(*)::int as value from people.contact where email_key = ${email}`);

test('by invitation, somebody nobody knows gets no mail and makes no account, even with the right digits', async () => {
	await choose({ signUp: 'invited' });
	const id = await signUp('nobody@rive.example');
	expect(await mailsTo('nobody@rive.example')).toEqual([]);
	expect(await outcome(proveCode(visitor, id, { code: codeOf(id) }, stranger()))).toBe('Invalid');
	expect(await known('nobody@rive.example')).toBe(0);
});

test('an invitation lets them in, and so does the member file', async () => {
	await choose({ signUp: 'invited' });
	const id = await signUp('guest@rive.example', 'ABCDEFGH2345');
	expect(
		(await proveCode(visitor, id, { code: await codeMailedTo('guest@rive.example') }, stranger())).kind,
	).toBe('in');
	await asSystem('test', (tx) =>
		tx.run(sql`with one as (insert into people.person (id, name, folded_name) values (gen_random_uuid(), 'Une Personne', 'une personne') returning id)
		insert into people.contact (person_id, email, email_key) select id, 'file@rive.example', 'file@rive.example' from one`),
	);
	const imported = await signUp('file@rive.example');
	expect(
		(await proveCode(visitor, imported, { code: await codeMailedTo('file@rive.example') }, stranger())).kind,
	).toBe('in');
});

test('open again, anybody comes, with the rhythm the organisation chose', async () => {
	await choose({ signUp: 'open', rhythm: 'concerned' });
	const id = await signUp('somebody@rive.example');
	expect(
		(await proveCode(visitor, id, { code: await codeMailedTo('somebody@rive.example') }, stranger())).kind,
	).toBe('in');
	expect(
		await ask(
			sql`select rhythm as value from people.person join people.contact on contact.person_id = person.id where email_key = 'somebody@rive.example'`,
		),
	).toBe('concerned');
});
