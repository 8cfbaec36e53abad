import { expect, test } from 'vitest';
import { viewerOfSession } from '#domains/territory/index.ts';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { visitor } from '#platform/viewer.ts';
import { idOf } from '#tests/party.ts';
import { outcome, stage } from '#tests/stage.ts';
import { arrivalOf, nextStep, settleIn } from './arrival.ts';
import { startSignUp } from './ask.ts';
import { codeOf } from './challenge.ts';
import { suppressionOf } from './code-mail.ts';
import { ask, codeMailedTo, mailsTo, stranger } from './people.fixture.ts';
import { privacy } from './privacy.ts';
import { proveCode, proveNumber } from './prove.ts';
import { chooseRhythm } from './settings.ts';

stage();

const people = () => ask<number>(sql`select count(*)::int as value from people.person`);
const signUp = async (name: string, email: string) => {
	const id = await startSignUp(visitor, { name, email }, stranger());
	return proveCode(visitor, id, { code: codeOf(id) }, stranger());
};
/** Somebody the member file names, who has no account yet. */
const imported = (key: string, name: string, email: string, number: string) =>
	asSystem('test', async (tx) => {
		await tx.run(
			sql`insert into people.person (id, name, folded_name) values (${idOf(key)}, ${name}, lower(${name}))`,
		);
		await tx.run(
			sql`insert into people.contact (person_id, email, email_key) values (${idOf(key)}, ${email}, ${email})`,
		);
		await tx.run(sql`insert into people.membership (id, person_id, type_id, member_number) select ${idOf(`${key} m`)}, ${idOf(key)}, id, ${number}
			from people.membership_type where key = 'member'`);
	});

test('Mathis gives a name and an address, confirms, chooses, and is in', async () => {
	const before = await people();
	const whence = stranger();
	const id = await startSignUp(
		visitor,
		{ name: '  Mathis   Lanoë ', email: 'mathis.l@courrier.example' },
		whence,
	);
	expect(await people()).toBe(before);
	const code = await codeMailedTo('mathis.l@courrier.example');
	const entered = await proveCode(visitor, id, { code }, whence);
	expect(entered).toMatchObject({ kind: 'in', isArriving: true });
	const { secret, personId } = entered as { secret: string; personId: string };
	const mathis = await viewerOfSession(secret, []);
	expect(mathis).toMatchObject({ id: personId, name: 'Mathis Lanoë', standing: 'sympathiser', units: [] });
	expect(nextStep(await arrivalOf(mathis))).toBe('/bienvenue/section');
	const joined: string[] = [];
	await settleIn(
		mathis,
		{ unit: idOf('villebrume'), type: 'member' },
		async (_tx, person, unit) => void joined.push(person, unit),
	);
	expect(joined).toEqual([personId, idOf('villebrume')]);
	// Declared, not verified: nothing that members alone have opens.
	expect(await viewerOfSession(secret, [])).toMatchObject({ standing: 'sympathiser' });
	expect(nextStep(await arrivalOf(mathis))).toBe('/bienvenue/reglages');
	await chooseRhythm(mathis, { rhythm: 'concerned', text_size: '130' });
	expect(nextStep(await arrivalOf(mathis))).toBeNull();
	expect(
		await ask(sql`select rhythm || text_size as value from people.person where id = ${personId}::uuid`),
	).toBe('concerned130');
});

test('a slip in the address is asked about once, then taken as meant', async () => {
	const form = { name: 'Awa D', email: 'awa@courier.example' };
	const refusal = await startSignUp(visitor, form, stranger()).catch((error) => error);
	expect(refusal.problems).toEqual([
		{ field: 'email', key: 'people.email_suggested', args: { suggestion: 'awa@courrier.example' } },
	]);
	expect(typeof (await outcome(startSignUp(visitor, { ...form, meant: form.email }, stranger())))).toBe(
		'string',
	);
	const id = await startSignUp(visitor, { ...form, fix: 'awa@courrier.example' }, stranger());
	expect(await ask(sql`select email_key as value from people.challenge where id = ${id}::uuid`)).toBe(
		'awa@courrier.example',
	);
	expect(await startSignUp(visitor, { ...form, meant: form.email }, stranger())).toMatch(/^[0-9a-f-]{36}$/);
});

test.each(['', '   ', '\u202E\u200B', 'x'.repeat(10_000), 'a'.repeat(81), '12 34', 'Раul Durand'])(
	'the name %.12j is refused with a sentence',
	async (name) => {
		expect(
			await outcome(startSignUp(visitor, { name, email: 'someone@elsewhere.example' }, stranger())),
		).toBe('Invalid');
	},
);

test('direction marks leave a name, and true names stay', async () => {
	for (const [raw, clean] of [
		['Zo\u202Eé\u2066 Ann', 'Zoé Ann'],
		['Νίκος Παπαδόπουλος', 'Νίκος Παπαδόπουλος'],
		["Łukasz O'Brien", "Łukasz O'Brien"],
	] as const) {
		const id = await startSignUp(visitor, { name: raw, email: 'names@elsewhere.example' }, stranger());
		expect(
			await ask(sql`select detail ->> 'name' as value from people.challenge where id = ${id}::uuid`),
		).toBe(clean);
	}
});

