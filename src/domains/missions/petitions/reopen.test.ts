import { beforeEach, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { journal, scene } from '#tests/traces.ts';
import { launch, reopen, settle } from './launch.ts';
import { showPetition } from './read.ts';
import { signAsMember } from './sign.ts';

stage();

const said = { title: 'Un bus le dimanche', addressed_to: 'Aux transports', text: 'Il faut un bus.' };
const launched = async (who: CastName, more = {}) =>
	launch(await as(who), { unit: idOf('villebrume'), ...said, ...more });
const seen = async (who: CastName | 'visitor', id: string) => showPetition(await as(who), id);

beforeEach(() => scene(sql`delete from platform.bucket`, sql`delete from missions.petition`));

describe('closed by mistake', () => {
	test('it is opened again by one button, its signatures are there, and what was typed comes back to its field', async () => {
		const id = await launched('odile');
		await signAsMember(await as('gerard'), id);
		const odile = await browser('odile');
		const closed = await odile.through(`/petitions/${id}?/settle`, { result: 'Le bus roulera.' });
		expect(closed.html).toContain(`action="/petitions/${id}?/reopen"`);
		expect(closed.main).toContain('Le bus roulera.');
		const again = await odile.through(`/petitions/${id}?/reopen`);
		expect(again.text).toContain('La pétition est rouverte.');
		expect(again.field('result')).toBe('Le bus roulera.');
		expect(await seen('visitor', id)).toMatchObject({ state: 'open', signed: 1, outcome: '' });
		expect((await (await browser('mathis')).get(`/petitions/${id}`)).main).not.toContain('Le bus roulera.');
		await signAsMember(await as('mathis'), id);
		expect((await seen('odile', id)).signed).toBe(2);
	});

	test('for ten minutes, by who leads it; then the page offers it no more', async () => {
		const id = await launched('samuel', { official: 'on' });
		await settle(await as('samuel'), id, { result: '' });
		expect(await outcome(reopen(await as('odile'), id))).toBe('Forbidden');
		expect(await outcome(reopen(await as('visitor'), id))).toBe('Forbidden');
		const samuel = await browser('samuel');
		expect((await samuel.get(`/petitions/${id}`)).main).toContain('Rouvrir la pétition');
		await asSystem('test', (tx) =>
			tx.run(sql`update missions.petition set closed_at = now() - interval '10 minutes 1 second'`),
		);
		expect((await samuel.get(`/petitions/${id}`)).main).not.toContain('Rouvrir la pétition');
		expect((await samuel.post(`/petitions/${id}?/reopen`)).status).toBe(403);
		expect((await seen('visitor', id)).state).toBe('closed');
	});

	test('one that is open is not opened; at once with a closing, it ends as one of the two', async () => {
		const id = await launched('odile');
		expect(await outcome(reopen(await as('odile'), id))).toBe('Forbidden');
		await settle(await as('odile'), id, { result: 'Fini' });
		const [one, other] = await Promise.all([
			outcome(reopen(await as('odile'), id)),
			outcome(reopen(await as('samuel'), id)),
		]);
		expect([one, other].toSorted()).toEqual(['Forbidden', undefined]);
		expect((await seen('visitor', id)).state).toBe('open');
	});

	test('three of one’s own stay the most: another launched meanwhile keeps this one closed', async () => {
		const ids = [await launched('odile'), await launched('odile'), await launched('odile')];
		await settle(await as('odile'), ids[0]!, { result: '' });
		await launched('odile');
		const page = await (await browser('odile')).post(`/petitions/${ids[0]}?/reopen`);
		expect(page.form!.problems).toEqual([' missions.petitions_too_many']);
		expect(page.main).toContain('Tu as déjà 3 pétitions ouvertes');
		expect((await seen('odile', ids[0]!)).state).toBe('closed');
	});

	test('by an office, it is in the journal; by its author, it is not', async () => {
		const [official, own] = [await launched('samuel', { official: 'on' }), await launched('odile')];
		for (const [who, id] of [
			['samuel', official],
			['odile', own],
		] as const) {
			await settle(await as(who), id, { result: '' });
			await reopen(await as(who), id);
		}
		const lines = (await journal('missions.reopen_petition')).map(({ actor, subject }) => [actor, subject]);
		expect(lines.filter(([, subject]) => subject === official || subject === own)).toEqual([
			[idOf('samuel'), official],
		]);
	});
});
