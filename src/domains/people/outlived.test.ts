import { afterEach, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { visitor } from '#platform/viewer.ts';
import { type CastName, cast, idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { startSignUp } from './ask.ts';
import { suppressionOf } from './code-mail.ts';
import { listeners, outlived } from './outlived.ts';
import { codeMailedTo, mailsTo, stranger } from './people.fixture.ts';

stage();

const day = 86_400_000;
const left = new Date('2026-03-01T00:00:00Z').getTime();
/** Who of the cast is forgotten whole at this instant. */
const forgotten = async (now: number) => {
	const ids = new Set(await asSystem('test', (tx) => outlived(tx, new Date(now))));
	return (Object.keys(cast) as CastName[]).filter((name) => ids.has(idOf(name)));
};
const created = (name: CastName, at: string) =>
	scene(sql`update people.person set created_at = ${at}::timestamptz where id = ${idOf(name)}`);

afterEach(() => scene(sql`delete from platform.setting where key = 'retention'`));

test('who left is forgotten after half a year, and not a minute before', async () => {
	await scene(sql`update people.person set left_at = ${new Date(left)} where id = ${idOf('josiane')}`);
	expect(await forgotten(left + 183 * day)).not.toContain('josiane');
	expect(await forgotten(left + 183 * day + 1)).toContain('josiane');
});

test('who never confirmed is forgotten after seven days, unless the member file knows them', async () => {
	await created('awa', '2026-03-01T00:00:00Z');
	expect(await forgotten(left + 7 * day)).not.toContain('awa');
	expect(await forgotten(left + 7 * day + 1)).toContain('awa');
	await scene(sql`update people.membership set verified_at = now() where person_id = ${idOf('awa')}`);
	expect(await forgotten(left + 30 * day)).not.toContain('awa');
	await scene(sql`update people.membership set verified_at = null where person_id = ${idOf('awa')}`);
});

test('an organisation keeps them longer, or less, as it chose', async () => {
	await scene(sql`insert into platform.setting (key, value) values ('retention', '{"leftDays": 30}'::jsonb)`);
	expect(await forgotten(left + 30 * day + 1)).toContain('josiane');
	await scene(sql`update platform.setting set value = '{"leftDays": 3650}'::jsonb where key = 'retention'`);
	expect(await forgotten(left + 200 * day)).not.toContain('josiane');
});

test('nobody is forgotten twice, and members in good standing never', async () => {
	await scene(sql`update people.person set erased_at = now() where id = ${idOf('josiane')}`);
	const all = await forgotten(left + 400 * day);
	expect(all).not.toContain('josiane');
	for (const name of ['odile', 'samuel', 'yamina', 'lucien', 'thibaud'] as const)
		expect(all).not.toContain(name);
	await scene(sql`update people.person set erased_at = null where id = ${idOf('josiane')}`);
});

test('an address that asked never to be written to is remembered by its print alone, once, and kept its promise', async () => {
	const [hear] = listeners.map((listener) => listener.hear as (payload: object) => Promise<void>);
	const suppression = suppressionOf('Lia@courrier.example');
	await hear!({ suppression });
	await hear!({ suppression });
	await hear!({ suppression: null });
	const kept = await asSystem('test', (tx) => tx.many(sql`select email_hash from people.suppression`));
	expect(kept).toEqual([{ email_hash: suppression }]);
	expect(JSON.stringify(kept)).not.toContain('lia');
	await startSignUp(visitor, { name: 'Lia Rochevent', email: 'lia@courrier.example' }, stranger());
	expect(await mailsTo('lia@courrier.example')).toEqual([]);
	await startSignUp(visitor, { name: 'Lou Marchebois', email: 'lou@courrier.example' }, stranger());
	expect(await codeMailedTo('lou@courrier.example')).toMatch(/^\d{3} ?\d{3}$/);
});
