import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { repairCounts } from '#domains/territory/belonging/counts.ts';
import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { type CastName, cast, idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';

stage();

const villebrume = `/unites/${idOf('villebrume')}`;
const castelmauve = `/unites/${idOf('castelmauve')}`;
const people: Partial<Record<CastName | 'visitor', Browser>> = {};
beforeAll(async () => {
	for (const name of ['odile', 'mathis', 'samuel', 'yamina', 'ines', 'thibaud', 'visitor'] as const)
		people[name] = await browser(name);
});
const who = (name: CastName | 'visitor') => people[name]!;
const seen = async (name: CastName | 'visitor', path: string) => {
	const { status, to } = await who(name).get(path);
	return to ? `${status} ${to.split('?')[0]}` : String(status);
};
const spells = (personId: string) =>
	asSystem('test', (tx) =>
		tx.many(sql`select id, type_id, member_number, verified_at, verified_by, ended_at, ended_why
			from people.membership where person_id = ${personId}::uuid order by id`),
	);
afterEach(() => scene(sql`delete from platform.bucket`));

describe('the page of a place', () => {
	test('its people read it, a stranger of the network too, a visitor is asked who they are', async () => {
		expect((await who('odile').get(villebrume)).main).toContain('Section de Villebrume');
		expect(await seen('ines', villebrume)).toBe('200');
		expect(await seen('visitor', villebrume)).toBe('303 /connexion');
		expect(await seen('thibaud', villebrume)).toBe('404');
		expect(await seen('odile', `/unites/${idOf('nowhere')}`)).toBe('404');
		expect(await seen('odile', '/unites/not-an-id')).toBe('404');
	});

	test('one leaves and comes back, with a way to undo; a whole federation is not joined', async () => {
		const left = await who('mathis').through(`${villebrume}?/leave`);
		expect(left.text).toContain("C'est noté".replace("'", '’'));
		expect((await who('mathis').get('/ma-section')).to).toBe('/sections');
		expect((await who('mathis').post(`${villebrume}?/leave`)).status).toBe(404);
		expect((await who('mathis').post(`${villebrume}?/join`)).status).toBe(303);
		expect((await who('mathis').get('/ma-section')).to).toBe(villebrume);
		const federation = await who('mathis').post(`/unites/${idOf('valdorsande')}?/join`);
		expect([federation.status, federation.form!.problems]).toEqual([
			422,
			['unit territory.join_has_units_below'],
		]);
	});

	test('pages of officers are no pages for the others', async () => {
		for (const page of ['modifier', 'structure']) {
			expect([page, await seen('odile', `${villebrume}/${page}`)]).toEqual([page, '404']);
			expect([page, await seen('visitor', `${villebrume}/${page}`)]).toEqual([page, '303 /connexion']);
		}
		expect(await seen('samuel', `${villebrume}/modifier`)).toBe('200');
		expect(await seen('samuel', `${villebrume}/structure`)).toBe('403');
		expect(await seen('yamina', `${villebrume}/structure`)).toBe('200');
		const bare = await browser('samuel', { factor: false });
		expect((await bare.get(`${villebrume}/modifier`)).to).toContain('/compte/verification');
	});
});

describe('who is there', () => {
	test('people of the place read names; an officer also what waits, and how they stand', async () => {
		const peer = (await who('odile').get(`${villebrume}/membres`)).main;
		expect(peer).toContain(cast.mathis.name);
		expect(peer).not.toContain('Accueillir');
		expect(peer).not.toContain('Cette lecture est notée');
		const officer = (await who('samuel').get(`${villebrume}/membres`)).main;
		expect(officer).toContain('Cette lecture est notée au journal.');
		expect(officer).toContain('à renouveler');
		expect(await seen('ines', `${villebrume}/membres`)).toBe('403');
	});

	test('only those not welcomed yet are shown when asked, and nobody found is said', async () => {
		const { main } = await who('samuel').get(`${villebrume}/membres?accueillir=1`);
		expect(main).toContain(cast.mathis.name);
		expect(main).not.toContain(cast.odile.name);
		expect((await who('samuel').get(`${villebrume}/membres?q=zzz`)).main).toContain(
			'Personne ne s’appelle « zzz » ici',
		);
		expect((await who('samuel').get(`${villebrume}/membres?suite=nonsense`)).status).toBe(200);
	});

	test('a welcome is said, may be undone, and the words are read by the person alone', async () => {
		const person = idOf('mathis');
		const done = await who('samuel').through(`${villebrume}/membres?/welcome`, {
			person,
			greeting: 'On se voit mardi',
		});
		expect(done.text).toContain('Ton mot est sur sa page d’accueil.');
		expect((await who('mathis').get(villebrume)).main).toContain('On se voit mardi');
		expect((await who('odile').get(villebrume)).text).not.toContain('On se voit mardi');
		expect((await who('samuel').get(`${villebrume}/membres?accueillir=1`)).main).toContain(
			'Tout le monde a été accueilli',
		);
		await who('samuel').post(`${villebrume}/membres?/unwelcome`, { person });
		expect((await who('mathis').get(villebrume)).main).not.toContain('On se voit mardi');
	});

	test('a membership confirmed by mistake is taken back by who did it, and nothing of it stays', async () => {
		const person = idOf('mathis');
		const before = await spells(person);
		const done = await who('samuel').through(`${villebrume}/membres?/confirm`, { person });
		expect(done.text).toContain('L’adhésion est confirmée.');
		expect(done.html).toContain('membres?/unconfirm');
		await drainJobs();
		expect((await who('mathis').get('/avis')).main).toContain('a confirmé ton appartenance');
		const take = (name: CastName) => who(name).post(`${villebrume}/membres?/unconfirm`, { person });
		expect([(await take('odile')).status, (await take('yamina')).status]).toEqual([404, 404]);
		expect((await take('samuel')).to).toBe(`${villebrume}/membres`);
		expect(await spells(person)).toEqual(before);
		expect((await as('mathis')).standing).toBe('sympathiser');
		await drainJobs();
		expect((await who('mathis').get('/avis')).main).not.toContain('a confirmé ton appartenance');
		expect((await take('samuel')).status).toBe(404);
		expect(await asSystem('test', repairCounts)).toBe(0);
	});

	test('a declared membership is declared again; after an hour, or written in since, it stays', async () => {
		const person = idOf('mathis');
		const declare = sql`update people.membership set verified_at = null, verified_by = null, created_at = now() - interval '9 days'
			where person_id = ${idOf('odile')}::uuid`;
		const samuel = (act: string, whom: string) =>
			who('samuel').post(`${villebrume}/membres?/${act}`, { person: whom });
		await scene(declare);
		const before = await spells(idOf('odile'));
		await samuel('confirm', idOf('odile'));
		await samuel('unconfirm', idOf('odile'));
		expect(await spells(idOf('odile'))).toEqual(before);
		await samuel('confirm', idOf('odile'));
		await scene(
			sql`update people.membership set verified_at = now() - interval '61 minutes' where person_id = ${idOf('odile')}::uuid`,
		);
		expect((await samuel('unconfirm', idOf('odile'))).status).toBe(404);
		await samuel('confirm', person);
		const number = (text: string | null) =>
			scene(
				sql`update people.membership set member_number = ${text} where person_id = ${person}::uuid and ended_at is null`,
			);
		await number('LRC-77');
		expect((await samuel('unconfirm', person)).status).toBe(404);
		await number(null);
		expect((await samuel('unconfirm', person)).status).toBe(303);
	});

	test('a membership confirmed twice says so; somebody of elsewhere does not exist', async () => {
		const confirm = (person: string) => who('samuel').post(`${villebrume}/membres?/confirm`, { person });
		const again = await confirm(idOf('odile'));
		expect([again.status, again.form!.problems]).toEqual([409, [' territory.member_already_confirmed']]);
		expect(again.main).toContain('C’est déjà confirmé.');
		expect((await confirm(idOf('ines'))).status).toBe(404);
		expect((await confirm('Mathis')).form!.problems).toEqual(['person territory.member_unknown']);
	});
});

describe('the words of a place', () => {
	test('what was typed over a newer page comes back, under the newer page', async () => {
		const field = async () => (await who('samuel').get(`${villebrume}/modifier`)).field('version')!;
		const version = await field();
		const save = (publicText: string, at: string) =>
			who('samuel').post(`${villebrume}/modifier?/save`, { version: at, publicText, membersText: '' });
		expect((await save('Le mardi à 19 h.', version)).to).toBe(villebrume);
		const late = await save('Le jeudi.', version);
		expect(late.status).toBe(409);
		expect(late.main).toContain('Quelqu’un a enregistré cette page entre-temps.');
		expect(late.main).toContain('Le mardi à 19 h.');
		expect(late.field('publicText')).toBe('Le jeudi.');
		expect((await save('Le jeudi.', late.field('version')!)).to).toBe(villebrume);
		expect((await who('visitor').get('/sections/section-de-villebrume')).main).toContain('Le jeudi.');
	});

	test('an address that is none is told at its field', async () => {
		const page = await who('samuel').post(`${villebrume}/modifier?/save`, {
			version: '1',
			publicText: '',
			membersText: '',
			contactEmail: 'chez Samuel',
		});
		expect(page.form!.problems).toEqual(['contactEmail territory.unit_email_shape']);
		expect(page.main).toContain('n’est pas complète. Exemple');
	});
});

describe('the shape of the tree', () => {
	const act = (name: string, fields: Record<string, string> = {}) =>
		who('yamina').post(`${castelmauve}/structure?/${name}`, fields);

	test('a place with people closes only with an heir, and opens again; one reads each step', async () => {
		const alone = await act('close', { heir: '' });
		expect(alone.form!.problems).toEqual(['heir territory.unit_close_needs_heir']);
		expect(alone.main).toContain('Une personne en fait partie.');
		const closed = await who('yamina').through(`${castelmauve}/structure?/close`, {
			heir: idOf('montclairval'),
		});
		expect(closed.text).toContain('C’est fermé.');
		expect(await seen('ines', castelmauve)).toBe('404');
		expect(await seen('visitor', '/sections/section-de-castelmauve')).toBe('404');
		expect((await who('visitor').get('/sections?q=castelmauve')).main).toContain('Rien trouvé');
		const opened = await who('yamina').through(`${castelmauve}/structure?/reopen`);
		expect(opened.text).toContain('C’est rouvert');
		expect(await seen('ines', castelmauve)).toBe('200');
		await scene(sql`update territory.attachment set unit_id = ${idOf('castelmauve')}, until = null
			where person_id = ${idOf('noemie')} and until is null`);
	});

	test('a name too short, a level that does not go there, a place chosen by nobody', async () => {
		expect((await act('rename', { name: 'x' })).form!.problems).toEqual(['name territory.unit_name_short']);
		expect((await act('create', { name: 'Cercle', kind: idOf('x') })).form!.problems).toEqual([
			'kind territory.unit_kind_misplaced',
		]);
		expect((await act('move', { parent: '' })).form!.problems).toEqual(['parent territory.unit_choose']);
		expect((await act('move', { parent: idOf('hautsarvan') })).status).toBe(403);
	});
});

describe('links that invite', () => {
	test('made, read by a guest with a first name only, and closed', async () => {
		const page = await who('odile').through(`${villebrume}/inviter?/create`);
		const code = /invitation\/([A-Z0-9]{12})/.exec(page.html)![1]!;
		expect(page.main).toContain('pas encore utilisé');
		const guest = await who('visitor').get(`/invitation/${code.toLowerCase()}`);
		expect(guest.main).toContain('Odile t’invite : Section de Villebrume');
		expect(guest.html).not.toContain('Fabrègat');
		const [row] = await asSystem('test', (tx) =>
			tx.many<{ id: string }>(sql`select id from territory.invitation where code = ${code}`),
		);
		expect((await who('samuel').post(`${villebrume}/inviter?/revoke`, { invitation: row!.id })).status).toBe(
			404,
		);
		await who('odile').post(`${villebrume}/inviter?/revoke`, { invitation: row!.id });
		const over = await who('visitor').get(`/invitation/${code}`);
		const never = await who('visitor').get('/invitation/NEVERWAS2345');
		expect([over.status, over.main]).toEqual([never.status, never.main]);
		expect(over.main).toContain('Cette invitation n’est plus valable');
		expect(await seen('ines', `${villebrume}/inviter`)).toBe('403');
	});
});

describe('a letter from outside', () => {
	const letter = { name: 'Lou Marchebois', email: 'lou@courrier.example', text: 'Quand vous voyez-vous ?' };
	const page = '/sections/section-de-villebrume';
	const mails = async () =>
		(
			await asSystem('test', (tx) =>
				tx.many<{ recipient: string }>(
					sql`select recipient from platform.mail where kind like 'territory.%' order by recipient`,
				),
			)
		).map(({ recipient }) => recipient);

	test('it leaves once however often it is sent, and what is wrong is told at its field', async () => {
		const wrong = await who('visitor').post(`${page}?/write`, { ...letter, text: 'Oh' });
		expect(wrong.form!.problems).toEqual(['text territory.unit_contact_short']);
		expect(wrong.field('name')).toBe('Lou Marchebois');
		expect(await mails()).toEqual([]);
		const once = { ...letter, _key: 'one-visit' };
		const done = await who('visitor').through(`${page}?/write`, once);
		await who('visitor').post(`${page}?/write`, once);
		expect(done.text).toContain('Ton message est parti.');
		expect(await mails()).toEqual(['lou@courrier.example', 'samuel@rive.example']);
	});
});
