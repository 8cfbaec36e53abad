import { createSession } from '#domains/people/index.ts';
import { asSystem } from '#platform/db.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { fieldOf, mainOf, readable } from '#tests/reading.ts';
import { send } from './send.ts';

/** A page that came back, as its reader sees it. */
export interface Shown {
	status: number;
	ms: number;
	location: string;
	/** What is read of it, without its frame. */
	main: string;
	/** What a field of it holds. */
	field(name: string): string | null;
}

type Fields = Record<string, string | string[] | File>;

/** Somebody's browser without script, on the built pages: keeps its cookies, sends forms as they are. */
export interface Visit {
	cookies: Map<string, string>;
	get(path: string): Promise<Shown>;
	post(path: string, fields: Fields): Promise<Shown>;
}

/** Opens it; an officer just gave their second factor. */
export async function visit(origin: string, name: CastName | 'visitor'): Promise<Visit> {
	const cookies = new Map<string, string>();
	if (name !== 'visitor') {
		const made = await asSystem('test', (tx) => createSession(tx, idOf(name), 'Firefox', { factor: true }));
		cookies.set('coopol', made.secret);
	}
	const headers = () => ({
		origin,
		accept: 'text/html',
		cookie: [...cookies].map(([key, value]) => `${key}=${value}`).join('; '),
	});
	const ask = async (asked: Omit<Parameters<typeof send>[1], 'headers'>, more = {}) => {
		const { text, ...answer } = await send(origin, { ...asked, headers: { ...headers(), ...more } });
		for (const line of answer.cookies) keep(cookies, line);
		return { ...answer, main: readable(mainOf(text)), field: (field: string) => fieldOf(text, field) };
	};
	return {
		cookies,
		get: (path) => ask({ method: 'GET', path, body: null }),
		post: async (path, fields) => {
			const { type, body } = await wire(fields);
			return ask({ method: 'POST', path, body }, { 'content-type': type });
		},
	};
}

async function wire(fields: Fields): Promise<{ type: string; body: Buffer }> {
	const sent = new FormData();
	for (const [name, value] of Object.entries(fields))
		for (const one of [value].flat()) sent.append(name, one);
	const made = new Response(sent);
	return { type: made.headers.get('content-type')!, body: Buffer.from(await made.arrayBuffer()) };
}

function keep(cookies: Map<string, string>, line: string): void {
	const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
	if (name === undefined || value === undefined) return;
	if (value === '' || /max-age=0/i.test(line)) cookies.delete(name);
	else cookies.set(name, value);
}
