import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { comment } from '#domains/feed/index.ts';
import { befriend, feedStage, said, to } from '#domains/feed/stage.fixture.ts';
import { ask } from '#domains/friends/index.ts';
import { asSystem } from '#platform/db.ts';
import { forgetSettings, saveSetting } from '#platform/settings.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { type CastName, cast, idOf, units } from '#tests/party.ts';
import { as } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';

feedStage();

const villebrume = `/unites/${idOf('villebrume')}`;
/** Who opens which pages; `:post` is a post of Odile. */
const pages: [CastName, string[]][] = [
	[
		'odile',
		[
			'/fil',
			'/fil?vue=amis',
			'/fil?vue=section-de-villebrume',
			'/fil/publier',
			'/publications/:post',
			'/publications/:post/modifier',
			'/contacts',
			'/sections',
			'/sections/section-de-villebrume',
			villebrume,
			`${villebrume}/membres`,
			`${villebrume}/inviter`,
			`${villebrume}/bureau`,
			'/recherche?q=samedi',
			`/personnes/${idOf('samuel')}`,
			'/qui-me-voit',
			'/agenda',
			'/agenda/pres-de-moi',
			'/agenda/abonnement',
			'/evenements/nouveau',
			'/groupes',
			'/groupes/nouveau',
			'/sujets',
			'/messages',
			'/messages/nouveau',
			'/missions',
			'/missions/nouvelle',
			'/mes-actions',
			'/initiatives',
			'/initiatives/nouvelle',
			'/petitions',
			'/petitions/nouvelle',
			'/avis',
			'/avis/reglages',
			'/mon-profil',
			'/compte',
			'/compte/securite',
			'/compte/donnees',
			'/compte/appareil',
			'/compte/jetons',
			'/compte/adresse',
			'/compte/numero',
			'/securite',
			'/securite/bilan',
			'/donnees-personnelles',
		],
	],
	[
		'samuel',
		[
			`${villebrume}/modifier`,
			`${villebrume}/membres`,
			'/responsabilites',
			'/responsabilites/prets',
			'/mes-20-minutes',
		],
	],
	[
		'bertrand',
		[
			'/administration',
			'/administration/apparence',
			'/administration/organisation',
			'/administration/membres',
			'/administration/sujets',
			'/administration/webhooks',
			'/administration/niveaux',
			'/administration/apps',
			'/administration/journal',
			'/administration/droits',
		],
	],
	['paulo', ['/moderation']],
	[
		'yamina',
		[
			'/membres/importer',
			'/carte',
			`${villebrume}/structure`,
			`${villebrume}/bureau/nommer`,
			'/responsabilites/sans-responsable',
			`/unites/${idOf('castelmauve')}/bureau`,
		],
	],
];
const people = {} as Record<CastName, Browser>;
let post: string;
beforeAll(async () => {
	await befriend('odile', 'ines');
	const odile = await as('odile');
	post = await said(odile, 'XXX', { options: ['XX', 'XXXX'] });
	await comment(await as('samuel'), post, { text: 'XXXXX', reply_to: '' });
	await said(await as('ines'), 'XXX', to('friends'));
	await ask(await as('gerard'), { person: idOf('odile'), note: '' });
	await ask(odile, { person: idOf('mathis'), note: '' });
	for (const [name] of pages) people[name] = await browser(name);
});

const known = [
	'La Rive commune',
	...[...Object.values(units), ...Object.values(cast)].map(({ name }) => name),
].map((name) => name.replaceAll('’', "'"));
/** What a page says of itself: names of people and places left out. */
async function words(who: CastName, path: string): Promise<string> {
	const { status, text } = await people[who].get(path.replace(':post', post));
	expect([path, status]).toEqual([path, 200]);
	const plain = known.reduce((all, name) => all.replaceAll(name, '·'), text.replaceAll('\u2019', "'"));
	return known.flatMap((name) => name.split(' ')[0]!).reduce((all, name) => all.replaceAll(name, '·'), plain);
}
const every = pages.flatMap(([who, paths]) => paths.map((path) => [who, path] as const));
const found = (text: string, pattern: RegExp) =>
	[...text.matchAll(pattern)].map(
		({ 0: word, index }) =>
			`${text.slice(Math.max(0, index - 30), index)}[${word}]${text.slice(index + word.length, index + word.length + 20)}`,
	);

/** The house addresses everybody so, and they read this language. */
const speaks = async (address: 'tu' | 'vous', language: 'fr' | 'en') => {
	await asSystem('test', (tx) =>
		saveSetting(tx, 'organisation', { name: 'La Rive commune', colour: '#00616c', address }, null),
	);
	forgetSettings();
	await scene(sql`update people.person set language = ${language}`);
};

describe.each<['tu' | 'vous', 'fr' | 'en', string, RegExp]>([
	['vous', 'fr', 'tu', /(?<![\p{L}'-])(?:tu|toi|ton|ta|tes|te|t'(?=[aeiouyhéè]))(?!\p{L})/giu],
	[
		'tu',
		'en',
		'French',
		/(?<![\p{L}'])(?:le|la|les|une|des|du|dans|pour|avec|tu|ton|vous|votre|est|sont|qui|que|aux|voir|ici)(?!\p{L})/giu,
	],
])('%s, %s', (address, language, _, wrong) => {
	beforeAll(() => speaks(address, language));
	afterAll(() => speaks('tu', 'fr'));
	test.each(every)(
		`%s on %s reads no word of the ${_} kind, and no name of a sentence`,
		async (who, path) => {
			const text = await words(who, path);
			expect(found(text, wrong)).toEqual([]);
			expect(
				found(
					text,
					/\b(?:app|ui|feed|friends|territory|notices|search|profiles|safety|admin|events|groups|imports|messages|missions|people|privacy|shell)\.[a-z_]+|\{(?!n\}|left\})[a-z_]+\}/g,
				),
			).toEqual([]);
		},
	);
});
