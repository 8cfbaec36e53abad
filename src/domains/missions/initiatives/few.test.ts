import { beforeAll, describe, expect, test } from 'vitest';
import type { Viewer } from '#platform/viewer.ts';
import { idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { refused } from '#tests/traces.ts';
import { closeIdea, propose } from './propose.ts';

stage();

let odile: Viewer;
let samuel: Viewer;
beforeAll(async () => {
	[odile, samuel] = [await as('odile'), await as('samuel')];
});
const why = (work: () => Promise<unknown>) => refused(['missions.initiative', 'missions.teammate'], work);

describe('an idea', () => {
	const idea = (rest = {}) => ({
		unit: idOf('villebrume'),
		title: 'Un verger au stade',
		text: 'Vingt pommiers.',
		audience: 'unit' as const,
		...rest,
	});

	test('is one of five of one’s own; one closed makes room, and the unit’s do not count', async () => {
		const ids: string[] = [];
		for (let n = 0; n < 5; n++) ids.push(await propose(odile, idea()));
		expect(await why(() => propose(odile, idea()))).toBe('Invalid: missions.ideas_too_many');
		await closeIdea(odile, ids[0]!);
		await propose(odile, idea());
		for (let n = 0; n < 6; n++) await propose(samuel, idea({ official: 'on' }));
	});
});
