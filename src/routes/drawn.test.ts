import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { forgetSettings, saveSetting } from '#platform/settings.ts';
import { sql } from '#platform/sql.ts';
import { routes } from '#registry.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { around, type Drawn, drawnIn } from '#ui/drawn.fixture.ts';
import { broken } from '#ui/rules.fixture.ts';

stage();

const readers = ['visitor', 'odile', 'samuel', 'yamina', 'bertrand', 'paulo'] as const;
const browsers = {} as Record<(typeof readers)[number], Browser>;
beforeAll(async () => {
	for (const name of readers) browsers[name] = await browser(name);
});

/** Every page that has an address of its own, and those of one place, one person. */
const addresses = [
	...Object.keys(routes).flatMap((route) => {
		const [, path] = /^GET (\/[^[]*)$/.exec(route) ?? [];
		return path &&
			!/^\/(?:api|live|health|logo|theme|communes|deconnexion|premiers-pas|connexion\/oidc)/.test(path)
			? [path]
			: [];
	}),
	...['', '/membres', '/inviter', '/bureau', '/bureau/nommer', '/modifier', '/structure', '/ecrire'].map(
		(below) => `/unites/${idOf('villebrume')}${below}`,
	),
	`/personnes/${idOf('samuel')}`,
	'/sections/section-de-villebrume',
];

const speaks = async (address: 'tu' | 'vous', language: 'fr' | 'en') => {
	await asSystem('test', (tx) =>
		saveSetting(tx, 'organisation', { name: 'La Rive commune', colour: '#00616c', address, language }, null),
	);
	forgetSettings();
	await scene(sql`update people.person set language = ${language}`);
};

/** What a page breaks; null when this reader has no such page. */
async function faultsOf(who: Browser, path: string): Promise<string[] | null> {
	const { status, html } = await who.get(path);
	if (status !== 200 || !html.includes('<main')) return null;
	const titled = html.match(/<h1\b/g)?.length === 1 ? [] : ['not one first title'];
	return [...broken(html), ...titled].map((fault) => `${path}: ${fault}`);
}

describe.each<['tu' | 'vous', 'fr' | 'en', readonly (typeof readers)[number][]]>([
	['tu', 'fr', readers],
	['vous', 'fr', ['visitor', 'odile', 'bertrand']],
	['tu', 'en', ['visitor', 'odile', 'bertrand']],
])('in words that say %s (%s)', (address, language, some) => {
	beforeAll(() => speaks(address, language));
	afterAll(() => speaks('tu', 'fr'));

	test.each(some)(
		'every page that %s can open keeps the rules of the design',
		async (who) => {
			const opened: string[][] = [];
			for (const path of addresses) {
				const faults = await faultsOf(browsers[who], path);
				if (faults) opened.push(faults);
			}
			expect(opened.flat()).toEqual([]);
			expect(opened.length).toBeGreaterThanOrEqual(who === 'visitor' ? 5 : 20);
		},
		60_000,
	);
});

const byType: Record<string, (attributes: Drawn['attributes']) => string | null> = {
	file: () => null,
	hidden: ({ value = '' }) => value,
	radio: (own) => ('checked' in own ? (own.value ?? 'on') : null),
	checkbox: (own) => ('checked' in own ? (own.value ?? 'on') : null),
};

/** What one field sends as it stands, when nobody wrote anything in it; null when it sends nothing. */
function standing({ tag, attributes, children }: Drawn): string | null {
	if (tag === 'input') return (byType[attributes.type ?? ''] ?? (() => ''))(attributes);
	if (tag === 'textarea') return '';
	if (tag !== 'select') return null;
	const chosen = children.find((option) => 'selected' in option.attributes) ?? children[0];
	return chosen?.attributes.value ?? '';
}

/** What a browser sends of a form as it stands: choices and hidden fields, texts empty. */
function asItStands(all: readonly Drawn[], form: Drawn): Record<string, string[]> {
	const sent: Record<string, string[]> = {};
	for (const field of all.filter((one) => one.attributes.name && [...around(one)].includes(form))) {
		const value = standing(field);
		if (value !== null) sent[field.attributes.name!] = [...(sent[field.attributes.name!] ?? []), value];
	}
	return sent;
}

/** The forms of a page that write, one of each sort; not those that end the session of who sends them. */
function formsOf(html: string, path: string) {
	const all = drawnIn(html);
	const found = all.flatMap((form) => {
		const { method, action = '' } = form.attributes;
		const ends = /deconnexion|demo|langue|revoke|others|out|erase/i.test(action);
		if (form.tag !== 'form' || method !== 'post' || ends || action.startsWith('/')) return [];
		const to = action.startsWith('?') ? path.replace(/\?.*/, '') + action : path;
		return [[to, asItStands(all, form)] as const];
	});
	return new Map(found);
}

/** Fields of the page that have a problem, and beside which nothing says so. */
function silent(html: string, problems: readonly string[]): string[] {
	const all = drawnIn(html);
	const isSaid = (one: Drawn) =>
		[one, ...around(one)].some(
			({ attributes }) =>
				attributes['aria-invalid'] === 'true' || /-error\b/.test(attributes['aria-describedby'] ?? ''),
		);
	return problems.flatMap((problem) => {
		const [field = ''] = problem.split(' ');
		const here = all.filter(
			({ tag, attributes }) =>
				attributes.name?.replace('[]', '') === field &&
				/^(?:input|select|textarea)$/.test(tag) &&
				attributes.type !== 'hidden',
		);
		return here.length && !here.some(isSaid) ? [field] : [];
	});
}

/** What is wrong with the pages that forms of this one come back with; how many came back. */
async function refusals(who: Browser, path: string): Promise<{ refused: number; faults: string[] }> {
	const page = await who.get(path);
	const forms = page.status === 200 && page.html.includes('<main') ? formsOf(page.html, path) : [];
	const faults: string[] = [];
	let refused = 0;
	for (const [action, sent] of forms) {
		const { status, html, form } = await who.post(action, sent);
		if (status !== 422 || !form) continue;
		refused++;
		faults.push(...broken(html).map((fault) => `${action}: ${fault}`));
		faults.push(...silent(html, form.problems).map((field) => `${action}: nothing is said at ${field}`));
	}
	return { refused, faults };
}

test.each(['visitor', 'odile', 'bertrand'] as const)(
	'a form that %s sends with nothing written in it comes back with its sentences at its fields, by the same rules',
	async (who) => {
		const all = [];
		for (const path of addresses) all.push(await refusals(browsers[who], path));
		expect(all.flatMap(({ faults }) => faults)).toEqual([]);
		expect(all.reduce((sum, { refused }) => sum + refused, 0)).toBeGreaterThanOrEqual(
			who === 'visitor' ? 2 : 6,
		);
	},
	90_000,
);
