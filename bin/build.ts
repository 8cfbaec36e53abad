// `npm run build`: the browser's one script, then the server, in build/. Does nothing when nothing changed.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, createBuilder } from 'vite';
import { hashSources, isBuilt, root, stamp } from './sources.ts';

process.chdir(root);
process.env.NODE_ENV = 'production';

if (isBuilt() && !process.argv.includes('--force')) console.log('build/ is up to date.');
else await buildAll();

async function buildAll(): Promise<void> {
	const hash = hashSources();
	rmSync(stamp, { force: true });
	await bundleEnhancement();
	await (await createBuilder({ root, logLevel: 'warn' }, null)).buildApp();
	writeFileSync(stamp, hash);
}

/**
 * Files at fixed addresses: for every page one that waits for the first paint, and what it fetches then; for the map's page
 * one more. Pages work without.
 */
async function bundleEnhancement(): Promise<void> {
	const entry = (name: string) => join(root, 'src/enhance', name);
	const files = {
		enhance: entry('start.ts'),
		'enhance-main': entry('main.ts'),
		'enhance-more': entry('more.ts'),
		'enhance-map': join(root, 'src/domains/electoral-map/browser/main.ts'),
		'enhance-worker': join(root, 'src/worker/main.ts'),
	};
	// Each by itself: a part that two share would be a file more, whose address does not say of which build it is.
	for (const [name, path] of Object.entries(files)) await bundle(name, path);
}

function bundle(name: string, path: string) {
	return build({
		root,
		configFile: false,
		publicDir: false,
		logLevel: 'warn',
		// SvelteKit writes the one ours extends later, in its own build.
		tsconfig: 'bin/bundle.tsconfig.json',
		build: {
			outDir: 'static',
			emptyOutDir: false,
			target: 'es2022',
			rolldownOptions: {
				input: { [name]: path },
				output: { entryFileNames: '[name].js', format: 'es' },
			},
		},
	});
}
