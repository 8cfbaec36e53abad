import { beforeEach, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { program } from '#tests/program.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { journal, told } from '#tests/traces.ts';
import { launch, settle } from './launch.ts';
import { showPetition } from './read.ts';
import { confirm, retract, signAsMember, signAsVisitor, signatureAt, unsign } from './sign.ts';

stage();

const said = { title: 'Un bus le dimanche', addressed_to: 'Aux transports', text: 'Il faut un bus.' };
const launched = async (who: CastName, more = {}) =>
	launch(await as(who), { unit: idOf('villebrume'), ...said, ...more });
const signing = (email = 'lou@exemple.example') => ({
	name: 'Lou Passant',
	postcode: '01000',
	email,
	website: '',
});
const signed = async (id: string) => (await showPetition(await as('visitor'), id)).signed;

beforeEach(() =>
	asSystem('test', async (tx) => {
		for (const table of ['platform.bucket', 'platform.mail', 'missions.petition'])
			await tx.run(sql`delete from ${sql.raw(table)}`);
	}),
);

/** The secrets mailed, the last first. */
const secrets = async (): Promise<string[]> => {
	await drainJobs();
	return (
		await asSystem('test', (tx) =>
			tx.many<{ message: string }>(sql`select mail.message::text as message from platform.mail
				where mail.kind = 'missions.signature' order by mail.id desc`),
		)
	).map(({ message }) => /petitions\/confirmer\/([\w-]+)/.exec(message)![1]!);
};

describe('a visitor', () => {
	test('counts once their address confirmed, by the button; twice is once', async () => {
		const id = await launched('samuel', { official: 'on' });
		await signAsVisitor(await as('visitor'), id, signing(), '10.1.1.1');
		expect(await signed(id)).toBe(0);
		const [secret] = (await secrets()) as [string];
		expect(await signatureAt(secret)).toMatchObject({ id, confirmed: false });
		await Promise.all([confirm(secret), confirm(secret)]);
		expect(await signed(id)).toBe(1);
		await retract(secret);
		expect(await signed(id)).toBe(0);
		expect(await outcome(signatureAt(secret))).toBe('NotFound');
	});

	test('whose mail waits: it does not leave once the signature is taken back, the petition over or hidden, or another asked', async () => {
		const left = async () => {
			await drainJobs();
			return asSystem('test', (tx) => tx.many(sql`select 1 as one from platform.mail`));
		};
		const hidden = (id: string) => sql`insert into safety.hidden (kind, subject_id, place_id, decision_id)
			values ('petition', ${id}, ${id}, gen_random_uuid())`;
		for (const gone of [
			() => sql`delete from missions.signature`,
			() => sql`update missions.petition set state = 'closed'`,
			hidden,
		]) {
			const id = await launched('odile');
			await asSystem('test', (tx) => tx.run(sql`delete from platform.bucket`));
			await signAsVisitor(await as('visitor'), id, signing(), '10.1.1.1');
			await asSystem('test', (tx) => tx.run(gone(id)));
			expect(await left()).toEqual([]);
		}
		const id = await launched('odile');
		await asSystem('test', (tx) => tx.run(sql`delete from platform.bucket`));
		for (let n = 0; n < 2; n++) await signAsVisitor(await as('visitor'), id, signing(), '10.1.1.1');
		expect(await left()).toHaveLength(1);
		expect(await signatureAt((await secrets())[0]!)).toMatchObject({ id });
	});

	test('who signs again gets the same answer, and counts once; the older link opens nothing', async () => {
		const id = await launched('odile');
		const visitor = await as('visitor');
		await signAsVisitor(visitor, id, signing(), '10.1.1.1');
		await confirm((await secrets())[0]!);
		expect(
			await outcome(
				signAsVisitor(visitor, id, { ...signing('LOU@exemple.example'), name: 'Autre' }, '10.1.1.2'),
			),
		).toBeUndefined();
		const [again, first] = (await secrets()) as [string, string];
		expect(await outcome(signatureAt(first))).toBe('NotFound');
		await confirm(again);
		expect(await signed(id)).toBe(1);
	});

	test('a robot is thanked and nothing leaves; an address is not written to without end', async () => {
		const id = await launched('odile');
		const visitor = await as('visitor');
		await signAsVisitor(visitor, id, { ...signing(), website: 'http://x' }, '10.1.1.1');
		expect(await secrets()).toEqual([]);
		for (let n = 0; n < 3; n++) await signAsVisitor(visitor, id, signing(), `10.1.2.${n}`);
		expect(await outcome(signAsVisitor(visitor, id, signing(), '10.1.2.9'))).toBe('TooMany');
	});

	test('their address is kept nowhere but in the mail', async () => {
		const id = await launched('odile');
		await signAsVisitor(await as('visitor'), id, signing(), '10.1.1.1');
		const rows = await asSystem('test', (tx) =>
			tx.many<{ row: string }>(sql`select signature::text as row from missions.signature`),
		);
		expect(JSON.stringify(rows)).not.toContain('exemple.example');
	});
});

describe('a member', () => {
	test('signs in one touch, and what their address had signed is not counted besides', async () => {
		const id = await launched('odile');
		await signAsVisitor(await as('visitor'), id, signing('mathis@rive.example'), '10.1.1.1');
		await confirm((await secrets())[0]!);
		const mathis = await as('mathis');
		await Promise.all([signAsMember(mathis, id), signAsMember(mathis, id)]);
		expect(await signed(id)).toBe(1);
		await unsign(mathis, id);
		expect(await signed(id)).toBe(0);
		expect(await outcome(unsign(mathis, id))).toBe('Forbidden');
	});

	test('is not kept apart by the last second: closed while signing, it is in or refused', async () => {
		const id = await launched('samuel', { official: 'on' });
		const [answer] = await Promise.all([
			outcome(signAsMember(await as('odile'), id)),
			settle(await as('samuel'), id, { result: 'Gagné' }),
		]);
		expect(await signed(id)).toBe(answer === 'Forbidden' ? 0 : 1);
		expect(await outcome(signAsMember(await as('gerard'), id))).toBe('Forbidden');
		expect(await outcome(signAsVisitor(await as('visitor'), id, signing(), '10.1.1.1'))).toBe('Forbidden');
	});
});

describe('who leads', () => {
	const csv = (who: Browser, id: string, reason: string) =>
		who.post(`/petitions/${id}/signatures.csv`, { reason });

	test('takes the confirmed names with a reason, written in the journal; the others do not', async () => {
		const id = await launched('odile');
		await signAsMember(await as('gerard'), id);
		await signAsVisitor(await as('visitor'), id, signing(), '10.1.1.1');
		const odile = await browser('odile');
		const file = await csv(odile, id, 'À remettre mardi');
		expect(file.html).toContain('Gérard Valmorin');
		expect(file.html).not.toMatch(/Lou|@/);
		expect((await csv(odile, id, '')).status).toBe(422);
		expect((await csv(await browser('mathis'), id, 'Pour voir')).status).toBe(403);
		expect((await csv(await browser('samuel'), id, 'Pour la remise')).status).toBe(200);
		const kept = await asSystem('test', (tx) =>
			tx.many<{ reason: string }>(
				sql`select reason from audit.entry where act = 'missions.export_signatures' order by seq`,
			),
		);
		expect(kept.map(({ reason }) => reason)).toEqual(['À remettre mardi', 'Pour la remise']);
	});

	test('an unconfirmed signature is not read past our rules either', async () => {
		const id = await launched('odile');
		await signAsVisitor(await as('visitor'), id, signing(), '10.1.1.1');
		const { read } = await import('#platform/db.ts');
		for (const name of ['odile', 'mathis'] as const)
			expect(await read(await as(name), (tx) => tx.many(sql`select 1 from missions.signature`))).toEqual([]);
	});
});

test('through the pages: a visitor signs, opens the mail, confirms', async () => {
	const id = await launched('odile');
	const lou = await browser('visitor');
	expect((await lou.get('/petitions')).main).toContain('Un bus le dimanche');
	const page = await lou.get(`/petitions/${id}`);
	expect(page.main).toContain('non officielle');
	expect(page.main).not.toContain('Odile');
	const wrong = await lou.post(`/petitions/${id}?/visitor`, { name: '', email: 'lou', postcode: '1' });
	expect(wrong.form!.problems).toEqual([
		'name missions.sign_name_needed',
		'postcode missions.sign_postcode_shape',
		'email missions.sign_email_shape',
	]);
	const sent = await lou.through(`/petitions/${id}?/visitor`, signing());
	expect(sent.text).toContain('Regarde tes mails');
	const [secret] = (await secrets()) as [string];
	expect((await lou.get(`/petitions/confirmer/${secret}`)).main).toContain('Un bus le dimanche');
	const done = await lou.through(`/petitions/confirmer/${secret}?/confirm`);
	expect(done.text).toContain('Merci, ta signature compte.');
	expect(done.main).toContain('1 signature confirmée');
	expect((await lou.get('/petitions/confirmer/rien')).status).toBe(404);
});

test('a program of who leads it takes the confirmed signatures, and says why; the journal keeps it', async () => {
	const id = await launched('odile');
	await signAsMember(await as('mathis'), id);
	const take = (who: CastName, input: object = { reason: 'À remettre' }) =>
		program<{ items: object[] }>('POST /petitions/[id]/signatures', who, { id }, input);
	expect(await told(take('odile', {}))).toBe('Invalid: reason missions.export_reason_needed');
	expect(await told(take('mathis'))).toBe('Forbidden');
	const before = (await journal('missions.export_signatures')).length;
	expect((await take('odile')).items).toMatchObject([{ name: 'Mathis Lanoëz' }]);
	expect(await journal('missions.export_signatures')).toHaveLength(before + 1);
});
