import type { Routes } from '#platform/access.ts';

const anyone = { gate: 'anyone' } as const;
const door = { gate: 'anyone', rate: 'sign-in' } as const;
const account = { gate: 'account' } as const;
const network = { gate: 'network' } as const;

/** How the pages of signing in, arriving and one's own account are entered. */
export const routes: Routes = {
	'GET /connexion': anyone,
	'POST /connexion?code': door,
	'POST /connexion?password': door,
	'GET /connexion/code': anyone,
	'POST /connexion/code?default': door,
	'GET /connexion/lien': anyone,
	'POST /connexion/lien?default': door,
	'GET /connexion/second-facteur': anyone,
	'POST /connexion/second-facteur?default': door,
	'POST /connexion/cle': door,
	'PUT /connexion/cle': door,
	'GET /connexion/oidc': door,
	'GET /connexion/oidc/retour': door,
	'GET /connexion/aide': anyone,
	'POST /connexion/aide?default': door,

	'GET /bienvenue': anyone,
	'POST /bienvenue?default': door,
	'GET /bienvenue/code': anyone,
	'POST /bienvenue/code?default': door,
	'GET /bienvenue/numero': anyone,
	'POST /bienvenue/numero?default': door,
	'GET /bienvenue/section': network,
	'POST /bienvenue/section?default': network,
	'GET /bienvenue/reglages': network,
	'POST /bienvenue/reglages?default': network,

	'GET /compte': account,
	'POST /compte?name': network,
	'POST /compte?status': network,
	'POST /compte?display': account,
	'GET /compte/adresse': account,
	'POST /compte/adresse?ask': account,
	'POST /compte/adresse?confirm': account,
	'GET /compte/securite': { gate: 'account', rule: 'people.session.see' },
	'POST /compte/securite?password': account,
	'POST /compte/securite?revoke': { gate: 'account', rule: 'people.session.revoke' },
	'POST /compte/securite?revokeOthers': { gate: 'account', rule: 'people.session.revoke' },
	'POST /compte/securite?removePasskey': { gate: 'account', rule: 'people.passkey.edit' },
	'POST /compte/securite?removeAuthenticator': account,
	'POST /compte/securite/cle': account,
	'PUT /compte/securite/cle': account,
	'GET /compte/securite/application': account,
	'POST /compte/securite/application?default': account,
	'GET /compte/securite/codes': account,
	'POST /compte/securite/codes?default': { gate: 'account', stepUp: true },
	'POST /compte/securite?stopRecovery': account,
	'GET /compte/numero': network,
	'POST /compte/numero?ask': network,
	'POST /compte/numero?confirm': network,
	'GET /compte/verification': account,
	'POST /compte/verification?default': account,
	'GET /compte/jetons': { gate: 'network', rule: 'people.token.see' },
	'POST /compte/jetons?create': { gate: 'network', stepUp: true },
	'POST /compte/jetons?revoke': { gate: 'network', rule: 'people.token.revoke' },

	'GET /deconnexion': account,
	'POST /deconnexion?default': account,
};
