import { afterEach, describe, expect, test } from 'vitest';
import { read } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { type CastName, idOf, units as places, type UnitKey } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { officeAt } from './offices/offices.fixture.ts';
import { bureaus } from './offices/policy.ts';
import { units } from './policy.ts';

stage();

const everywhere = Object.keys(places) as UnitKey[];
const orsande: UnitKey[] = ['orsande', 'valdorsande', 'villebrume', 'montclairval', 'castelmauve'];
const federation: UnitKey[] = ['valdorsande', 'villebrume', 'montclairval', 'castelmauve'];
const below: UnitKey[] = ['villebrume', 'montclairval', 'castelmauve'];
const there: UnitKey[] = ['hautsarvan', 'pontsarvan'];

type Ability = Exclude<keyof typeof units, 'may' | 'guard' | 'refuse' | 'see' | 'join'> | 'appoint' | 'lend';
type Reach = Partial<Record<Ability, UnitKey[]>>;

/** On which places somebody may do what, now. */
async function reachOf(name: CastName | 'visitor', options = {}): Promise<Reach> {
	const viewer = await as(name, options);
	const asked = {
		seeMembersPart: units.seeMembersPart,
		listMembers: units.listMembers,
		invite: units.invite,
		edit: units.edit,
		speak: units.speak,
		readMembers: units.readMembers,
		welcome: units.welcome,
		createBelow: units.createBelow,
		arrange: units.arrange,
		appoint: bureaus.appoint,
		lend: bureaus.lend,
	};
	const reach: Reach = {};
	for (const [ability, rule] of Object.entries(asked)) {
		const rows = await read(viewer, (tx) =>
			tx.many<{ id: string }>(sql`select unit.id from territory.unit where ${rule(viewer)}`),
		);
		const held = everywhere.filter((key) => rows.some(({ id }) => id === idOf(key)));
		if (held.length) reach[ability as Ability] = held;
	}
	return reach;
}

/** What anybody of a section has there, and of the words of those above. */
const belonging = (home: UnitKey): Reach => ({
	seeMembersPart: everywhere.filter((key) => key === home || chainOf(home).includes(key)),
	listMembers: [home],
	invite: [home],
});
const chainOf = (key: UnitKey): UnitKey[] => {
	const above = places[key].parent as UnitKey | null;
	return above ? [above, ...chainOf(above)] : [];
};
const sorted = (...keys: UnitKey[]) => everywhere.filter((key) => keys.includes(key));
const secretaryOf = (home: UnitKey): Reach => ({
	...belonging(home),
	edit: [home],
	speak: [home],
	readMembers: [home],
	welcome: [home],
	lend: [home],
});
/** A federation’s secretary: all of it on the branch, but its own place in the tree. */
const steering = (branch: UnitKey[], arranged: UnitKey[], home: UnitKey): Reach => ({
	seeMembersPart: sorted(...branch, ...chainOf(home), home),
	listMembers: sorted(...branch, home),
	invite: [home],
	edit: branch,
	speak: branch,
	readMembers: branch,
	welcome: branch,
	createBelow: branch,
	arrange: arranged,
	appoint: branch,
	lend: branch,
});

describe('who may do what where', () => {
	test.each<[CastName | 'visitor', Reach]>([
		['odile', belonging('villebrume')],
		['mathis', belonging('villebrume')],
		['lucien', belonging('villebrume')],
		['gerard', belonging('villebrume')],
		['ines', belonging('montclairval')],
		['noemie', belonging('castelmauve')],
		['tidiane', belonging('pontsarvan')],
		['samuel', secretaryOf('villebrume')],
		['fanny', secretaryOf('pontsarvan')],
		['yamina', steering(federation, below, 'montclairval')],
		['driss', steering(there, ['pontsarvan'], 'pontsarvan')],
		[
			'leontine',
			{
				seeMembersPart: sorted('national', ...orsande),
				listMembers: sorted(...orsande),
				invite: ['montclairval'],
				edit: sorted(...orsande),
				speak: sorted(...orsande),
				readMembers: sorted(...orsande),
				lend: sorted(...orsande),
			},
		],
		['paulo', { ...belonging('montclairval'), lend: everywhere }],
		[
			'bertrand',
			{
				...belonging('pontsarvan'),
				seeMembersPart: everywhere,
				edit: everywhere,
				createBelow: everywhere,
				arrange: everywhere.filter((key) => key !== 'national'),
				appoint: everywhere,
				lend: everywhere,
			},
		],
		[
			'sabrina',
			steering(
				everywhere,
				everywhere.filter((key) => key !== 'national'),
				'pontsarvan',
			),
		],
		['thibaud', {}],
		['josiane', {}],
		['awa', {}],
		['visitor', {}],
	])('%s', async (name, expected) => {
		expect(await reachOf(name)).toEqual(expected);
	});

	test.each<[CastName, UnitKey]>([
		['samuel', 'villebrume'],
		['yamina', 'montclairval'],
		['bertrand', 'pontsarvan'],
	])('%s without the second factor is somebody of %s, no more', async (name, home) => {
		expect(await reachOf(name, { factor: false })).toEqual(belonging(home));
	});
});

