import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { realDataMissing, realPath } from '#domains/electoral-map/real.fixture.ts';
import { idOf } from '#tests/party.ts';
import { addRealPlaces } from './ground.ts';
import { become, desktop, leave, type Person, phone, story, type Way, ways } from './person.ts';
import { bring, send, settled, shelf } from './shelf.ts';
import { type Site, start } from './site.ts';

// An officer loads the published files of Paris and of a rural department; members look at them. A site of its own: the
// other stories look at the invented town alone.
const noScript = { ...phone, script: false };
const scripted = { ...desktop, script: true };

const told = test.skipIf(realDataMissing);
story();
let site: Site;
const own = mkdtempSync(join(tmpdir(), 'coopol-map-journey-'));
beforeAll(async () => {
	if (realDataMissing) return;
	site = await start();
	await addRealPlaces(site);
}, 120_000);
afterAll(async () => {
	await site?.stop();
	rmSync(own, { recursive: true });
}, 60_000);
const enter = (who: string, way: Way) => become(who, way, site.address);

/** Real results of a round where one station has ten registered voters more: an earlier count of the same evening. */
function earlierCount(): string {
	const text = readFileSync(realPath(paris('2017-presidentielle-1')), 'utf8');
	const line = text.split('\n').find((one) => /^75,056,1905,/.test(one)) ?? '';
	const cells = line.split(',');
	const at = (text.split('\n')[0] ?? '').split(',').indexOf('inscrits');
	const path = join(own, 'soir-presidentielle-1.csv');
	writeFileSync(path, text.replace(line, cells.with(at, String(Number(cells[at]) + 10)).join()));
	return path;
}

told('a federation says that a section covers Paris, by its page', async () => {
	const yamina = await enter('yamina', noScript);
	await yamina.open(`/unites/${idOf('villebrume')}/structure`);
	await yamina.fill('Ajouter une commune', 'Paris');
	await yamina.press('Enregistrer les communes');
	expect(await yamina.text(yamina.page.locator('fieldset'))).toContain('Paris');
	expect(await leave(yamina)).toEqual([]);
});

told('Yamina loads the files of Paris, reads each report and puts them in place', async () => {
	const yamina = await enter('yamina', scripted);
	await yamina.open(shelf);
	const report = {
		outlines: await bring(yamina, realPath('paris/bureaux-contours-2017.geojson.gz')),
		iris: await bring(yamina, realPath('paris/iris-contours-2013-lambert93-shp.zip')),
		census: await bring(yamina, realPath('paris/base-ic-activite-residents-2016.csv.gz')),
		evening: await bring(yamina, earlierCount(), { Élection: '2017_pres_t1' }),
		first: await bring(yamina, realPath(paris('2017-presidentielle-1')), { Élection: '2017_pres_t1' }),
		second: await bring(yamina, realPath(paris('2017-presidentielle-2')), { Élection: '2017_pres_t2' }),
	};
	expect(report.outlines).toMatch(/bureaux\s+896/);
	expect(report.iris).toMatch(/IRIS\s+992/);
	expect(report.census).toMatch(/IRIS\s+992/);
	expect(report.evening).toMatch(/inscrits\s+1 301 647/);
	expect(report.first).toMatch(/inscrits\s+1 301 637/);
	for (const read of [report.first, report.second])
		expect(read).toMatch(/trouvent leur terrain\s+896 sur 896/);
	await yamina.open(shelf);
	expect(await yamina.text()).toContain('Rien ne manque');
	expect(await leave(yamina)).toEqual([]);
});

told('an earlier version is put back, and the last one again: the table follows', async () => {
	const yamina = await enter('yamina', noScript);
	const counted = async () => (await csvOf(yamina, 'ou=75056&scrutin=2017_pres_t1')).get('75056_1905');
	const now = Number(await counted());
	for (const more of [10, 0]) {
		await yamina.open(shelf);
		await yamina.press(/^Remettre en place/);
		expect(await yamina.text()).toContain("La version d'avant est de nouveau en place");
		expect(Number(await counted())).toBe(now + more);
	}
	expect(await leave(yamina)).toEqual([]);
});

told('a rural department comes in on a telephone without script', async () => {
	const yamina = await enter('yamina', noScript);
	await yamina.open(shelf);
	const reports = {
		outlines: await bring(yamina, realPath('alpes-de-haute-provence/bureaux-contours-2022.geojson.gz')),
		communes: await bring(yamina, realPath('alpes-de-haute-provence/communes-contours.geojson.gz'), {
			Année: '2022',
		}),
		census: await bring(yamina, realPath('alpes-de-haute-provence/csp-activite-25-54-par-commune-2011.csv')),
		results: await bring(
			yamina,
			realPath('alpes-de-haute-provence/resultats/2019-europeennes_par_bureau_large.csv'),
			{ Élection: '2019_euro_t1' },
		),
	};
	expect(reports.outlines).toContain('Un code sans contour utilisable : 04116_0004');
	expect(reports.communes).toMatch(/IRIS\s+198/);
	expect(reports.results).toMatch(/trouvent leur terrain\s+256 sur 259/);
	expect(reports.results).toContain('3 bureaux ne trouvent pas leur terrain');
	expect(await leave(yamina)).toEqual([]);
});

