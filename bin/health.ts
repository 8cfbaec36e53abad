// `npm run health`: the state of the code in figures; with `--json`, one object on the last line.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFlags } from './flags.ts';
import { type MeasuredFile, measure } from './measure.ts';
import { root } from './sources.ts';
import { tool } from './tool.ts';

type Cruise = { summary: { violations: { rule: { name: string } }[] } };

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
const share = (part: number, whole: number) => (whole ? Math.round((100 * part) / whole) / 100 : 0);

/** The value below which that share of the values lie. */
function quantile(values: number[], rank: number): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.ceil(rank * sorted.length) - 1] ?? 0;
}

function examine(files: MeasuredFile[]) {
	const code = files.filter((file) => !file.isTest);
	const lines = code.map((file) => file.lines);
	const functions = code.flatMap((file) => file.functions.map((found) => found.lines));
	const tests = sum(
		[...files.filter((file) => file.isTest), ...measure(['tests'])].map((file) => file.lines),
	);
	return {
		files: code.length,
		lines: sum(lines),
		medianFile: quantile(lines, 0.5),
		p90File: quantile(lines, 0.9),
		longestFile: quantile(lines, 1),
		filesOver300: lines.filter((count) => count > 300).length,
		medianFunction: quantile(functions, 0.5),
		p90Function: quantile(functions, 0.9),
		longestFunction: quantile(functions, 1),
		testRatio: share(tests, sum(lines)),
		commentShare: share(sum(code.map((file) => file.comments)), sum(lines)),
		runtimeDependencies: countDependencies(),
		circles: countCircles(),
		any: sum(files.map((file) => file.anys)),
	};
}

function countDependencies(): number {
	const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
	return Object.keys(dependencies).length;
}

function countCircles(): number {
	const words = ['src', 'bin', '--config', '.dependency-cruiser.mjs', '--output-type', 'json'];
	// It ends with the number of errors found: its report is what counts here.
	const { stdout } = spawnSync(process.execPath, [tool('dependency-cruiser', 'depcruise'), ...words], {
		cwd: root,
		maxBuffer: 1 << 28,
	});
	const { summary } = JSON.parse(stdout.toString()) as Cruise;
	return summary.violations.filter(({ rule }) => rule.name === 'no-circle').length;
}

const { values } = readFlags('Usage: npm run health -- [--json]', { json: { type: 'boolean' } });
const found = examine(measure(['src', 'bin']));
if (!values.json) console.table(found);
console.log(JSON.stringify(found));
