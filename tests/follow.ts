import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, expect } from 'vitest';
import { createHub } from '#platform/live/hub.ts';
import type { Viewer } from '#platform/viewer.ts';
import { live } from '#registry.ts';
import type { CastName } from './party.ts';
import { as } from './stage.ts';

/** Open pages of the cast, as the live stream serves them: what each heard, and how often of this topic. */
export function openPages(topic: string) {
	const holders: Viewer[] = [];
	const hub = createHub(live, async (secrets) => secrets.map((secret) => holders[Number(secret)]!));
	afterAll(() => hub.close());
	const opened: (() => Promise<void>)[] = [];
	afterEach(async () => {
		for (const end of opened.splice(0)) await end();
	});
	return {
		hub,
		async follow(name: CastName) {
			const viewer = await as(name);
			const secret = String(holders.push(viewer) - 1);
			const reader = (await hub.open(viewer, secret)).getReader();
			const seen = { all: '', times: 0 };
			void (async () => {
				for (let next = await reader.read(); !next.done; next = await reader.read()) {
					const text = new TextDecoder().decode(next.value);
					seen.all += text;
					seen.times += text.split(`event: ${topic}\n`).length - 1;
				}
			})();
			opened.push(() => reader.cancel().catch(() => {}));
			return seen;
		},
	};
}

/** Waits two seconds at most until it is so. */
export async function until(isTrue: () => boolean): Promise<void> {
	for (let n = 0; n < 100 && !isTrue(); n++) await pause(20);
	expect(isTrue()).toBe(true);
}
