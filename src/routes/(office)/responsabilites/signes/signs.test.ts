import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { publishAs } from '#domains/feed/index.ts';
import { signs } from '#domains/vitals/index.ts';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { targets } from '#tests/draw.ts';
import { type CastName, cast, idOf, type UnitKey, units } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { journal, scene } from '#tests/traces.ts';

stage();

const path = '/responsabilites/signes';
const people: Partial<Record<CastName, Browser>> = {};
beforeAll(async () => {
	for (const name of ['odile', 'samuel', 'yamina', 'leontine', 'bertrand', 'fanny', 'paulo'] as const)
		people[name] = await browser(name);
});
const read = async (name: CastName, query = '') => (await people[name]!.get(path + query)).main;
const seen = async (name: CastName) => signs(await as(name));
const named = (rows: { name: string }[] | undefined) => rows?.map(({ name }) => name);
const names = (...keys: UnitKey[]) => keys.map((key) => units[key].name);
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
const say = (authorId: string, unit: UnitKey, days: number, more: object = {}) =>
	asSystem('test', (tx) =>
		publishAs(tx, {
			authorId,
			unitId: idOf(unit),
			audience: 'unit',
			text: 'Bonjour',
			at: daysAgo(days),
			...more,
		}),
	);

beforeEach(() =>
	scene(
		sql`delete from safety.appeal`,
		sql`delete from safety.decision`,
		sql`delete from safety.report`,
		sql`delete from safety.block`,
		sql`delete from territory.claim`,
		sql`delete from territory.handover`,
		sql`delete from feed.post`,
		sql`update territory.unit set created_at = now()`,
		sql`update territory.attachment set welcomed_at = since`,
		sql`update people.membership set verified_at = since`,
		sql`update people.person set seen_on = current_date, confirmed_at = '2025-01-10' where confirmed_at is not null`,
	),
);

describe('the page', () => {
	test('is for officers; where all is well it says so, and leads on', async () => {
		expect((await people.odile!.get(path)).status).toBe(404);
		const quiet = await read('fanny');
		expect(quiet).toContain('Rien à signaler');
		expect(quiet).toContain('Mes 20 minutes');
	});

	test('each sign says what to do about it and leads to the act; the others say that all is well', async () => {
		const page = await people.yamina!.get(path);
		expect(page.main).toContain('Section de Castelmauve');
		expect(page.main).toContain('Nomme quelqu’un, ou appelle les personnes sur place');
		expect(page.html).toContain(`href="/unites/${idOf('castelmauve')}/bureau/nommer"`);
		expect(page.main).toContain('Personne n’attend de réponse depuis plus de sept jours.');
		expect(page.main).toContain('Aucun lieu silencieux parmi ceux que tu animes');
		expect((await people.yamina!.get('/responsabilites')).html).toContain(`href="${path}"`);
	});

	test('an address that asks for nothing known is the page; a lost place is the beginning', async () => {
		expect(await read('yamina', '?voir=secrets')).toBe(await read('yamina'));
		expect(await read('yamina', '?voir=silence&suite=nonsense')).toContain('Silencieux depuis deux mois');
	});
});