describe('an office in time', () => {
	const term = idOf('samuel term');
	const put = (...changes: ReturnType<typeof sql>[]) => scene(...changes);
	const also = async (who: CastName, at: UnitKey, key: string, from: string, until: string | null) =>
		put(sql`insert into territory.term (id, person_id, unit_id, office_id, starts_at, ends_at)
			values (${newId()}, ${idOf(who)}, ${idOf(at)}, ${await officeAt(at, key)}, ${from}::timestamptz, ${until}::timestamptz)`);
	afterEach(() =>
		put(
			sql`delete from territory.term where term.id <> ${term} and (term.starts_at > '2025-03-01' or term.starts_at < '2025-01-01')`,
			sql`update territory.term set starts_at = '2025-02-01', ends_at = null where term.id = ${term}`,
			sql`update territory.office set retired_at = null`,
			sql`update territory.unit set closed_at = null`,
			sql`update people.person set left_at = null where person.id = ${idOf('samuel')}`,
			sql`delete from people.suspension where suspension.person_id = ${idOf('samuel')}`,
			sql`update people.membership set paid_until = null where membership.person_id = ${idOf('samuel')}`,
		),
	);
	/** The page of the place’s words, the voice of the place, and what a program is told: does the office act? */
	const acts = async (who: CastName = 'samuel') => {
		const one: Browser = await browser(who);
		const page = await one.get(`/unites/${idOf('villebrume')}/modifier`);
		const voice = await one.get('/fil/publier');
		const powers = await one.get('/api/v1/powers');
		return [page.status === 200, voice.main.includes('Qui parle ?'), powers.html.includes('unit.edit')];
	};
	const [yes, no] = [
		[true, true, true],
		[false, false, false],
	];

	test('in force, it acts', async () => {
		expect(await acts()).toEqual(yes);
	});

	test.each<[string, ReturnType<typeof sql>]>([
		[
			'that starts tomorrow',
			sql`update territory.term set starts_at = now() + interval '1 day' where term.id = ${term}`,
		],
		[
			'that starts in a second',
			sql`update territory.term set starts_at = clock_timestamp() + interval '3 seconds' where term.id = ${term}`,
		],
		[
			'that ended yesterday',
			sql`update territory.term set ends_at = now() - interval '1 day' where term.id = ${term}`,
		],
		['that ended this very instant', sql`update territory.term set ends_at = now() where term.id = ${term}`],
		['that was retired', sql`update territory.office set retired_at = now() where office.key = 'secretary'`],
		[
			'of a person suspended since',
			sql`insert into people.suspension (id, person_id, ends_at, by_id, reason)
			values (${idOf('samuel suspension')}, ${idOf('samuel')}, now() + interval '1 day', ${idOf('paulo')}, 'Propos')`,
		],
		[
			'of a person who left',
			sql`update people.person set left_at = now() where person.id = ${idOf('samuel')}`,
		],
	])('%s, it does not', async (_, change) => {
		await put(change);
		expect(await acts()).toEqual(no);
	});

	test('until tonight, it still acts', async () => {
		await put(sql`update territory.term set ends_at = now() + interval '1 minute' where term.id = ${term}`);
		expect(await acts()).toEqual(yes);
	});

	test('of a place that closed, it opens no page and gives no voice', async () => {
		await put(sql`update territory.unit set closed_at = now() where unit.id = ${idOf('villebrume')}`);
		expect((await acts()).slice(0, 2)).toEqual([false, false]);
	});

	test('is held once at a time by one person in one place, whatever is written', async () => {
		await expect(also('samuel', 'villebrume', 'secretary', '2025-06-01', null)).rejects.toThrow(
			'term_current',
		);
	});

	test('that overlaps the next one: the end of the first takes nothing away', async () => {
		await put(sql`update territory.term set ends_at = now() + interval '30 days' where term.id = ${term}`);
		await also('samuel', 'villebrume', 'secretary', '2025-06-01', null);
		await put(sql`update territory.term set ends_at = now() where term.id = ${term}`);
		expect(await acts()).toEqual(yes);
	});

	test('two offices: the end of one takes its own powers, and leaves the other’s', async () => {
		await also('samuel', 'villebrume', 'treasurer', '2025-06-01', null);
		await put(sql`update territory.term set ends_at = now() where term.id = ${term}`);
		expect(await reachOf('samuel')).toEqual({
			...belonging('villebrume'),
			readMembers: ['villebrume'],
			lend: ['villebrume'],
		});
	});

	test('held elsewhere too, it acts there and not between', async () => {
		await also('samuel', 'pontsarvan', 'secretary', '2025-06-01', null);
		expect((await reachOf('samuel')).edit).toEqual(['villebrume', 'pontsarvan']);
	});

	test('above one’s own place, it reaches all that is below, and what moves there', async () => {
		await also('odile', 'valdorsande', 'secretary', '2025-06-01', null);
		expect((await reachOf('odile')).edit).toEqual(federation);
		const [there, back] = ['sarvan', 'orsande'].map(
			(
				to,
			) => sql`update territory.unit set ancestors = array[${idOf('national')}, ${idOf(to)}]::uuid[] || unit.ancestors[3:]
				where unit.ancestors @> array[${idOf('valdorsande')}]::uuid[]`,
		);
		await put(there!);
		expect([(await reachOf('odile')).edit, (await reachOf('leontine')).edit]).toEqual([
			federation,
			['orsande'],
		]);
		await put(back!);
	});

	test('of the past, however long, gives nothing back', async () => {
		await also('odile', 'villebrume', 'secretary', '2015-01-01', '2025-01-01');
		expect([await acts('odile'), await reachOf('odile')]).toEqual([no, belonging('villebrume')]);
	});
});
