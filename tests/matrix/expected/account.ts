import { idOf } from '#tests/party.ts';
import { at, type Target } from '../cell.ts';
import type { Things } from '../things.ts';
import { any, crowd } from '../who.ts';

const odile = any('odile');

/** What each person has of their own: sessions, keys, tokens, notices. Others' do not exist. */
export function account({ session, token, notice, unsent, device }: Things): Target[] {
	const fresh = { in: odile.filter((guise) => guise === 'odile') };
	return [
		at('GET /compte', 'own', '/compte'),
		at('POST /compte?name', 'own', '/compte', { body: { name: 'Autre Nom' } }),
		at('POST /compte?status', 'own', '/compte', { body: { text: 'Bonjour' } }),
		at('POST /compte?display', 'own', '/compte', {
			body: { language: 'fr', text_size: '100', colour_mode: 'auto' },
		}),
		at('GET /compte/adresse', 'own', '/compte/adresse'),
		at('POST /compte/adresse?ask', 'own', '/compte/adresse', { body: { email: 'neuve@rive.invalid' } }),
		at('POST /compte/adresse?confirm', 'own', '/compte/adresse'),
		at('GET /compte/appareil', 'own', '/compte/appareil'),
		at('GET /compte/securite', 'own', '/compte/securite'),
		at('POST /compte/securite?password', 'own', '/compte/securite'),
		at('POST /compte/securite?revoke', 'session of Odile', '/compte/securite', {
			in: odile,
			body: { id: session },
		}),
		at('POST /compte/securite?revokeOthers', 'own', '/compte/securite'),
		at('POST /compte/securite?removePasskey', 'passkey of Odile', '/compte/securite', {
			...fresh,
			factor: true,
			body: { id: 'matrix-passkey' },
		}),
		at('POST /compte/securite?removeAuthenticator', 'own', '/compte/securite', { leads: true }),
		at('POST /compte/securite?stopRecovery', 'own', '/compte/securite'),
		at('POST /compte/securite/cle', 'own', '/compte/securite/cle', { leads: true }),
		at('PUT /compte/securite/cle', 'own', '/compte/securite/cle', { leads: true }),
		at('GET /compte/securite/application', 'own', '/compte/securite/application', { leads: true }),
		at('POST /compte/securite/application?default', 'own', '/compte/securite/application', { leads: true }),
		at('GET /compte/securite/codes', 'own', '/compte/securite/codes'),
		at('POST /compte/securite/codes?default', 'own', '/compte/securite/codes'),
		at('GET /compte/numero', 'own', '/compte/numero'),
		at('POST /compte/numero?ask', 'own', '/compte/numero'),
		at('POST /compte/numero?confirm', 'own', '/compte/numero'),
		at('GET /compte/verification', 'own', '/compte/verification'),
		at('POST /compte/verification?default', 'own', '/compte/verification'),
		at('GET /compte/jetons', 'own', '/compte/jetons'),
		at('POST /compte/jetons?create', 'own', '/compte/jetons'),
		at('POST /compte/jetons?revoke', 'token of Odile', '/compte/jetons', { in: odile, body: { id: token } }),
		at('GET /deconnexion', 'own', '/deconnexion'),
		at('POST /deconnexion?default', 'own', '/deconnexion'),
		at('GET /avis', 'own', '/avis'),
		at('POST /avis?readAll', 'own', '/avis', { body: { shown_at: new Date().toISOString() } }),
		at('GET /avis/[id=id]', 'notice of Odile', `/avis/${notice}`, { in: odile }),
		at('GET /avis/reglages', 'own', '/avis/reglages'),
		...settings(device),
		at('GET /api/v1/me', 'own', '/api/v1/me'),
		at('PUT /api/v1/me/status', 'own', '/api/v1/me/status', { body: { text: 'Bonjour' } }),
		at('GET /reprendre/[id=id]', 'of Odile', `/reprendre/${unsent}`, {
			in: odile,
			finds: { 'canary-unsent': odile },
		}),
		at('POST /reprendre/[id=id]?drop', 'of Odile', `/reprendre/${unsent}`, { in: odile }),
		...ownData(),
		...arriving(),
	];
}

