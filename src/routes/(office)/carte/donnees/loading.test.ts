import { beforeAll, beforeEach, expect, test } from 'vitest';
import {
	election,
	fileOf,
	inPlace,
	journal,
	outlinesText,
	resultsText,
	sendBy,
	shelfAt,
} from '#domains/electoral-map/loading/sent.fixture.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';

stage();

let yamina: Browser;
beforeAll(async () => {
	yamina = await browser('yamina');
});
beforeEach(() =>
	scene(
		sql`delete from platform.bucket`,
		sql`delete from electoral_map.source`,
		sql`delete from electoral_map.sending`,
		sql`delete from electoral_map.nuance`,
	),
);

const one = resultsText([['1', 100, 20, 30]]);
const two = resultsText([
	['1', 100, 25, 25],
	['2', 300, 100, 100],
]);

/** Sends results, says of which election, and has them read. */
async function readBy(who: Browser, text: string): Promise<string> {
	const at = await sendBy(who, text);
	await drainJobs();
	await who.post(`${at}?/say`, { election });
	await drainJobs();
	return at;
}

test('a file is read whole, asked about, reported and put in place by a press', async () => {
	const at = await sendBy(yamina, one);
	expect((await yamina.get(at)).main).toContain('Tu peux fermer cette page');
	await drainJobs();
	expect((await yamina.get(at)).main).toContain('De quelle élection s’agit-il ?');
	await yamina.post(`${at}?/say`, { election });
	await drainJobs();
	const ready = await yamina.get(at);
	expect(ready.main).toContain('Voici le bilan');
	expect(ready.main).toContain('inscrits 100');
	expect(await inPlace()).toEqual([]);
	expect((await yamina.through(`${at}?/place`)).text).toContain('C’est en place.');
	expect(await inPlace()).toEqual([{ kind: 'results', election, stations: 1 }]);
	expect(await journal()).toEqual(['switch', 'say', 'load']);
}, 60_000);

test('the version before stays, told with who sent it, and comes back by one press', async () => {
	for (const text of [one, two]) await yamina.post(`${await readBy(yamina, text)}?/place`);
	expect(await inPlace()).toEqual([{ kind: 'results', election, stations: 2 }]);
	const shelf = await yamina.get(shelfAt);
	expect(shelf.main).toContain('Yamina');
	const past = /name="id" value="([^"]+)"/.exec(shelf.html)?.[1] ?? '';
	expect((await yamina.through(`${shelfAt}?/restore`, { id: past })).text).toContain('de nouveau en place');
	expect(await inPlace()).toEqual([{ kind: 'results', election, stations: 1 }]);
	expect((await journal())[0]).toBe('restore');
	expect((await yamina.post(`${shelfAt}?/restore`, { id: past })).form?.problems).toEqual([
		'file electoral-map.no_version',
	]);
}, 60_000);

test('stations without ground are told with their registered voters before anything changes', async () => {
	const drawn = await sendBy(yamina, outlinesText(['0001']), 'bureaux-2022.geojson');
	await drainJobs();
	await yamina.post(`${drawn}?/place`);
	const { main } = await yamina.get(await readBy(yamina, two));
	expect(main).toContain('1 sur 2');
	expect(main).toContain('Un bureau ne trouve pas son terrain (300 inscrits)');
	expect(main).toContain('01004_0002');
}, 60_000);

test('the year of outlines is asked when neither the file nor its name says it', async () => {
	const at = await sendBy(yamina, outlinesText(['0001']), 'bureaux.geojson');
	await drainJobs();
	expect((await yamina.get(at)).main).toContain('De quelle année');
	expect((await yamina.post(`${at}?/say`, { vintage: 'hier' })).form?.problems).toEqual([
		'vintage electoral-map.sending_vintage_shape',
	]);
	await yamina.post(`${at}?/say`, { vintage: '2022' });
	await drainJobs();
	expect((await yamina.get(at)).main).toContain('Voici le bilan');
});

