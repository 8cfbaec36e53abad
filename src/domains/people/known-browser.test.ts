import { beforeEach, expect, test } from 'vitest';
import { recoveriesToDecide, turnDown, vouchFor } from '#domains/territory/index.ts';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { visitor } from '#platform/viewer.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { askCode } from './ask.ts';
import { askEmailChange, changeEmail } from './email-change.ts';
import type { Entered } from './enter.ts';
import { ask, askRecovery, codeOf, mailsTo, stranger } from './people.fixture.ts';
import { proveCode } from './prove.ts';
import { createSession } from './session.ts';
import { keepPass, openedBefore } from './whence.ts';

stage();

const url = new URL('https://rive.example/');
/** A browser: what it keeps of those who entered by it. */
function device() {
	const kept = new Map<string, string>();
	const cookies = {
		get: (name: string) => kept.get(name),
		set: (name: string, value: string) => kept.set(name, value),
	} as never;
	return {
		keep: (known: { email: string; account?: string }) => keepPass({ cookies, url }, known),
		whence: () => stranger({ pass: kept.get('__Host-device') ?? null }),
		count: () => (kept.get('__Host-device') ?? '').split('~').filter(Boolean).length,
	};
}
type Device = ReturnType<typeof device>;

async function enterBy(from: Device, email: string) {
	const whence = from.whence();
	const id = await askCode(visitor, { email }, whence);
	const entered = (await proveCode(visitor, id, { code: codeOf(id) }, whence)) as Extract<
		Entered,
		{ kind: 'in' }
	>;
	from.keep(entered);
	return entered;
}
const warnings = async (email: string) =>
	(await mailsTo(email)).filter(({ message }) => message.subject.includes('nouvel appareil')).length;
async function moves(name: CastName, to: string, from: Device) {
	const viewer = await as(name);
	const id = await askEmailChange(viewer, { email: to }, stranger());
	const before = await ask<string>(
		sql`select detail ->> 'before' as value from people.challenge where id = ${id}::uuid`,
	);
	from.keep(await changeEmail(viewer, id, { code_new: codeOf(id), code_old: codeOf(before!) }, stranger()));
}

beforeEach(() =>
	scene(
		sql`delete from platform.bucket`,
		sql`delete from platform.mail`,
		sql`delete from people.recovery`,
		sql`update people.person set seen_on = current_date where id in (${idOf('odile')}, ${idOf('ines')})`,
	),
);

test('a browser that never opened the account is told by mail, one that did is not', async () => {
	const [desk, other] = [device(), device()];
	await asSystem('test', (tx) => createSession(tx, idOf('odile'), 'earlier'));
	await enterBy(desk, 'odile@rive.example');
	expect(await warnings('odile@rive.example')).toBe(1);
	await enterBy(desk, 'odile@rive.example');
	expect(await warnings('odile@rive.example')).toBe(1);
	await enterBy(other, 'odile@rive.example');
	expect(await warnings('odile@rive.example')).toBe(2);
});

test('after a change of address, the browsers that knew the account know it still; another one is new', async () => {
	const [desk, phone, library] = [device(), device(), device()];
	await enterBy(desk, 'ines@rive.example');
	await enterBy(phone, 'ines@rive.example');
	await moves('ines', 'ines.neuve@courrier.example', desk);
	expect(desk.count()).toBe(1);
	await scene(sql`delete from platform.mail`);
	await enterBy(phone, 'ines.neuve@courrier.example');
	await enterBy(desk, 'ines.neuve@courrier.example');
	expect(await warnings('ines.neuve@courrier.example')).toBe(0);
	expect(phone.count()).toBe(1);
	await enterBy(library, 'ines.neuve@courrier.example');
	expect(await warnings('ines.neuve@courrier.example')).toBe(1);
});

test('once officers gave the account back, a browser that knew it is a stranger to it', async () => {
	const thief = device();
	await enterBy(thief, 'mathis@rive.example');
	await askRecovery(
		visitor,
		{ lost: 'mathis@rive.example', email: 'mathis.neuf@courrier.example', told: '' },
		stranger(),
	);
	for (const name of ['samuel', 'yamina'] as const) {
		const { id } = (await recoveriesToDecide(await as(name)))[0]!;
		await vouchFor(await as(name), { recovery: id, how: 'Au téléphone', sure: 'on' });
	}
	await scene(sql`delete from platform.mail`);
	await enterBy(thief, 'mathis.neuf@courrier.example');
	expect(await warnings('mathis.neuf@courrier.example')).toBe(1);
});

test('a pass made up, or of another account, is none', async () => {
	const shared = device();
	const { account } = await enterBy(shared, 'odile@rive.example');
	expect(openedBefore(account, shared.whence())).toBe(true);
	const mine = await enterBy(shared, 'noemie@rive.example');
	expect(shared.count()).toBe(2);
	expect([openedBefore(account, shared.whence()), openedBefore(mine.account, shared.whence())]).toEqual([
		true,
		true,
	]);
	expect(openedBefore(`${account}x`, shared.whence())).toBe(false);
	for (const pass of ['', '.', '..', 'a.b.c', 'a.b', '~~', null])
		expect([pass, openedBefore(account, stranger({ pass }))]).toEqual([pass, false]);
});

test('a request that is refused is told to the account’s own address, never to the one that was typed', async () => {
	await askRecovery(
		visitor,
		{ lost: 'tidiane@rive.example', email: 'quelquun@courrier.example', told: '' },
		stranger(),
	);
	const { id } = (await recoveriesToDecide(await as('fanny')))[0]!;
	await turnDown(await as('fanny'), { recovery: id, why: 'Ce n’est pas sa voix' });
	expect((await mailsTo('tidiane@rive.example')).at(-1)!.message.text).toContain('est refusée');
	expect(await mailsTo('quelquun@courrier.example')).toEqual([]);
});
