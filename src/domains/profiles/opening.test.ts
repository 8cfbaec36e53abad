import { beforeEach, describe, expect, test } from 'vitest';
import { noteSpoken } from '#domains/friends/index.ts';
import { verifyAudit } from '#platform/audit.ts';
import { asSystem, read } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { idOf, units } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { type Audience, openContact, openPerson, saveReach, whoOpenedMe, whoSeesMe } from './index.ts';

stage();

const house = <T>(query: ReturnType<typeof sql>) => asSystem('test', (tx) => tx.many<T>(query as never));
const reach = (more: object = {}) => ({
	phone: '',
	phone_audience: 'me' as Audience,
	email_audience: 'me' as Audience,
	unit_audience: 'me' as Audience,
	...more,
});

beforeEach(async () => {
	for (const table of ['friends.shown', 'profiles.field', 'profiles.opening'])
		await house(sql`delete from ${sql.raw(table)}`);
});

describe('how to reach a person', () => {
	test('is opened by who it is told to, sealed in the database, and the person reads who did', async () => {
		await saveReach(await as('odile'), reach({ phone: '06 39 98 12 34', phone_audience: 'unit' }));
		expect(await openContact(await as('mathis'), idOf('odile'), { what: 'phone', reason: '' })).toEqual({
			what: 'phone',
			value: '+33639981234',
		});
		const [kept] = await house<{ phone_sealed: string }>(
			sql`select phone_sealed from people.contact where person_id = ${idOf('odile')}`,
		);
		expect(kept!.phone_sealed).not.toContain('639981234');
		expect(await whoOpenedMe(await as('odile'))).toMatchObject([
			{ by: 'Mathis Lanoëz', what: 'phone', byOffice: false },
		]);
	});

	test('is refused to others: 403 when the person is seen, 404 when not; and leaves no trace', async () => {
		expect(await outcome(openContact(await as('mathis'), idOf('odile'), { what: 'email', reason: '' }))).toBe(
			'Forbidden',
		);
		expect(await outcome(openContact(await as('mathis'), idOf('odile'), { what: 'phone', reason: '' }))).toBe(
			'Forbidden',
		);
		expect(
			await outcome(openContact(await as('tidiane'), idOf('odile'), { what: 'email', reason: '' })),
		).toBe('NotFound');
		expect(await whoOpenedMe(await as('odile'))).toEqual([]);
	});

	test('through an office, a reason is asked, and the audit has it', async () => {
		const yamina = await as('yamina');
		expect(await outcome(openContact(yamina, idOf('odile'), { what: 'email', reason: '' }))).toBe('Invalid');
		expect(
			await openContact(yamina, idOf('odile'), { what: 'email', reason: 'Bureau de vote à tenir' }),
		).toEqual({ what: 'email', value: 'odile@rive.example' });
		expect(await whoOpenedMe(await as('odile'))).toMatchObject([
			{ by: 'Yamina Belkassaud', what: 'email', byOffice: true, reason: 'Bureau de vote à tenir' },
		]);
		const entries = await house<{ act: string; reason: string }>(
			sql`select act, reason from audit.entry where subject_id = ${idOf('odile')}`,
		);
		expect(entries).toEqual([{ act: 'profiles.open_email', reason: 'Bureau de vote à tenir' }]);
		expect((await asSystem('test', (tx) => verifyAudit(tx))).broken).toEqual([]);
		expect(
			await outcome(
				openContact(await as('yamina', { factor: false }), idOf('odile'), {
					what: 'email',
					reason: 'Bureau',
				}),
			),
		).toBe('NotFound');
		expect(
			await outcome(openContact(await as('driss'), idOf('odile'), { what: 'email', reason: 'Bureau' })),
		).toBe('NotFound');
	});
});

describe('who can see me, and who did', () => {
	test('lists the offices that reach one’s record, closest first', async () => {
		expect(
			(await whoSeesMe(await as('odile'))).map(({ name, unit, contacts }) => [name, unit, contacts]),
		).toEqual([
			['Samuel Oudraine', 'Section de Villebrume', true],
			['Yamina Belkassaud', units.valdorsande.name, true],
			['Léontine Aubazac', units.orsande.name, false],
			['Sabrina Tessouane', 'Bureau national', true],
		]);
	});

	test('a stranger’s opening is noted once a day, a neighbour’s is not', async () => {
		await asSystem('test', (tx) =>
			noteSpoken(tx, { byId: idOf('odile'), asUnitId: null, unitId: null, audience: 'network' }),
		);
		for (const name of ['ines', 'ines', 'mathis', 'yamina'] as const)
			await openPerson(await as(name), idOf('odile'));
		expect(
			(await whoOpenedMe(await as('odile'))).map(({ by, what, byOffice }) => [by, what, byOffice]),
		).toEqual([
			['Yamina Belkassaud', 'profile', true],
			['Inès Ouarzal', 'profile', false],
		]);
		expect(await read(await as('samuel'), (tx) => tx.many(sql`select 1 from profiles.opening`))).toEqual([]);
	});
});
