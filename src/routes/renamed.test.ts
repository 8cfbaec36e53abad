import { beforeAll, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { browser } from '#tests/browse.ts';
import { type CastName, idOf, units } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';

stage();

const villebrume = `/unites/${idOf('villebrume')}`;
const pages: Record<string, string[]> = {
	visitor: ['/sections', '/sections/section-de-villebrume', '/sections/federation-du-val-d-orsande'],
	odile: [
		'/fil',
		'/fil/publier',
		villebrume,
		`${villebrume}/membres`,
		`${villebrume}/bureau`,
		'/recherche?q=villebrume',
	],
	yamina: [
		`${villebrume}/structure`,
		`${villebrume}/bureau/nommer`,
		`/unites/${idOf('valdorsande')}/structure`,
		'/responsabilites',
		'/responsabilites/sans-responsable',
		'/mes-20-minutes',
		'/membres/importer',
	],
	bertrand: ['/administration', '/administration/niveaux', '/administration/apps'],
};
const renamed = [
	{ key: 'section', one: 'grappe' },
	{ key: 'federation', one: 'ruche' },
	{ key: 'region', one: 'prairie' },
];

/** Through the page of each level, as its keeper does. */
beforeAll(async () => {
	const bertrand = await browser('bertrand');
	for (const { key, one } of renamed) {
		const kind = await asSystem('test', (tx) =>
			tx.one<{
				id: string;
				children: string[];
			}>(sql`select id, array(select child_id from territory.unit_kind_child
				where parent_id = unit_kind.id) as children from territory.unit_kind where key = ${key}`),
		);
		const typed = {
			one_f: one,
			many_f: `${one}s`,
			one_m: '',
			many_m: '',
			one_n: '',
			many_n: '',
			en_one: `${one}x`,
			en_many: `${one}xes`,
		};
		const answer = await bertrand.post(`/administration/niveaux/${kind!.id}?/edit`, {
			kind: kind!.id,
			gender: 'f',
			...typed,
			'children[]': kind!.children,
		});
		expect([key, answer.status, answer.form?.problems]).toEqual([key, 303, undefined]);
	}
});

const names = Object.values(units).map(({ name }) => name.replaceAll('’', "'"));
/** What a page says of itself, without the names that places were given. */
const read = async (who: string, path: string) => {
	const { status, main } = await (await browser(who as CastName)).get(path);
	expect([path, status]).toEqual([path, 200]);
	return names.reduce((text, name) => text.replaceAll(name, '·'), main.replaceAll('’', "'"));
};

test.each(Object.entries(pages).flatMap(([who, paths]) => paths.map((path) => [who, path] as const)))(
	'a renamed level is seen by %s on %s, and the former name nowhere',
	async (who, path) => {
		const former = /.{0,30}(?<!\p{L})(?:sections?|fédérations?|régions?)(?!\p{L}).{0,30}/giu;
		expect((await read(who, path)).match(former) ?? []).toEqual([]);
	},
);

test('the new names are there: on the page of levels, in the choice of what to create, at the places', async () => {
	const levels = await read('bertrand', '/administration/niveaux');
	for (const { one } of renamed) expect(levels).toContain(one);
	expect(await read('yamina', `/unites/${idOf('valdorsande')}/structure`)).toMatch(/grappe/i);
});
