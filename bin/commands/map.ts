import { existsSync } from 'node:fs';
import type { Kind } from '#domains/electoral-map/index.ts';
import { command, Misuse } from './command.ts';
import { kept } from './map-kept.ts';
import { csv, joined, lineOf, refreshed, said, sentence } from './map-says.ts';

type Options = Record<string, string | boolean | undefined>;

/** An option that holds a text; Misuse when it must be there and is not. */
function text(options: Options, name: string): string {
	const value = options[name];
	if (typeof value !== 'string' || value === '') throw new Misuse(`add --${name} VALUE`);
	return value;
}
const maybe = (options: Options, name: string) =>
	typeof options[name] === 'string' ? String(options[name]) : undefined;

const kinds: Kind[] = ['outlines', 'addresses', 'places', 'iris', 'census', 'results', 'weights'];

function kindOf(word: string | undefined): Kind {
	const kind = kinds.find((known) => known === word);
	if (!kind) throw new Misuse(`KIND is one of: ${kinds.join(', ')}`);
	return kind;
}

const importing = command({
	path: ['map', 'import'],
	operands: ['KIND', 'FILE…'],
	options: { vintage: { type: 'string' }, election: { type: 'string' } },
	summary: 'load files of the electoral map; weights and estimates follow',
	notes: `KIND: ${kinds.join(', ')}. Files: as published, also .gz, .zip, .xlsx; each replaces what it covers, or nothing when it is refused.
--vintage: year of the outlines, addresses or IRIS; else found in the file’s name. For results, of the outlines they were counted on.
--election: such as 2017_pres_t1, when the file does not say it.`,
	run: async ([word, ...paths], options) => {
		const kind = kindOf(word);
		for (const path of paths) if (!existsSync(path)) throw new Misuse(`no such file: ${path}`);
		const { importFiles, refresh } = await import('#domains/electoral-map/index.ts');
		const asked = { kind, paths, vintage: maybe(options, 'vintage'), election: maybe(options, 'election') };
		const onProgress = ({
			file,
			step,
			done,
			total,
		}: {
			file: string;
			step: string;
			done: number;
			total: number;
		}) => console.error(`${file || 'all'}: ${step}${total ? ` ${done} / ${total}` : ''}`);
		const files = await importFiles(null, { ...asked, onProgress });
		const loaded = files.some(({ source }) => source);
		const after = loaded ? await refresh(onProgress) : null;
		return { ok: files.every(({ source }) => source), files, refreshed: after };
	},
	say: ({ files, refreshed: after }) => [...files.map(lineOf), ...(after ? refreshed(after) : [])].join('\n'),
});

const estimates = command({
	path: ['map', 'estimates'],
	operands: [],
	options: {
		commune: { type: 'string' },
		vintage: { type: 'string' },
		columns: { type: 'string' },
		csv: { type: 'boolean' },
	},
	summary: 'print figures of the census estimated by polling station',
	notes:
		'--commune: INSEE code, such as 75056. --vintage: of the stations. --columns: names of INSEE, with commas. Counts only: estimates of ours, not figures of INSEE.',
	run: async (_, options) => {
		const columns = text(options, 'columns').split(',').filter(Boolean);
		const place = { commune: text(options, 'commune'), vintage: text(options, 'vintage') };
		const { estimatesOf } = await import('#domains/electoral-map/index.ts');
		return { ok: true, ...place, columns, stations: await said(estimatesOf(place, columns)) };
	},
	say: ({ columns, stations }) =>
		csv(
			['bureau', ...columns, 'quality'],
			stations.map(({ key, values, quality }) => [
				key,
				...columns.map((_, at) => (Number.isNaN(values[at]) ? null : (values[at] ?? null))),
				quality,
			]),
		),
});

