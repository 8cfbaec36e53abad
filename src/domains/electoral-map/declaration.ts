import type { Access } from '#platform/access.ts';
import type { Domain } from '#platform/domain.ts';
import { api } from './api.ts';
import { betweenApi } from './between/api.ts';
import { chooseApi } from './between/api-choose.ts';
import { betweenApp, betweenRoutes } from './between/declaration.ts';
import { movedApi } from './between/moved-api.ts';
import { isStillGiven } from './between/policy.ts';
import { jobs } from './jobs.ts';
import { loadingApi } from './loading/api.ts';
import { sendApi } from './loading/api-send.ts';
import { loadingApp, loadingRoutes } from './loading/declaration.ts';
import { privacy } from './privacy.ts';

const sees: Access = { gate: 'app:map', rule: 'electoral-map.place.see' };

/** What the house knows of this domain. Files come in by commands. */
export const electoralMap: Domain = {
	name: 'electoral-map',
	routes: {
		...loadingRoutes,
		...betweenRoutes,
		'GET /carte': sees,
		'GET /carte.png': sees,
		'GET /carte/chiffres.json': sees,
		'GET /carte/tableau': sees,
		'GET /carte/tableau.csv': sees,
		'GET /carte/bureaux/[key]': sees,
	},
	api: { ...api, ...loadingApi, ...betweenApi, ...chooseApi, ...movedApi, ...sendApi },
	apps: [
		loadingApp,
		betweenApp,
		{
			name: 'map',
			label: 'electoral-map.app',
			icon: 'map',
			href: '/carte',
			gate: { open: 'members' },
			group: 'members',
			position: 20,
		},
	],
	jobs,
	sights: { targets_given: isStillGiven },
	privacy,
};
