import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { list, sql } from '#platform/sql.ts';
import { apps } from '#registry.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { journal, scene } from '#tests/traces.ts';

stage();

const villebrume = idOf('villebrume');
const unit = `/unites/${villebrume}`;
interface Office {
	id: string;
	kind: string;
	powers: string[];
}
let office: Office;
let bertrand: Browser;
let samuel: Browser;
beforeAll(async () => {
	office = (await asSystem('test', (tx) =>
		tx.one<Office>(sql`select office.id, office.kind_id as kind, office.powers
			from territory.office join territory.unit on unit.kind_id = office.kind_id
			where unit.id = ${villebrume} and office.key = 'secretary'`),
	))!;
	[bertrand, samuel] = [await browser('bertrand'), await browser('samuel')];
});
beforeEach(() =>
	scene(
		sql`delete from platform.bucket`,
		sql`update territory.office set powers = ${list(office.powers, 'text')} where id = ${office.id}`,
	),
);

const secretary = { one: 'secrétaire', many: 'secrétaires' };
/** The national office says, on its page, what secretaries of a place may do. */
const lets = async (powers: string[]) => {
	const done = await bertrand.post(`/administration/niveaux/${office.kind}/${office.id}?/edit`, {
		...{ office: office.id, gender: 'n', leads: 'on', one_n: '', many_n: '' },
		...{ one_f: secretary.one, many_f: secretary.many, one_m: secretary.one, many_m: secretary.many },
		...{ en_one: 'secretary', en_many: 'secretaries', 'powers[]': powers },
	});
	expect([done.status, done.form?.problems]).toEqual([303, undefined]);
};
const without = (power: string) => lets(office.powers.filter((one) => one !== power));