test('an enrolled stranger gets one plain mail, and after seven days nothing of them is left', async () => {
	const before = await people();
	await startSignUp(visitor, { name: 'Prank Victim', email: 'victim@elsewhere.example' }, stranger());
	const mails = await mailsTo('victim@elsewhere.example');
	expect(mails).toHaveLength(1);
	expect(JSON.stringify(mails)).not.toContain('Prank Victim');
	expect(await people()).toBe(before);
	expect(
		await ask(
			sql`select count(*)::int as value from people.challenge where email_key = 'victim@elsewhere.example'`,
		),
	).toBe(1);
	await asSystem('test', (tx) => privacy.retain!(tx, new Date(Date.now() + 8 * 86_400_000), false));
	expect(
		await ask(
			sql`select count(*)::int as value from people.challenge where email_key = 'victim@elsewhere.example'`,
		),
	).toBe(0);
});

test('one address cannot be flooded, whoever asks from wherever', async () => {
	const asked = await Promise.all(
		Array.from({ length: 12 }, () =>
			outcome(startSignUp(visitor, { name: 'Prank', email: 'flood@elsewhere.example' }, stranger())),
		),
	);
	expect(asked.filter((one) => one === 'TooMany').length).toBeGreaterThanOrEqual(6);
	expect((await mailsTo('flood@elsewhere.example')).length).toBeLessThanOrEqual(6);
});

test('somebody who asked never to be written to is not', async () => {
	await asSystem('test', (tx) =>
		tx.run(
			sql`insert into people.suppression (email_hash) values (${suppressionOf('never@elsewhere.example')})`,
		),
	);
	await startSignUp(visitor, { name: 'Never', email: 'never@elsewhere.example' }, stranger());
	expect(await mailsTo('never@elsewhere.example')).toEqual([]);
});

test('signing up with an address that has an account opens that account, and changes nothing of it', async () => {
	const before = await people();
	expect(await signUp('Somebody Else', 'Odile@rive.example')).toMatchObject({
		kind: 'in',
		personId: idOf('odile'),
	});
	expect(await ask(sql`select name as value from people.person where id = ${idOf('odile')}::uuid`)).toBe(
		'Odile Fabrègat',
	);
	expect(await people()).toBe(before);
});

test('the same form sent twice asks once; two confirmations of one address make one person', async () => {
	const key = idOf('double submit');
	const twice = [0, 1].map(() =>
		startSignUp(
			{ ...visitor, requestKey: key },
			{ name: 'Double', email: 'double@elsewhere.example' },
			stranger(),
		),
	);
	const [one, other] = await Promise.all(twice);
	expect(one).toBe(other);
	const second = await startSignUp(
		visitor,
		{ name: 'Double', email: 'double@elsewhere.example' },
		stranger(),
	);
	const entered = await Promise.all(
		[one!, second].map((id) => proveCode(visitor, id, { code: codeOf(id) }, stranger())),
	);
	expect(new Set(entered.map((each) => (each as { personId: string }).personId)).size).toBe(1);
});

test('the member file knows Zélie by name and address: her account is the verified member', async () => {
	await imported('zelie', 'Zélie Montabon', 'zelie@courrier.example', 'B-77');
	const entered = await signUp('zelie montabon', 'Zelie@courrier.example');
	expect(entered).toMatchObject({ kind: 'in', personId: idOf('zelie'), isArriving: true });
	expect(await viewerOfSession((entered as { secret: string }).secret, [])).toMatchObject({
		standing: 'member',
	});
});

test('a shared mailbox is not enough: another name must give the member number', async () => {
	await imported('couple', 'Renée Vaudrin', 'vaudrin@courrier.example', 'C-0042');
	const entered = await signUp('Marcel Vaudrin', 'vaudrin@courrier.example');
	expect(entered).toMatchObject({ kind: 'number' });
	const { ticket } = entered as { ticket: string };
	expect(await outcome(proveNumber(visitor, ticket, { number: 'C-0043' }, stranger()))).toBe('Invalid');
	expect(await outcome(proveNumber(visitor, 'wrong', { number: 'C-0042' }, stranger()))).toBe('Invalid');
	expect(await proveNumber(visitor, ticket, { number: 'c 0042' }, stranger())).toMatchObject({
		kind: 'in',
		personId: idOf('couple'),
	});
	expect(await outcome(proveNumber(visitor, ticket, { number: 'C-0042' }, stranger()))).toBe('Invalid');
});

test('a verified membership is not replaced by a declared one, and a wrong choice is said', async () => {
	const entered = await signUp('Odile', 'odile@rive.example');
	const odile = await viewerOfSession((entered as { secret: string }).secret, []);
	await settleIn(odile, { unit: '', type: 'sympathiser' }, async () => {});
	expect(await viewerOfSession((entered as { secret: string }).secret, [])).toMatchObject({
		standing: 'member',
	});
	expect(await outcome(settleIn(odile, { unit: '', type: 'emperor' }, async () => {}))).toBe('Invalid');
	expect(() => settleIn(visitor, { unit: '', type: 'member' }, async () => {})).toThrow();
});