describe('silence', () => {
	const old = sql`update territory.unit set created_at = now() - interval '100 days'`;
	beforeEach(() => scene(old));

	test('a unit where nobody spoke for two months says since when; a word there, or in its name, ends it', async () => {
		await say(idOf('odile'), 'villebrume', 70);
		const page = await read('yamina');
		expect(page).toMatch(/Section de Villebrume section · \d+ personnes Dernier mot le/);
		expect(page).toContain('Aucun mot encore');
		await say(idOf('mathis'), 'montclairval', 59);
		await say(idOf('samuel'), 'valdorsande', 1, { asUnitId: idOf('villebrume') });
		expect(named((await seen('yamina')).silent?.rows)).toEqual(names('castelmauve'));
	});

	test('a young unit is not silent yet, nor one that has nobody, nor one that closed', async () => {
		await scene(
			sql`update territory.unit set created_at = now() - interval '59 days' where id = ${idOf('villebrume')}`,
			sql`update territory.unit set member_count = 0, sympathiser_count = 0 where id = ${idOf('castelmauve')}`,
			sql`update territory.unit set closed_at = now() where id = ${idOf('montclairval')}`,
		);
		expect(named((await seen('yamina')).silent?.rows)).toEqual(names('valdorsande'));
		await scene(
			sql`update territory.unit set closed_at = null`,
			sql`update territory.unit set member_count = 1`,
		);
	});

	test('what one may not read is not counted as a word: removed, waiting, of somebody set apart', async () => {
		await scene(
			sql`insert into safety.block (person_id, blocked_id) values (${idOf('noemie')}, ${idOf('yamina')})`,
		);
		await say(idOf('noemie'), 'castelmauve', 1);
		const removed = await say(idOf('odile'), 'villebrume', 1);
		await scene(sql`update feed.post set deleted_at = now() where id = ${removed}`);
		expect(named((await seen('yamina')).silent?.rows)).toEqual(
			names('valdorsande', 'castelmauve', 'montclairval', 'villebrume'),
		);
		expect(named((await seen('sabrina')).silent?.rows)).not.toContain(units.castelmauve.name);
	});

	test('who does not read what a unit tells its own is told nothing of its silence', async () => {
		expect(named((await seen('leontine')).silent?.rows)).toEqual(
			names('valdorsande', 'orsande', 'montclairval'),
		);
		expect((await seen('samuel')).silent).toMatchObject({
			count: 1,
			rows: [{ name: units.villebrume.name }],
		});
		expect((await seen('paulo')).silent?.count).toBe(0);
	});

	test('alone, it is read page by page', async () => {
		const alone = await read('yamina', '?voir=silence');
		expect(alone).toContain('Section de Villebrume');
		expect(alone).not.toContain('Sans responsable');
	});
});

describe('accounts that came once', () => {
	const joined = (name: CastName, days: number, back: number) =>
		scene(sql`update people.person set confirmed_at = now() - make_interval(days => ${days}::int),
			seen_on = ((now() - make_interval(days => ${days}::int)) at time zone 'UTC')::date + ${back}::int where id = ${idOf(name)}`);

	test('are numbers by place, for who may do something about it', async () => {
		await joined('tidiane', 20, 1);
		const page = await people.fanny!.get(path);
		expect(page.main).toContain('Section de Port-Brumel');
		expect(page.main).toContain('Une personne');
		expect(page.main).not.toContain(cast.tidiane.name);
		expect(page.html).toContain(`/unites/${idOf('pontsarvan')}/membres?revenir=1`);
		const keeper = await people.bertrand!.get(path);
		expect(keeper.main).toContain('Section de Port-Brumel');
		expect(keeper.html).not.toContain('revenir=1');
		expect((await seen('yamina')).once?.count).toBe(0);
		expect((await seen('paulo')).once?.count).toBe(0);
	});

	test('their names are a list of the unit, whose reading is written down', async () => {
		await joined('tidiane', 20, 0);
		const list = `/unites/${idOf('pontsarvan')}/membres?revenir=1`;
		const before = (await journal('territory.read_members')).length;
		const names = (await people.fanny!.get(list)).main;
		expect(names).toContain(cast.tidiane.name);
		expect(names).not.toContain(cast.driss.name);
		expect((await journal('territory.read_members')).length).toBe(before + 1);
		await joined('tidiane', 20, 2);
		expect((await people.fanny!.get(list)).main).toContain('Tout le monde est revenu');
	});

	test('are not those who came back, who have just come, who left', async () => {
		const count = async () => (await seen('fanny')).once?.count;
		await joined('tidiane', 20, 2);
		expect(await count()).toBe(0);
		await joined('tidiane', 13, 0);
		expect(await count()).toBe(0);
		await joined('tidiane', 20, 0);
		expect(await count()).toBe(1);
		await scene(sql`update people.person set left_at = now() where id = ${idOf('tidiane')}`);
		expect(await count()).toBe(0);
		await scene(sql`update people.person set left_at = null where id = ${idOf('tidiane')}`);
	});
});

