import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { noteSpoken } from '#domains/friends/index.ts';
import { createToken } from '#domains/people/token.ts';
import { asSystem, read } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import {
	type Audience,
	audiences,
	openContact,
	type RowKind,
	rowKinds,
	saveReach,
	saveRows,
	whoOpenedMe,
} from './index.ts';
import { linesOf } from './show.ts';

stage();

/** What each of them is to Odile, and the audiences that this makes them part of; null: she does not exist for them. */
const circles: [CastName, string, Audience[] | null][] = [
	['odile', 'herself', ['me', 'friends', 'unit', 'members', 'network']],
	['samuel', 'secretary of her section', ['unit', 'members', 'network']],
	['mathis', 'sympathiser of her section', ['unit', 'network']],
	['lucien', 'of her section, fee not paid any more', ['unit', 'network']],
	['gerard', 'former secretary of her section', ['unit', 'members', 'network']],
	['fanny', 'friend, of another region', ['friends', 'members', 'network']],
	['tidiane', 'friend and sympathiser, of another region', ['friends', 'network']],
	['ines', 'member of another section, who heard her', ['members', 'network']],
	['yamina', 'secretary of her federation', ['members', 'network']],
	['sabrina', 'national secretary', ['members', 'network']],
	['driss', 'kept apart by her', null],
	['noemie', 'keeps her apart', null],
	['thibaud', 'suspended', null],
	['josiane', 'left the organisation', null],
];
const of = (name: CastName) => circles.find(([one]) => one === name)![2] ?? [];

const column = <T>(one: (to: Audience) => T) => audiences.map(one);
const word = (kind: string, to: Audience) => `${kind} pour ${to}.`;
const rows = (kind: RowKind) => ({
	id: column(() => ''),
	text: column((to) => word(kind, to)),
	place: column(() => ''),
	url: column((to) => (kind === 'link' ? `https://${to}.rive.example/` : '')),
	since: column(() => ''),
	until: column(() => ''),
	audience: [...audiences],
	remove: [],
});
const own = `/personnes/${idOf('odile')}`;
/** The audiences whose words are in a text, for one kind of line. */
const heardIn = (text: string, kind: string) => audiences.filter((to) => text.includes(word(kind, to)));
const reach = (more: object = {}) => ({
	phone: '06 39 98 12 34',
	phone_audience: 'me' as Audience,
	email_audience: 'me' as Audience,
	unit_audience: 'me' as Audience,
	...more,
});

const browsers = new Map<CastName, Browser>();
beforeAll(async () => {
	const befriend = (name: CastName) =>
		sql`insert into friends.link (person_id, friend_id) values (${idOf('odile')}, ${idOf(name)}), (${idOf(name)}, ${idOf('odile')})`;
	const block = (one: CastName, other: CastName) =>
		sql`insert into safety.block (person_id, blocked_id) values (${idOf(one)}, ${idOf(other)})`;
	await scene(befriend('fanny'), befriend('tidiane'), block('odile', 'driss'), block('noemie', 'odile'));
	await asSystem('test', (tx) =>
		noteSpoken(tx, { byId: idOf('odile'), asUnitId: null, unitId: null, audience: 'network' }),
	);
	for (const kind of rowKinds) await saveRows(await as('odile'), kind, rows(kind));
	for (const [name] of circles) browsers.set(name, await browser(name));
});
beforeEach(() => scene(sql`delete from platform.bucket`, sql`delete from profiles.opening`));

