import { escaped } from './nasty.ts';
import type { Wire } from './send.ts';

/** A request being twisted; written to the wire at the end. */
export interface Draft {
	route: string;
	method: string;
	path: string;
	headers: Record<string, string>;
	fields: [name: string, value: string][];
	form: 'urlencoded' | 'multipart' | 'json';
	files: { name: string; filename: string; pick: number }[];
	/** The body is cut, doubled or damaged after it was made. */
	broken?: { pick: number; text: string };
	/** The body has another shape than fields: lists, numbers, depth. */
	shape?: { pick: number };
}

const boundary = '----coopolhostile';

/** The request as bytes. What its body is follows its content type, unless a twist changed that. */
export function wireOf(draft: Draft): Wire {
	const { method, path, form } = draft;
	const sends = !['GET', 'HEAD', 'TRACE'].includes(method);
	const types = {
		urlencoded: 'application/x-www-form-urlencoded',
		multipart: `multipart/form-data; boundary=${boundary}`,
		json: 'application/json',
	};
	const body = sends ? damaged(bodyOf(draft), draft) : null;
	const headers: Record<string, string> = { ...(body && { 'content-type': types[form] }), ...draft.headers };
	for (const [name, value] of Object.entries(headers)) if (value === '') delete headers[name];
	if (body && method === 'DELETE' && !headers['content-type']) return { method, path, headers, body: null };
	return { method, path: path.replace(/[^\x21-\xff]/g, escaped), headers, body };
}

function bodyOf(draft: Draft): Buffer {
	if (draft.form === 'json') return Buffer.from(jsonOf(draft));
	if (draft.form === 'multipart') return multipartOf(draft);
	return Buffer.from(draft.fields.map(([name, value]) => `${escaped(name)}=${escaped(value)}`).join('&'));
}

const shapes: ((own: Record<string, unknown>) => unknown)[] = [
	(own) => [own],
	() => null,
	() => 12,
	() => 'text',
	(own) => Object.fromEntries(Object.keys(own).map((name) => [name, [own[name]]])),
	(own) => Object.fromEntries(Object.keys(own).map((name) => [name, { own: own[name] }])),
	(own) => Object.fromEntries(Object.keys(own).map((name) => [name, 1e21])),
	(own) => Object.fromEntries(Object.keys(own).map((name) => [name, null])),
	(own) => Object.fromEntries(Object.keys(own).map((name) => [name, true])),
	(own) => ({ ...own, unknown: Array.from({ length: 5000 }, (_, n) => n) }),
];

const texts = [
	(json: string) => '['.repeat(90_000) + json,
	(json: string) => `${'{"a":'.repeat(40)}${json}${'}'.repeat(40)}`,
	(json: string) => json.replace('{', '{"text":"a","text":"b",'),
	(json: string) => json.replace('{', '{"__proto__":{"admin":true},'),
	(json: string) => json.replace('{', '{"text":"\\ud800","name":"\\u0000",'),
	(json: string) => json.replace('{', `{"n":${'9'.repeat(300)},`),
	(json: string) => `\uFEFF${json}`,
	(json: string) => `${json}${json}`,
];

function jsonOf({ fields, shape }: Draft): string {
	const own = Object.fromEntries(fields.filter(([name]) => name !== '__proto__'));
	if (!shape) return JSON.stringify(own);
	const { pick } = shape;
	const made = shapes[pick % shapes.length]!(own);
	return pick % 2 ? JSON.stringify(made) : texts[Math.floor(pick / 2) % texts.length]!(JSON.stringify(own));
}

/** Starts of files that are not what they say, or not files at all. */
const contents: Buffer[] = [
	Buffer.alloc(0),
	Buffer.from('\0'),
	Buffer.from('89504e470d0a1a0a0000000d494844520000ea600000ea600802000000', 'hex'),
	Buffer.from('GIF89a\xff\xff\xff\xff', 'latin1'),
	Buffer.from('%PDF-1.7\n1 0 obj <</JS (app.alert(1))>>'),
	Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
	Buffer.from('PK\x03\x04\x14\0\0\0', 'latin1'),
	Buffer.from('Nom;Prénom\r\n=cmd|x;\0\r\n"'),
	Buffer.from('ffd8ffe000104a46494600010101ffff', 'hex'),
	Buffer.alloc(300_000, 0x41),
];

function multipartOf({ fields, files }: Draft): Buffer {
	const head = (name: string, rest = '') =>
		`--${boundary}\r\ncontent-disposition: form-data; name="${name.replace(/[\r\n"]/g, '_')}"${rest}\r\n\r\n`;
	const pieces: Buffer[] = fields.map(([name, value]) => Buffer.from(`${head(name)}${value}\r\n`));
	for (const { name, filename, pick } of files) {
		const rest = `; filename="${filename.replace(/[\r\n"]/g, '_')}"\r\ncontent-type: ${['image/png', 'text/csv', 'application/pdf', 'x', 'image/svg+xml'][pick % 5]}`;
		pieces.push(Buffer.from(head(name, rest)), contents[pick % contents.length]!, Buffer.from('\r\n'));
	}
	return Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]);
}

function damaged(body: Buffer, { broken }: Draft): Buffer {
	if (!broken) return body;
	const { pick, text } = broken;
	const ways = [
		() => body.subarray(0, Math.floor(body.length / 2)),
		() => Buffer.concat([body, body]),
		() => Buffer.from(body.toString('latin1').replaceAll(boundary, '--other'), 'latin1'),
		() => Buffer.concat([Buffer.from(text), body]),
		() => Buffer.from(text),
		() => Buffer.alloc(0),
		() => Buffer.from(body.toString('latin1').replace(/name="[^"]*"/, 'name'), 'latin1'),
		() => Buffer.from(body.map((byte, index) => (index % 17 === 3 ? byte ^ 0x80 : byte))),
		() => Buffer.from(body.toString('latin1').replaceAll('\r\n', '\n'), 'latin1'),
		() => Buffer.alloc(1_200_000, 0x61),
	];
	return ways[pick % ways.length]!();
}
