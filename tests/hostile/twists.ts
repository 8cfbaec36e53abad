import type { Draft } from './draft.ts';
import { crooked, escaped, type Nasty, textOf } from './nasty.ts';

/** One thing done to a request; `pick` chooses within it. */
type Twist = (draft: Draft, nasty: Nasty, pick: number) => void;

const at = <T>(list: readonly T[], pick: number): T => list[pick % list.length]!;
const mapAt = <T>(list: T[], pick: number, change: (one: T) => T): T[] =>
	list.map((one, index) => (index === pick % list.length ? change(one) : one));

const names = [
	'text',
	'id',
	'name',
	'email',
	'_key',
	'reason',
	'audience',
	'options[]',
	'photos[]',
	'photos',
	'next',
	'page',
	'unit',
	'zone',
	'commune',
	'choices',
	'__proto__',
	'constructor',
	'a.b',
	'x[]',
	'[]',
	'',
];
const asked = [
	'vue',
	'avant',
	'apres',
	'vers',
	'q',
	'page',
	'next',
	'commune',
	'zone',
	'invitation',
	'cle',
	'code',
	'state',
	'error',
	'kind',
	'cursor',
	'limit',
	'largeur',
	'w',
	'/',
	'/publish',
	'/nothing',
	'/__proto__',
	'x-sveltekit-invalidated',
];
const cookies = [
	'coopol',
	'language',
	'text',
	'mode',
	'data',
	'note',
	'device',
	'entry-code',
	'entry-factor',
	'entry-number',
	'entry-email',
	'entry-oidc',
	'entry-merge',
	'first-run',
	'__proto__',
	'x',
];
const methods = ['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'PATCH', 'DELETE', 'POST', 'PROPFIND', 'QUERY'];
const headers: [string, string[]][] = [
	[
		'content-type',
		[
			'',
			'text/plain',
			'application/json',
			'application/x-www-form-urlencoded; charset=utf-16',
			'multipart/form-data',
			'multipart/form-data; boundary=',
			'application/x-sveltekit-formdata',
			'image/png',
			'x',
			';;;',
		],
	],
	['accept', ['application/json', 'text/event-stream', 'image/*', '*/*;q=9', 'x'.repeat(2000)]],
	['accept-language', ['en', 'xx-YY,zz;q=2', '*', ';;', '\xff']],
	[
		'authorization',
		['Bearer ', 'Bearer x', `Bearer coopol_${'A'.repeat(90)}`, 'Basic eDp5', `Bearer ${'x'.repeat(5000)}`],
	],
	['if-none-match', ['*', '""', 'W/"x"', ','.repeat(3000)]],
	['idempotency-key', ['', 'x', 'k'.repeat(4000), '\xe9']],
	['origin', ['null', 'https://elsewhere.example', '', 'x']],
	['host', ['elsewhere.example', 'a b', '[::1', 'x:99999', '', 'é.example'.normalize('NFC').slice(1)]],
	[
		'cookie',
		[
			'=',
			';;;',
			'coopol',
			'coopol="',
			'a=b; '.repeat(800),
			'note={"say":"app.home"',
			'note=%7B%22say%22%3A1%7D',
			'note=null',
			'note=[]',
			'note=%22x%22',
			'entry-code=%E0%A4',
		],
	],
	['user-agent', ['', '\xff\xfe', 'x'.repeat(6000)]],
	['x-sveltekit-action', ['true', 'x']],
	['transfer-encoding', ['chunked']],
	['range', ['bytes=0-', 'bytes=-1', 'bytes=9-1,2-3']],
	['last-event-id', ['x', '9'.repeat(99)]],
	['x-forwarded-for', ['x', '::::', '1.2.3.4, 5']],
];

/** Every way in which a request is twisted, by name. */
export const twists: Record<string, Twist> = {
	value: (draft, nasty, pick) => {
		if (!draft.fields.length) draft.fields.push([at(names, pick), '']);
		draft.fields = mapAt(draft.fields, pick, ([name]) => [name, textOf(nasty)]);
	},
	everyValue: (draft, nasty) => {
		draft.fields = draft.fields.map(([name]) => [name, textOf(nasty).slice(0, 20_000)]);
	},
	added: (draft, nasty, pick) => draft.fields.push([at(names, pick), textOf(nasty)]),
	named: (draft, nasty, pick) => draft.fields.push([textOf(nasty).slice(0, 5000), at(names, pick)]),
	twice: (draft, nasty, pick) => {
		const [name] = at(draft.fields.length ? draft.fields : [['text', ''] as [string, string]], pick);
		draft.fields.push([name, textOf(nasty)], [`${name}[]`, textOf(nasty)]);
	},
	without: (draft, _, pick) => {
		draft.fields = draft.fields.filter((_one, index) => index !== pick % draft.fields.length);
	},
	crowd: (draft, _, pick) => {
		for (let n = 0; n < [30, 1100, 4000][pick % 3]!; n++)
			draft.fields.push([pick % 2 ? 'options[]' : `f${n}`, String(n)]);
	},
	multipart: (draft) => {
		draft.form = 'multipart';
	},
	file: (draft, nasty, pick) => {
		draft.form = 'multipart';
		const name = at(
			draft.fields.length
				? [...draft.fields.map(([own]) => own), 'photos[]', 'document']
				: ['photos[]', 'photos', 'document', 'file', 'text'],
			pick,
		);
		draft.files.push({ name, filename: textOf(nasty).slice(0, 2000), pick });
	},
	broken: (draft, nasty, pick) => {
		draft.broken = { pick, text: textOf(nasty) };
	},
	shape: (draft, _, pick) => {
		draft.shape = { pick };
	},
	path: (draft, nasty, pick) => {
		const [path = '', query] = draft.path.split('?');
		const pieces = path.split('/');
		pieces[1 + (pick % Math.max(1, pieces.length - 1))] =
			pick % 3 ? escaped(textOf(nasty).slice(0, 900)) : at(crooked, pick);
		draft.path = pieces.join('/') + (query ? `?${query}` : '');
	},
	tail: (draft, _, pick) => {
		const [path = '', query] = draft.path.split('?');
		draft.path = `${path}${at(['/', '//', '/__data.json', '.html', '/..', '/%00', '/x'], pick)}${query ? `?${query}` : ''}`;
	},
	query: (draft, nasty, pick) => {
		const name = at(asked, pick);
		const value = pick % 5 ? escaped(textOf(nasty).slice(0, 2500)) : at(crooked, pick);
		draft.path += `${draft.path.includes('?') ? '&' : '?'}${name}=${value}`;
	},
	action: (draft, nasty) => {
		draft.path = `${draft.path.split('?')[0]}?/${escaped(textOf(nasty).slice(0, 200))}`;
	},
	cookie: (draft, nasty, pick) => {
		draft.headers.cookie = [
			draft.headers.cookie,
			`${at(cookies, pick)}=${escaped(textOf(nasty).slice(0, 2500))}`,
		]
			.filter(Boolean)
			.join('; ');
	},
	method: (draft, _, pick) => {
		draft.method = at(methods, pick);
	},
	header: (draft, _, pick) => {
		const [name, values] = at(headers, pick);
		draft.headers[name] = at(values, Math.floor(pick / headers.length));
	},
	asIs: () => {},
};
