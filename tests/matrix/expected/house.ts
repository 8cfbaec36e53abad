import { neighbour } from '#tests/nouns.ts';
import { at, type Target } from '../cell.ts';
import type { Things } from '../things.ts';
import { acting, crowd, over } from '../who.ts';

const keeps = { in: over.top.settings };

/** Settings of the organisation: the web officer's. For any other officer these pages do not exist. */
export function house({ membershipType }: Things): Target[] {
	const admin = '/administration';
	const typed = { ...neighbour, description_fr: '', description_en: '' };
	const on = (route: string, path: string, body?: Record<string, string>) =>
		at(route, 'settings', path, { ...keeps, busy: true, ...(body && { body }) });
	return [
		at('GET /administration', 'page', admin),
		at('GET /administration/journal', 'own part', `${admin}/journal`),
		on('GET /administration/organisation', `${admin}/organisation`),
		on('POST /administration/organisation?name', `${admin}/organisation`, { name: 'La Rive' }),
		on('POST /administration/organisation?ways', `${admin}/organisation`, {
			signUp: 'open',
			rhythm: 'weekly',
		}),
		on('POST /administration/organisation?clock', `${admin}/organisation`, { timeZone: 'Indian/Reunion' }),
		on('GET /administration/organisation/connexion', `${admin}/organisation/connexion`),
		on('POST /administration/organisation/connexion?save', `${admin}/organisation/connexion`, {
			issuer: 'https://id.rive.example',
			clientId: 'coopol',
			client_password: 'x',
			label: 'Rive',
		}),
		on('POST /administration/organisation/connexion?remove', `${admin}/organisation/connexion`),
		on('GET /administration/apparence', `${admin}/apparence`),
		on('POST /administration/apparence?preview', `${admin}/apparence`, { colour: '#00616c' }),
		on('POST /administration/apparence?colour', `${admin}/apparence`, { colour: '#00616c' }),
		on('POST /administration/apparence?removeLogo', `${admin}/apparence`),
		on('POST /administration/apparence?logo', `${admin}/apparence`),
		on('GET /administration/mots', `${admin}/mots`),
		on('POST /administration/mots?previewVoice', `${admin}/mots`, {
			address: 'tu',
			inclusive: 'epicene',
			language: 'fr',
		}),
		on('POST /administration/mots?voice', `${admin}/mots`, {
			address: 'tu',
			inclusive: 'epicene',
			language: 'fr',
		}),
		on('POST /administration/mots?previewBase', `${admin}/mots`, { base: 'coopol' }),
		on('POST /administration/mots?base', `${admin}/mots`, { base: 'coopol' }),
		on('GET /administration/mots/[entry=slug]', `${admin}/mots/friend`),
		on('POST /administration/mots/[entry=slug]?preview', `${admin}/mots/friend`, neighbour),
		on('POST /administration/mots/[entry=slug]?save', `${admin}/mots/friend`, neighbour),
		on('POST /administration/mots/[entry=slug]?reset', `${admin}/mots/friend`),
		on('GET /administration/membres', `${admin}/membres`),
		on('POST /administration/membres?state', `${admin}/membres`, { id: membershipType, state: 'kept' }),
		on('POST /administration/membres?move', `${admin}/membres`, { id: membershipType, direction: 'up' }),
		on('GET /administration/membres/nouveau', `${admin}/membres/nouveau`),
		on('POST /administration/membres/nouveau?create', `${admin}/membres/nouveau`, {
			...typed,
			grants: 'sympathiser',
		}),
		on('GET /administration/membres/[id=id]', `${admin}/membres/${membershipType}`),
		on('POST /administration/membres/[id=id]?edit', `${admin}/membres/${membershipType}`, typed),
	];
}

