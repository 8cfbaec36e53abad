import type { Routes } from '#platform/access.ts';
import type { Domain } from '#platform/domain.ts';
import { api } from './api.ts';
import { previewApi } from './api-preview.ts';
import { settingsApi } from './api-settings.ts';
import { typesApi } from './api-types.ts';

const sees = { gate: 'office', rule: 'platform.setting.see' } as const;
const edits = { gate: 'office', rule: 'platform.setting.see', audit: true } as const;
/** Who vouches for people: a second factor of the last ten minutes. */
const vouches = { ...edits, stepUp: true } as const;
/** Until the organisation is founded; the console's key is asked by the verbs themselves. */
const founds = { gate: 'anyone', rate: 'sign-in' } as const;

const routes: Routes = {
	'GET /logo': { gate: 'anyone' },
	'GET /theme.svg': { gate: 'anyone' },
	'GET /icone/[size]': { gate: 'anyone' },
	'GET /manifest.webmanifest': { gate: 'anyone' },

	'GET /premiers-pas': { gate: 'anyone' },
	'POST /premiers-pas?key': founds,
	'POST /premiers-pas?name': founds,
	'POST /premiers-pas?levels': founds,
	'POST /premiers-pas?words': founds,
	'POST /premiers-pas?found': founds,
	'POST /premiers-pas?again': founds,

	'GET /administration': { gate: 'office', rule: 'platform.setting.see' },
	'GET /administration/organisation': sees,
	'POST /administration/organisation?name': edits,
	'POST /administration/organisation?ways': edits,
	'POST /administration/organisation?clock': edits,
	'GET /administration/organisation/connexion': sees,
	'POST /administration/organisation/connexion?save': vouches,
	'POST /administration/organisation/connexion?remove': vouches,
	'GET /administration/apparence': sees,
	'POST /administration/apparence?preview': sees,
	'POST /administration/apparence?colour': edits,
	'POST /administration/apparence?logo': { ...edits, rate: 'upload' },
	'POST /administration/apparence?removeLogo': edits,
	'GET /administration/mots': sees,
	'POST /administration/mots?previewVoice': sees,
	'POST /administration/mots?voice': edits,
	'POST /administration/mots?previewBase': sees,
	'POST /administration/mots?base': edits,
	'GET /administration/mots/[entry=slug]': sees,
	'POST /administration/mots/[entry=slug]?preview': sees,
	'POST /administration/mots/[entry=slug]?save': edits,
	'POST /administration/mots/[entry=slug]?reset': edits,
	'GET /administration/membres': sees,
	'POST /administration/membres?state': edits,
	'POST /administration/membres?move': edits,
	'GET /administration/membres/nouveau': sees,
	'POST /administration/membres/nouveau?create': edits,
	'GET /administration/membres/[id=id]': sees,
	'POST /administration/membres/[id=id]?edit': edits,
};

/** What the house knows of this domain. */
export const admin: Domain = {
	name: 'admin',
	routes,
	api: { ...api, ...settingsApi, ...previewApi, ...typesApi },
	apps: [
		{
			name: 'admin',
			label: 'admin.app',
			icon: 'settings',
			href: '/administration',
			gate: { open: 'office', power: 'settings.edit' },
			fixed: true,
			group: 'national',
			position: 80,
		},
	],
};
