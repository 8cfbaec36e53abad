import { expect, test } from 'vitest';
import {
	recoveriesToDecide,
	turnDown,
	viewerOfSession,
	viewerOfToken,
	vouchFor,
} from '#domains/territory/index.ts';
import { verifyAudit } from '#platform/audit.ts';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type Viewer, visitor } from '#platform/viewer.ts';
import { idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { codeOf } from './challenge.ts';
import { claimNumber, mergeByNumber } from './claim-number.ts';
import { consentsOf, withdrawConsent } from './consent.ts';
import { askEmailChange, changeEmail } from './email-change.ts';
import { addMembership, endMembership, verifyMembership } from './membership.ts';
import { ask, askRecovery, giveConsent, hasConsented, mailsTo, stranger } from './people.fixture.ts';
import { createPerson } from './person.ts';
import { privacy } from './privacy.ts';
import { createSession } from './session.ts';
import { chooseDisplay, displayOf, rename, setStatus } from './settings.ts';
import { createToken, revokeToken, tokensOf } from './token.ts';

stage();

const enter = async (id: string, factor = false): Promise<Viewer> =>
	viewerOfSession((await asSystem('test', (tx) => createSession(tx, id, 'test', { factor }))).secret, []);
const beforeOf = (id: string) =>
	ask<string>(sql`select detail ->> 'before' as value from people.challenge where id = ${id}::uuid`);
const emailOf = (id: string) =>
	ask<string>(sql`select email as value from people.contact where person_id = ${id}::uuid`);
test('an address changes once both mailboxes answered, and not before', async () => {
	const odile = await enter(idOf('odile'));
	const other = await asSystem('test', (tx) => createSession(tx, idOf('odile'), 'other'));
	const id = await askEmailChange(odile, { email: 'odile.f@courrier.example' }, stranger());
	const [fresh, old] = [codeOf(id), codeOf((await beforeOf(id))!)];
	expect((await mailsTo('odile.f@courrier.example')).at(-1)?.message.text).toContain(fresh);
	expect((await mailsTo('odile@rive.example')).at(-1)?.message.text).toContain(old);
	expect(await outcome(changeEmail(odile, id, { code_new: fresh, code_old: fresh }, stranger()))).toBe(
		'Invalid',
	);
	expect(
		await outcome(changeEmail(await enter(idOf('ines')), id, { code_new: fresh, code_old: old }, stranger())),
	).toBe('Invalid');
	expect(await emailOf(idOf('odile'))).toBe('odile@rive.example');
	await changeEmail(odile, id, { code_new: fresh, code_old: old }, stranger());
	expect(await emailOf(idOf('odile'))).toBe('odile.f@courrier.example');
	expect((await viewerOfSession(other.secret, [])).id).toBeNull();
	expect((await mailsTo('odile@rive.example')).at(-1)).toMatchObject({ kind: 'people.security' });
});

test("somebody else's address cannot be taken, and asking tells nothing", async () => {
	const ines = await enter(idOf('ines'));
	const id = await askEmailChange(ines, { email: 'samuel@rive.example' }, stranger());
	expect(JSON.stringify((await mailsTo('samuel@rive.example')).at(-1))).not.toContain(codeOf(id));
	expect(
		await outcome(
			changeEmail(ines, id, { code_new: codeOf(id), code_old: codeOf((await beforeOf(id))!) }, stranger()),
		),
	).toBe('Invalid');
	expect(await emailOf(idOf('samuel'))).toBe('samuel@rive.example');
	expect(await outcome(askEmailChange(ines, { email: 'INES@rive.example' }, stranger()))).toBe('Invalid');
});

test('a key for a program is shown once, has an end, and stops at once', async () => {
	const form = { name: 'agenda', scopes: ['posts.read'], days: '90' } as const;
	const known = ['posts.read', 'posts.write'];
	const samuel = await enter(idOf('samuel'), true);
	const secret = await createToken(samuel, { ...form, scopes: [...form.scopes] }, known);
	expect(await viewerOfToken(secret, [])).toMatchObject({
		id: idOf('samuel'),
		scopes: ['posts.read'],
		secondFactor: false,
	});
	const [token] = await tokensOf(samuel);
	expect(token!.expires_at.getTime()).toBeLessThan(Date.now() + 366 * 86_400_000);
	expect(
		JSON.stringify(await asSystem('test', (tx) => tx.many(sql`select * from people.token`))),
	).not.toContain(secret);
	expect(await outcome(revokeToken(await enter(idOf('yamina'), true), { id: token!.id }))).toBe('NotFound');
	await revokeToken(samuel, { id: token!.id });
	expect(await viewerOfToken(secret, [])).toBeNull();
	expect(() =>
		createToken(
			{ ...samuel, factorAt: new Date(Date.now() - 11 * 60_000) },
			{ ...form, scopes: ['posts.read'] },
			known,
		),
	).toThrow('SecondFactor');
	expect(() => createToken(samuel, { ...form, scopes: ['everything'] }, known)).toThrow('Invalid');
});

test('a status is set and cleared in one gesture', async () => {
	const mathis = await as('mathis');
	await setStatus(mathis, { text: 'au marché', hours: 4 });
	expect(await displayOf(mathis)).toMatchObject({ status_text: 'au marché' });
	await asSystem('test', (tx) =>
		tx.run(
			sql`update people.person set status_until = now() - interval '1 minute' where id = ${idOf('mathis')}::uuid`,
		),
	);
	expect(await displayOf(mathis)).toMatchObject({ status_text: null });
	await setStatus(mathis, { text: 'à vélo' });
	await setStatus(mathis, { text: '' });
	expect(await displayOf(mathis)).toMatchObject({ status_text: null, status_until: null });
});

test('name and look are kept', async () => {
	const mathis = await as('mathis');
	await rename(mathis, { name: 'Mathis Lanoëz-Roy' });
	await chooseDisplay(mathis, { language: 'en', text_size: '150', colour_mode: 'dark', low_data: 'on' });
	expect(await displayOf(mathis)).toMatchObject({
		name: 'Mathis Lanoëz-Roy',
		language: 'en',
		text_size: 150,
		colour_mode: 'dark',
		low_data: true,
	});
	expect(() => rename(mathis, { name: '\u202E' })).toThrow('Invalid');
});

test('a consent is given once, listed, and taken back', async () => {
	const odile = await as('odile');
	await giveConsent(odile, 'public_profile', '2026-11', 'settings');
	await giveConsent(odile, 'public_profile', '2026-11', 'settings');
	expect(await consentsOf(odile)).toHaveLength(1);
	expect(await consentsOf(await as('samuel'))).toEqual([]);
	expect(await hasConsented(odile, 'public_profile')).toBe(true);
	expect(await withdrawConsent(await as('samuel'), 'public_profile')).toBe(0);
	expect(await withdrawConsent(odile, 'public_profile')).toBe(1);
	expect(await hasConsented(odile, 'public_profile')).toBe(false);
});

test('a member number is one account; the second one is joined to it with the code of the file’s address', async () => {
	const type = (await ask<string>(sql`select id as value from people.membership_type where key = 'member'`))!;
	const extra = await asSystem('test', (tx) =>
		createPerson(tx, { name: 'Noémie bis', email: 'noemie.bis@courrier.example', language: 'fr' }),
	);
	expect(
		await outcome(
			asSystem('test', (tx) =>
				addMembership(tx, extra, { typeId: type, memberNumber: 'A-noemie', verified: true }),
			),
		),
	).toBe('Conflict');
	const bis = await enter(extra);
	const missed = await claimNumber(bis, { number: 'A-nobody' }, stranger());
	expect(await outcome(mergeByNumber(bis, missed, { code: codeOf(missed) }, stranger()))).toBe('Invalid');
	const id = await claimNumber(bis, { number: 'a noemie' }, stranger());
	expect((await mailsTo('noemie@rive.example')).at(-1)?.message.text).toContain(codeOf(id));
	expect(await outcome(mergeByNumber(await enter(idOf('ines')), id, { code: codeOf(id) }, stranger()))).toBe(
		'Invalid',
	);
	expect(await mergeByNumber(bis, id, { code: codeOf(id) }, stranger())).toMatchObject({
		kind: 'in',
		personId: idOf('noemie'),
	});
	expect(await emailOf(extra)).toBeUndefined();
	expect(
		await ask(
			sql`select count(*)::int as value from people.membership where member_number = 'A-noemie' and ended_at is null`,
		),
	).toBe(1);
});

test('a membership is confirmed, then ends, with its history', async () => {
	const id = idOf('tidiane');
	const type = (await ask<string>(sql`select id as value from people.membership_type where key = 'member'`))!;
	await asSystem('test', (tx) => addMembership(tx, id, { typeId: type }));
	expect((await as('tidiane')).standing).toBe('sympathiser');
	await asSystem('test', (tx) => verifyMembership(tx, id, idOf('fanny'), 'T-1'));
	expect((await as('tidiane')).standing).toBe('member');
	await asSystem('test', (tx) => endMembership(tx, id, 'left'));
	expect((await as('tidiane')).standing).toBe('former');
	expect(
		await ask(sql`select count(*)::int as value from people.membership where person_id = ${id}::uuid`),
	).toBe(2);
	expect(await outcome(asSystem('test', (tx) => verifyMembership(tx, id, null)))).toBe('NotFound');
});

const asksBack = (name: string) =>
	askRecovery(
		visitor,
		{ lost: `${name}@rive.example`, email: `${name}.new@courrier.example`, told: '' },
		stranger(),
	);
const vouches = async (name: Parameters<typeof as>[0], recovery: string) =>
	vouchFor(await as(name), { recovery, how: 'Vu ce matin', sure: 'on' });

test('somebody who lost everything is vouched for by two officers who reach them, not by one, nor by others', async () => {
	await asksBack('nobody');
	await asksBack('gerard');
	await asksBack('gerard');
	const before = await asSystem('test', (tx) => createSession(tx, idOf('gerard'), 'lost'));
	const [request] = await recoveriesToDecide(await as('samuel'));
	expect(request).toMatchObject({
		personId: idOf('gerard'),
		vouchers: 0,
		email: 'gerard.new@courrier.example',
	});
	for (const name of ['odile', 'fanny', 'gerard', 'visitor'] as const) {
		expect(await recoveriesToDecide(await as(name))).toEqual([]);
		expect(await outcome(vouches(name, request!.id))).toBe('NotFound');
	}
	expect(await recoveriesToDecide(await as('samuel', { factor: false }))).toEqual([]);
	expect(await vouches('samuel', request!.id)).toBe('waiting');
	expect(await outcome(vouches('samuel', request!.id))).toBe('Conflict');
	expect(await emailOf(idOf('gerard'))).toBe('gerard@rive.example');
	expect(await vouches('yamina', request!.id)).toBe('done');
	expect(await emailOf(idOf('gerard'))).toBe('gerard.new@courrier.example');
	expect((await mailsTo('gerard.new@courrier.example')).at(-1)?.message.text).toContain(
		'Deux responsables ont',
	);
	expect((await viewerOfSession(before.secret, [])).id).toBeNull();
	expect(await outcome(vouches('yamina', request!.id))).toBe('NotFound');
	// One reading by Samuel, and what each of the two vouched.
	expect(await asSystem('test', (tx) => verifyAudit(tx))).toMatchObject({ entries: 3, broken: [] });
});

test('one officer who knows that it is not them stops the request, and the old address is told', async () => {
	await asksBack('mathis');
	const [request] = await recoveriesToDecide(await as('samuel'));
	expect(await outcome(turnDown(await as('fanny'), { recovery: request!.id, why: 'Non' }))).toBe('NotFound');
	await turnDown(await as('samuel'), { recovery: request!.id, why: 'Il m’a dit que non' });
	expect(await emailOf(idOf('mathis'))).toBe('mathis@rive.example');
	expect((await mailsTo('mathis@rive.example')).at(-1)?.message.text).toMatch(/refusée|refused/);
	expect(await outcome(vouches('yamina', request!.id))).toBe('NotFound');
});

test('officers of a section do not give back the account of who holds an office above them', async () => {
	await asSystem('test', (tx) =>
		tx.run(sql`insert into territory.attachment (id, person_id, unit_id, since)
			values (${idOf('yamina there too')}, ${idOf('yamina')}, ${idOf('villebrume')}, now())`),
	);
	await asksBack('yamina');
	const seen = async (name: Parameters<typeof as>[0]) =>
		(await recoveriesToDecide(await as(name))).filter(({ personId }) => personId === idOf('yamina')).length;
	expect([await seen('samuel'), await seen('sabrina')]).toEqual([0, 1]);
});

test('a person gets everything about them, then nothing of it is left', async () => {
	const id = idOf('lucien');
	await enter(id);
	const found = await asSystem('export', (tx) => privacy.gather(tx, id));
	expect(found['people.contact']).toMatchObject([{ email: 'lucien@rive.example' }]);
	expect(JSON.stringify(found)).not.toMatch(/token_hash|totp_sealed|\$argon2/);
	await asSystem('erasure', (tx) => privacy.erase(tx, id));
	const left = await asSystem('export', (tx) => privacy.gather(tx, id));
	expect(
		Object.entries(left)
			.filter(([, rows]) => rows.length)
			.map(([table]) => table),
	).toEqual(['people.person']);
	expect(left['people.person']).toMatchObject([{ name: '' }]);
});
