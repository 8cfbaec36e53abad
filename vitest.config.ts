import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

// COOPOL_TESTS: `units` (default) beside the code, `journeys` in a browser, `hostile` against the built pages, `long` what takes minutes.
const kinds: Record<string, string[]> = {
	units: ['src/**/*.test.ts', 'bin/**/*.test.ts', 'tests/**/*.test.ts'],
	journeys: ['tests/journeys/**/*.{test,journey}.ts'],
	hostile: ['tests/hostile/**/*.test.ts'],
	long: ['tests/long/**/*.test.ts'],
};
const kind = process.env.COOPOL_TESTS ?? 'units';
const others = Object.keys(kinds)
	.filter((name) => name !== kind)
	.map((name) => `tests/${name}/**`);

export default defineConfig({
	plugins: [svelte({ configFile: false })],
	// Pages are drawn without SvelteKit: see tests/browse.ts.
	resolve: { alias: { '$app/state': join(import.meta.dirname, 'tests/page-state.ts') } },
	// A fresh clone has no generated tsconfig yet, and types are erased anyway.
	tsconfig: 'bin/bundle.tsconfig.json',
	test: {
		environment: 'node',
		include: kinds[kind],
		exclude: ['**/node_modules/**', 'build/**', '.coopol/**', ...others],
		// Journeys need the whole program instead of a database of their own.
		// Nor does what attacks the built pages begin before they are built.
		globalSetup: [
			kind === 'journeys' ? 'tests/journeys/site.ts' : 'tests/database.ts',
			...(kind === 'hostile' || kind === 'long' ? ['tests/hostile/built.ts'] : []),
		].filter((path) => existsSync(path)),
		setupFiles: ['tests/each-file.ts'],
		pool: 'forks',
		isolate: kind !== 'units' && kind !== 'journeys',
		maxWorkers: 2,
		passWithNoTests: true,
		// The sheet that a page may hold is read as a text (src/first-sheet.ts); other style sheets are nothing here.
		css: { include: [/styles\/(?:index|map)\.css/] },
		testTimeout: kind === 'units' ? 20_000 : 180_000,
		hookTimeout: 60_000,
	},
});
