import { newId } from '#platform/ids.ts';
import { operations, routes } from '#registry.ts';
import { type Actor, makeActors } from '#tests/matrix/actors.ts';
import { isApi } from '#tests/matrix/cell.ts';
import { targetsOf } from '#tests/matrix/expected/index.ts';
import type { Things } from '#tests/matrix/things.ts';
import { send } from './send.ts';

/** A request in order, from which hostile ones are made. */
export interface Seed {
	/** Key of the route's declaration. */
	route: string;
	method: string;
	path: string;
	fields: [name: string, value: string][];
	api: boolean;
	/** Those who get through, as far as it is known. */
	as: readonly string[];
}

/** Seeds by route: one at least for each declared page, action and verb of the API. */
export type Seeds = Map<string, Seed[]>;

/** The requests of the matrix, the forms that pages show, and for what neither knows its bare address. */
export async function gatherSeeds(origin: string, things: Things): Promise<Seeds> {
	const seeds: Seeds = new Map(Object.keys({ ...routes, ...operations }).map((route) => [route, []]));
	const add = (seed: Seed) => seeds.set(seed.route, [...(seeds.get(seed.route) ?? []), seed]);
	for (const target of targetsOf(things)) {
		const fields = Object.entries(target.body ?? {}).flatMap(([name, value]) =>
			[value].flat().map((one): [string, string] => [name, String(one)]),
		);
		add({
			route: target.route,
			method: target.method,
			path: target.path,
			fields,
			api: isApi(target),
			as: target.in ?? [],
		});
	}
	for (const form of await formsOf(origin, seeds)) add(form);
	for (const [route, found] of seeds) if (!found.length) add(bare(route));
	return seeds;
}

function bare(route: string): Seed {
	const [method, pattern] = route.split(' ') as [string, string];
	const [path, action] = pattern.split('?') as [string, string | undefined];
	const filled = path.replace(/\[\.{0,3}\w+(?:=(\w+))?\]/g, (_, kind) =>
		kind === 'slug' ? 'section-de-villebrume' : newId(),
	);
	return {
		route,
		method: method === '*' ? 'GET' : method,
		path: `${filled}${action && action !== 'default' ? `?/${action}` : ''}`,
		fields: [],
		api: filled.startsWith('/api/'),
		as: [],
	};
}

const readers = ['odile', 'samuel', 'bertrand'];

/** Forms found on the pages that three people read: every field with what it holds. */
async function formsOf(origin: string, seeds: Seeds): Promise<Seed[]> {
	const actors = (await makeActors()).filter(({ name }) => readers.includes(name));
	const pages = [...seeds.values()].flatMap((of) =>
		of.filter(({ method, api }) => method === 'GET' && !api).slice(0, 2),
	);
	const found = new Map<string, Seed>();
	for (const { path } of pages) {
		for (const actor of actors) {
			const { status, text } = await send(origin, {
				method: 'GET',
				path,
				headers: { cookie: `coopol=${actor.cookie}` },
				body: null,
			});
			if (status === 200)
				for (const seed of formsIn(text, path, seeds, actor.name))
					found.set(`${seed.route} ${seed.fields.map(([name]) => name)}`, seed);
		}
	}
	return [...found.values()];
}

function formsIn(html: string, page: string, seeds: Seeds, reader: string): Seed[] {
	return [...html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)].flatMap(([, attributes = '', inside = '']) => {
		if (!/method="post"/i.test(attributes)) return [];
		const url = new URL(plain(/action="([^"]*)"/.exec(attributes)?.[1] ?? ''), `http://here.invalid${page}`);
		const action = [...url.searchParams.keys()].find((name) => name.startsWith('/'))?.slice(1) ?? 'default';
		const route = [...seeds.keys()].find(
			(key) => key.startsWith('POST ') && key.endsWith(`?${action}`) && shapeOf(key).test(url.pathname),
		);
		return route
			? [
					{
						route,
						method: 'POST',
						path: url.pathname + url.search,
						fields: fieldsIn(inside),
						api: false,
						as: [reader],
					},
				]
			: [];
	});
}

const shapeOf = (route: string) =>
	new RegExp(
		`^${route
			.slice(5)
			.split('?')[0]!
			.replace(/\[[^\]]+\]/g, '[^/]+')}$`,
	);
const plain = (text: string) => text.replaceAll('&amp;', '&').replaceAll('&quot;', '"');

const fieldsIn = (html: string): [string, string][] =>
	[...html.matchAll(/<(?:input|textarea|select|button)\b[^>]*\bname="([^"]+)"[^>]*>/g)]
		.filter(([, name]) => name !== '_key')
		.map(([tag, name]) => [plain(name!), plain(/\bvalue="([^"]*)"/.exec(tag)?.[1] ?? 'Bonjour')]);

/** Those who attack: as visitor, members, officers with and without their second factor, and by token. */
export const attackers = async (): Promise<Actor[]> =>
	(await makeActors()).filter(({ name }) =>
		/^(visitor|odile|mathis|samuel|yamina|bertrand|sabrina|paulo|thibaud|awa|lucien|samuel-without-factor|bertrand-token|no-scope|forged)$/.test(
			name,
		),
	);
