import { join } from 'node:path';
import { root } from '../sources.ts';
import { tool } from '../tool.ts';
import { installBrowser } from './browser.ts';
import { run } from './run.ts';
import { runTests } from './vitest.ts';

export type Outcome = {
	name: string;
	passed: number;
	failed: number;
	skipped: number;
	/** What to read when it failed. */
	output?: string;
	/** Seeds and figures, told even when all is well. */
	said?: string[];
};

export type Check = {
	name: string;
	/** Takes minutes or hours: runs by `npm run test:long`, or named by `--only`. */
	long?: boolean;
	/** Only reads what is there: runs beside the one before. */
	beside?: boolean;
	run: () => Promise<Omit<Outcome, 'name'>>;
};

async function passes(script: string, words: string[] = []): Promise<Omit<Outcome, 'name'>> {
	const { code, output } = await run(script, words);
	return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0, output };
}

/** The same, and its last line, which holds what it found. */
async function tells(script: string, words: string[] = []): Promise<Omit<Outcome, 'name'>> {
	const outcome = await passes(script, words);
	return { ...outcome, said: outcome.output?.split('\n').slice(-1) ?? [] };
}

const our = (path: string) => join(root, 'bin', path);

// Types of routes and of the house's virtual modules are written by SvelteKit first.
async function checkTypes() {
	await run(tool('@sveltejs/kit', 'svelte-kit'), ['sync']);
	return passes(tool('svelte-check'), ['--output', 'human', '--threshold', 'error']);
}

// Some units look at pages in a browser too.
const inBrowsers = (kind: 'units' | 'journeys') => () => {
	installBrowser();
	return runTests(kind);
};

const cruise = ['src', 'bin', '--config', '.dependency-cruiser.mjs', '--output-type', 'err-long'];

/** Every check of the house, in the order they run: quick ones first. */
export const checks: Check[] = [
	{ name: 'format', run: () => passes(tool('@biomejs/biome', 'biome'), ['check', '--max-diagnostics=50']) },
	// The build writes the types of routes, which the two next checks read.
	{ name: 'build', run: () => passes(our('build.ts')) },
	{ name: 'types', run: checkTypes },
	{ name: 'boundaries', beside: true, run: () => passes(tool('dependency-cruiser', 'depcruise'), cruise) },
	{
		name: 'dead code',
		beside: true,
		run: () => passes(tool('knip'), ['--no-progress', '--no-config-hints']),
	},
	{
		name: 'words',
		beside: true,
		run: () => passes(tool('cspell'), ['lint', '--no-progress', '--no-summary']),
	},
	{ name: 'sizes', beside: true, run: () => passes(our('check.ts')) },
	{ name: 'unit', run: inBrowsers('units') },
	{ name: 'matrix', run: () => tells(our('matrix.ts')) },
	{ name: 'journeys', run: inBrowsers('journeys') },
	{ name: 'hostile', run: () => runTests('hostile') },
	{ name: 'long', long: true, run: () => runTests('long') },
	{ name: 'every mutant', long: true, run: () => tells(our('matrix.ts')) },
	...['feed', 'search', 'signup'].map((name) => ({
		name: `bench ${name}`,
		long: true,
		run: () => tells(our('bench/index.ts'), [name, '--members', '400000', '--json']),
	})),
];
