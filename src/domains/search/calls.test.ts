import { beforeAll, expect, test } from 'vitest';
import { petition, propose } from '#domains/missions/index.ts';
import { sql } from '#platform/sql.ts';
import { browser } from '#tests/browse.ts';
import { type CastName, cast, idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { search } from './index.ts';

stage();

const names = Object.keys(cast) as CastName[];
beforeAll(async () => {
	const odile = await as('odile');
	const unit = idOf('villebrume');
	await propose(odile, { unit, title: 'Un clavecin pour le marché', text: 'À deux.', audience: 'unit' });
	const hidden = await propose(odile, { unit, title: 'Un clavecin caché', text: 'x', audience: 'network' });
	const asked = { unit, addressed_to: 'À la préfète', text: 'Du pain.' };
	await petition.launch(odile, { ...asked, title: 'Des clavecins à l’école' });
	await scene(sql`insert into safety.hidden (kind, subject_id, place_id, decision_id)
		values ('initiative', ${hidden}, ${hidden}, ${idOf('a decision')})`);
	await scene(
		sql`insert into safety.block (person_id, blocked_id) values (${idOf('lucien')}, ${idOf('odile')})`,
	);
});

/** Who of the cast finds at least one, and how many. */
async function finders(kind: 'initiatives' | 'petitions'): Promise<Record<string, number>> {
	const found: Record<string, number> = {};
	for (const name of names) {
		const list = (await search(await as(name), 'CLAVECIN'))[kind];
		if (list.length) found[name] = list.length;
	}
	return found;
}
const once = (some: CastName[]) => Object.fromEntries(some.map((name) => [name, 1]));

test('ideas are found by whoever reads them, and by nobody else', async () => {
	const readers = names.filter(
		(name) => cast[name].unit === 'villebrume' && !['lucien', 'awa', 'thibaud', 'josiane'].includes(name),
	);
	const officers: CastName[] = ['samuel', 'yamina', 'leontine', 'sabrina', 'paulo'];
	// Hidden by moderation, the second one is its author's.
	expect(await finders('initiatives')).toEqual({ ...once([...readers, ...officers]), odile: 2 });
});

test('petitions are public: whoever is in the network finds them, but who is apart from their author', async () => {
	const away = ['lucien', 'awa', 'thibaud', 'josiane'];
	expect(await finders('petitions')).toEqual(once(names.filter((name) => !away.includes(name))));
	expect((await search(await as('visitor'), 'clavecin')).petitions).toEqual([]);
});

test('whom a petition is for is found too, accents or not; the page leads to both kinds', async () => {
	expect((await search(await as('ines'), 'prefete')).petitions).toHaveLength(1);
	const page = await (await browser('mathis')).get('/recherche?q=clavecin');
	expect(page.main).toMatch(/Initiatives.*Un clavecin pour le marché.*Pétitions.*Des clavecins/s);
	const within = await (await browser('mathis')).get('/recherche?q=clavecin&dans=petitions');
	expect(within.main).not.toContain('Un clavecin pour le marché');
});
