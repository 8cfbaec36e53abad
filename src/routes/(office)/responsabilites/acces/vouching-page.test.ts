import { beforeAll, beforeEach, expect, test } from 'vitest';
import { askRecovery, mailsTo, stranger } from '#domains/people/people.fixture.ts';
import { recoveryOf } from '#domains/people/recovery.ts';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { visitor } from '#platform/viewer.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { journal, scene } from '#tests/traces.ts';

stage();

const at = '/responsabilites/acces';
let samuel: Browser;
let yamina: Browser;
let recovery: string;
beforeAll(async () => {
	[samuel, yamina] = [await browser('samuel'), await browser('yamina')];
});
beforeEach(async () => {
	await scene(
		sql`delete from people.recovery`,
		sql`delete from platform.bucket`,
		sql`update people.contact set email = 'mathis@rive.example', email_key = 'mathis@rive.example' where person_id = ${idOf('mathis')}`,
	);
	const asked = { lost: 'mathis@rive.example', email: 'mathis.neuf@courrier.example' };
	await askRecovery(visitor, { ...asked, told: 'Téléphone tombé dans la Brume' }, stranger());
	recovery = (await asSystem('test', (tx) =>
		tx.one<{ id: string }>(sql`select id from people.recovery where closed_at is null`),
	))!.id;
});
const how = 'Vu à la permanence, avec sa carte';

test('two officers give an account back: each reads what was told, the first that one more is needed', async () => {
	expect((await samuel.get(at)).main).toContain('Téléphone tombé dans la Brume');
	const one = await samuel.through(`${at}?/vouch`, { recovery, how, sure: 'on' });
	expect(one.status).toBe(200);
	const again = await samuel.post(`${at}?/vouch`, { recovery, how, sure: 'on' });
	expect([again.status, again.form?.problems]).toEqual([409, [' people.recovery_already']]);
	await yamina.post(`${at}?/vouch`, { recovery, how, sure: 'on' });
	const mail = (await mailsTo('mathis.neuf@courrier.example')).at(-1)!;
	expect(mail.message.text).toContain('Deux responsables ont confirmé');
	expect((await journal('people.vouch')).map(({ reason }) => reason)).toEqual([how, how]);
	expect((await samuel.get(at)).main).not.toContain('Téléphone tombé');
});

test('nothing is vouched for without having checked, and said how', async () => {
	const mute = await samuel.post(`${at}?/vouch`, { recovery, how: ' ' });
	expect([mute.status, mute.form?.problems?.toSorted()]).toEqual([
		422,
		['how people.recovery_how_missing', 'sure people.recovery_sure_missing'],
	]);
	expect(await recoveryOf(await as('mathis'))).toBeDefined();
	expect(await journal('people.vouch')).toHaveLength(2);
});

test('an officer who knows it is not them stops it, with why; nobody else sees that it was asked', async () => {
	const mute = await samuel.post(`${at}?/refuse`, { recovery, why: '' });
	expect(mute.form?.problems).toEqual(['why people.recovery_why_missing']);
	const fanny = await browser('fanny');
	expect((await fanny.get(at)).main ?? '').not.toContain('Mathis');
	expect((await fanny.post(`${at}?/vouch`, { recovery, how, sure: 'on' })).status).toBe(404);
	expect((await (await browser('odile')).post(`${at}?/vouch`, { recovery, how, sure: 'on' })).status).toBe(
		404,
	);
	await samuel.post(`${at}?/refuse`, { recovery, why: 'Mathis est à côté de moi' });
	expect(await recoveryOf(await as('mathis'))).toBeUndefined();
	expect((await yamina.post(`${at}?/vouch`, { recovery, how, sure: 'on' })).status).toBeGreaterThanOrEqual(
		400,
	);
});
