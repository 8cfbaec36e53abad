import { beforeAll, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { retain } from '#platform/privacy/index.ts';
import { sql } from '#platform/sql.ts';
import { domains } from '#registry.ts';
import { type CastName, cast, idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { ask, mailsTo } from './people.fixture.ts';
import { createSession } from './session.ts';
import { warnSilent } from './silence.ts';

stage();

const inMonths = (months: number, days = 0) => {
	const at = new Date();
	at.setMonth(at.getMonth() + months);
	at.setDate(at.getDate() + days);
	return at;
};
const isGone = (name: CastName) =>
	ask<boolean>(sql`select erased_at is not null as value from people.person where id = ${idOf(name)}`);
const warned = async () => {
	const names = Object.keys(cast) as CastName[];
	const mails = await Promise.all(names.map((name) => mailsTo(`${name}@rive.example`)));
	return names.filter((_, at) =>
		mails[at]!.some(({ message }) => /longtemps|long time/.test(message.subject)),
	);
};

beforeAll(() =>
	asSystem('test', (tx) =>
		// Who left or never confirmed goes by other rules.
		tx.run(
			sql`update people.person set left_at = now(), created_at = now() where left_at is not null or confirmed_at is null`,
		),
	),
);

test('a sympathiser silent for 23 months is told once; members and officers are not', async () => {
	expect(await warnSilent(inMonths(22))).toBe(0);
	const told = await warnSilent(inMonths(23, 2));
	expect(told).toBeGreaterThan(0);
	expect(await warnSilent(inMonths(23, 3))).toBe(0);
	expect(await warned()).toContain('mathis');
	expect((await warned()).filter((name) => cast[name].type !== 'sympathiser')).toEqual([]);
});

test('nobody goes without having been told four weeks before, nor who came back meanwhile', async () => {
	const change = (columns: ReturnType<typeof sql>, name: CastName) =>
		asSystem('test', (tx) => tx.run(sql`update people.person set ${columns} where id = ${idOf(name)}`));
	const gone = async () => [await isGone('mathis'), await isGone('tidiane'), await isGone('odile')];
	await change(sql`seen_on = warned_on + 1`, 'tidiane');
	await change(sql`warned_on = null`, 'mathis');
	await retain(domains, inMonths(24, 3), false);
	expect(await gone()).toEqual([false, false, false]);
	await warnSilent(inMonths(24, 3));
	await retain(domains, inMonths(24, 23), false);
	expect(await gone()).toEqual([false, false, false]);
	await retain(domains, inMonths(24, 33), false);
	expect(await gone()).toEqual([true, false, false]);
});

test('coming back is noted the same day', async () => {
	await asSystem('test', (tx) =>
		tx.run(sql`update people.person set seen_on = current_date - 700 where id = ${idOf('ines')}`),
	);
	await asSystem('test', (tx) => createSession(tx, idOf('ines'), 'back'));
	expect(
		await ask<boolean>(
			sql`select seen_on = current_date as value from people.person where id = ${idOf('ines')}`,
		),
	).toBe(true);
});
