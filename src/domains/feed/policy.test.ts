import { beforeAll, describe, expect, test } from 'vitest';
import { read } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { members } from '#tests/matrix/who.ts';
import { type CastName, cast, idOf } from '#tests/party.ts';
import { as, outcome } from '#tests/stage.ts';
import { edit } from './edit.ts';
import { posts } from './policy.ts';
import { remove } from './remove.ts';
import { befriend, block, feedStage, hide, said, say, to } from './stage.fixture.ts';
import { thank } from './thank.ts';

feedStage();

const everybody = [...(Object.keys(cast) as CastName[]), 'visitor'] as const;
const network: CastName[] = [...members, 'mathis', 'lucien', 'tidiane'];
const ofVillebrume: CastName[] = ['odile', 'mathis', 'samuel', 'gerard', 'lucien'];
// Their office moderates the section, or a level above it.
const moderators: CastName[] = ['paulo', 'yamina', 'sabrina'];

async function whoSees(id: string): Promise<string[]> {
	const seen: string[] = [];
	for (const name of everybody) {
		const viewer = await as(name);
		const row = await read(viewer, (tx) =>
			tx.one(sql`select 1 as seen from feed.post where post.id = ${id}::uuid and ${posts.see(viewer)}`),
		);
		if (row) seen.push(name);
	}
	return seen;
}

describe('a post of Odile', () => {
	const ids: Record<string, string> = {};
	beforeAll(async () => {
		await befriend('odile', 'ines');
		const odile = await as('odile');
		ids.unit = await said(odile, 'À la section');
		for (const audience of ['public', 'network', 'members', 'friends'] as const)
			ids[audience] = await said(odile, audience, to(audience));
	});

	test.each([
		['unit', [...ofVillebrume, ...moderators]],
		['members', members],
		['network', network],
		['public', everybody],
		['friends', ['odile', 'ines']],
	])('said to %s is seen by those people and nobody else', async (audience, expected) => {
		expect((await whoSees(ids[audience]!)).toSorted()).toEqual([...expected].toSorted());
	});

	test('is seen by its author alone during the seconds to undo', async () => {
		const id = await say(await as('odile'), 'Pas encore');
		expect(await whoSees(id)).toEqual(['odile']);
	});

	test('hidden by moderation, is seen by its author alone', async () => {
		const id = await said(await as('odile'), 'À relire', to('public'));
		await hide('post', id);
		expect(await whoSees(id)).toEqual(['odile']);
	});

	test('removed, is seen by its author alone', async () => {
		const id = await said(await as('odile'), 'Une bêtise', to('public'));
		await remove(await as('odile'), id);
		expect(await whoSees(id)).toEqual(['odile']);
	});

	test('stops being seen, both ways, by somebody blocked', async () => {
		await block('gerard', 'odile');
		expect(await whoSees(ids.network!)).not.toContain('gerard');
		const answer = await said(await as('gerard'), 'Bonjour', to('network'));
		expect(await whoSees(answer)).not.toContain('odile');
	});

	test('without second factor, an office gives nothing', async () => {
		const yamina = await as('yamina', { factor: false });
		const row = await read(yamina, (tx) =>
			tx.one(sql`select 1 as seen from feed.post where post.id = ${ids.unit}::uuid and ${posts.see(yamina)}`),
		);
		expect(row).toBeUndefined();
	});
});

test('what a unit says reaches its people even if they blocked its secretary', async () => {
	await block('mathis', 'samuel');
	const id = await said(await as('samuel'), 'Réunion mardi', { as: idOf('villebrume') });
	expect(await whoSees(id)).toContain('mathis');
});

test('absent and forbidden look the same, seen and forbidden do not', async () => {
	const id = await said(await as('odile'), 'Entre nous');
	const ines = await as('ines');
	expect(await outcome(thank(ines, 'post', id))).toBe('NotFound');
	expect(await outcome(thank(ines, 'post', idOf('nothing')))).toBe('NotFound');
	expect(await outcome(edit(await as('lucien'), id, { text: 'Autre' }))).toBe('Forbidden');
	expect(await outcome(remove(await as('mathis'), id))).toBe('Forbidden');
	expect(await outcome(remove(await as('visitor'), id))).toBe('NotFound');
});

test('a moderator removes a post, and so does who speaks for the unit; a former secretary does not', async () => {
	const odile = await as('odile');
	expect(await outcome(remove(await as('paulo'), await said(odile, 'Un')))).toBeUndefined();
	const official = await said(await as('samuel'), 'Deux', { as: idOf('villebrume') });
	expect(await outcome(edit(await as('lucien'), official, { text: 'Non' }))).toBe('Forbidden');
	expect(await outcome(edit(await as('yamina'), official, { text: 'Corrigé' }))).toBeUndefined();
});
