import { beforeAll, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { drawn, plain, read, type Tongue, targets } from '#tests/draw.ts';
import { type CastName, cast, idOf, type UnitKey } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { newcomers, peopleToMeet } from '../belonging/members.ts';
import { inventedZones, loadZones, zoneId } from '../zones/index.ts';
import ArrangeUnit from './ArrangeUnit.svelte';
import ContactUnit from './ContactUnit.svelte';
import { setCoverage } from './coverage.ts';
import Directory from './Directory.svelte';
import EditUnit from './EditUnit.svelte';
import { listUnits } from './list.ts';
import PublicUnit from './PublicUnit.svelte';
import { placesFor } from './places.ts';
import { showUnit } from './show.ts';
import UnitHome from './UnitHome.svelte';

stage();
beforeAll(() => asSystem('test', (tx) => loadZones(tx, inventedZones())));

const key = 'key';
const home = async (who: CastName, unit: UnitKey) => {
	const viewer = await as(who);
	const shown = await showUnit(viewer, idOf(unit));
	return {
		unit: shown,
		below: await listUnits(viewer, { parentId: shown.id }),
		newcomers: shown.mine ? await newcomers(viewer, shown.id) : [],
		meet: shown.mine ? await peopleToMeet(viewer, shown.id) : [],
		joinable: shown.may.join && shown.below === 0,
		key,
	};
};
const homeOf = async (who: CastName, unit: UnitKey, tongue: Tongue = {}) =>
	read(UnitHome, await home(who, unit), tongue);

test('a person of the place reads who answers for it and whom to meet, and may leave; a stranger may come', async () => {
	const mine = await homeOf('odile', 'villebrume');
	expect(mine).toContain(`${cast.samuel.name} secrétaire`);
	expect(mine).toContain('Trois personnes à rencontrer');
	expect(mine).toContain('Quitter Section de Villebrume');
	expect(mine).not.toContain("C'est ici chez moi");
	const theirs = await homeOf('ines', 'villebrume');
	expect(theirs).toContain("C'est ici chez moi");
	expect(theirs).not.toContain('Trois personnes à rencontrer');
	const page = await home('odile', 'villebrume');
	const few = (n: number) => read(UnitHome, { ...page, meet: page.meet.slice(0, n) });
	expect(await few(2)).toContain('Deux personnes à rencontrer');
	expect(await few(1)).toContain('Une personne à rencontrer');
	expect(await few(0)).not.toContain('à rencontrer');
	expect(await homeOf('ines', 'valdorsande')).not.toContain("C'est ici chez moi");
});

test('without officer it says so; who stands provisionally is told apart', async () => {
	expect(await homeOf('noemie', 'castelmauve')).toContain("Personne ne s'en occupe encore.");
	await scene(sql`update territory.term set provisional = true where id = ${idOf('samuel term')}`);
	expect(await homeOf('odile', 'villebrume')).toContain('à titre provisoire');
	await scene(sql`update territory.term set provisional = false where id = ${idOf('samuel term')}`);
	expect(await homeOf('odile', 'villebrume')).not.toContain('à titre provisoire');
});

test('the words of a welcome are read by the person welcomed, and by nobody else', async () => {
	await scene(sql`update territory.attachment set greeting = 'On se voit mardi', welcomed_by = ${idOf('samuel')}, welcomed_at = now()
		where person_id = ${idOf('mathis')} and unit_id = ${idOf('villebrume')}`);
	expect(await homeOf('mathis', 'villebrume')).toContain(
		`${cast.samuel.name} te souhaite la bienvenue : On se voit mardi`,
	);
	expect(await homeOf('mathis', 'villebrume', { address: 'vous' })).toContain('vous souhaite la bienvenue');
	for (const other of ['odile', 'samuel', 'ines'] as const)
		expect([other, await homeOf(other, 'villebrume')]).toEqual([
			other,
			expect.not.stringContaining('On se voit mardi'),
		]);
});

test('an empty page invites who may write it, and shows nothing to the others', async () => {
	await scene(
		sql`update territory.unit set public_text = '', members_text = '' where id = ${idOf('villebrume')}`,
	);
	expect(await homeOf('samuel', 'villebrume')).toContain('Cette page attend ses premiers mots');
	expect(await homeOf('odile', 'villebrume')).not.toContain('Cette page attend');
	await scene(
		sql`update territory.unit set public_text = 'Le **mardi**', members_text = 'Code 12' where id = ${idOf('villebrume')}`,
	);
	expect(await homeOf('odile', 'villebrume')).toContain("Le mardi Pour les gens d'ici Code 12");
	expect(await homeOf('ines', 'villebrume')).not.toContain('Code 12');
	await scene(
		sql`update territory.unit set public_text = '', members_text = '' where id = ${idOf('villebrume')}`,
	);
});

test('tabs lead only where the reader may go', async () => {
	const tabs = async (who: CastName, unit: UnitKey) =>
		targets(await drawn(UnitHome, await home(who, unit)))
			.filter((to) => to.startsWith(`/unites/${idOf(unit)}/`))
			.map((to) => to.split('/').at(-1));
	expect(await tabs('odile', 'villebrume')).toEqual(['membres', 'inviter', 'bureau']);
	expect(await tabs('samuel', 'villebrume')).toEqual([
		'membres',
		'inviter',
		'modifier',
		'bureau',
		'modifier',
	]);
	expect(await tabs('yamina', 'villebrume')).toEqual([
		'membres',
		'modifier',
		'structure',
		'bureau',
		'modifier',
	]);
	expect(await tabs('fanny', 'villebrume')).toEqual(['bureau']);
});

test('people are counted in the reader’s words: none, one, many, in French and in English', async () => {
	const counts = async (members: number, sympathisers: number, tongue: Tongue = {}) => {
		const page = await home('odile', 'villebrume');
		return read(UnitHome, { ...page, unit: { ...page.unit, members, sympathisers } }, tongue);
	};
	expect(await counts(0, 1)).toMatch(/ 0 adh\p{L}+ ou adh\p{L}+, 1 symp\p{L}+ ou symp/u);
	expect(await counts(1, 0)).toMatch(/ 1 adh\p{L}+t ou adh\p{L}+te, 0 symp/u);
	expect(await counts(1234, 2)).toMatch(/ 1 234 adh\p{L}+s et adh\p{L}+s, 2 symp\p{L}+s et symp\p{L}+s/u);
	expect(await counts(1234, 1, { language: 'en' })).toContain('1,234 members, 1 sympathiser');
});

test('what the place covers: twelve names, then how many more', async () => {
	const page = await home('odile', 'villebrume');
	const covers = (zones: string[], zoneCount: number) =>
		read(UnitHome, { ...page, unit: { ...page.unit, zones, zoneCount } });
	expect(await covers([], 0)).not.toContain('Couvre');
	expect(await covers(['Villebrume'], 1)).toContain('Couvre Villebrume.');
	expect(await covers(['Villebrume', 'Roche'], 3)).toContain(
		'Couvre Villebrume et Roche et une autre commune.',
	);
	expect(await covers(['Villebrume'], 4)).toContain('et 3 autres communes.');
});

test('the public page names nobody, hides small numbers, and says how to come', async () => {
	const page = async (who: CastName | 'visitor', unit: UnitKey) => {
		const viewer = await as(who);
		const shown = await showUnit(viewer, idOf(unit));
		const below = await listUnits(viewer, { parentId: shown.id });
		return drawn(PublicUnit, { unit: shown, below, visiting: who === 'visitor', form: null, key });
	};
	const small = plain(await page('visitor', 'castelmauve'));
	expect(small).toContain("Cette page n'est pas encore écrite.");
	expect(small).not.toMatch(/\d adh/);
	const large = await page('visitor', 'valdorsande');
	expect(plain(large)).toMatch(/\d+ adh/);
	expect(targets(large)).toContain('/bienvenue?unite=federation-du-val-d-orsande');
	for (const { name } of Object.values(cast)) expect(large).not.toContain(name.split(' ')[1]);
	expect(targets(await page('odile', 'villebrume'))).toContain(`/unites/${idOf('villebrume')}`);
	expect(await page('odile', 'villebrume')).not.toContain('/bienvenue?unite');
});

test('the directory says that nothing was found, and keeps what was typed', async () => {
	const found = { units: [], next: null };
	const nothing = await drawn(Directory, { q: '"><b>Zed', found, below: [], around: [] });
	expect(plain(nothing)).toContain('Rien trouvé pour « "><b>Zed »');
	expect(nothing).not.toContain('<b>Zed');
	const units = (await listUnits(await as('visitor'), { parentId: idOf('valdorsande') })).units;
	const near = await read(Directory, { q: 'x', found, below: [], around: [{ commune: 'Roche', units }] });
	expect(near).toContain('À Roche');
	expect(near).not.toContain('Rien trouvé');
	const more = await drawn(Directory, {
		q: 'l’île',
		found: { units: units.slice(1), next: 'abc' },
		below: units.slice(0, 1),
		around: [],
	});
	expect(targets(more)).toContain('?q=l%E2%80%99%C3%AEle&suite=abc');
	for (const { name } of units) expect(plain(more)).toContain(name.replaceAll('’', "'"));
});

test('the page that shapes a place offers what may be done to it, open or closed', async () => {
	await setCoverage(await as('yamina'), idOf('villebrume'), [zoneId('commune', 'X01001')]);
	const page = async (who: CastName, unit: UnitKey, form: object | null = null) => {
		const viewer = await as(who);
		return drawn(ArrangeUnit, {
			unit: await showUnit(viewer, idOf(unit)),
			places: await placesFor(viewer, idOf(unit)),
			form,
			key,
		});
	};
	const actions = (html: string) => targets(html).filter((to) => to.startsWith('?/'));
	expect(actions(await page('yamina', 'villebrume'))).toEqual(['?/rename', '?/cover', '?/close']);
	expect(actions(await page('bertrand', 'villebrume'))).toEqual(['?/rename', '?/cover', '?/move', '?/close']);
	expect(actions(await page('yamina', 'valdorsande'))).toEqual(['?/rename', '?/create']);
	const refused = plain(
		await page('yamina', 'villebrume', {
			values: {},
			problems: [{ field: 'heir', key: 'territory.unit_close_needs_heir', args: { n: 1 } }],
		}),
	);
	expect(refused).toContain('Une personne en fait partie. Choisis le lieu voisin qui les accueille.');
	await scene(sql`update territory.unit set closed_at = now() where id = ${idOf('castelmauve')}`);
	const closed = await page('yamina', 'castelmauve');
	expect(actions(closed)).toEqual(['?/cover', '?/reopen']);
	expect(plain(closed)).toContain('Fermé depuis le');
	await scene(sql`update territory.unit set closed_at = null where id = ${idOf('castelmauve')}`);
});

test('who saved second reads the other version above their own words', async () => {
	await scene(
		sql`update territory.unit set public_text = 'De Yamina', edited_by = ${idOf('yamina')}, edited_at = now() where id = ${idOf('villebrume')}`,
	);
	const unit = await showUnit(await as('samuel'), idOf('villebrume'));
	const form = {
		values: { publicText: 'De Samuel', membersText: '', contactEmail: '' },
		problems: [{ field: '', key: 'territory.unit_page_changed' }],
	};
	const html = await drawn(EditUnit, { unit, form, key });
	expect(plain(html)).toContain(`La version enregistrée par ${cast.yamina.name}`);
	expect(html.indexOf('De Yamina')).toBeLessThan(html.indexOf('De Samuel'));
	expect(html).toContain(`name="version" value="${unit.version}"`);
	expect(await read(EditUnit, { unit, form: null, key })).not.toContain('La version enregistrée');
});

test('a letter refused keeps every word typed, with the sentence at its field', async () => {
	const unit = { slug: 'section-de-villebrume', name: 'Section de Villebrume' };
	const form = {
		values: { name: 'Lou', email: 'lou@', text: 'Bonjour, <b>quand</b> ?' },
		problems: [{ field: 'email', key: 'territory.unit_email_shape' }],
	};
	const html = await drawn(ContactUnit, { unit, form, key });
	expect(plain(html)).toContain("Cette adresse e-mail n'est pas complète.");
	expect(html).toContain('value="Lou"');
	expect(html).toContain('&lt;b>quand');
	expect(targets(html)).toEqual(expect.arrayContaining(['#email', '?/write#ecrire']));
});
