import { setTimeout as pause } from 'node:timers/promises';
import { beforeEach, expect, test } from 'vitest';
import * as friends from '#domains/friends/index.ts';
import { openPages, until } from '#tests/follow.ts';
import { idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { markRead } from './index.ts';
import { clear, says, writes } from './messages.fixture.ts';

stage();
beforeEach(clear);
const { hub, follow } = openPages('messages');

test('an open page hears that something was written, and that it was read; neither a word nor a name, and nobody else hears', async () => {
	const id = await writes('odile', 'samuel', 'Un');
	const [odile, samuel, mathis] = [await follow('odile'), await follow('samuel'), await follow('mathis')];
	// Each stream has said what it follows.
	await hub.renew();
	await says('odile', id, 'mot-entendu');
	await until(() => samuel.times === 1);
	const before = odile.times;
	await markRead(await as('samuel'), id);
	await until(() => odile.times > before);
	expect(mathis.times).toBe(0);
	expect(samuel.all).not.toMatch(/mot-entendu|Odile/);
	expect(samuel.all).not.toContain(idOf('odile'));
	// Read already: opening again tells nobody, or two open pages would answer each other for ever.
	const settled = odile.times;
	await markRead(await as('samuel'), id);
	await pause(300);
	expect(odile.times).toBe(settled);
});

test('who blocked somebody hears nothing of what they write', async () => {
	const id = await writes('odile', 'samuel', 'Un');
	await friends.block(await as('samuel'), idOf('odile'));
	const [odile, samuel] = [await follow('odile'), await follow('samuel')];
	await hub.renew();
	await says('odile', id, 'Deux');
	await pause(400);
	expect(samuel.times).toBe(0);
	expect(odile.all).not.toContain(idOf('samuel'));
});