describe('answers owed', () => {
	const kinds = async (name: CastName) =>
		(await seen(name)).late?.map(({ kind, unit, n }) => [kind, unit, n]);

	test('a membership declared and a person unwelcomed for more than seven days, to who welcomes there', async () => {
		const wait = (days: number) =>
			scene(
				sql`update people.membership set verified_at = null, created_at = now() - make_interval(days => ${days}::int) where person_id = ${idOf('odile')} and ended_at is null`,
				sql`update territory.attachment set welcomed_at = null, since = now() - make_interval(days => ${days}::int) where person_id in (${idOf('mathis')}, ${idOf('lucien')})`,
			);
		await wait(6);
		expect(await kinds('samuel')).toEqual([]);
		await wait(8);
		expect((await kinds('samuel'))?.toSorted()).toEqual([
			['declared', units.villebrume.name, 1],
			['welcome', units.villebrume.name, 2],
		]);
		expect(await kinds('leontine')).toEqual([]);
		const page = await people.samuel!.get(path);
		expect(page.main).toContain('Une adhésion à confirmer Section de Villebrume');
		expect(page.main).toContain('2 personnes à accueillir');
		expect(page.main).not.toContain(cast.odile.name);
		const place = `/unites/${idOf('villebrume')}/membres`;
		expect(targets(page.html)).toEqual(
			expect.arrayContaining([`${place}?accueillir=1`, `${place}?confirmer=1`]),
		);
		const list = (await people.samuel!.get(`${place}?confirmer=1`)).main;
		expect([list.includes(cast.odile.name), list.includes(cast.mathis.name)]).toEqual([true, false]);
	});

	test('an offer to lead, to who decides; one’s own is not for oneself', async () => {
		await people.odile!.get('/fil');
		const office = sql`(select office.id from territory.office join territory.unit on unit.kind_id = office.kind_id where office.leads and unit.id = ${idOf('castelmauve')})`;
		await scene(sql`insert into territory.claim (id, unit_id, office_id, person_id, made_at)
			values (${idOf('late claim')}, ${idOf('castelmauve')}, ${office}, ${idOf('noemie')}, now() - interval '8 days')`);
		expect(await kinds('yamina')).toEqual([['claim', units.castelmauve.name, 1]]);
		expect(await kinds('samuel')).toEqual([]);
		expect(await read('yamina')).toContain('Une proposition à décider');
	});

	test('a handover that stays in the air, by its own address', async () => {
		await scene(sql`insert into territory.handover (id, term_id, from_id, to_id, unit_id, proposed_at)
			values (${idOf('late handover')}, ${idOf('samuel term')}, ${idOf('samuel')}, ${idOf('odile')}, ${idOf('villebrume')}, now() - interval '9 days')`);
		expect((await people.samuel!.get(path)).html).toContain(
			`/unites/${idOf('villebrume')}/bureau/passation/${idOf('late handover')}`,
		);
		expect(await kinds('yamina')).toEqual([['handover', units.villebrume.name, 1]]);
		expect(await kinds('fanny')).toEqual([]);
	});

	test('a report and an appeal, to a moderator who has no part in them', async () => {
		const [odile, mathis] = [idOf('odile'), idOf('mathis')];
		const subject = idOf('a post');
		await scene(
			sql`insert into safety.report (id, reporter_id, kind, subject_id, place_id, author_id, host_id, unit_id, reason, at)
				values (${idOf('late report')}, ${mathis}, 'post', ${subject}, ${subject}, ${odile}, ${odile}, ${idOf('villebrume')}, 'attack', now() - interval '8 days')`,
			sql`insert into safety.decision (id, kind, subject_id, place_id, author_id, unit_id, by_id, outcome, rule)
				values (${idOf('judged')}, 'post', ${idOf('other post')}, ${subject}, ${odile}, ${idOf('villebrume')}, ${idOf('paulo')}, 'hide', 'attack')`,
			sql`insert into safety.appeal (id, decision_id, person_id, text, at, due_at)
				values (${idOf('late appeal')}, ${idOf('judged')}, ${odile}, 'Je conteste', now() - interval '9 days', now() - interval '2 days')`,
		);
		expect(await kinds('samuel')).toEqual([
			['appeal', units.villebrume.name, 1],
			['report', units.villebrume.name, 1],
		]);
		expect(await kinds('paulo')).toEqual([['report', units.villebrume.name, 1]]);
		expect(await kinds('fanny')).toEqual([]);
		expect(await read('paulo')).toContain('Un signalement à lire Section de Villebrume');
	});
});
