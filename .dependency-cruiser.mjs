import { domains, domainsBelow } from './architecture.mjs';

const all = domains.join('|');
const tests = '\\.(test|fixture)\\.ts$';

// Above its own floor nothing; below, only the front door.
const floorRules = domains.map((domain) => {
	const below = domainsBelow(domain);
	const usable = [domain, ...below].join('|');
	return {
		name: `floor-of-${domain}`,
		comment: `${domain} uses #platform, #ui and these only: ${below.join(', ') || 'no other domain'}. Otherwise: announce and listen.`,
		severity: 'error',
		from: { path: `^src/domains/${domain}/`, pathNot: tests },
		to: { path: '^src/domains/', pathNot: `^src/domains/(${usable})/` },
	};
});

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
	forbidden: [
		...floorRules,
		{
			name: 'front-doors',
			comment: 'Of another domain, import index.ts or a view (*.svelte).',
			severity: 'error',
			from: { path: '^src/domains/([^/]+)/', pathNot: tests },
			to: {
				path: '^src/domains/',
				pathNot: ['^src/domains/$1/', '^src/domains/[^/]+/index\\.ts$', '\\.svelte$'],
			},
		},
		{
			name: 'front-doors-from-routes',
			comment: 'Routes use the front doors of domains.',
			severity: 'error',
			from: { path: '^src/(routes|hooks)', pathNot: tests },
			to: { path: '^src/domains/', pathNot: ['^src/domains/[^/]+/index\\.ts$', '\\.svelte$'] },
		},
		{
			name: 'unknown-domain',
			comment: 'Give the domain a floor in architecture.mjs.',
			severity: 'error',
			from: { path: '^src/domains/', pathNot: `^src/domains/(${all})/` },
			to: {},
		},
		{
			name: 'platform-knows-no-domain',
			severity: 'error',
			from: { path: '^src/platform/', pathNot: tests },
			to: { path: '^src/(domains|ui|routes|registry)' },
		},
		{
			name: 'ui-knows-nobody',
			severity: 'error',
			from: { path: '^src/ui/', pathNot: tests },
			to: { path: '^src/(domains|routes|registry|platform/(?!wording|errors))' },
		},
		{
			name: 'enhancement-stands-alone',
			severity: 'error',
			from: { path: '^src/enhance/', pathNot: tests },
			to: { path: '^src/(?!enhance/)' },
		},
		{
			name: 'worker-stands-alone',
			severity: 'error',
			from: { path: '^src/worker/', pathNot: tests },
			to: { path: '^src/(?!worker/)' },
		},
		{
			name: 'house-before-routes',
			comment: 'Nothing depends on a route.',
			severity: 'error',
			from: { path: '^src/(?!routes/)' },
			to: { path: '^src/routes/' },
		},
		{
			name: 'no-circle',
			comment: 'Circles of types alone are erased: they bind nobody.',
			severity: 'error',
			from: { path: '^(src|bin)/' },
			to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
		},
		{
			name: 'missing-file',
			severity: 'error',
			from: { path: '^(src|bin)/' },
			to: { couldNotResolve: true, pathNot: '^(geojson$|\\$app|\\$env|\\./\\$types)' },
		},
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		exclude: { path: '^(build|\\.svelte-kit|node_modules/\\$app)' },
		tsPreCompilationDeps: true,
		enhancedResolveOptions: {
			exportsFields: ['exports'],
			conditionNames: ['import', 'node', 'svelte', 'types', 'default'],
			extensions: ['.ts', '.mjs', '.js', '.svelte', '.json'],
		},
	},
};