/** Levels and gates: kept at the top. Who keeps those of one section sees that they are, and changes nothing. */
export function levels({ kind, keeper }: Things): Target[] {
	const page = '/administration/niveaux';
	const one = `${page}/${kind.id}`;
	const rule = { in: acting('bertrand'), forbidden: acting('tidiane'), busy: true } as const;
	const gates = { in: acting('bertrand'), busy: true } as const;
	return [
		at('GET /administration/niveaux', 'levels', page, gates),
		at('POST /administration/niveaux?create', 'levels', page, { ...rule, body: neighbour }),
		at('POST /administration/niveaux?move', 'level section', page, {
			...rule,
			body: { id: kind.id, direction: 'up' },
		}),
		at('GET /administration/niveaux/[kind=id]', 'level section', one, gates),
		at('POST /administration/niveaux/[kind=id]?edit', 'level section', one, {
			...rule,
			body: { ...neighbour, kind: kind.id },
		}),
		at('POST /administration/niveaux/[kind=id]?remove', 'level section', one, {
			...rule,
			body: { kind: kind.id },
		}),
		at('POST /administration/niveaux/[kind=id]?moveOffice', 'office keeper', one, {
			...rule,
			body: { id: keeper, direction: 'up' },
		}),
		at('GET /administration/niveaux/[kind=id]/nouvelle', 'level section', `${one}/nouvelle`, gates),
		at('POST /administration/niveaux/[kind=id]/nouvelle?create', 'level section', `${one}/nouvelle`, {
			...rule,
			body: { ...neighbour, kind: kind.id, 'powers[]': 'members.see' },
		}),
		at('GET /administration/niveaux/[kind=id]/[office=id]', 'office keeper', `${one}/${keeper}`, gates),
		at('POST /administration/niveaux/[kind=id]/[office=id]?edit', 'office keeper', `${one}/${keeper}`, {
			...rule,
			body: { ...neighbour, office: keeper, 'powers[]': 'members.see' },
		}),
		at('POST /administration/niveaux/[kind=id]/[office=id]?retire', 'office keeper', `${one}/${keeper}`, {
			...rule,
			body: { office: keeper, sure: 'on' },
		}),
		at('GET /administration/apps', 'gates', '/administration/apps', gates),
		at('POST /administration/apps?preview', 'gates', '/administration/apps', {
			...gates,
			body: { app: 'week', open: 'office' },
		}),
		at('POST /administration/apps?edit', 'gates', '/administration/apps', {
			...gates,
			body: { app: 'week', open: 'office' },
		}),
	];
}

/** Pages for anybody; those of the first run are closed once an organisation is there. */
export function frontDoors(): Target[] {
	const founding = ['key', 'name', 'levels', 'words', 'found', 'again'];
	return [
		at('GET /', 'front door', '/'),
		at('GET /theme.css', 'look', '/theme.css'),
		at('GET /theme.svg', 'look', '/theme.svg'),
		at('GET /icone/[size]', 'look', '/icone/192'),
		at('GET /icone/[size]', 'no such size', '/icone/999', { in: crowd.nobody }),
		at('GET /manifest.webmanifest', 'look', '/manifest.webmanifest'),
		at('GET /sans-reseau', 'the same for all', '/sans-reseau'),
		at('GET /en-attente', 'the same for all', '/en-attente'),
		at('GET /logo', 'no logo', '/logo', { in: crowd.nobody }),
		at('POST /langue', 'English', '/langue', { body: { language: 'en' } }),
		at('GET /refus/[status]', 'said', '/refus/404', { in: crowd.nobody }),
		at('POST /refus/[status]?default', 'said, with what was typed', '/refus/404', { in: crowd.nobody }),
		at('GET /ui', 'catalogue', '/ui'),
		at('GET /demo', 'cast', '/demo'),
		at('POST /demo?enter', 'as a visitor', '/demo', { body: { who: 'visitor' } }),
		at('GET /dev/mail', 'mails', '/dev/mail'),
		at('GET /health', 'alive', '/health'),
		at('GET /api/v1/openapi.json', 'description', '/api/v1/openapi.json'),
		at('* /api/v1/[...path]', 'no such verb', '/api/v1/nothing-here', { in: crowd.nobody }),
		at('GET /api/v1/organisation', 'description', '/api/v1/organisation'),
		at('GET /premiers-pas', 'founded', '/premiers-pas', { in: crowd.nobody }),
		...founding.map((name) =>
			at(`POST /premiers-pas?${name}`, 'founded', '/premiers-pas', { in: crowd.nobody }),
		),
		at('GET /desabonnement/[token]', 'false link', '/desabonnement/faux', { in: crowd.nobody }),
		at('POST /desabonnement/[token]?default', 'false link', '/desabonnement/faux', { in: crowd.nobody }),
	];
}