told.each(ways.slice(0, 2))('Odile explores Paris from her section, on %s', async (_, way) => {
	const odile = await enter('odile', way);
	await ready(odile, '/carte?ou=75056', /chômage/);
	expect(await odile.text()).toMatch(/896 bureaux de vote/);
	await odile.page.getByRole('link', { name: 'Tractage' }).click();
	await odile.page.waitForURL(/but=tractage/);
	await odile.field('Premier critère').selectOption('unemployed-high');
	await odile.field('Second critère').selectOption('abstention-high');
	await odile.press('Montrer');
	const list = odile.page.locator('main .list-part');
	expect(await odile.text(list)).toMatch(/chômage \d+ % \(± \d+ points?\), abstention \d+ %/);
	expect(await odile.text()).toMatch(/recensement 2016/);
	const asked = new URL(odile.page.url()).search.slice(1);
	const csv = await csvOf(odile, asked);
	expect(csv.size).toBe(896);
	const first = await odile.page.locator('main .list-part a[href*="bureaux/"]').first().getAttribute('href');
	expect(first).toContain([...csv.keys()][0]);
	await odile.open('/carte/bureaux/75056_1905');
	expect(await odile.text()).toContain('Présidentielle 2017');
	expect(await odile.text()).toMatch(/chômage : /i);
	expect(await leave(odile)).toEqual([]);
});

told.each(ways.slice(2))('Paulo looks at a rural perimeter, on %s', async (_, way) => {
	const paulo = await enter('paulo', way);
	// The demonstration gives that section an invented town besides, counted later.
	await ready(paulo, `/carte?ou=${idOf('montclairval')}&scrutin=2019_euro_t1`, /cadres/);
	await paulo.look();
	expect(await paulo.text()).toMatch(/259 bureaux de vote/);
	await paulo.follow('Tableau', paulo.page.locator('main .list-part'));
	expect(await paulo.page.locator('tbody tr').count()).toBe(259);
	await paulo.open('/carte?scrutin=2019_euro_t1');
	await paulo.field('Où').selectOption('04070');
	await paulo.press('Montrer');
	expect(await paulo.text()).toContain('Digne-les-Bains');
	expect(await paulo.text()).toContain('Européennes 2019');
	expect((await csvOf(paulo, 'ou=04070')).size).toBeGreaterThan(5);
	// Paris is another section's ground.
	paulo.expects.push(404);
	for (const path of ['/carte?ou=75056', '/carte/bureaux/75056_1905']) {
		await paulo.open(path);
		expect(await paulo.text()).not.toContain('Présidentielle');
	}
	expect(await leave(paulo)).toEqual([]);
});

const wrongFiles: [name: string, bytes: () => Buffer, said: string][] = [
	['lettre.txt', () => Buffer.from('Cher Paul,\nmardi à 19 h.\n'), 'pas reconnu'],
	[
		'bureaux-contours-2017.geojson.gz',
		() => readFileSync(realPath('paris/bureaux-contours-2017.geojson.gz')).subarray(0, 90_000),
		'coupé avant la fin',
	],
	[
		'base-ic-evol-struct-pop-2022.csv',
		() => Buffer.from('IRIS;COM;P22_POP;C22_POP15P\n751010101;75101;900;800\n'),
		'Il manque la colonne C22_POP15P_STAT_GSEC32',
	],
];

told('a letter, a file cut short, a base without its occupations: refused in words', async () => {
	const yamina = await enter('yamina', noScript);
	for (const [name, bytes, said] of wrongFiles) {
		await yamina.open(shelf);
		writeFileSync(join(own, name), bytes());
		await send(yamina, join(own, name));
		await settled(yamina);
		expect(await yamina.text()).toContain("Ce fichier n'est pas pris, et rien n'a changé.");
		expect(await yamina.text()).toContain(said);
		expect(await yamina.page.getByRole('button', { name: 'Mettre en place' }).count()).toBe(0);
		await yamina.press('Retirer ce fichier');
		expect(await yamina.text()).toContain("rien n'a changé");
	}
	expect(await leave(yamina)).toEqual([]);
});

told('a commune that does not exist, or is not hers, is not found', async () => {
	const odile = await enter('odile', scripted);
	odile.expects.push(404);
	for (const place of ['99999', '04070', 'nowhere']) {
		await odile.open(`/carte?ou=${place}`);
		expect(await odile.text()).not.toContain('bureaux de vote');
	}
	await odile.open('/carte/bureaux/04070_0001');
	expect(await leave(odile)).toEqual([]);
});

const paris = (round: string) => `paris/resultats/${round}_par_bureau_large.csv`;

/** Registered voters by station, in the file that the table gives. */
async function csvOf(person: Person, query: string): Promise<Map<string, string>> {
	const answer = await person.page.request.get(new URL(`/carte/tableau.csv?${query}`, person.address).href);
	expect(answer.headers()['content-type']).toContain('text/csv');
	const rows = (await answer.text()).split(/\r?\n/).map((line) => line.split(';'));
	const head = rows.find((cells) => cells.includes('Code')) ?? [];
	const [key, registered] = [head.indexOf('Code'), head.indexOf('Inscrits')];
	return new Map(
		rows
			.filter((cells) => /^\w{5}_/.test(cells[key] ?? ''))
			.map((cells) => [cells[key] ?? '', cells[registered] ?? '']),
	);
}

/** Opens the map again until what a job makes is there. */
async function ready(person: Person, path: string, what: RegExp): Promise<void> {
	await person.until(async () => {
		await person.page.goto(new URL(path, person.address).href);
		return what.test(await person.text());
	}, 60);
}
