import { beforeAll, beforeEach, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { type CastName, cast, idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { journal, refused, scene } from '#tests/traces.ts';

stage();

const levels = '/administration/niveaux';
const gates = '/administration/apps';
const rights = '/administration/droits';
let bertrand: Browser;
let samuel: Browser;
beforeAll(async () => {
	[bertrand, samuel] = [await browser('bertrand'), await browser('samuel')];
});
beforeEach(() => scene(sql`delete from platform.bucket`));

const named = (one: string) => ({
	gender: 'f',
	one_f: one,
	many_f: `${one}s`,
	one_m: '',
	many_m: '',
	one_n: '',
	many_n: '',
	en_one: one,
	en_many: `${one}s`,
});
const kindOf = async (key: string) =>
	(await asSystem('test', (tx) =>
		tx.one<{ id: string }>(sql`select id from territory.unit_kind where key = ${key}`),
	))!.id;
const officeOf = async (kind: string, key: string) =>
	(await asSystem('test', (tx) =>
		tx.one<{
			id: string;
		}>(sql`select office.id from territory.office join territory.unit_kind on unit_kind.id = kind_id
			where unit_kind.key = ${kind} and office.key = ${key}`),
	))!.id;

test('a level is made, named again, hung under another and removed; each act stands in the journal', async () => {
	const wrong = await bertrand.post(`${levels}?/create`, { ...named(''), under: '' });
	expect(wrong.form!.problems).toContain('one_f territory.kind_word_missing');
	const each = wrong.html.match(/<ul class="errors">[\s\S]*?<\/ul>/)![0];
	expect(each).toContain('Il manque le mot pour une, au féminin.');
	const both = await bertrand.post(`${levels}?/create`, {
		...named(''),
		...{ one_f: '', many_f: '', one_m: '', many_m: '', gender: 'n', under: '' },
	});
	const lines = [...both.html.match(/<ul class="errors">[\s\S]*?<\/ul>/)![0].matchAll(/<a[^>]*>([^<]*)</g)];
	expect(new Set(lines.map(([, line]) => line)).size).toBe(4);
	const section = await kindOf('section');
	const to = (await bertrand.post(`${levels}?/create`, { ...named('cellule'), under: section })).to!;
	expect(to).toMatch(/^\/administration\/niveaux\/[0-9a-f-]{36}$/);
	const page = await bertrand.get(to);
	expect(page.text).toContain('Le niveau existe.');
	const id = to.split('/').at(-1)!;
	await bertrand.post(`${to}?/edit`, { ...named('escouade'), kind: id, 'children[]': [] });
	expect((await bertrand.get(levels)).main).toContain('escouade');
	const circle = await bertrand.post(`${to}?/edit`, {
		...named('escouade'),
		kind: id,
		'children[]': [section],
	});
	expect(circle.form!.problems).toEqual(['children territory.kind_circle']);
	expect(circle.main).toContain('Ce niveau se retrouverait au-dessus de lui-même.');
	expect((await bertrand.post(`${to}?/remove`, { kind: id })).to).toBe(levels);
	expect((await bertrand.get(to)).status).toBe(404);
	const used = await bertrand.post(`${levels}/${section}?/remove`, { kind: section });
	expect(used.main).toContain('Des lieux sont de ce niveau : il reste.');
	expect(
		(await journal('territory.create_kind')).length + (await journal('territory.remove_kind')).length,
	).toBe(2);
});

test('a power taken from an office acts at the next page of who holds it, and given back too', async () => {
	const [kind, office] = [await kindOf('section'), await officeOf('section', 'secretary')];
	const at = `${levels}/${kind}/${office}`;
	const page = await bertrand.get(at);
	const held = [...page.html.matchAll(/name="powers\[\]"[^>]*>/g)]
		.map(([input]) => ({ power: /value="([^"]+)"/.exec(input)![1]!, on: input.includes('checked') }))
		.filter(({ on }) => on)
		.map(({ power }) => power);
	expect(held).toContain('members.welcome');
	const save = (powers: string[]) =>
		bertrand.post(`${at}?/edit`, {
			...named('secrétaire'),
			office,
			leads: 'on',
			'powers[]': powers,
		});
	expect((await samuel.get('/mes-20-minutes')).status).toBe(200);
	expect((await samuel.get('/membres/importer')).status).toBe(200);
	await save(held.filter((power) => power !== 'members.import'));
	expect((await samuel.get('/fil')).html.includes('href="/membres/importer"')).toBe(false);
	expect((await samuel.get('/membres/importer')).status).toBe(404);
	await save(held);
	expect((await samuel.get('/membres/importer')).status).toBe(200);
	expect((await samuel.get('/fil')).html).toContain('href="/membres/importer"');
	const unknown = await save([...held, 'rule.the.world']);
	expect(unknown.status).not.toBe(303);
});

test('a tool is shut or opened for a whole level at once; outside, it does not exist', async () => {
	const edit = (fields: Record<string, string | string[]>) =>
		bertrand.post(`${gates}?/edit`, { app: 'imports', power: '', 'kinds[]': [], ...fields });
	const yamina = await browser('yamina');
	expect((await yamina.get('/membres/importer')).status).toBe(200);
	const looked = await bertrand.post(`${gates}?/preview&app=imports`, {
		app: 'imports',
		open: 'nobody',
		power: '',
	});
	expect(looked.main).toContain('Personne n’entrerait');
	expect((await yamina.get('/membres/importer')).status).toBe(200);
	expect((await edit({ open: 'nobody' })).to).toBe(gates);
	expect((await yamina.get('/membres/importer')).status).toBe(404);
	expect((await yamina.get('/fil')).html).not.toContain('href="/membres/importer"');
	await edit({ open: 'office', power: 'members.import', 'kinds[]': ['national'] });
	expect((await yamina.get('/membres/importer')).status).toBe(404);
	expect((await bertrand.get('/membres/importer')).status).toBe(200);
	await edit({ open: 'office', power: 'members.import', 'kinds[]': ['national', 'federation'] });
	expect((await yamina.get('/membres/importer')).status).toBe(200);
	expect((await bertrand.get(gates)).main).toContain('changé');
	await scene(sql`delete from territory.gate`);
});

test('a gate that opens to nobody who keeps gates, to no level or no power that exists, is refused and said', async () => {
	const edit = (fields: Record<string, string | string[]>) =>
		bertrand.post(`${gates}?/edit`, { app: 'gates', open: 'office', power: '', 'kinds[]': [], ...fields });
	const why = await refused(['territory.gate'], async () => {
		const out = await edit({ open: 'nobody' });
		expect(out.main).toContain('Tu te fermerais cette page.');
		expect((await edit({ 'kinds[]': ['section'] })).status).toBe(409);
		expect((await edit({ 'kinds[]': ['galaxy'] })).form!.problems).toEqual(['kinds territory.kind_unknown']);
		expect((await edit({ power: 'rule.all' })).form!.problems).toEqual(['power territory.power_unknown']);
		expect((await edit({ open: 'friends' })).form!.problems).toEqual(['open territory.gate_choose']);
		expect((await edit({ app: 'nothing', open: 'anyone' })).status).toBe(404);
	});
	expect(why).toBe('done');
	expect((await bertrand.get(gates)).status).toBe(200);
});

test('an opened gate lets people to the door, never past the rules behind it', async () => {
	await bertrand.post(`${gates}?/edit`, { app: 'imports', open: 'anyone', power: '', 'kinds[]': [] });
	const odile = await browser('odile');
	expect((await odile.get('/membres/importer')).data).toMatchObject({ scopes: [] });
	expect((await odile.get('/membres/importer/territoire')).status).toBe(404);
	const file = new File(['Nom\nVoleuse\n'], 'liste.csv');
	expect((await odile.post('/membres/importer?/start', { kind: 'members', file })).status).toBe(404);
	await scene(sql`delete from territory.gate`);
});

test('any officer reads why somebody may do something: by which office, or that they may not', async () => {
	const asked = (query: string) => samuel.get(`${rights}?${query}`);
	for (const nobody of ['qui=&pouvoir=members.import', 'qui=%20'])
		expect((await asked(nobody)).main).toContain('Écris un nom, puis demande.');
	expect((await asked('pouvoir=members.import')).main).not.toContain('Écris un nom');
	const yes = await asked(`qui=Belkassaud&pouvoir=members.import&personne=${idOf('yamina')}`);
	expect(yes.main).toContain('Yamina Belkassaud peut');
	expect(yes.main).toContain('Fédération du Val-d’Orsande');
	const no = await asked(`qui=Oudraine&pouvoir=members.export&personne=${idOf('samuel')}`);
	expect(no.main).toContain('n’a pas ce pouvoir');
	expect((await asked('qui=Fabrègat&pouvoir=members.import')).main).toContain('Aucun mandat au nom de');
	const ended = await asked(`qui=Valmorin&pouvoir=members.welcome&personne=${idOf('gerard')}`);
	expect(ended.main).not.toContain('Gérard Valmorin peut');
	for (const odd of ['personne=nobody', 'pouvoir=%3Cscript%3E', `personne=${idOf('nothing')}`, 'qui=%25']) {
		const page = await asked(odd);
		expect([odd, page.html.includes('<script>')]).toEqual([odd, false]);
		expect([200, 404]).toContain(page.status);
	}
	expect((await (await browser('odile')).get(rights)).status).toBe(404);
});

test('the journal is read by who may, says who did what and where, and that it was read', async () => {
	const readers: CastName[] = [];
	for (const name of ['odile', 'samuel', 'yamina', 'sabrina', 'paulo', 'bertrand'] as const) {
		const page = await (await browser(name)).get('/administration/journal');
		if (page.status === 200) readers.push(name);
		else expect([name, page.status]).toEqual([name, 404]);
	}
	expect(readers).not.toContain('odile');
	expect(readers.length).toBeGreaterThan(0);
	const reader = await browser(readers[0]!);
	const before = (await asSystem('test', (tx) =>
		tx.one<{ n: number }>(
			sql`select count(*)::int as n from audit.entry where actor_id = ${idOf(readers[0]!)}`,
		),
	))!.n;
	const page = await reader.get('/administration/journal');
	expect(page.main).toContain(cast.bertrand.name);
	expect(
		(await asSystem('test', (tx) =>
			tx.one<{ n: number }>(
				sql`select count(*)::int as n from audit.entry where actor_id = ${idOf(readers[0]!)}`,
			),
		))!.n,
	).toBeGreaterThan(before);
	const none = await reader.get('/administration/journal?personne=Personne%20de%20ce%20nom');
	expect(none.main).toContain('Rien qui corresponde');
	for (const odd of ['avant=hier', 'unite=x', 'acte=%27%20or%201=1', 'avant=99999999999999999999'])
		expect([odd, (await reader.get(`/administration/journal?${odd}`)).status < 500]).toEqual([odd, true]);
});

test('levels, offices and gates are changed by nobody else, nor without a second factor of the last ten minutes', async () => {
	const [kind, office] = [await kindOf('section'), await officeOf('section', 'secretary')];
	const watched = ['territory.unit_kind', 'territory.office', 'territory.gate', 'territory.unit_kind_child'];
	const tries = (who: Browser) => [
		who.post(`${levels}?/create`, { ...named('intruse'), under: '' }),
		who.post(`${levels}?/move`, { id: kind, direction: 'up' }),
		who.post(`${levels}/${kind}?/remove`, { kind }),
		who.post(`${levels}/${kind}/${office}?/retire`, { office, sure: 'on' }),
		who.post(`${levels}/${kind}/nouvelle?/create`, {
			...named('intruse'),
			kind,
			'powers[]': ['settings.edit'],
		}),
		who.post(`${gates}?/edit`, { app: 'imports', open: 'anyone', power: '' }),
	];
	const why = await refused(watched, async () => {
		for (const name of ['odile', 'samuel', 'yamina', 'thibaud'] as const) {
			const statuses = (await Promise.all(tries(await browser(name)))).map(({ status }) => status);
			expect([name, statuses]).toEqual([name, statuses.map(() => 404)]);
		}
		const stale = await browser('bertrand');
		await scene(
			sql`update people.session set factor_at = now() - interval '11 minutes' where person_id = ${idOf('bertrand')}`,
		);
		for (const answer of await Promise.all(tries(stale)))
			expect(answer.to).toMatch(/^\/compte\/verification/);
	});
	expect(why).toBe('done');
});
