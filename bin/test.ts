// `npm test`: every check of the house, in order; `-- --only unit,journeys` chooses, `-- --list` names them, `--long` runs the long ones.

import { misused, readFlags } from './flags.ts';
import { since } from './steps.ts';
import { type Check, checks, type Outcome } from './test/checks.ts';

const usage = `Usage: npm test -- [--only unit,journeys] [--list]
  --only NAMES  these checks alone, with commas
  --list        the names of all of them
npm run test:long runs the long families whole.`;
const { values } = readFlags(usage, {
	only: { type: 'string' },
	list: { type: 'boolean' },
	long: { type: 'boolean', default: false },
});
const only = values.only?.split(',');
const isLong = values.long;

if (values.list) console.log(checks.map((check) => check.name).join('\n'));
else await runAll();

async function runAll(): Promise<void> {
	const unknown = only?.filter((name) => !checks.some((check) => check.name === name)) ?? [];
	if (unknown.length) misused(usage, `No such check: ${unknown.join(', ')}. See npm test -- --list`);
	const outcomes: Outcome[] = [];
	const began = performance.now();
	for (const together of batches(checks.filter(runsNow))) {
		console.log(`${together.map(({ name }) => name).join(', ')}…`);
		outcomes.push(...(await Promise.all(together.map(runOne))));
	}
	summarise(outcomes, since(began));
	if (!only && !isLong) tellRest();
}

function runsNow({ name, long = false }: Check): boolean {
	return only?.includes(name) ?? long === isLong;
}

/** Each check with those that may run beside it. */
function batches(wanted: Check[]): Check[][] {
	const all: Check[][] = [];
	for (const check of wanted) {
		if (check.beside && all.length) all.at(-1)!.push(check);
		else all.push([check]);
	}
	return all;
}

function tellRest(): void {
	for (const { name } of checks.filter(({ long }) => long))
		console.log(`not run here: ${name} (npm run test:long)`);
}

async function runOne({ name, run }: Check): Promise<Outcome> {
	const began = performance.now();
	const outcome = { name, ...(await run()) };
	console.log(`  ${name}: ${tell(outcome)} (${since(began)})`);
	for (const line of outcome.said ?? []) console.log(`    ${line}`);
	if (outcome.failed && outcome.output) console.log(outcome.output.replace(/^/gm, '    '));
	return outcome;
}

function tell({ passed, failed, skipped }: Outcome): string {
	if (passed + failed + skipped === 1) return failed ? 'FAILED' : 'passed';
	return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

function summarise(outcomes: Outcome[], time: string): void {
	const total = (key: 'passed' | 'failed' | 'skipped') =>
		outcomes.reduce((sum, outcome) => sum + outcome[key], 0);
	console.log(`\nWhat ran, in ${time}:`);
	for (const outcome of outcomes) console.log(`  ${outcome.name}: ${tell(outcome)}`);
	console.log(`${total('passed')} passed, ${total('failed')} failed, ${total('skipped')} skipped`);
	process.exitCode = total('failed') > 0 ? 1 : 0;
}
