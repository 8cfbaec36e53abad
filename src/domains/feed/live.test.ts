import { beforeAll, expect, test } from 'vitest';
import { heardBy } from '#platform/live/heard.fixture.ts';
import { idOf } from '#tests/party.ts';
import { as } from '#tests/stage.ts';
import { channelsOf, newPosts } from './live.ts';
import { befriend, feedStage } from './stage.fixture.ts';

feedStage();
beforeAll(() => befriend('odile', 'ines'));

const post = (audience: string, more: Partial<Parameters<typeof channelsOf>[0]> = {}) =>
	channelsOf({ byId: idOf('ines'), asUnitId: null, unitId: idOf('montclairval'), audience, ...more });
const hears = async (name: Parameters<typeof as>[0], channels: string[]) => {
	const { channels: own } = await heardBy(await as(name), newPosts);
	return channels.filter((channel) => own.includes(channel)).length > 0;
};

test('a friend hears what is said to friends, to the network and to members, wherever it was said', async () => {
	for (const audience of ['friends', 'network', 'members', 'public'])
		expect(await hears('odile', post(audience))).toBe(true);
	expect(await hears('samuel', post('network'))).toBe(false);
	expect(await hears('samuel', post('friends', { unitId: null }))).toBe(false);
});

test('what a friend says to a unit of theirs, or in its name, is not for their friends elsewhere', async () => {
	expect(await hears('odile', post('unit'))).toBe(false);
	expect(await hears('odile', post('network', { asUnitId: idOf('montclairval') }))).toBe(false);
});

test('words for members are not heard of by who is not one', async () => {
	await befriend('mathis', 'ines');
	expect(await hears('mathis', post('network'))).toBe(true);
	expect(await hears('mathis', post('members'))).toBe(false);
});
