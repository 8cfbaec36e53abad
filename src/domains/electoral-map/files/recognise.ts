import type { Remark } from '../model.ts';
import { fold } from '../results/columns.ts';
import { layoutOf, type ResultsLayout } from '../results/layout.ts';
import { namesIn } from './names.ts';
import type { Given } from './open.ts';

/** What an administrator may load. */
export type Kind = 'results' | 'outlines' | 'addresses' | 'places' | 'iris' | 'census' | 'weights';

export type Recognised =
	| { kind: 'results'; layout: ResultsLayout; level: 'station' | 'constituency' }
	| { kind: Exclude<Kind, 'results'> }
	/** The remark names the columns found and those that each kind would have. */
	| { kind: null; remark: Remark };

/** What a file is, by the names it holds and never by its own. */
export function recognise(given: Given): Recognised {
	const names = namesIn(given);
	if (given.form !== 'table') return drawn(names);
	const folded = new Set(names.map((name) => fold(name).replaceAll(' ', '_')));
	const found = kinds.find(({ is }) => is(folded));
	if (found) return { kind: found.kind };
	const layout = layoutOf(given.table.header);
	return layout ? { kind: 'results', layout: layout.layout, level: layout.level } : unknown(names);
}

type Names = ReadonlySet<string>;

const some = (names: Names, ...known: string[]) => known.some((name) => names.has(name));

const stations = [
	'id_brut_bv_reu',
	'id_brut_reu',
	'code_bv',
	'id_bv',
	'codebureauvote',
	'bureau',
	'bv',
	'station',
];
const areas = ['iris', 'code_iris', 'dcomiris', 'codeiris', 'dcom_iris'];

// In this order: a table of weights has an IRIS too, and an INSEE base has communes.
const kinds: { kind: Exclude<Kind, 'results'>; is: (names: Names) => boolean }[] = [
	{
		kind: 'addresses',
		is: (names) =>
			some(names, 'id_brut_bv_reu', 'id_brut_reu') && some(names, 'longitude') && some(names, 'latitude'),
	},
	{
		kind: 'places',
		is: (names) =>
			some(names, 'id_brut_reu', 'id_brut_bv_reu', 'identifiant_du_bureau_de_vote') &&
			some(names, 'libelle_reu', 'libelle_du_bureau_de_vote') &&
			!some(names, 'inscrits'),
	},
	{
		kind: 'weights',
		is: (names) =>
			some(names, ...areas) &&
			some(names, ...stations) &&
			some(names, 'weight', 'poids', 'part', 'w', 'part_population', 'ratio'),
	},
	{
		kind: 'census',
		is: (names) => some(names, 'iris', 'codgeo', 'idcar_200m', 'ipondi') && !some(names, ...stations),
	},
];

/** Outlines: of IRIS or of communes (an IRIS that is not cut), else of stations. */
function drawn(names: string[]): Recognised {
	const plain = new Set(names.map((name) => name.toLowerCase()));
	if (some(plain, ...areas)) return { kind: 'iris' };
	const isOfStations = names.some((name) => /bv|bureau/i.test(name));
	if (isOfStations) return { kind: 'outlines' };
	const isOfCommunes =
		some(plain, 'insee_com', 'codgeo', 'code_insee', 'insee', 'depcom') ||
		(some(plain, 'code') && some(plain, 'nom', 'libelle'));
	return isOfCommunes ? { kind: 'iris' } : unknown(names);
}

const MOST_NAMES = 12;

function unknown(names: string[]): Recognised {
	const shown = names.slice(0, MOST_NAMES).join(', ');
	const found = names.length > MOST_NAMES ? `${shown}…` : shown;
	const key = found ? 'electoral-map.remark_unknown_file' : 'electoral-map.remark_unknown_file_empty';
	return { kind: null, remark: { key, args: { found, expected } } };
}

/** The least of each kind, as the publishers write it. */
const expected = [
	'Code de la commune + Code du b.vote + Inscrits + Votants + Exprimés',
	'codeBureauVote',
	'id_brut_bv_reu + longitude + latitude',
	'id_brut_reu + libelle_reu',
	'CODE_IRIS',
	'IRIS + P21_POP',
	'iris + bureau + weight',
].join(' · ');
