import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { officeAt } from '#domains/territory/offices/offices.fixture.ts';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { type CastName, cast, idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';

stage();

const bureau = (unit: 'villebrume' | 'castelmauve') => `/unites/${idOf(unit)}/bureau`;
const people: Partial<Record<CastName, Browser>> = {};
beforeAll(async () => {
	for (const name of ['odile', 'mathis', 'samuel', 'yamina', 'noemie', 'driss', 'bertrand'] as const)
		people[name] = await browser(name);
});
const who = (name: CastName) => people[name]!;
const lastId = async (table: 'claim' | 'loan' | 'handover' | 'term') =>
	(await asSystem('test', (tx) =>
		tx.one<{ id: string }>(
			sql`select id from ${sql.raw(`territory.${table}`)} as made order by ${sql.raw(
				{ claim: 'made_at', loan: 'starts_at', handover: 'proposed_at', term: 'starts_at' }[table],
			)} desc limit 1`,
		),
	))!.id;

beforeEach(() =>
	scene(
		sql`delete from platform.bucket`,
		sql`delete from territory.claim`,
		sql`delete from territory.loan`,
		sql`delete from territory.handover`,
		sql`delete from territory.term where starts_at > '2025-06-01'`,
		sql`update territory.term set ends_at = null, ended_by = null where id = ${idOf('samuel term')}`,
	),
);

describe('a place without officer', () => {
	test('says so, takes an offer, and shows it waits; who may not offer reads who may', async () => {
		const page = await who('noemie').get(bureau('castelmauve'));
		expect(page.main).toContain('Pas encore de responsable');
		expect(page.main).toContain('le niveau au-dessus répond sous 14 jours');
		const sent = await who('noemie').through(`${bureau('castelmauve')}?/claim`, {
			reason: 'Pour les marchés',
		});
		expect(sent.text).toContain('Ta proposition est partie.');
		expect(sent.main).toContain('Sans réponse après 14 jours, tu commences à titre provisoire.');
		const again = await who('noemie').post(`${bureau('castelmauve')}?/claim`, { reason: '' });
		expect([again.status, again.form!.problems]).toEqual([409, [' territory.claim_already']]);
		expect(again.main).toContain('Ta proposition attend déjà une réponse.');
		expect((await who('odile').get(bureau('castelmauve'))).main).toContain('Peut se proposer');
		expect((await who('odile').post(`${bureau('castelmauve')}?/claim`, { reason: '' })).status).toBe(403);
	});

	test('the level above reads the offer with its words, answers, and the place has somebody', async () => {
		await who('noemie').post(`${bureau('castelmauve')}?/claim`, { reason: 'Pour les <marchés>' });
		const inbox = await who('yamina').get('/responsabilites');
		expect(inbox.main).toContain('Une proposition à décider');
		expect(inbox.main).toContain(`${cast.noemie.name} se propose : Section de Castelmauve`);
		expect(inbox.main).toContain('Pour les <marchés>');
		expect((await who('driss').get('/responsabilites')).text).not.toContain(cast.noemie.name);
		const claim = await lastId('claim');
		const unanswered = await who('yamina').post('/responsabilites?/decide', { claim });
		expect(unanswered.form!.problems).toEqual(['answer territory.claim_choose_answer']);
		expect((await who('driss').post('/responsabilites?/decide', { claim, answer: 'grant' })).status).toBe(
			404,
		);
		const granted = await who('yamina').through('/responsabilites?/decide', { claim, answer: 'grant' });
		expect(granted.text).toContain('C’est dit : le lieu a quelqu’un.');
		const late = await who('yamina').post('/responsabilites?/decide', { claim, answer: 'refuse' });
		expect(late.main).toContain('Cette proposition a déjà reçu une réponse.');
		expect((await who('odile').get(bureau('castelmauve'))).main).toContain(cast.noemie.name);
	});

	test('an officer reads which places have nobody, in their territory only', async () => {
		const path = '/responsabilites/sans-responsable';
		const mine = await who('yamina').get(path);
		expect(mine.main).toContain('Section de Castelmauve');
		expect(mine.main).not.toContain('Section de Port-Brumel');
		expect((await who('driss').get(path)).main).toContain('Partout quelqu’un répond');
		expect((await who('yamina').get(`${path}?suite=nonsense`)).status).toBe(200);
		expect((await who('odile').get(path)).status).toBe(404);
	});
});

describe('naming', () => {
	test('a name is looked for among the people of the place, then named until an evening', async () => {
		const page = `${bureau('villebrume')}/nommer`;
		const found = await who('yamina').post(`${page}?/find`, { who: 'fabreg', office: '' });
		expect(found.main).toContain(cast.odile.name);
		for (const text of ['', ' ', 'f'])
			expect((await who('yamina').post(`${page}?/find`, { who: text })).main).toContain(
				'Écris au moins deux lettres du nom, puis cherche.',
			);
		const none = await who('yamina').post(`${page}?/find`, { who: 'zzz' });
		expect(none.main).toContain('Personne ici ne s’appelle « zzz ».');
		const empty = await who('yamina').post(`${page}?/appoint`, {});
		expect(empty.form!.problems).toEqual([
			'person territory.term_choose_person',
			'office territory.term_choose_office',
		]);
		const office = await officeAt('villebrume', 'treasurer');
		const form = { person: idOf('odile'), office };
		expect((await who('yamina').post(`${page}?/appoint`, { ...form, until: '2027-02-30' })).main).toContain(
			'Écris le jour ainsi',
		);
		const done = await who('yamina').through(`${page}?/appoint`, { ...form, until: '2031-12-31' });
		expect(done.text).toContain('Les pouvoirs agissent dès maintenant.');
		expect((await who('mathis').get(bureau('villebrume'))).main).toContain('jusqu’au 31 déc. 2031');
		expect((await who('odile').get(page)).status).toBe(404);
	});

	test('one’s own office is left, somebody else’s only from above; twice says it is over', async () => {
		await who('yamina').post(`${bureau('villebrume')}/nommer?/appoint`, {
			person: idOf('odile'),
			office: await officeAt('villebrume', 'treasurer'),
		});
		const term = await lastId('term');
		const officer = await browser('odile');
		expect((await officer.get(bureau('villebrume'))).main).toContain('Quitter cette fonction');
		expect((await who('samuel').post(`${bureau('villebrume')}?/end`, { term })).status).toBe(403);
		const left = await officer.through(`${bureau('villebrume')}?/end`, { term, why: 'Je déménage' });
		expect(left.text).toContain('Le mandat est terminé, ses pouvoirs aussi.');
		const again = await who('yamina').post(`${bureau('villebrume')}?/end`, { term });
		expect([again.status, again.main.includes('Ce mandat est déjà terminé.')]).toEqual([409, true]);
	});
});

describe('lending', () => {
	test('powers are lent for a time, shown on both sides, taken back', async () => {
		const path = '/responsabilites/prets';
		const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
		const form = { unit: idOf('villebrume'), person: idOf('odile'), until: day(20) };
		expect((await who('samuel').post(`${path}?/lend`, form)).form!.problems).toEqual([
			'powers territory.loan_choose_powers',
		]);
		const far = await who('samuel').post(`${path}?/lend`, {
			...form,
			'powers[]': 'unit.edit',
			until: day(400),
		});
		expect(far.main).toContain('Un an au plus : choisis un jour plus proche.');
		const lent = await who('samuel').through(`${path}?/lend`, { ...form, 'powers[]': ['unit.edit'] });
		expect(lent.text).toContain('C’est prêté. Tu peux reprendre à tout moment.');
		expect(lent.main).toContain(`À ${cast.odile.name}, Section de Villebrume`);
		const borrower = await browser('odile');
		expect((await borrower.get(path)).main).toContain(`De ${cast.samuel.name}, Section de Villebrume`);
		const loan = await lastId('loan');
		expect((await who('driss').post(`${path}?/end`, { loan })).status).toBe(404);
		await borrower.post(`${path}?/end`, { loan });
		const again = await who('samuel').post(`${path}?/end`, { loan });
		expect(again.main).toContain('Ce prêt est déjà terminé.');
		expect((await (await browser('odile')).get(path)).status).toBe(404);
	});
});

describe('handing over', () => {
	test('proposed, accepted, confirmed: each reads where it stands, and nobody else reads it', async () => {
		const start = `${bureau('villebrume')}/passation`;
		const term = idOf('samuel term');
		expect((await who('samuel').post(`${start}?/propose`, { term })).form!.problems).toEqual([
			'person territory.handover_choose',
		]);
		// A name typed and not searched yet: the button of the form searches, and what was written stays.
		const button = (html: string, words: string) =>
			html.match(/<button[^>]*>(?:(?!<\/button>)[\s\S])*<\/button>/g)!.find((one) => one.includes(words))!;
		expect(button((await who('samuel').get(start)).html, 'Proposer')).toContain('formaction="?/find#person"');
		const found = await who('samuel').post(`${start}?/find`, { term, who: 'Odile', note: 'Les clés' });
		expect([found.main.includes(cast.odile.name), found.field('note')]).toEqual([true, 'Les clés']);
		expect(button(found.html, 'Proposer')).not.toContain('formaction');
		const none = await who('samuel').post(`${start}?/find`, { term, who: 'Zzyzx' });
		expect(button(none.html, 'Proposer')).toContain('formaction="?/find#person"');
		await who('samuel').post(`${start}?/propose`, {
			term,
			person: idOf('odile'),
			note: 'Les clés sont à la mairie',
		});
		const handover = await lastId('handover');
		const page = `${start}/${handover}`;
		expect((await who('samuel').get(page)).main).toContain(`On attend l’accord d’${cast.odile.name}.`);
		const hers = (await who('odile').get(page)).main;
		expect(hers).toContain('Les clés sont à la mairie');
		expect(hers).toContain('Prendre la suite');
		for (const other of ['mathis', 'driss'] as const) expect((await who(other).get(page)).status).toBe(404);
		const early = await who('samuel').post(`${page}?/confirm`, { handover });
		expect(early.main).toContain('L’autre personne n’a pas encore dit oui.');
		await who('odile').post(`${page}?/accept`, { handover });
		expect((await who('samuel').get(page)).main).toContain(`Passer la main à ${cast.odile.name}`);
		const done = await who('samuel').post(`${page}?/confirm`, { handover });
		expect(done.status).toBe(303);
		expect((await who('odile').get(page)).main).toContain('lit encore jusqu’au');
		expect((await who('odile').get(bureau('villebrume'))).main).toContain(`${cast.odile.name} secrétaire`);
	});
});

describe('twenty minutes', () => {
	test('what waits is said, closed in place, and then all is done', async () => {
		await scene(
			sql`update territory.attachment set welcomed_at = now() where person_id <> ${idOf('mathis')}`,
		);
		const one = await who('samuel').get('/mes-20-minutes');
		expect(one.main).toContain('Une chose t’attend. Pas plus de trois à la fois.');
		expect(one.main).toContain(cast.mathis.name);
		const done = await who('samuel').through('/mes-20-minutes?/welcome', {
			unit: idOf('villebrume'),
			person: idOf('mathis'),
			greeting: 'Salut',
		});
		expect(done.text).toContain('C’est noté. Merci de l’accueil.');
		expect(done.main).toContain('Tout est à jour, bonne semaine');
		expect((await who('odile').get('/mes-20-minutes')).status).toBe(404);
	});
});

test('nobody chosen: the sentence at the top leads to where one looks for them', async () => {
	const samuel = await browser('samuel');
	const term = idOf('samuel term');
	const at = `/unites/${idOf('villebrume')}/bureau/passation`;
	const refused = await samuel.post(`${at}?/propose`, { term, who: 'Odile', note: 'Les clés' });
	expect(refused.status).toBe(422);
	expect(refused.html).toContain('href="#person"');
	expect(refused.html).toMatch(/<input[^>]*id="person"|id="person"[^>]*name="who"/);
	expect(refused.field('who')).toBe('Odile');
});
