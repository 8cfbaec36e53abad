import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { parse } from '#platform/http/parse.ts';
import { drainJobs } from '#platform/jobs.ts';
import { openPages, until } from '#tests/follow.ts';
import { as, stage } from '#tests/stage.ts';
import { answer } from './answer.ts';
import { filledFrom, toChange } from './answers.ts';
import { change } from './change.ts';
import { ChangeForm } from './input.ts';
import { inHours, planned, toldOf } from './stage.fixture.ts';

stage();
const { hub, follow } = openPages('events');

/** The form of the event, as its page fills it, with something else typed in it. */
async function changes(id: string, typed: Record<string, string>) {
	const samuel = await as('samuel');
	const page = filledFrom(await toChange(samuel, id));
	await change(samuel, id, parse(ChangeForm, { ...page, ...typed }));
	await drainJobs();
}
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
