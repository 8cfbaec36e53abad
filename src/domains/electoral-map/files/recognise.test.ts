import { describe, expect, test } from 'vitest';
import { realDataMissing } from '../real.fixture.ts';
import { givenOf, realGiven } from './given.fixture.ts';
import { recognise } from './recognise.ts';

const kindOf = async (source: string) => recognise(await givenOf(source));

const feature = (properties: object) =>
	JSON.stringify({
		type: 'FeatureCollection',
		crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:OGC:1.3:CRS84' } },
		features: [{ type: 'Feature', geometry: null, properties }],
	});

describe('a file is known by what it holds', () => {
	const files: [string, string, string][] = [
		['outlines of stations', 'outlines', feature({ codeBureauVote: '95002_0001', nomCommune: 'A } "b"' })],
		['outlines of a city portal', 'outlines', feature({ num_bv: 12 })],
		['outlines of IRIS', 'iris', feature({ INSEE_COM: '59350', CODE_IRIS: '593500101' })],
		['outlines of communes', 'iris', feature({ code: '04001', nom: 'Aiglun' })],
		['weights', 'weights', 'iris,bureau,weight,area_m2\n751010101,75056_0101,0.5,12\n'],
		['an INSEE base after 2022', 'census', 'IRIS;COM;C22_POP15P_STAT_GSEC32\n751010101;75101;1\n'],
		['people by sector', 'census', 'COMMUNE;ARM;IRIS;NA17;IPONDI\n75056;75101;751010101;AZ;2,5\n'],
		[
			'voting places of the register',
			'places',
			'id_brut_miom,id_brut_reu,code_commune,libelle_reu,address\n29039_0001,29039_1,29039,MAIRIE,1 RUE DU PORT\n',
		],
		[
			'addresses of the register',
			'addresses',
			'code_commune_ref,id_brut_bv_reu,longitude,latitude\n29039,29039_1,-3.9,47.8\n',
		],
	];
	test.each(files)('%s: %s', async (_, kind, source) => expect((await kindOf(source)).kind).toBe(kind));

	test('what nobody knows is answered with the columns found and those expected', async () => {
		const found = await kindOf('Nom;Adresse;Téléphone\na;b;c\n');
		expect(found).toMatchObject({ kind: null, remark: { key: 'electoral-map.remark_unknown_file' } });
		expect(found.kind === null && found.remark.args).toMatchObject({
			found: 'Nom, Adresse, Téléphone',
			expected: expect.stringContaining('Code du b.vote'),
		});
		expect(await kindOf(feature({ theme: 'parks' }))).toMatchObject({ remark: { args: { found: 'theme' } } });
		expect(await kindOf('{"a":1}')).toMatchObject({
			remark: { key: 'electoral-map.remark_unknown_file_empty' },
		});
	});
});

describe.skipIf(realDataMissing)('the real files', () => {
	const station = (layout: string) => ({ kind: 'results', layout, level: 'station' });
	const files: [string, object][] = [
		['formats/2017-legislatives-2_extrait_A-ministere-txt-cp1252.txt', station('unnamed')],
		['formats/2017-legislatives-2_extrait_B-ministere-csv-2024.csv', station('numbered')],
		['formats/2017-legislatives-2_extrait_C-datagouv-general_results.csv', station('general')],
		['formats/2017-legislatives-2_extrait_C-datagouv-candidats_results.csv', station('candidates')],
		['france/2019-europeennes_par_bureau_large.csv.gz', station('wide')],
		['france/2017-legislatives-2_par_bureau_long.csv.gz', station('long')],
		[
			'formats/2024-legislatives-1_par_circonscription_ministere.xlsx',
			{ ...station('numbered'), level: 'constituency' },
		],
		['paris/bureaux-contours-2012.geojson.gz', { kind: 'outlines' }],
		['paris/bureaux-contours-2017.geojson.gz', { kind: 'outlines' }],
		['alpes-de-haute-provence/bureaux-contours-2022.geojson.gz', { kind: 'outlines' }],
		['paris/iris-contours-2013.geojson.gz', { kind: 'iris' }],
		['paris/iris-contours-2013-lambert93-shp.zip', { kind: 'iris' }],
		['lille-iris/iris-contours-2019.geojson.gz', { kind: 'iris' }],
		['finistere-reu/communes-contours.geojson.gz', { kind: 'iris' }],
		['finistere-reu/reu-adresses-bureaux.csv.gz', { kind: 'addresses' }],
		['lille-iris/base-ic-evol-struct-pop-2019.csv.gz', { kind: 'census' }],
		['paris/base-ic-activite-residents-2016.csv.gz', { kind: 'census' }],
		['paris/base-ic-evol-struct-pop-2011-cs8.csv', { kind: 'census' }],
		['alpes-de-haute-provence/csp-activite-25-54-par-commune-2011.csv', { kind: 'census' }],
		['paris/lieux-de-vote-adresses.csv.gz', { kind: 'places' }],
		['france/2024-legislatives-1_bureaux-points-100m.csv.gz', { kind: null }],
	];
	test.each(files)('%s', async (path, kind) => expect(recognise(await realGiven(path))).toMatchObject(kind));
});
