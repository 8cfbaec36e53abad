import { beforeAll, describe, expect, test } from 'vitest';
import { record, verifyAudit } from '#platform/audit.ts';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { anchorJournal } from './jobs.ts';
import { journal } from './read.ts';

stage();

beforeAll(() =>
	asSystem('test', async (tx) => {
		for (let n = 0; n < 60; n++)
			await record(tx, {
				actorId: idOf('samuel'),
				act: 'territory.read_members',
				subject: 'unit',
				subjectId: idOf('villebrume'),
				unitId: idOf('villebrume'),
			});
		await record(tx, {
			actorId: idOf('fanny'),
			act: 'territory.welcome',
			subject: 'person',
			subjectId: idOf('tidiane'),
			unitId: idOf('pontsarvan'),
			reason: 'bienvenue',
		});
		await record(tx, { actorId: null, act: 'privacy.erased', subject: 'person' });
	}),
);

describe('the journal', () => {
	test('is read by who has the power, page by page, and says that it was read', async () => {
		const bertrand = await as('bertrand');
		const first = await journal(bertrand, {});
		expect(first.entries).toHaveLength(50);
		const second = await journal(bertrand, { before: first.next });
		expect(Number(second.entries[0]!.seq)).toBeLessThan(Number(first.next));
		const own = await journal(bertrand, { act: 'audit.read' });
		expect(own.entries.length).toBe(2);
		expect(own.entries[0]!.actor).toMatchObject({ id: idOf('bertrand') });
	});

	test('is searched by act, by person and by unit', async () => {
		const bertrand = await as('bertrand');
		expect((await journal(bertrand, { act: 'territory.welcome' })).entries).toMatchObject([
			{ subjectName: 'Tidiane Solvignac', reason: 'bienvenue' },
		]);
		expect((await journal(bertrand, { person: 'solvignac' })).entries.map(({ act }) => act)).toEqual([
			'territory.welcome',
		]);
		expect((await journal(bertrand, { unit: idOf('pontsarvan') })).entries).toHaveLength(1);
		expect((await journal(bertrand, { person: '%' })).entries).toEqual([]);
		for (const bad of ["1' or 1=1", '99999999999999999999', '-1'])
			expect((await journal(bertrand, { before: bad, unit: bad })).entries.length).toBeGreaterThan(0);
	});

	test('is read for one’s own territory only', async () => {
		await asSystem('test', (tx) =>
			tx.run(sql`update territory.office set powers = powers || '{audit.read}' where key = 'secretary'
			and kind_id = (select unit.kind_id from territory.unit where unit.id = ${idOf('valdorsande')})`),
		);
		const seen = await journal(await as('yamina'), {});
		expect(new Set(seen.entries.map(({ act }) => act))).toEqual(new Set(['territory.read_members']));
		expect(seen.acts).toEqual(['territory.read_members']);
		await asSystem('test', (tx) =>
			tx.run(
				sql`update territory.office set powers = array_remove(powers, 'audit.read') where key = 'secretary'`,
			),
		);
	});

	test('does not exist for the others, nor without second factor', async () => {
		for (const name of ['odile', 'samuel', 'yamina', 'paulo', 'gerard', 'thibaud', 'visitor'] as const)
			expect(await outcome(journal(await as(name), {}))).toBe('NotFound');
		expect(await outcome(journal(await as('bertrand', { factor: false }), {}))).toBe('NotFound');
	});
});

describe('its head', () => {
	test('leaves by mail to those who may read it, once, and shows a cut tail', async () => {
		const many = await anchorJournal();
		expect(many).toBe(1);
		expect(await anchorJournal()).toBe(0);
		const [mail] = await asSystem('test', (tx) =>
			tx.many<{ person_id: string; message: { text: string } }>(
				sql`select person_id, message from platform.mail where kind = 'audit.anchor'`,
			),
		);
		expect(mail!.person_id).toBe(idOf('bertrand'));
		const anchor = JSON.parse(/\{"seq".*\}/.exec(mail!.message.text)![0]) as { seq: number; hash: string };
		const verdict = await asSystem('test', (tx) => verifyAudit(tx, [anchor]));
		expect(verdict).toMatchObject({ broken: [], lostAnchors: [], head: anchor });
		expect(
			(await asSystem('test', (tx) => verifyAudit(tx, [{ ...anchor, hash: 'f'.repeat(64) }]))).lostAnchors,
		).toEqual([anchor.seq]);
	});
});
