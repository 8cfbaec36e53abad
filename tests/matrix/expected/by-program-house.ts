import { neighbour } from '#tests/nouns.ts';
import { idOf } from '#tests/party.ts';
import { at, type Body, type Target } from '../cell.ts';
import type { Things } from '../things.ts';
import { acting, type Crowd, over } from '../who.ts';

const base = '/api/v1';

/** Verbs of the API for the settings of the house, member files and addresses outside: an officer's, with a second factor. */
export const houseByProgram = (things: Things): Target[] => [
	...settings(),
	...types(things),
	...addresses(things),
	...files(things),
	...gates(),
	at(`GET ${base}/journal`, 'own part', `${base}/journal`),
];

/** Kept at the top; who may do what is read by every officer. */
function gates(): Target[] {
	const rule = { in: acting('bertrand'), busy: true } as const;
	const why = `${base}/people/${idOf('samuel')}/rights/unit.edit`;
	return [
		at(`GET ${base}/apps`, 'gates', `${base}/apps`, { in: acting('bertrand') }),
		at(`POST ${base}/apps/preview`, 'gates', `${base}/apps/preview`, { ...rule, body: { open: 'office' } }),
		at(`PUT ${base}/apps/[app]/gate`, 'gates', `${base}/apps/week/gate`, {
			...rule,
			body: { open: 'office' },
		}),
		at(`GET ${base}/unled-units`, 'own', `${base}/unled-units`),
		at(`GET ${base}/rights`, 'page', `${base}/rights`),
		at(`GET ${base}/people/[id]/rights/[power]`, 'page', why),
	];
}

function settings(): Target[] {
	const house = `${base}/organisation`;
	const on = (act: string, body?: Body) => {
		const [method, path] = act.split(' ') as [string, string];
		return at(`${method} ${house}/${path.replace('friend', '[entry]')}`, 'settings', `${house}/${path}`, {
			...{ in: over.top.settings, busy: true },
			...(body && { body }),
		});
	};
	return [
		on('GET settings'),
		on('PUT name', { name: 'La Rive' }),
		on('PUT colour', { colour: '#00616c' }),
		on('POST colour/preview', { colour: '#00616c' }),
		on('POST voice/preview', { address: 'tu', inclusive: 'epicene', language: 'fr' }),
		on('POST words/preview', { base: 'coopol' }),
		on('POST words/friend/preview', neighbour),
		on('PUT logo', { logo: '' }),
		on('POST logo/removal'),
		on('PUT voice', { address: 'tu', inclusive: 'epicene', language: 'fr' }),
		on('PUT words', { base: 'coopol' }),
		on('PUT words/friend', neighbour),
		on('POST words/friend/reset'),
		on('PUT ways', { signUp: 'open', rhythm: 'weekly' }),
		on('PUT clock', { timeZone: 'Indian/Reunion' }),
		on('GET sign-in-service'),
		on('PUT sign-in-service', {
			...{ issuer: 'https://id.rive.example', clientId: 'coopol', client_password: 'x', label: 'Rive' },
		}),
		on('POST sign-in-service/removal'),
	];
}

function types({ membershipType }: Things): Target[] {
	const list = `${base}/membership-types`;
	const typed = { ...neighbour, description_fr: '', description_en: '' };
	const on = (act: string, body?: Body) => {
		const [method, rest = ''] = act.split(' ') as [string, string?];
		return at(`${method} ${list}/[id]${rest}`, 'settings', `${list}/${membershipType}${rest}`, {
			...{ in: over.top.settings, busy: true },
			...(body && { body }),
		});
	};
	const rule = { in: over.top.settings, busy: true } as const;
	return [
		at(`GET ${list}`, 'settings', list, rule),
		at(`POST ${list}`, 'settings', list, { ...rule, body: { ...typed, grants: 'sympathiser' } }),
		on('PATCH', typed),
		on('PUT /state', { state: 'kept' }),
		on('POST /move', { direction: 'up' }),
	];
}

function addresses({ hooks }: Things): Target[] {
	const list = `${base}/webhooks`;
	const on = (act: string, body?: Body, hook: keyof typeof hooks = 'active') => {
		const [method, rest = ''] = act.split(' ') as [string, string?];
		return at(`${method} ${list}/[id]${rest}`, `webhook ${hook}`, `${list}/${hooks[hook]}${rest}`, {
			...{ in: over.top.settings, busy: true },
			...(body && { body }),
		});
	};
	return [
		on('PATCH', { name: 'Autre', kinds: ['event.created'] }),
		on('PUT /pause'),
		on('DELETE /pause'),
		on('POST /secret'),
		on('POST /test'),
		on('DELETE /removal', undefined, 'removed'),
	];
}

/** The officer who sent the file. Nobody else reads a member file, not even above. */
function files({ imports, proposal }: Things): Target[] {
	const list = `${base}/imports`;
	const on = (
		act: string,
		body?: Body,
		state: keyof typeof imports = 'checked',
		some: Crowd = acting('yamina'),
	) => {
		const [method, rest = ''] = act.split(' ') as [string, string?];
		const route = `${method} ${list}/[id]${rest.replace('lines/1', 'lines/[line]')}`;
		return at(route, `import ${state}`, `${list}/${imports[state]}${rest}`, {
			...{ in: some, busy: true },
			...(body && { body }),
		});
	};
	const answers = `${base}/import-proposals/${proposal}/answer`;
	return [
		at(`GET ${list}`, 'own', list, {
			finds: {
				[imports.checked]: acting('yamina'),
				[proposal]: acting('samuel', 'yamina', 'sabrina', 'bertrand'),
			},
		}),
		at(`POST ${list}`, 'nothing sent', list, {
			busy: true,
			in: acting('yamina', 'bertrand', 'sabrina', 'driss', 'samuel', 'fanny'),
			body: { kind: 'members' },
		}),
		on('GET /columns', undefined, 'uploaded'),
		on('PUT /columns', { field: ['email'] }, 'uploaded'),
		on('PUT /columns/draft', { field: ['email'] }, 'uploaded'),
		on('GET /problems'),
		on('POST /fixes', { code: 'email_typo' }),
		on('PUT /lines/1', { column: [0], cells: ['a'] }),
		on('PUT /values', { key: ['a'] }),
		on('GET /preview'),
		on('POST /launch'),
		on('POST /undoing', undefined, 'done'),
		on('POST /invitations', undefined, 'done'),
		on('DELETE'),
		at(`POST ${base}/import-proposals/[id]/answer`, 'proposal', answers, {
			in: acting('samuel', 'yamina', 'sabrina', 'bertrand'),
			busy: true,
			body: { answer: 'refuse' },
		}),
		at(`POST ${list}/territory`, 'territory', `${list}/territory`, {
			in: acting('sabrina', 'bertrand'),
			busy: true,
			body: { region: 'region', department: 'federation' },
		}),
	];
}
