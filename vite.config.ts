import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig, type Plugin } from 'vite';
import { undeclaredRoutes } from './bin/routes.ts';

/** A route that no domain declares fails the build: nothing is reachable by omission. */
const declaredRoutes = (): Plugin => ({
	name: 'coopol-declared-routes',
	apply: 'build',
	async buildStart() {
		const missing = await undeclaredRoutes();
		if (missing.length)
			this.error(`routes without a declaration in a domain's access.ts:\n  ${missing.join('\n  ')}`);
	},
});

/** Nothing is hydrated: the marks that Svelte leaves for it, a fifth of a page, are not written. */
const noHydrationMarks = (): Plugin => ({
	name: 'coopol-no-hydration-marks',
	apply: 'build',
	enforce: 'post',
	applyToEnvironment: ({ config }) => config.consumer === 'server',
	transform: {
		filter: { id: /\.svelte$|\/svelte\/src\/internal\/server\// },
		handler: (code) => ({
			code: code.replace(/<!--(\[(-?\d+|!)?|\])?-->/g, '').replace(/\$\$renderer\.push\((''|""|``)\);/g, ''),
			map: null,
		}),
	},
});

export default defineConfig({
	plugins: [
		declaredRoutes(),
		noHydrationMarks(),
		sveltekit({ paths: { relative: false }, adapter: adapter({ out: 'build', precompress: true }) }),
	],
	build: { target: ['chrome111', 'firefox115', 'safari16.4'], cssMinify: 'lightningcss' },
	ssr: {
		external: ['sharp', '@node-rs/argon2', 'pg-boss', 'nodemailer', 'sql-template-tag', 'markdown-it'],
	},
});
