import { beforeEach, expect, test } from 'vitest';
import { sql } from '#platform/sql.ts';
import { browser } from '#tests/browse.ts';
import { stage } from '#tests/stage.ts';
import { faults, refused, scene } from '#tests/traces.ts';
import { PasswordForm } from './change.ts';
import { PasswordSignInForm } from './sign-in.ts';

stage();
beforeEach(() => scene(sql`delete from platform.bucket`));

test('a password that is missing, or too long to be one, is said at its field', () => {
	expect(faults(PasswordForm, {})).toEqual(['password people.password_missing']);
	expect(faults(PasswordForm, { password: '' })).toEqual(['password people.password_missing']);
	expect(faults(PasswordForm, { password: 'a'.repeat(1001) })).toEqual(['password people.password_long']);
	expect(faults(PasswordForm, { password: 'a', current_password: 'a'.repeat(1001) })).toEqual([
		'current_password people.password_current_wrong',
	]);
});

test('whoever signs in with none is told so; with one too long, no more than with a wrong one', () => {
	const email = 'odile@rive.example';
	expect(faults(PasswordSignInForm, { email })).toEqual(['password people.password_missing']);
	expect(faults(PasswordSignInForm, { email, password: '' })).toEqual(['password people.password_missing']);
	expect(faults(PasswordSignInForm, { email, password: 'a'.repeat(1001) })).toEqual([
		'password people.password_unknown',
	]);
});

test('the page of entering keeps the address, never the password, and lets nobody in', async () => {
	const who = await browser('visitor');
	const why = await refused(['people.session'], async () => {
		const empty = await who.post('/connexion?/password', { email: 'odile@rive.example', password: '' });
		expect(empty.form!.problems).toEqual(['password people.password_missing']);
		expect(empty.field('email')).toBe('odile@rive.example');
		const wrong = await who.post('/connexion?/password', {
			email: 'odile@rive.example',
			password: 'brume-jaune',
		});
		expect([wrong.status, wrong.html.includes('brume-jaune')]).toEqual([422, false]);
		expect(JSON.stringify(wrong.form)).not.toContain('brume-jaune');
	});
	expect(why).toBe('done');
	expect(who.cookies.has('coopol')).toBe(false);
});