test.each([
	['a list of people', 'Nom;Prénom;Courriel\nMonteil;Uma;u@rive.example\n', 'liste.csv', 'pas reconnu'],
	['a file cut short', Buffer.from(outlinesText(['0001'])).subarray(0, 200), 'bureaux-2022.geojson', 'coupé'],
	[
		'results that lack a column',
		'departement,commune,bureau,inscrits,exprimes,DUPONT\n01,004,1,9,9,9\n',
		'r.csv',
		'n’est pas',
	],
	['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'carte.png', 'n’est pas'],
])('%s is refused in words, and nothing changes', async (_, text, name, said) => {
	const at = await sendBy(yamina, text, name);
	await drainJobs();
	const { main } = await yamina.get(at);
	expect(main).toContain('n’est pas pris');
	expect(main).toContain(said);
	expect((await yamina.post(`${at}?/place`)).form?.problems).toEqual([' electoral-map.sending_moved_on']);
	expect(await inPlace()).toEqual([]);
});

test('no file, and a file too large for a page, are said at the field', async () => {
	const post = (file: File) => yamina.post(`${shelfAt}?/send`, { file });
	expect((await post(fileOf('', ''))).form?.problems).toEqual(['file electoral-map.sending_no_file']);
	expect((await post(fileOf(Buffer.alloc(60 * 1024 * 1024 + 1), 'gros.csv'))).form?.problems).toEqual([
		'file electoral-map.sending_too_large',
	]);
});

test('sent or pressed twice, it is done once', async () => {
	const file = () => fileOf(one, 'resultats.csv');
	const sent = [
		await yamina.post(`${shelfAt}?/send`, { file: file(), _key: 'same' }),
		await yamina.post(`${shelfAt}?/send`, { file: file(), _key: 'same' }),
	];
	expect(sent[1]?.to).toBe(sent[0]?.to);
	const at = await readBy(yamina, two);
	const before = await journal();
	await Promise.all([yamina.post(`${at}?/place`), yamina.post(`${at}?/place`)]);
	await yamina.post(`${at}?/place`);
	expect(await inPlace()).toHaveLength(1);
	expect(await journal()).toEqual(['switch', ...before]);
});

test('a file removed while it is read leaves nothing', async () => {
	const at = await sendBy(yamina, one);
	expect((await yamina.through(`${at}?/drop`)).text).toContain('rien n’a changé');
	await drainJobs();
	expect((await yamina.get(at)).status).toBe(404);
	const ready = await readBy(yamina, two);
	await yamina.post(`${ready}?/drop`);
	expect((await yamina.get(shelfAt)).main).not.toContain('resultats.csv');
});

test('an office that ends during the load decides nothing any more; another officer does', async () => {
	const at = await sendBy(yamina, outlinesText(['0001']), 'bureaux-2022.geojson');
	await scene(
		sql`update territory.term set ends_at = now() - interval '1 second' where person_id = ${idOf('yamina')}::uuid`,
	);
	try {
		await drainJobs();
		for (const address of [at, shelfAt]) expect((await yamina.get(address)).status).toBe(404);
		expect((await yamina.post(`${at}?/place`)).status).toBe(404);
		expect(await inPlace()).toEqual([]);
		const sabrina = await browser('sabrina');
		await sabrina.post(`${at}?/place`);
		expect(await inPlace()).toEqual([{ kind: 'outlines', election: null, stations: 1 }]);
	} finally {
		await scene(sql`update territory.term set ends_at = null where person_id = ${idOf('yamina')}::uuid`);
	}
});

test('the secretary of a section, a member and a visitor find no such page', async () => {
	const at = await sendBy(yamina, one);
	for (const name of ['samuel', 'odile'] as const)
		for (const address of [at, shelfAt, `${shelfAt}/blocs?scrutin=${election}`])
			expect([name, (await (await browser(name)).get(address)).status]).toEqual([name, 404]);
	expect((await (await browser('visitor')).get(shelfAt)).to).toContain('/connexion');
});

test('labels are put in families, election by election; as usual is not kept', async () => {
	await yamina.post(`${await readBy(yamina, two)}?/place`);
	const at = `${shelfAt}/blocs`;
	const page = await yamina.get(`${at}?scrutin=${election}`);
	expect(page.main).toContain('DUPONT (125 voix)');
	const keep = (bloc: string[]) =>
		yamina.through(`${at}?/keep&scrutin=${election}`, {
			election,
			'label[]': ['DUPONT', 'DURAND'],
			'bloc[]': bloc,
		});
	expect((await keep(['ours', ''])).text).toContain('C’est gardé.');
	const again = await yamina.get(`${at}?scrutin=${election}`);
	expect(again.html).toMatch(/<option value="ours" selected/);
	expect((await keep(['nobody', ''])).form?.problems.join()).toContain('electoral-map.bloc_unknown');
	await keep(['', '']);
	expect((await yamina.get(`${at}?scrutin=${election}`)).html).not.toMatch(/<option value="ours" selected/);
	expect((await yamina.get(`${at}?scrutin=1999_pres_t1`)).status).toBe(404);
});

test('programs read what is loaded', async () => {
	await yamina.post(`${await readBy(yamina, two)}?/place`);
	const answer = await yamina.send('GET', '/api/v1/map/sources');
	expect(JSON.parse(answer.html)).toMatchObject({
		sources: [{ kind: 'results', election, state: 'current' }],
	});
});