describe('each line of Odile’s profile', () => {
	test.each(circles)('for %s (%s) on her page: %j', async (name, _, expected) => {
		const page = await browsers.get(name)!.get(own);
		if (!expected) return expect([page.status, page.text.includes('pour network')]).toEqual([404, false]);
		for (const kind of rowKinds)
			expect([kind, heardIn(page.main, kind)]).toEqual([
				kind,
				audiences.filter((to) => expected.includes(to)),
			]);
		const links = audiences.filter((to) => page.html.includes(`https://${to}.rive.example/`));
		expect(links).toEqual(audiences.filter((to) => expected.includes(to)));
	});

	test('is the same for their programs, and an office given to a program shows no more', async () => {
		const { send } = await browser('visitor');
		for (const [name, , expected] of circles.filter(([name]) => name !== 'thibaud' && name !== 'josiane')) {
			const fresh = { ...(await as(name)), secondFactor: true, factorAt: new Date() };
			const key = await createToken(fresh, { name: 'x', scopes: ['people:read'], days: '30' }, [
				'people:read',
			]);
			const answer = await send('GET', `/api/v1/people/${idOf('odile')}`, undefined, {
				authorization: `Bearer ${key}`,
			});
			expect([name, heardIn(answer.html, 'skill')]).toEqual([
				name,
				audiences.filter((to) => expected?.includes(to)),
			]);
			expect([
				name,
				/rive\.example|39 ?98|"audience"/.test(answer.html.replaceAll(/https:\/\/\w+\.rive\.example/g, '')),
			]).toEqual([name, false]);
		}
	});

	test('is the same for a query that forgets every filter', async () => {
		for (const [name] of circles.filter(([, , expected]) => expected)) {
			const seen = await read(await as(name), (tx) =>
				tx.many<{ audience: Audience }>(
					sql`select distinct audience from profiles.field where field.kind = 'skill' and field.person_id = ${idOf('odile')}`,
				),
			);
			// The database knows who is a member and who a friend; it gives lines, never people.
			expect([name, seen.map(({ audience }) => audience).toSorted()]).toEqual([name, of(name).toSorted()]);
		}
	});

	test('is the same by the rule alone, were the database silent', async () => {
		for (const [name, , expected] of circles) {
			const viewer = await as(name);
			const lines = await asSystem('test', (tx) => linesOf(tx, viewer, idOf('odile')));
			const seen = lines.filter(({ kind }) => kind === 'skill').map(({ audience }) => audience);
			// Who left or is suspended keeps their own lines only; who is kept apart has none.
			expect([name, seen.toSorted()]).toEqual([name, expected?.toSorted() ?? []]);
		}
	});

	test('is not found by searching its words: people are found by name', async () => {
		for (const name of ['odile', 'fanny', 'samuel'] as const) {
			const found = await browsers.get(name)!.get(`/recherche?q=${encodeURIComponent('skill pour')}`);
			expect([name, found.main.includes('Odile Fabrègat')]).toEqual([name, false]);
		}
	});

	test('a visitor is asked who they are, whatever is asked', async () => {
		const who = await browser('visitor');
		expect((await who.get(own)).to).toContain('/connexion');
		expect((await who.send('GET', `/api/v1/people/${idOf('odile')}`)).status).toBe(401);
	});
});

describe('how to reach her', () => {
	const values = { email: 'odile@rive.example', phone: '+33639981234' };
	test('is in nobody’s page before it is asked for, her own aside', async () => {
		await saveReach(await as('odile'), reach({ phone_audience: 'network', email_audience: 'network' }));
		for (const [name] of others) {
			const { html } = await browsers.get(name)!.get(own);
			for (const value of [values.email, values.phone, '06 39 98', '39 98 12'])
				expect([name, value, html.includes(value)]).toEqual([name, value, false]);
		}
	});

	const others = circles.filter(([name]) => name !== 'odile');
	const ids = (told: { byId: string | null }[]) => told.map(({ byId }) => byId).toSorted();
	// The offices that may write to her: with a reason, whatever the audience.
	const officers: CastName[] = ['samuel', 'yamina', 'sabrina'];
	const mayOpen = (name: CastName, to: Audience) => of(name).includes(to) || officers.includes(name);
	/** What each of them gets who asks for it; gives who got it. */
	async function allAsk(what: 'email' | 'phone', to: Audience): Promise<CastName[]> {
		for (const [name, , expected] of others) {
			const { status, html } = await browsers.get(name)!.post(`${own}?/open`, { what, reason: 'Réunion' });
			const answer = mayOpen(name, to) ? [200, true] : [expected ? 403 : 404, false];
			expect([name, status, html.includes(values[what])]).toEqual([name, ...answer]);
		}
		return others.map(([name]) => name).filter((name) => mayOpen(name, to));
	}

	test.each([
		['email', 'me'],
		['phone', 'friends'],
		['email', 'unit'],
		['phone', 'members'],
		['email', 'network'],
	] as const)(
		'her %s, told to %s, is opened by them, each opening written; to the others it is refused without a trace',
		async (what, to) => {
			await saveReach(await as('odile'), reach({ [`${what}_audience`]: to }));
			const opened = await allAsk(what, to);
			const told = (await whoOpenedMe(await as('odile'))).filter((one) => one.what === what);
			expect(ids(told)).toEqual(opened.map(idOf).toSorted());
			const byOffice = officers.filter((name) => !of(name).includes(to));
			expect(ids(told.filter((one) => one.byOffice))).toEqual(byOffice.map(idOf).toSorted());
		},
	);

	test('without a second factor an office opens nothing that is not told to its holder', async () => {
		await saveReach(await as('odile'), reach({ email_audience: 'friends' }));
		const samuel = await browser('samuel', { factor: false });
		expect((await samuel.post(`${own}?/open`, { what: 'email', reason: 'Réunion' })).status).toBe(403);
		expect(await whoOpenedMe(await as('odile'))).toEqual([]);
	});

	test('opened three times, three lines: nothing is opened unseen', async () => {
		await saveReach(await as('odile'), reach({ email_audience: 'unit' }));
		for (let n = 0; n < 3; n++)
			await openContact(await as('mathis'), idOf('odile'), { what: 'email', reason: '' });
		expect((await whoOpenedMe(await as('odile'))).map(({ by }) => by)).toEqual(
			Array(3).fill('Mathis Lanoëz'),
		);
	});

	test('her own address, opened by herself, is no opening', async () => {
		expect(await openContact(await as('odile'), idOf('odile'), { what: 'email', reason: '' })).toMatchObject({
			value: values.email,
		});
		expect(await whoOpenedMe(await as('odile'))).toEqual([]);
	});
});

