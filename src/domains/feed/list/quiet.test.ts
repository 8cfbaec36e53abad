import { describe, expect, test } from 'vitest';
import { keepQuiet, quietUntil } from '#domains/notices/index.ts';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as } from '#tests/stage.ts';
import { feedStage } from '../stage.fixture.ts';
import { chooseMails } from './choice.ts';
import { freshOutbox, groupWith, mailed, tell, ticks } from './list.fixture.ts';
import { waitListJob } from './send.ts';

feedStage();
freshOutbox();

/** Quiet from an hour ago until in an hour, on the clock of the organisation. */
async function quiet(who: CastName): Promise<void> {
	const { from, until } = (await asSystem('test', (tx) =>
		tx.one<{ from: string; until: string }>(sql`select
			to_char(now() at time zone 'Europe/Paris' - interval '1 hour', 'HH24:MI') as from,
			to_char(now() at time zone 'Europe/Paris' + interval '1 hour', 'HH24:MI') as until`),
	))!;
	await keepQuiet(await as(who), { from, until });
}
const loud = async (who: CastName) => keepQuiet(await as(who), { from: '', until: '' });
/** What waits for later, and until when. */
const waiting = () =>
	asSystem('test', (tx) =>
		tx.many<{ who: string; at: Date }>(sql`select data->>'personId' as who, start_after as at from jobs.job
			where name = 'feed.list_wait' and state in ('created', 'retry')`),
	);
const hoursEnd = async (who: CastName, id: string) => {
	await loud(who);
	await waitListJob.work({ personId: idOf(who), kind: 'post', id } as never);
};
const scene = async () => {
	const group = await groupWith('closed', 'mathis', 'ines');
	await ticks(group, 'mathis', 'ines');
	return group;
};

describe('mails of a group in the quiet hours of who receives them', () => {
	test('wait for the end of them, and leave once; the others have theirs at once', async () => {
		const group = await scene();
		await quiet('mathis');
		const id = await tell('odile', group, 'Qui vient ?');
		expect(await mailed()).toEqual(['ines']);
		const [one] = await waiting();
		expect(one?.who).toBe(idOf('mathis'));
		const until = await asSystem('test', (tx) => quietUntil(tx, idOf('mathis')));
		expect(Math.abs(one!.at.getTime() - until!.getTime())).toBeLessThan(61_000);
		await hoursEnd('mathis', id);
		await hoursEnd('mathis', id);
		expect(await mailed()).toEqual(['mathis']);
	});

	test('wait again when others began meanwhile, and are not sent to who left, stopped them, or when the words are gone', async () => {
		const group = await scene();
		await quiet('mathis');
		await quiet('ines');
		const id = await tell('odile', group, 'Qui vient ?');
		expect(await mailed()).toEqual([]);
		await waitListJob.work({ personId: idOf('mathis'), kind: 'post', id } as never);
		expect([await mailed(), (await waiting()).length]).toEqual([[], 3]);
		await chooseMails(await as('ines'), group, false);
		await hoursEnd('ines', id);
		await asSystem('test', (tx) =>
			tx.run(sql`update feed.post set deleted_at = now() where id = ${id}::uuid`),
		);
		await hoursEnd('mathis', id);
		expect(await mailed()).toEqual([]);
	});
});