const weights = command({
	path: ['map', 'weights'],
	operands: [],
	options: { commune: { type: 'string' }, vintage: { type: 'string' }, csv: { type: 'boolean' } },
	summary: 'print how the IRIS of a commune are shared out among its polling stations',
	notes:
		'The parts of one IRIS add up to one. No area where addresses decided, or where a commune has one station.',
	run: async (_, options) => {
		const place = { commune: text(options, 'commune'), vintage: text(options, 'vintage') };
		const { weightsOf } = await import('#domains/electoral-map/index.ts');
		return { ok: true, ...place, weights: await said(weightsOf(place)) };
	},
	say: (result) =>
		csv(
			['iris', 'bureau', 'weight', 'area_m2'],
			result.weights.map(({ iris, key, weight, area }) => [iris, key, weight, area]),
		),
});

const join = command({
	path: ['map', 'join'],
	operands: [],
	options: { election: { type: 'string' }, vintage: { type: 'string' }, commune: { type: 'string' } },
	summary: 'say which results of an election have a ground among the outlines of a vintage',
	notes: 'Without --vintage, the outlines that fit best. Only in departments that have outlines.',
	run: async (_, options) => {
		const election = text(options, 'election');
		const { joinOf } = await import('#domains/electoral-map/index.ts');
		const found = await said(
			joinOf({ election, vintage: maybe(options, 'vintage'), commune: maybe(options, 'commune') }),
		);
		return { ok: true, election, ...found };
	},
	say: ({ election, unmatched, ...found }) =>
		[
			`${election}: ${joined({ ...found, unmatched })}`,
			...unmatched.map((one) => `  ${one.key} ${one.registered}`),
		].join('\n'),
});

const transfers = command({
	path: ['map', 'transfers'],
	operands: [],
	options: { commune: { type: 'string' }, from: { type: 'string' }, to: { type: 'string' } },
	summary: 'estimate how votes moved between two rounds in a commune, as ranges',
	notes:
		'Estimates over the whole commune, from at least fifty stations; never to be read station by station.',
	run: async (_, options) => {
		const asked = { commune: text(options, 'commune'), from: text(options, 'from'), to: text(options, 'to') };
		const { transfersIn } = await import('#domains/electoral-map/index.ts');
		const { from, to, cells, ...found } = await said(transfersIn(asked));
		const rows = cells.map((cell) => ({
			from: from[cell.from]?.name || from[cell.from]?.kind || '',
			to: to[cell.to]?.name || to[cell.to]?.kind || '',
			share: cell.share,
			low: cell.low,
			high: cell.high,
		}));
		return { ok: true, commune: asked.commune, rows, ...found };
	},
	say: ({ rows, remarks, stations, heterogeneity }) =>
		[
			...rows.map(({ from, to, low, high }) => `${from} → ${to}: ${percent(low)} to ${percent(high)}`),
			`${stations} stations, heterogeneity ${heterogeneity.toFixed(1)} %`,
			...remarks.map(sentence),
		].join('\n'),
});

const percent = (share: number) => `${Math.round(share * 100)} %`;

const sources = command({
	path: ['map', 'sources'],
	operands: [],
	summary: 'list what was loaded: current, past and refused versions',
	run: async () => {
		const { loadedVersions } = await import('#domains/electoral-map/index.ts');
		return { ok: true, sources: await loadedVersions() };
	},
	say: (result) =>
		result.sources
			.map(({ id, state, kind, vintage, election, file_name }) =>
				[id, state, kind, election ?? vintage, file_name].join(' '),
			)
			.join('\n'),
});

const restoring = command({
	path: ['map', 'restore'],
	operands: ['ID'],
	summary: 'put a past version back in the place of the current one',
	notes: 'ID: as `map sources` lists it. Weights and estimates follow.',
	run: async ([id = '']) => {
		const { restore, refresh } = await import('#domains/electoral-map/index.ts');
		await said(restore(id));
		return { ok: true, restored: id, refreshed: await refresh() };
	},
	say: (result) => [`Current again: ${result.restored}`, ...refreshed(result.refreshed)].join('\n'),
});

/** Commands of the electoral map. */
export const map = [importing, estimates, join, weights, transfers, kept, sources, restoring];
