import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { house, wordsOf } from '#platform/house.ts';
import { sql } from '#platform/sql.ts';
import { sayingFew } from '#platform/wording/few.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { as, stage } from '#tests/stage.ts';
import { villebrume } from '../../../../bin/demo/ground.ts';
import type { Asked, Criterion } from '../measures/criteria.ts';
import { cover, layTowns } from '../sheet/towns.fixture.ts';
import { drawsFrom } from '../transfers/draws.ts';
import { criterionName } from './asked.ts';
import { explore } from './explore.ts';
import { answering } from './moved.ts';
import { pictureStyle } from './picture.ts';
import { stationSaid } from './station-said.ts';
import type { ToMove } from './to-move.ts';
import { shown } from './view.ts';

stage();

let odile: Browser;
beforeAll(async () => {
	await layTowns(villebrume());
	await cover('villebrume', 'X01001');
	odile = await browser('odile');
});

const figures = async () =>
	JSON.parse((await odile.get('/carte/chiffres.json?ou=X01001&but=reunion')).html) as ToMove;

describe('figures given once to the browser', () => {
	test('answer any criteria and weights as a page of the server does: ranks, classes, reasons, words', async () => {
		const { told, words, ...given } = await figures();
		const ask = answering(given);
		const saying = sayingFew(words);
		const draw = drawsFrom(11);
		const pick = <T>(from: readonly T[]) => from[Math.floor(draw() * from.length)] as T;
		for (let n = 0; n < 40; n++) {
			const criteria = [0, 1].map(
				(): Criterion => ({
					asked: pick(given.choices) as Asked,
					toward: pick(['high', 'low']),
					weight: 1 + Math.floor(draw() * 5),
				}),
			);
			const question = { at: 'X01001', goal: told.goal, criteria, election: null, sort: 'rank' as const };
			const page = await explore(await as('odile'), question);
			const own = ask(told.goal, criteria);
			const about = criteria.map(criterionName).join(' ');
			expect([about, own.criteria]).toEqual([about, page.criteria]);
			expect([about, own.sizes, own.withheld]).toEqual([about, page.sizes, page.withheld]);
			expect([about, own.lines]).toEqual([about, page.lines]);
			const seen = shown(wordsOf(await house(), 'fr'), page).stations;
			const said = own.lines.map((line) => stationSaid(saying, line, { ...told, criteria: own.criteria }));
			expect(said.map(({ facts, why, spoken }) => ({ facts, why, spoken }))).toEqual(
				seen.map(({ facts, why, spoken }) => ({ facts, why, spoken })),
			);
		}
	});

	test('hold nothing of what is too small to be shown', async () => {
		const change = (by: string) =>
			asSystem('test', (tx) =>
				tx.run(sql`update electoral_map.census_row
					set values = array(select one ${sql.raw(by)} from unnest(values) as one)`),
			);
		await change('/ 40');
		const { themes } = await figures();
		await change('* 40');
		expect(Object.keys(themes).length).toBeGreaterThan(5);
		for (const { count, of, margin } of Object.values(themes))
			expect([...count, ...of, ...margin].every((one) => one === null)).toBe(true);
	});

	test('are for who may look at that ground, and kept by nobody else', async () => {
		const path = '/carte/chiffres.json?ou=X01001';
		expect((await odile.get(path)).headers.get('cache-control')).toBe('private, max-age=300');
		for (const name of ['ines', 'mathis'] as const)
			expect((await (await browser(name)).get(path)).status).toBe(404);
		expect((await odile.get('/carte/chiffres.json?ou=X01002')).status).toBe(404);
	});
});

test('the picture is the drawing with its title, its sources, and that figures are estimates', async () => {
	const page = await odile.get('/carte.png?ou=X01001');
	expect([page.status, page.headers.get('content-type')]).toEqual([200, 'image/png']);
	expect((await (await browser('ines')).get('/carte.png?ou=X01001')).status).toBe(404);
	const sheet = readFileSync('src/ui/styles/components/ground-map.css', 'utf8');
	for (const [, cell = '', colour = ''] of sheet.matchAll(/--class-(\d): (#[0-9a-f]{6})/g))
		expect(pictureStyle).toMatch(new RegExp(`\\.(cell|plain)-${cell} \\{ fill: ${colour}; \\}`));
});
