import type { Access } from '#platform/access.ts';
import type { Domain } from '#platform/domain.ts';
import { api } from './api.ts';
import { stepsApi } from './api-steps.ts';
import { jobs } from './jobs.ts';
import { privacy } from './privacy.ts';

const sees: Access = { gate: 'app:imports', rule: 'imports.import.see' };
const follows: Access = { gate: 'app:imports', rule: 'imports.launched.see' };
const prepares: Access = { gate: 'app:imports', rule: 'imports.import.prepare' };
const base = '/membres/importer';

/** What the house knows of this domain. */
export const imports: Domain = {
	name: 'imports',
	routes: {
		[`GET ${base}`]: sees,
		[`POST ${base}?start`]: { gate: 'app:imports', rate: 'upload', audit: true },
		[`POST ${base}?decide`]: { gate: 'app:imports', rule: 'imports.proposal.decide', audit: true },
		[`GET ${base}/modele`]: { gate: 'app:imports' },
		[`GET ${base}/territoire`]: { gate: 'app:imports' },
		[`POST ${base}/territoire?lay`]: { gate: 'app:imports', audit: true },
		[`GET ${base}/[id=id]`]: follows,
		[`GET ${base}/[id=id]/colonnes`]: sees,
		[`POST ${base}/[id=id]/colonnes?choose`]: prepares,
		[`POST ${base}/[id=id]/colonnes?later`]: prepares,
		[`GET ${base}/[id=id]/corrections`]: sees,
		[`POST ${base}/[id=id]/corrections?fix`]: prepares,
		[`POST ${base}/[id=id]/corrections?line`]: prepares,
		[`POST ${base}/[id=id]/corrections?values`]: prepares,
		[`GET ${base}/[id=id]/apercu`]: sees,
		[`POST ${base}/[id=id]/apercu?launch`]: {
			gate: 'app:imports',
			rule: 'imports.import.launch',
			audit: true,
		},
		[`POST ${base}/[id=id]/apercu?drop`]: prepares,
		[`GET ${base}/[id=id]/suivi`]: follows,
		[`POST ${base}/[id=id]/suivi?undo`]: { gate: 'app:imports', rule: 'imports.launched.undo', audit: true },
		[`POST ${base}/[id=id]/suivi?again`]: { gate: 'app:imports', rule: 'imports.import.launch', audit: true },
		[`POST ${base}/[id=id]/suivi?invite`]: {
			gate: 'app:imports',
			rule: 'imports.import.launch',
			audit: true,
		},
		[`GET ${base}/[id=id]/lettres`]: { gate: 'app:imports', rule: 'imports.import.launch', audit: true },
		[`GET ${base}/[id=id]/erreurs`]: { ...sees, rate: 'export' },
	},
	api: { ...api, ...stepsApi },
	jobs,
	apps: [
		{
			name: 'imports',
			label: 'imports.app',
			hint: 'imports.app_hint',
			icon: 'upload',
			href: base,
			gate: { open: 'office', power: 'members.import' },
			group: 'office',
			position: 40,
		},
	],
	privacy,
};
