import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { retain } from '#platform/privacy/index.ts';
import { sql } from '#platform/sql.ts';
import { domains } from '#registry.ts';
import { type CastName, cast, idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { outlived } from './outlived.ts';
import { ask, mailsTo } from './people.fixture.ts';
import { warnSilent } from './silence.ts';

stage();

const second = 1000;
const day = 86_400_000;
/** The day Mathis last came; the others come often. */
const last = '2026-01-15';
const at = (text: string, ms = 0) => new Date(Date.parse(`${text}T00:00:00Z`) + ms);
const choose = (retention: object) =>
	scene(
		sql`insert into platform.setting (key, value) values ('retention', ${JSON.stringify(retention)}::jsonb)`,
	);
const forgotten = async (now: Date) => {
	const ids = await asSystem('test', (tx) => outlived(tx, now));
	return (Object.keys(cast) as CastName[]).filter((name) => ids.includes(idOf(name)));
};
const warnedOn = () =>
	ask<Date | null>(sql`select warned_on as value from people.person where id = ${idOf('mathis')}`);

beforeEach(() =>
	scene(
		sql`update people.person set seen_on = '2029-12-31', warned_on = null, left_at = null, confirmed_at = '2025-01-10'`,
		sql`update people.person set seen_on = ${last}::date where id = ${idOf('mathis')}`,
	),
);
afterEach(() => scene(sql`delete from platform.setting where key = 'retention'`));

describe('a sympathiser who does not come any more', () => {
	test('is told when 23 months are over, to the second, and by one mail', async () => {
		const mails = (await mailsTo('mathis@rive.example')).length;
		expect(await warnSilent(at('2027-12-15'))).toBe(0);
		expect(await warnSilent(at('2027-12-15', second))).toBe(1);
		expect(await warnSilent(at('2027-12-16'))).toBe(0);
		expect((await mailsTo('mathis@rive.example')).slice(mails).map(({ kind }) => kind)).toEqual([
			'people.silence',
		]);
	});

	test('is forgotten when 24 months are over, to the second, if they were told', async () => {
		await warnSilent(at('2027-12-15', second));
		expect(await forgotten(at('2028-01-15'))).toEqual([]);
		expect(await forgotten(at('2028-01-15', second))).toEqual(['mathis']);
		await scene(sql`update people.person set warned_on = null`);
		expect(await forgotten(at('2040-01-15'))).toEqual([]);
	});

	test('told late, has four weeks all the same, to the day', async () => {
		await warnSilent(at('2028-03-01', 3600 * second));
		expect(await forgotten(at('2028-03-29', -second))).toEqual([]);
		expect(await forgotten(at('2028-03-29'))).toEqual(['mathis']);
	});

	test('who came back the day they were told, or after, is not forgotten; silent again, they are told again', async () => {
		await warnSilent(at('2027-12-15', second));
		for (const back of ['2027-12-15', '2028-01-10']) {
			await scene(sql`update people.person set seen_on = ${back}::date where id = ${idOf('mathis')}`);
			expect(await forgotten(at('2028-06-01'))).toEqual([]);
		}
		expect(await warnSilent(at('2029-12-10'))).toBe(0);
		expect(await warnSilent(at('2029-12-10', second))).toBe(1);
		expect(await warnedOn()).toEqual(at('2029-12-10'));
		expect(await forgotten(at('2030-01-10', second))).toEqual(['mathis']);
	});

	test('is erased by the night’s work, their mail that said so with them', async () => {
		await warnSilent(at('2027-12-15', second));
		expect((await retain(domains, at('2028-01-15'), false)).people).toBe(0);
		expect((await retain(domains, at('2028-01-15', second), true)).people).toBe(1);
		expect((await retain(domains, at('2028-01-15', second), false)).people).toBe(1);
		await drainJobs();
		expect(await ask(sql`select name as value from people.person where id = ${idOf('mathis')}`)).toBe('');
		expect(await mailsTo('mathis@rive.example')).toEqual([]);
	});
});

describe('an organisation that chose other times', () => {
	beforeEach(() =>
		scene(
			sql`update people.person set erased_at = null`,
			sql`update people.person set seen_on = '2029-12-31'`,
			sql`update people.person set seen_on = ${last}::date where id = ${idOf('tidiane')}`,
		),
	);

	test('tells and forgets at its own months', async () => {
		await choose({ silentMonths: 12, warnMonths: 10 });
		expect(await warnSilent(at('2026-11-15'))).toBe(0);
		expect(await warnSilent(at('2026-11-15', second))).toBe(1);
		expect(await forgotten(at('2027-01-15'))).toEqual([]);
		expect(await forgotten(at('2027-01-15', second))).toEqual(['tidiane']);
	});

	test('that tells and forgets in the same month gives four weeks all the same', async () => {
		await choose({ silentMonths: 12, warnMonths: 12 });
		expect(await warnSilent(at('2027-01-15', second))).toBe(1);
		expect(await forgotten(at('2027-02-12', -second))).toEqual([]);
		expect(await forgotten(at('2027-02-12'))).toEqual(['tidiane']);
	});

	test('that shortens its time in the middle forgets nobody who was not told', async () => {
		await choose({ silentMonths: 3 });
		expect(await forgotten(at('2026-06-15'))).toEqual([]);
		expect(await warnSilent(at('2026-06-15'))).toBe(0);
	});

	test('keeps who left, and who never confirmed, for as long as it says, to the second', async () => {
		const left = at('2026-03-01');
		await scene(
			sql`update people.person set left_at = ${left} where id = ${idOf('josiane')}`,
			sql`update people.person set confirmed_at = null, created_at = ${left} where id = ${idOf('awa')}`,
		);
		const both = async (leftDays: number, pendingDays: number) => [
			await forgotten(new Date(left.getTime() + pendingDays * day)),
			await forgotten(new Date(left.getTime() + pendingDays * day + second)),
			await forgotten(new Date(left.getTime() + leftDays * day)),
			await forgotten(new Date(left.getTime() + leftDays * day + second)),
		];
		const four = [[], ['awa'], ['awa'], ['josiane', 'awa']];
		expect(await both(183, 7)).toEqual(four);
		await choose({ leftDays: 60, pendingDays: 2 });
		expect(await both(60, 2)).toEqual(four);
		expect((await retain(domains, new Date(left.getTime() + 60 * day + second), true)).people).toBe(2);
	});
});
