// `npm run bench -- <name> [--members 26000,400000] [--json]`: one measure, by its module `bin/bench/<name>.ts`.
// The last line is one JSON object, {"bench", "rows", "raw"}; without --json a table comes before it too.
import { globSync } from 'node:fs';
import { basename } from 'node:path';
import { misused, readFlags } from '../flags.ts';

/** What one benchmark found: a row per size or case, and the limits of the machine measured in the same run. */
export interface Measured {
	rows: Record<string, number | string>[];
	raw: Record<string, number>;
}

/** A module of this folder that can be measured. */
export interface Bench {
	measure(options: Options): Promise<Measured>;
}

export interface Options {
	/** Sizes asked for, in members. */
	members: number[];
	/** Units asked for, where a bench makes them. */
	units: number;
	/** Says what is being done, on the error stream. */
	say(line: string): void;
}

const helpers = [
	'importer',
	'importing',
	'index',
	'load',
	'map-browser',
	'pages',
	'phone',
	'scene',
	'server',
];
const known = globSync('*.ts', { cwd: import.meta.dirname })
	.map((file) => basename(file, '.ts'))
	.filter(
		(name) =>
			!helpers.includes(name) &&
			!name.endsWith('-data') &&
			!name.endsWith('-ground') &&
			!name.endsWith('.test'),
	);

const usage = `Usage: npm run bench -- <${known.join(' | ')}> [--members 26000,400000] [--units 4000] [--json]`;
const { values, positionals } = readFlags(
	usage,
	{
		members: { type: 'string', default: '26000' },
		units: { type: 'string', default: '4000' },
		json: { type: 'boolean', default: false },
	},
	1,
);
const [name = ''] = positionals;
const members = values.members.split(',').map(Number);

if (!known.includes(name)) misused(usage, name ? `No such bench: ${name}` : 'Which one?');
if (!members.every((size) => Number.isInteger(size) && size >= 1000))
	misused(usage, '--members takes whole numbers from 1000 on, separated by commas.');
if (!/^[1-9]\d*$/.test(values.units)) misused(usage, '--units takes a whole number.');
const bench = (await import(`./${name}.ts`)) as Bench;
const { rows, raw } = await bench.measure({
	members,
	units: Number(values.units),
	say: (line) => console.error(line),
});
if (!values.json) console.table(rows);
console.log(JSON.stringify({ bench: name, rows, raw }));
process.exit(0);