describe('what changes a circle changes what is read, at the next page', () => {
	const reads = async (name: CastName) => heardIn((await browsers.get(name)!.get(own)).main, 'skill');
	const meanwhile = async (name: CastName, wrong: ReturnType<typeof sql>, right: ReturnType<typeof sql>) => {
		await scene(wrong);
		const seen = await reads(name);
		await scene(right);
		return seen;
	};

	test('no friend any more', async () => {
		const pair = sql`(${idOf('odile')}::uuid, ${idOf('fanny')}::uuid)`;
		const seen = await meanwhile(
			'fanny',
			sql`delete from friends.link where (person_id, friend_id) = ${pair} or (friend_id, person_id) = ${pair}`,
			sql`insert into friends.link (person_id, friend_id) values (${idOf('odile')}, ${idOf('fanny')}), (${idOf('fanny')}, ${idOf('odile')})`,
		);
		expect(seen).toEqual(['members', 'network']);
		expect(await reads('fanny')).toEqual(['friends', 'members', 'network']);
	});

	test('gone from the section', async () => {
		const seen = await meanwhile(
			'gerard',
			sql`update territory.attachment set until = now() where id = ${idOf('gerard attachment')}`,
			sql`update territory.attachment set until = null where id = ${idOf('gerard attachment')}`,
		);
		expect(seen).toEqual(['members', 'network']);
	});

	test('gone from the organisation, fee not paid any more, or not verified yet', async () => {
		const ines = sql`where id = ${idOf('ines membership')}`;
		expect([
			await meanwhile(
				'ines',
				sql`update people.membership set ended_at = now() ${ines}`,
				sql`update people.membership set ended_at = null ${ines}`,
			),
			await meanwhile(
				'ines',
				sql`update people.membership set paid_until = current_date - 1 ${ines}`,
				sql`update people.membership set paid_until = null ${ines}`,
			),
			await meanwhile(
				'ines',
				sql`update people.membership set verified_at = null ${ines}`,
				sql`update people.membership set verified_at = now() ${ines}`,
			),
		]).toEqual([[], ['network'], ['network']]);
	});

	test('she leaves, or is erased: for everybody at once there is no such page', async () => {
		for (const date of ['left_at', 'erased_at'] as const) {
			await scene(sql`update people.person set ${sql.raw(date)} = now() where id = ${idOf('odile')}`);
			const statuses = await Promise.all(
				(['mathis', 'fanny', 'yamina'] as const).map(
					async (name) => (await browsers.get(name)!.get(own)).status,
				),
			);
			await scene(sql`update people.person set ${sql.raw(date)} = null where id = ${idOf('odile')}`);
			expect([date, statuses]).toEqual([date, [404, 404, 404]]);
		}
	});
});

test('the unit she tells follows her when she moves, and is not told to who may not know', async () => {
	await saveReach(await as('odile'), reach({ unit_audience: 'friends' }));
	const told = async (name: CastName) => (await browsers.get(name)!.get(own)).main;
	expect(await told('fanny')).toContain('Section de Villebrume');
	expect(await told('ines')).not.toContain('Section de Villebrume');
	await browsers.get('odile')!.post(`/unites/${idOf('montclairval')}?/join`);
	await drainJobs();
	expect(await told('fanny')).toContain('Section de Montclairval');
	expect(await told('fanny')).not.toContain('Section de Villebrume');
});
