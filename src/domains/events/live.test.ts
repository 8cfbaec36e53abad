import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, expect, test } from 'vitest';
import { parse } from '#platform/http/parse.ts';
import { drainJobs } from '#platform/jobs.ts';
import { createHub } from '#platform/live/hub.ts';
import { live } from '#registry.ts';
import type { CastName } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { answer } from './answer.ts';
import { filledFrom, toChange } from './answers.ts';
import { change } from './change.ts';
import { ChangeForm } from './input.ts';
import { inHours, planned, toldOf } from './stage.fixture.ts';

stage();
const hub = createHub(live);
afterAll(() => hub.close());
const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
	for (const end of opened.splice(0)) await end();
});

/** Somebody's open page, and how often it heard of events. */
async function follow(name: CastName) {
	const viewer = await as(name);
	const reader = (await hub.open(viewer, async () => viewer)).getReader();
	const seen = { all: '', times: 0 };
	void (async () => {
		for (let next = await reader.read(); !next.done; next = await reader.read()) {
			const text = new TextDecoder().decode(next.value);
			seen.all += text;
			seen.times += text.match(/event: events/g)?.length ?? 0;
		}
	})();
	opened.push(() => reader.cancel().catch(() => {}));
	return seen;
}
/** The form of the event, as its page fills it, with something else typed in it. */
async function changes(id: string, typed: Record<string, string>) {
	const samuel = await as('samuel');
	const page = filledFrom(await toChange(samuel, id));
	await change(samuel, id, parse(ChangeForm, { ...page, ...typed }));
	await drainJobs();
}
const until = async (isTrue: () => boolean) => {
	for (let n = 0; n < 100 && !isTrue(); n++) await pause(20);
	expect(isTrue()).toBe(true);
};

test('a new title reaches open pages, and nobody is noticed; another place is told too', async () => {
	// Fields of a form hold whole minutes.
	const startsAt = new Date(Math.ceil(inHours(72).getTime() / 60_000) * 60_000);
	const id = await planned({ visibility: 'network', startsAt });
	await answer(await as('odile'), id, { presence: 'coming', guests: 0 });
	await answer(await as('tidiane'), id, { presence: 'maybe', guests: 0 });
	await drainJobs();
	const [odile, tidiane, driss] = [await follow('odile'), await follow('tidiane'), await follow('driss')];
	await hub.renew();
	await changes(id, { title: 'mot-du-titre' });
	// Of the unit, or who answered from elsewhere; somebody of another unit hears nothing.
	await until(() => odile.times === 1 && tidiane.times === 1);
	expect(odile.all + tidiane.all).not.toMatch(/mot-du-titre|Samuel/);
	expect(driss.times).toBe(0);
	expect(await toldOf('event_changed', id)).toEqual([]);
	await changes(id, { place_name: 'Sous la halle' });
	await until(() => odile.times === 2);
	expect(await toldOf('event_changed', id)).toEqual(['odile', 'tidiane']);
	await changes(id, {});
	await pause(200);
	expect(odile.times).toBe(2);
});
