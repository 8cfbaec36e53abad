import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as v from 'valibot';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { journal, scene, told } from '#tests/traces.ts';
import { load } from '../loaded.fixture.ts';
import { type BlocsForm, keepBlocs, labelsOf } from './blocs.ts';
import { election, outlinesText, shelfAt } from './sent.fixture.ts';
import { shelf } from './shelf.ts';

stage();

const folder = mkdtempSync(join(tmpdir(), 'coopol-map-shelf-'));
const file = (name: string, text: string) => {
	const path = join(folder, name);
	writeFileSync(path, text);
	return path;
};

let yamina: Browser;
beforeAll(async () => {
	yamina = await browser('yamina');
});
beforeEach(() =>
	scene(
		sql`delete from platform.bucket`,
		sql`delete from electoral_map.source`,
		sql`delete from electoral_map.sending`,
		sql`delete from electoral_map.nuance`,
	),
);

const ring = [
	[5.35, 45.95],
	[5.36, 45.95],
	[5.36, 45.96],
	[5.35, 45.96],
	[5.35, 45.95],
];
const iris = JSON.stringify({
	type: 'FeatureCollection',
	features: [
		{
			type: 'Feature',
			properties: { CODE_IRIS: '010040101' },
			geometry: { type: 'Polygon', coordinates: [ring] },
		},
	],
});
const counted = 'departement,commune,bureau,inscrits,votants,blancs,exprimes';
/** Candidates with their nuance, as data.gouv gives them in one table. */
const byNuance = [
	'Code du département;Code de la commune;Code du b.vote;Inscrits;Votants;Blancs;Nuls;Exprimés;N°Panneau;Sexe;Nom;Prénom;Nuance;Voix',
	'01;004;0001;300;200;0;0;200;1;M;ARMAND;Camille;UG;90;2;F;BESSE;Dominique;RN;70;3;F;CAYLA;Maxime;DVC;40',
].join('\n');
const addresses = [
	'code_commune_ref;id_brut_bv_reu;geo_type;geo_score;longitude;latitude;nb_adresses',
	'01004;01004_1;housenumber;0.9;5.355;45.955;3',
].join('\n');

const kinds = {
	outlines: () => load('outlines', file('bureaux-2022.geojson', outlinesText(['0001']))),
	iris: () => load('iris', file('iris-2022.geojson', iris)),
	census: () => load('census', file('base-2021.csv', 'IRIS;P21_POP\n010040101;10\n')),
	results: () =>
		load('results', file('r.csv', `${counted},DUPONT,DURAND\n01,004,1,100,50,0,50,20,30\n`), { election }),
	weights: () => load('weights', file('poids-2022.csv', 'iris;bureau;poids\n010040101;1;1\n')),
	addresses: () => load('addresses', file('reu-2022.csv', addresses)),
};
const missing = async () => (await shelf(await as('yamina'))).missing;

describe('what the map still waits for', () => {
	test('all four kinds at first; each that comes in is no longer asked for', async () => {
		expect(await missing()).toEqual(['outlines', 'iris', 'census', 'results']);
		expect((await yamina.get(shelfAt)).main).toContain('Il manque les contours des IRIS');
		for (const [kind, left] of [
			['outlines', ['iris', 'census', 'results']],
			['iris', ['census', 'results']],
			['census', ['results']],
			['results', []],
		] as const) {
			expect((await kinds[kind]()).problems).toEqual([]);
			expect(await missing()).toEqual(left);
		}
		const { main } = await yamina.get(shelfAt);
		expect(main).toContain('Rien ne manque : chaque sorte de fichier est là.');
	}, 60_000);

	test('a table of weights stands for the outlines of IRIS', async () => {
		expect((await kinds.weights()).problems).toEqual([]);
		expect(await missing()).toEqual(['outlines', 'census', 'results']);
	});

	test('addresses stand for outlines of stations', async () => {
		expect((await kinds.addresses()).problems).toEqual([]);
		expect(await missing()).toEqual(['iris', 'census', 'results']);
	});

	test('a version that is past is asked for again', async () => {
		const { source } = await kinds.census();
		await scene(sql`update electoral_map.source set state = 'past' where id = ${source}::uuid`);
		expect(await missing()).toContain('census');
	});

	test('who loads nothing learns nothing of it', async () => {
		for (const name of ['odile', 'samuel', 'visitor'] as const)
			expect([name, await outcome(shelf(await as(name)))]).toEqual([name, 'NotFound']);
	});

	test('a second proof that is old keeps the shelf closed', async () => {
		const weak = await browser('yamina', { factor: false });
		expect((await weak.get(shelfAt)).to).toContain('/compte/verification');
	});
});

