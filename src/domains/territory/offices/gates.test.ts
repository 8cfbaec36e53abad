import { beforeEach, expect, test } from 'vitest';
import { enter } from '#platform/access.ts';
import { declareApps } from '#platform/apps.ts';
import { asSystem } from '#platform/db.ts';
import type { App, GateRule } from '#platform/domain.ts';
import { sql } from '#platform/sql.ts';
import { type CastName, cast, idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { powers } from '../blueprint.ts';
import { viewerOfPerson } from '../viewer.ts';
import { editGate, gateList, previewGate } from './gates.ts';
import { lend } from './loans.ts';
import { rights, why } from './rights.ts';

stage();

const app = (name: string, gate: GateRule): App => ({
	name,
	label: 'territory.gate_app',
	icon: 'lock',
	href: `/${name}`,
	gate,
	group: 'office',
	position: 1,
});
const apps = [
	app('field', { open: 'network' }),
	app('war_room', { open: 'office', kinds: ['region'] }),
	app('gates', { open: 'office', power: 'gates.edit' }),
];
const open = async (name: CastName) => (await viewerOfPerson(idOf(name), apps, new Date())).apps;
const edit = async (
	name: CastName,
	typed: { app: string; open: GateRule['open']; kinds?: string[]; power?: string },
) => outcome(editGate(await as(name), { kinds: [], power: '', ...typed }));

beforeEach(() => declareApps({ apps, powers }));
beforeEach(() =>
	asSystem('test', async (tx) => {
		await tx.run(sql`delete from territory.gate`);
		await tx.run(sql`delete from territory.loan`);
	}),
);

test('an app for regional secretaries does not exist for the others, from the next request on', async () => {
	expect(await open('leontine')).toEqual(['field', 'war_room']);
	expect(await open('samuel')).toEqual(['field']);
	expect(await edit('bertrand', { app: 'war_room', open: 'office', kinds: ['section'] })).toBe(undefined);
	expect(await open('samuel')).toEqual(['field', 'war_room']);
	expect(await open('leontine')).toEqual(['field']);
	expect(await edit('bertrand', { app: 'field', open: 'nobody' })).toBe(undefined);
	expect(await open('odile')).toEqual([]);
	expect(enter(await viewerOfPerson(idOf('odile'), apps, null), 'app:field')).toBe('hidden');
});

test('what is part of the house stays open, whatever was written before', async () => {
	const home: App = { ...app('home', { open: 'network' }), fixed: true };
	const all = [...apps, home];
	declareApps({ apps: all, powers });
	expect(
		await outcome(editGate(await as('bertrand'), { app: 'home', open: 'nobody', kinds: [], power: '' })),
	).toBe('Conflict');
	await asSystem('test', (tx) =>
		tx.run(sql`insert into territory.gate (app, rule) values ('home', '{"open":"nobody"}'::jsonb)`),
	);
	expect((await viewerOfPerson(idOf('odile'), all)).apps).toContain('home');
	const [row] = (await gateList(await as('bertrand'))).slice(-1);
	expect([row?.app.name, row?.rule.open, row?.chosen]).toEqual(['home', 'network', false]);
});

test('an app for offices asks for the second factor', async () => {
	expect(enter(await viewerOfPerson(idOf('leontine'), apps, null), 'app:war_room')).toBe('second-factor');
	expect(enter(await viewerOfPerson(idOf('leontine'), apps, new Date()), 'app:war_room')).toBe('in');
	expect(enter(await viewerOfPerson(idOf('leontine'), apps, null), 'app:field')).toBe('in');
});

test('only who keeps the gates changes them; the others do not see them', async () => {
	for (const name of ['odile', 'samuel', 'yamina', 'sabrina', 'thibaud'] as const) {
		expect([name, await edit(name, { app: 'field', open: 'nobody' })]).toEqual([name, 'NotFound']);
		expect([name, await outcome(gateList(await as(name)))]).toEqual([name, 'NotFound']);
		expect([name, await outcome(previewGate(await as(name), { open: 'members' }))]).toEqual([
			name,
			'NotFound',
		]);
	}
	expect(
		await outcome(
			editGate(await as('bertrand', { factor: false }), {
				app: 'field',
				open: 'nobody',
				kinds: [],
				power: '',
			}),
		),
	).toBe('NotFound');
});

test('a gate names what exists, and nobody shuts themselves out of the gates', async () => {
	expect(await edit('bertrand', { app: 'no_such_app', open: 'nobody' })).toBe('NotFound');
	expect(await edit('bertrand', { app: 'field', open: 'office', kinds: ['galaxy'] })).toBe('Invalid');
	expect(await edit('bertrand', { app: 'field', open: 'office', power: 'root' })).toBe('Invalid');
	expect(await edit('bertrand', { app: 'gates', open: 'nobody' })).toBe('Conflict');
	expect(await edit('bertrand', { app: 'gates', open: 'office', kinds: ['region'] })).toBe('Conflict');
	expect(await edit('bertrand', { app: 'gates', open: 'office', kinds: ['national'] })).toBe(undefined);
});

test('the count before saving is the number who get in', async () => {
	const { lendTo } = {
		lendTo: {
			unit: idOf('villebrume'),
			person: idOf('odile'),
			powers: ['members.welcome'],
			until: new Date(Date.now() + 5 * 86_400_000),
		},
	};
	await lend(await as('samuel'), lendTo);
	const rules: GateRule[] = [
		{ open: 'network' },
		{ open: 'members' },
		{ open: 'office' },
		{ open: 'nobody' },
		{ open: 'office', kinds: ['section'] },
		{ open: 'office', power: 'members.welcome' },
		{ open: 'office', power: 'members.welcome', kinds: ['section'] },
		{ open: 'office', kinds: ['national', 'region'] },
	];
	const names = Object.keys(cast) as CastName[];
	for (const rule of rules) {
		const viewers = await Promise.all(
			names.map((name) => viewerOfPerson(idOf(name), [app('x', rule)], null)),
		);
		const passing = viewers.filter((viewer) => viewer.apps.includes('x')).length;
		expect([rule, await previewGate(await as('bertrand'), rule)]).toEqual([rule, passing]);
	}
});

test('one page says who may do what, and why this person may', async () => {
	await lend(await as('samuel'), {
		unit: idOf('villebrume'),
		person: idOf('odile'),
		powers: ['unit.edit'],
		until: new Date(Date.now() + 5 * 86_400_000),
	});
	const page = await rights(await as('samuel'));
	expect(
		page.offices.find(({ kindKey, powers: held }) => kindKey === 'region' && held.includes('claims.decide'))!
			.holders,
	).toBe(1);
	expect(page.apps.map(({ passing }) => passing > 0)).toEqual([true, true, true]);
	const own = await why(await as('samuel'), idOf('samuel'), 'unit.edit');
	expect(own.reasons.map(({ unitId, lender }) => [unitId, lender])).toEqual([[idOf('villebrume'), null]]);
	const lent = await why(await as('samuel'), idOf('odile'), 'unit.edit');
	expect(lent.reasons.map(({ lender }) => lender)).toEqual([cast.samuel.name]);
	expect((await why(await as('driss'), idOf('odile'), 'unit.edit')).reasons).toEqual([]);
	expect((await why(await as('samuel'), idOf('odile'), 'kinds.edit')).reasons).toEqual([]);
	for (const name of ['mathis', 'ines', 'thibaud', 'visitor'] as const) {
		expect([name, await outcome(rights(await as(name)))]).toEqual([name, 'NotFound']);
		expect([name, await outcome(why(await as(name), idOf('samuel'), 'unit.edit'))]).toEqual([
			name,
			'NotFound',
		]);
	}
	expect(await outcome(rights(await as('samuel', { factor: false })))).toBe('NotFound');
	expect(await outcome(why(await as('samuel'), idOf('nobody'), 'unit.edit'))).toBe('NotFound');
});