/** What reaches each person, and how: their own table, hours and telephones. */
function settings(device: string): Target[] {
	const [page, api] = ['/avis/reglages', '/api/v1/notices'];
	const elsewhere = `unit:${idOf('montclairval')}`;
	const there = any('ines', 'paulo', 'yamina', 'leontine');
	const now = new Date().toISOString();
	return [
		at('POST /avis/reglages?choose', 'for everything', page, { body: { scope: 'all' } }),
		at('POST /avis/reglages?choose', 'for Montclairval', page, {
			in: there,
			body: { scope: elsewhere },
		}),
		at('POST /avis/reglages?quiet', 'own', page, { body: { quiet_from: '22:00', quiet_until: '08:00' } }),
		at('POST /avis/reglages?device', 'no subscription', page),
		at('POST /avis/reglages?forgetDevice', 'telephone of Odile', page, { in: odile, body: { id: device } }),
		at('GET /api/v1/notices', 'own', api),
		at('POST /api/v1/notices/[id]/reading', 'notice of Odile', `${api}/${idOf('matrix notice')}/reading`, {
			in: odile,
		}),
		at('POST /api/v1/notices/reading', 'own', `${api}/reading`, { body: { until: now } }),
		at('GET /api/v1/notices/choices', 'own', `${api}/choices`),
		at('PUT /api/v1/notices/choices', 'own', `${api}/choices`, { body: { choices: [] } }),
		at('PUT /api/v1/notices/quiet', 'own', `${api}/quiet`, { body: { quiet_from: '', quiet_until: '' } }),
	];
}

function ownData(): Target[] {
	const page = '/compte/donnees';
	return [
		at('GET /compte/donnees', 'own', page, { finds: { 'value="newsletter"': odile } }),
		at('POST /compte/donnees?export', 'own', page, { leads: true }),
		at('POST /compte/donnees?withdraw', 'consent of Odile', page, {
			in: crowd.account,
			busy: true,
			body: { purpose: 'newsletter' },
			rules: ['people.consent.withdraw'],
		}),
		at('POST /compte/donnees?erase', 'not sure', page),
		at('POST /compte/donnees?keep', 'nothing asked', page),
		at('GET /compte/donnees/[id=id]', 'no such file', `${page}/${idOf('matrix export')}`, {
			in: crowd.nobody,
		}),
		at('GET /donnees-personnelles', 'page', '/donnees-personnelles'),
		at('GET /accessibilite', 'page', '/accessibilite'),
	];
}

const doors = ['code', 'password'];

/** Signing in and arriving: the same for everybody, whatever they typed. */
function arriving(): Target[] {
	const leads = { leads: true } as const;
	return [
		at('GET /connexion', 'page', '/connexion'),
		...doors.map((name) => at(`POST /connexion?${name}`, 'nothing typed', '/connexion')),
		at('GET /connexion/code', 'without challenge', '/connexion/code', leads),
		at('POST /connexion/code?default', 'nothing typed', '/connexion/code', leads),
		at('GET /connexion/lien', 'page', '/connexion/lien'),
		at('POST /connexion/lien?default', 'false link', '/connexion/lien', { body: { cle: 'faux' } }),
		at('GET /connexion/second-facteur', 'without challenge', '/connexion/second-facteur', leads),
		at('POST /connexion/second-facteur?default', 'nothing typed', '/connexion/second-facteur', leads),
		at('POST /connexion/cle', 'page', '/connexion/cle', leads),
		at('PUT /connexion/cle', 'nothing', '/connexion/cle', leads),
		at('GET /connexion/oidc', 'no service', '/connexion/oidc', { in: crowd.nobody }),
		at('GET /connexion/oidc/retour', 'no service', '/connexion/oidc/retour', leads),
		at('GET /connexion/aide', 'page', '/connexion/aide'),
		at('POST /connexion/aide?default', 'nothing typed', '/connexion/aide'),
		at('GET /bienvenue', 'page', '/bienvenue', leads),
		at('POST /bienvenue?default', 'nothing typed', '/bienvenue', leads),
		at('GET /bienvenue/code', 'without challenge', '/bienvenue/code', leads),
		at('POST /bienvenue/code?default', 'nothing typed', '/bienvenue/code', leads),
		at('GET /bienvenue/numero', 'without challenge', '/bienvenue/numero', leads),
		at('POST /bienvenue/numero?default', 'nothing typed', '/bienvenue/numero', leads),
		at('GET /bienvenue/section', 'page', '/bienvenue/section', leads),
		at('POST /bienvenue/section?default', 'Castelmauve', '/bienvenue/section', {
			in: crowd.network,
			busy: true,
			body: { unit: idOf('castelmauve'), type: 'sympathiser' },
		}),
		at('GET /bienvenue/reglages', 'page', '/bienvenue/reglages'),
		at('POST /bienvenue/reglages?default', 'weekly', '/bienvenue/reglages', { body: { rhythm: 'weekly' } }),
	];
}