describe('what is held', () => {
	test('each version with its kind, its round, its file and its figures, in one list', async () => {
		await kinds.results();
		await kinds.outlines();
		const { held, elections } = await shelf(await as('yamina'));
		expect(elections).toEqual([election]);
		expect(held.map(({ kind, file: name, state, by }) => [kind, name, state, by])).toEqual([
			['outlines', 'bureaux-2022.geojson', 'current', ''],
			['results', 'r.csv', 'current', ''],
		]);
		const { main } = await yamina.get(shelfAt);
		expect(main).toContain('Contours des bureaux · 2022');
		expect(main).toContain(`Résultats par bureau · ${election}`);
	});

	test('a file that was refused is not one of them', async () => {
		const { problems } = await load('results', file('r.csv', `${counted}\n01,004,1,many,1,0,1\n`), {
			election,
		});
		expect(problems.length).toBeGreaterThan(0);
		expect((await shelf(await as('yamina'))).held).toEqual([]);
	});

	test('programs read the same list, and cannot put back what is no past version', async () => {
		const { source } = await kinds.results();
		const { sources } = JSON.parse((await yamina.send('GET', '/api/v1/map/sources')).html);
		expect(sources.map(({ id, state }: { id: string; state: string }) => [id, state])).toEqual([
			[source, 'current'],
		]);
		const before = (await journal('electoral-map.restore')).length;
		const answers = [];
		for (const id of [source, '00000000-0000-7000-8000-000000000000', 'nothing'])
			answers.push((await yamina.send('POST', `/api/v1/map/sources/${id}/restore`, {})).status);
		expect(answers.every((status) => status >= 400 && status < 500)).toBe(true);
		expect((await journal('electoral-map.restore')).length).toBe(before);
		const odile = await browser('odile');
		expect((await odile.send('GET', '/api/v1/map/sources')).status).toBe(404);
	});
});

describe('labels and families', () => {
	const labels = async () =>
		Object.fromEntries(
			(await labelsOf(await as('yamina'), election)).map(({ label, family }) => [label, family]),
		);
	type Kept = Pick<v.InferOutput<typeof BlocsForm>, 'label' | 'bloc'>;
	const keep = async (said: Kept, round = election) =>
		keepBlocs(await as('yamina'), { election: round, ...said });

	beforeEach(async () => {
		const { problems } = await load('results', file('n.csv', byNuance), { election });
		expect(problems).toEqual([]);
	});

	test('each nuance is placed as the house has it, those with most votes first', async () => {
		const found = await labelsOf(await as('yamina'), election);
		expect(found.map(({ label, votes, usual }) => [label, votes, usual])).toEqual([
			['UG', 90, 'left'],
			['RN', 70, 'far_right'],
			['DVC', 40, 'centre'],
		]);
	});

	test('what the organisation says goes first; said again as usual, it is no longer kept', async () => {
		await keep({ label: ['UG', 'DVC'], bloc: ['ours', 'left'] });
		expect(await labels()).toEqual({ UG: 'ours', RN: 'far_right', DVC: 'left' });
		await keep({ label: ['UG', 'DVC'], bloc: ['left', ''] });
		expect(await labels()).toEqual({ UG: 'left', RN: 'far_right', DVC: 'centre' });
		expect(await asSystem('test', (tx) => tx.many(sql`select label from electoral_map.nuance`))).toEqual([]);
	});

	test('what is said of every round gives way to what is said of this one', async () => {
		await scene(sql`insert into electoral_map.nuance (election, label, bloc) values ('', 'DVC', 'ours')`);
		expect((await labels()).DVC).toBe('ours');
		await keep({ label: ['DVC'], bloc: ['right'] });
		expect((await labels()).DVC).toBe('right');
	});

	test('a label that no candidate has, and a round that is not loaded, are nothing to keep', async () => {
		await keep({ label: ['PARTI DE LA LUNE'], bloc: ['ours'] });
		expect(await asSystem('test', (tx) => tx.many(sql`select label from electoral_map.nuance`))).toEqual([]);
		expect(await told(keep({ label: ['UG'], bloc: ['ours'] }, '1999_euro_t1'))).toBe('NotFound');
	});

	test('two officers at once: the last word counts, and both are in the journal', async () => {
		const before = (await journal('electoral-map.blocs')).length;
		await Promise.all([
			keep({ label: ['UG'], bloc: ['ours'] }),
			keep({ label: ['UG'], bloc: ['right'] }),
			keep({ label: ['RN'], bloc: ['other'] }),
		]);
		const found = await labels();
		expect(['ours', 'right']).toContain(found.UG);
		expect(found.RN).toBe('other');
		expect((await journal('electoral-map.blocs')).length).toBe(before + 3);
	});

	test('who loads nothing says nothing of families', async () => {
		const samuel = await as('samuel');
		expect(await told(keepBlocs(samuel, { election, label: ['UG'], bloc: ['ours'] }))).toBe('NotFound');
		expect(await outcome(labelsOf(samuel, election))).toBe('NotFound');
	});
});