describe('a power that the national office takes from an office is gone for the very next page of who holds it', () => {
	test.each<[string, string, number]>([
		['unit.edit', `${unit}/modifier`, 403],
		['posts.moderate', '/moderation', 404],
		['message.unit', `/messages/unite/${villebrume}`, 404],
		['mission.create', '/missions/comptes', 404],
	])('%s: %s', async (power, path, shut) => {
		const seen = async () => (await samuel.get(path)).status;
		expect(await seen()).toBe(200);
		await without(power);
		expect(await seen()).toBe(shut);
		expect((await journal('territory.edit_office')).at(-1)).toMatchObject({
			actor: idOf('bertrand'),
			subject: office.id,
			detail: { removed: power },
		});
		await lets(office.powers);
		expect(await seen()).toBe(200);
	});

	test('a form that was open is refused, and what was written in it is given back', async () => {
		const page = await samuel.get(`${unit}/modifier`);
		await without('unit.edit');
		const sent = await samuel.post(`${unit}/modifier?/save`, {
			version: page.field('version') ?? '1',
			publicText: 'Permanence le mardi',
			membersText: '',
			contactEmail: '',
		});
		expect(sent.status).toBe(403);
		const kept = await asSystem('test', (tx) =>
			tx.one<{ text: string }>(sql`select public_text as text from territory.unit where id = ${villebrume}`),
		);
		expect(kept!.text).not.toContain('Permanence le mardi');
	});

	test('an event, a mission in the name of the place, words in its name: each says that it may not be', async () => {
		await lets([]);
		const day = new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10);
		const hours = { day, starts: '19:00', ends: '21:00' };
		const event = await samuel.post('/evenements/nouveau?/create', {
			...{
				unit: villebrume,
				title: 'Réunion du 9',
				text: 'Ordre du jour long',
				visibility: 'unit',
				time_zone: 'Europe/Paris',
				...hours,
			},
		});
		expect([event.status, event.form?.problems]).toEqual([403, [' events.not_host']]);
		expect(event.main).toContain('Créer un événement revient aux responsables');
		expect(event.main).toContain('Rien n’est enregistré.');
		for (const words of ['Réunion du 9', 'Ordre du jour long'])
			expect(event.html).toContain(`>${words}</textarea>`);
		const mission = await samuel.post('/missions/nouvelle?/create', {
			...{ unit: villebrume, official: 'on', kind: 'leaflets', title: 'Tractage', place: 'Halle' },
			...{ needed: '2', ...hours },
		});
		expect(mission.status).toBe(403);
		const words = await samuel.post('/fil/publier?/publish', {
			...{ text: 'Au nom de tous', audience: `unit:${villebrume}`, as: villebrume },
		});
		expect(words.form?.problems).toEqual(['as feed.voice_refused']);
		expect(words.field('text') ?? words.html).toContain('Au nom de tous');
	});

	test('of members: names stay, as for everybody of the place; nobody’s address is opened any more', async () => {
		const page = async () => (await samuel.get(`/personnes/${idOf('odile')}`)).main;
		const opens = async () =>
			(await samuel.post(`/personnes/${idOf('odile')}?/open`, { what: 'email', reason: 'Bureau de vote' }))
				.status;
		expect(await page()).toContain('Afficher l’adresse');
		await without('members.contact');
		expect(await page()).not.toContain('Afficher l’adresse');
		expect(await opens()).toBe(403);
		expect((await samuel.get(`${unit}/membres`)).main).toContain('Odile Fabrègat');
	});

	test('who keeps the levels does not take from themselves what lets them keep them', async () => {
		const mine = (await asSystem('test', (tx) =>
			tx.one<Office>(sql`select office.id, office.kind_id as kind, office.powers from territory.office
				join territory.term on term.office_id = office.id where term.person_id = ${idOf('bertrand')}`),
		))!;
		const sent = await bertrand.post(`/administration/niveaux/${mine.kind}/${mine.id}?/edit`, {
			...{ office: mine.id, gender: 'n', one_f: 'x', many_f: 'x', one_m: 'x', many_m: 'x' },
			...{ one_n: '', many_n: '', en_one: '', en_many: '' },
			'powers[]': mine.powers.filter((power) => power !== 'kinds.edit'),
		});
		expect(sent.status).toBe(409);
		expect(sent.form!.problems).toHaveLength(1);
		expect((await bertrand.get('/administration/niveaux')).status).toBe(200);
		const more = await bertrand.post(`/administration/niveaux/${mine.kind}/${mine.id}?/edit`, {
			...{ office: mine.id, gender: 'n', one_f: 'x', many_f: 'x', one_m: 'x', many_m: 'x' },
			...{ one_n: '', many_n: '', en_one: '', en_many: '' },
			'powers[]': [...mine.powers, 'members.export'],
		});
		expect(more.form!.problems).toEqual(['powers territory.power_not_to_oneself']);
	});
});

test('a level renamed is read so at once, by who was there before', async () => {
	const odile = await browser('odile');
	const before = (await odile.get('/fil')).text;
	expect(before).not.toContain('cellule');
	const done = await bertrand.post(`/administration/niveaux/${office.kind}?/edit`, {
		...{ kind: office.kind, gender: 'f', one_f: 'cellule', many_f: 'cellules', one_m: '', many_m: '' },
		...{ one_n: '', many_n: '', en_one: 'cell', en_many: 'cells', 'children[]': [] },
	});
	expect(done.status).toBe(303);
	expect((await odile.get('/fil')).text).toContain('Cellule');
	expect((await odile.get(unit)).html).toMatch(/cellule/i);
});

test('an app that is of the house is not closed by its keeper, who reads why', async () => {
	const fixed = apps.find((app) => app.fixed)!;
	const sent = await bertrand.post('/administration/apps?/edit', {
		app: fixed.name,
		open: 'nobody',
		power: '',
	});
	expect(sent.form?.problems).toEqual([' territory.gate_fixed']);
	expect(sent.main).toContain('Cet outil fait partie de la maison');
	expect((await (await browser('odile')).get(fixed.href)).status).toBe(200);
});
