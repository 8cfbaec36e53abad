import { existsSync, readdirSync } from 'node:fs';
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
	/** Why it did not run. */
	reason?: string;
};

type Check = {
	name: string;
	/** Runs only when it is named by `--only`. */
	rare?: boolean;
	run: () => Promise<Omit<Outcome, 'name'>>;
};

const here = (path: string) => existsSync(join(root, path));
const skip = async (reason: string) => ({ passed: 0, failed: 0, skipped: 1, reason });

async function passes(script: string, words: string[] = []): Promise<Omit<Outcome, 'name'>> {
	const { code, output } = await run(script, words);
	return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0, output };
}

const our = (path: string) => join(root, 'bin', path);

// Types of routes and of the house's virtual modules are written by SvelteKit first.
async function checkTypes() {
	await run(tool('@sveltejs/kit', 'svelte-kit'), ['sync']);
	return passes(tool('svelte-check'), ['--output', 'human', '--threshold', 'error']);
}

async function runJourneys() {
	const folder = join(root, 'tests/journeys');
	if (!existsSync(folder) || readdirSync(folder).length === 0) return skip('tests/journeys has none yet');
	installBrowser();
	return runTests('journeys');
}

const cruise = ['src', 'bin', '--config', '.dependency-cruiser.mjs', '--output-type', 'err-long'];

/** Every check of the house, in the order they run: quick ones first. */
export const checks: Check[] = [
	{ name: 'format', run: () => passes(tool('@biomejs/biome', 'biome'), ['check', '--max-diagnostics=50']) },
	// The build writes the types of routes, which the two next checks read.
	{ name: 'build', run: () => passes(our('build.ts')) },
	{ name: 'types', run: checkTypes },
	{ name: 'boundaries', run: () => passes(tool('dependency-cruiser', 'depcruise'), cruise) },
	{ name: 'dead code', run: () => passes(tool('knip'), ['--no-progress', '--no-config-hints']) },
	{ name: 'words', run: () => passes(tool('cspell'), ['lint', '--no-progress', '--no-summary']) },
	{ name: 'sizes', run: () => passes(our('check.ts')) },
	{ name: 'unit', run: () => runTests('units') },
	{ name: 'matrix', run: () => passes(our('matrix.ts')) },
	{ name: 'journeys', run: runJourneys },
	{ name: 'hostile', rare: true, run: () => runTests('hostile') },
	{
		name: 'long',
		rare: true,
		run: () => (here('tests/long') ? runTests('long') : skip('tests/long is not there yet')),
	},
];
