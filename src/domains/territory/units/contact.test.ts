import { expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { parse } from '#platform/http/form.ts';
import { sql } from '#platform/sql.ts';
import { cast } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { ContactForm, contactUnit } from './contact.ts';

stage();

const letter = (email: string) => ({
	name: 'Lou Marchebois',
	email,
	text: 'Bonjour, quand vous voyez-vous ?',
	website: '',
});
const mails = () =>
	asSystem('test', (tx) =>
		tx.many<{ recipient: string; kind: string; text: string }>(sql`
	select recipient, kind, message ->> 'text' as text from platform.mail order by created_at, kind`),
	);
const write = async (slug: string, email: string, from: string) =>
	contactUnit(await as('visitor'), slug, letter(email), from);

test('a visitor writes to a unit; its secretary reads, the visitor gets a copy that repeats nothing', async () => {
	await write('section-de-villebrume', 'lou@courrier.example', '192.0.2.1');
	const [toOfficer, copy] = await mails();
	expect(toOfficer).toMatchObject({ recipient: 'samuel@rive.example', kind: 'territory.contact' });
	expect(toOfficer!.text).toContain('quand vous voyez-vous');
	expect(copy!.recipient).toBe('lou@courrier.example');
	expect(copy!.text).not.toContain('voyez-vous');
	for (const { name } of Object.values(cast)) expect(copy!.text).not.toContain(name);
});

test('a letter sent twice by one form leaves once', async () => {
	const before = (await mails()).length;
	for (const _ of [1, 2])
		await contactUnit(
			{ ...(await as('visitor')), requestKey: 'letter-1' },
			'section-de-villebrume',
			letter('ana@courrier.example'),
			'192.0.2.9',
		);
	expect((await mails()).length - before).toBe(2);
});

test('without officer, the nearest level above reads it', async () => {
	await write('section-de-castelmauve', 'lia@courrier.example', '192.0.2.2');
	expect((await mails()).some(({ recipient }) => recipient === 'yamina@rive.example')).toBe(true);
});

test('a robot is thanked and nothing leaves; too many letters are slowed down', async () => {
	const before = (await mails()).length;
	await contactUnit(
		await as('visitor'),
		'section-de-villebrume',
		{ ...letter('bot@courrier.example'), website: 'http://x' },
		'192.0.2.3',
	);
	expect((await mails()).length).toBe(before);
	const tries: unknown[] = [];
	for (let i = 0; i < 6; i++)
		tries.push(await outcome(write('section-de-villebrume', `n${i}@courrier.example`, '192.0.2.4')));
	expect(tries).toEqual([undefined, undefined, undefined, undefined, undefined, 'TooMany']);
});

test('an unknown place, a broken address, an empty text are told', async () => {
	expect(await outcome(write('nowhere', 'lou@courrier.example', '192.0.2.5'))).toBe('NotFound');
	const bad = (field: object) => {
		try {
			parse(ContactForm, { ...letter('a@b.example'), ...field });
			return [];
		} catch (error) {
			return (error as { problems: { field: string; key: string }[] }).problems.map(({ field, key }) => [
				field,
				key,
			]);
		}
	};
	expect(bad({ email: 'nope' })).toEqual([['email', 'territory.unit_email_shape']]);
	expect(bad({ text: '' })).toEqual([['text', 'territory.unit_contact_short']]);
	expect(bad({ text: 'x'.repeat(4_001) })).toEqual([['text', 'territory.unit_contact_long']]);
	expect(bad({ name: '\u202e 123' })).toEqual([['name', 'territory.unit_contact_name']]);
	expect(bad({ email: 'a@b.example\nBcc: c@d.example' })).toHaveLength(1);
});
