import { expect, test } from 'vitest';
import { confirmImported } from '#domains/people/index.ts';
import { repairCounts } from '#domains/territory/index.ts';
import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { bring, count, head, people, personBy, rowVersions, send } from './imports.fixture.ts';
import {
	decideProposal,
	doubtfulLines,
	drop,
	fixAll,
	fixLine,
	launch,
	mapValues,
	openProposals,
	preview,
	problemsOf,
	showImport,
	undo,
} from './index.ts';
import { work } from './run/engine.ts';

stage();

test('launched twice at once, it goes once', async () => {
	const yamina = await as('yamina');
	const before = await count();
	const id = await send(yamina, people(20, 'd'));
	await Promise.all([launch({ ...yamina }, id, {}), launch({ ...yamina }, id, {})]);
	await Promise.all([work('house', id), work('house', id), drainJobs()]);
	expect((await showImport(yamina, id)).counts).toEqual({ created: 20 });
	expect(await count()).toBe(before + 20);
});

test('two imports of the same people at once wait for each other: one makes them, the other finds them', async () => {
	const [yamina, sabrina] = [await as('yamina'), await as('sabrina')];
	const before = await count();
	const [one, other] = [await send(yamina, people(40, 's')), await send(sabrina, people(40, 's'))];
	await launch({ ...yamina }, one, {});
	await launch({ ...sabrina }, other, {});
	const untilOver = async (id: string) => {
		while (!(await work('house', id))) await new Promise((resolve) => setTimeout(resolve, 20));
	};
	await Promise.all([untilOver(other), untilOver(one)]);
	expect([(await showImport(yamina, one)).counts, (await showImport(sabrina, other)).counts]).toEqual([
		{ created: 40 },
		{ same: 40 },
	]);
	expect(await count()).toBe(before + 40);
});

test('undone, all is as it was, but those who opened their account stay, and it is said', async () => {
	const yamina = await as('yamina');
	await bring(yamina, people(4, 'u'));
	const text = `${people(6, 'u')}\n;Lanoëz;Mathis;mathis@rive.example;Montclairval;`
		.replace('u0;Dupuya', 'u0;Dupuyzz')
		.replace('u1@rive.example;Villebrume', 'u1@rive.example;Montclairval');
	const done = await bring(yamina, text);
	expect(done.counts).toEqual({ created: 2, updated: 3, same: 2 });
	await asSystem('test', async (tx) => confirmImported(tx, (await personBy('u5@rive.example'))!.id));
	await undo({ ...yamina }, done.id);
	await work('house', done.id);
	expect(await showImport(yamina, done.id)).toMatchObject({
		state: 'undone',
		counts: { removed: 1, kept: 1, restored: 3 },
	});
	expect(await personBy('u4@rive.example')).toBeUndefined();
	expect(await personBy('u5@rive.example')).toMatchObject({ confirmed: true });
	expect(await personBy('u0@rive.example')).toMatchObject({ name: 'Rose Dupuya' });
	expect(await personBy('u1@rive.example')).toMatchObject({ units: ['S0101'] });
	expect(await personBy('mathis@rive.example')).toMatchObject({ verified: false, units: ['S0101'] });
	expect(await asSystem('test', repairCounts)).toBe(0);
	expect(await outcome(launch({ ...yamina }, done.id, {}))).toBe('Conflict');
	const again = await bring(yamina, people(4, 'u'));
	expect(again.counts).toEqual({ same: 4 });
});

test('an import is not undone under a later one, nor after seven days, nor by somebody else', async () => {
	const [yamina, sabrina] = [await as('yamina'), await as('sabrina')];
	const first = await bring(yamina, people(3, 'l'));
	const second = await bring(sabrina, people(3, 'l').replaceAll('Dupuy', 'Dupuyx'));
	expect(await outcome(undo({ ...yamina }, first.id))).toBe('Conflict');
	expect(await outcome(undo({ ...yamina }, second.id))).toBe('NotFound');
	await asSystem('imports', (tx) =>
		tx.run(sql`update imports.import set undo_until = now() - interval '1 second' where id = ${second.id}`),
	);
	expect(await outcome(undo({ ...sabrina }, second.id))).toBe('Conflict');
});

test('a line about another federation’s section is proposed to it, not done; its officer takes it or not', async () => {
	const [yamina, driss] = [await as('yamina'), await as('driss')];
	const done = await bring(
		yamina,
		`${head}e1;Estève;Nora;nora@rive.example;Port-Brumel;\ne2;Estève;Paul;paul@rive.example;S0702;\ne3;Solvignac;Tidiane;tidiane@rive.example;Villebrume;`,
	);
	expect(done.counts).toEqual({ proposed: 3 });
	expect(await personBy('nora@rive.example')).toBeUndefined();
	expect(await personBy('tidiane@rive.example')).toMatchObject({ verified: false, units: ['S0702'] });
	expect(await openProposals(yamina)).toEqual([]);
	const open = await openProposals(driss);
	expect(open.map(({ name }) => name)).toEqual(['Nora Estève', 'Paul Estève', 'Tidiane Solvignac']);
	expect(await outcome(decideProposal({ ...yamina }, { id: open[0]!.id, answer: 'accept' }))).toBe(
		'NotFound',
	);
	await Promise.all([
		decideProposal({ ...driss }, { id: open[0]!.id, answer: 'accept' }),
		decideProposal({ ...driss }, { id: open[0]!.id, answer: 'accept' }),
	]);
	await decideProposal({ ...driss }, { id: open[1]!.id, answer: 'refuse' });
	await drainJobs();
	expect(await personBy('nora@rive.example')).toMatchObject({ units: ['S0702'], verified: true });
	expect(await personBy('paul@rive.example')).toBeUndefined();
	expect(await openProposals(driss)).toHaveLength(1);
});

test('members who are no longer in the file lapse only when asked, and come back with it', async () => {
	const sabrina = await as('sabrina');
	const unit = idOf('hautsarvan');
	const driss = await as('driss');
	await bring(driss, people(3, 'm').replaceAll('Villebrume', 'Port-Brumel'));
	const two = people(2, 'm').replaceAll('Villebrume', 'Port-Brumel');
	expect((await bring(driss, two)).counts).toEqual({ same: 2 });
	const id = await send(driss, two);
	expect((await preview(driss, id)).absent).toBeGreaterThan(0);
	await launch({ ...driss }, id, { lapse: 'on' });
	await work('house', id);
	const lapsed = await personBy('m2@rive.example');
	expect(lapsed!.paid! < new Date().toISOString()).toBe(true);
	expect(await outcome(bring(sabrina, two, { unit }))).toBe('NotFound');
	await bring(driss, people(3, 'm').replaceAll('Villebrume', 'Port-Brumel'));
	expect(await personBy('m2@rive.example')).toMatchObject({ paid: null });
});

test('corrections are proposed in groups, made at once or line by line; values are mapped once for all', async () => {
	const yamina = await as('yamina');
	const text = `${head}c1;Cauet;Ana;ana@gmial.com;Villebrume;Plein tarif\nc2;Cauet;Bea;bea(at)rive.example;Villebrume;Plein tarif\nc3;;Cleo;cleo@rive.example;Villebrume;jeune\n`;
	const id = await send(yamina, text);
	const groups = await problemsOf(yamina, id);
	expect(groups.map(({ code }) => code)).toEqual(
		expect.arrayContaining(['email_typo', 'value_unmapped', 'name_missing']),
	);
	for (const { code, fixable } of groups) if (fixable) await fixAll({ ...yamina }, id, { code });
	const { choices } = await showImport(yamina, id);
	await mapValues({ ...yamina }, id, {
		key: choices.map(({ folded, key }) => key ?? (folded === 'plein tarif' ? 'member' : 'youth')),
	});
	const left = await doubtfulLines(yamina, id, { code: null, after: 0 });
	const broken = left.lines.find(({ problems }) => problems.some(({ code }) => code === 'name_missing'))!;
	await fixLine({ ...yamina }, id, { line: broken.line, column: [1, 99], cells: ['Cauet', 'nowhere'] });
	await launch({ ...yamina }, id, {});
	await work('house', id);
	expect((await showImport(yamina, id)).counts).toEqual({ created: 3 });
	expect(await personBy('Cleo Cauet')).toMatchObject({ type: 'youth' });
	expect(await personBy('Ana Cauet')).toMatchObject({ email: 'ana@gmail.com', type: 'member' });
	const next = await send(yamina, `${head}c9;Cauet;Dora;dora@rive.example;Villebrume;Plein tarif\n`);
	expect(await problemsOf(yamina, next)).toEqual([]);
	expect(await outcome(fixAll({ ...yamina }, id, { code: 'email_typo' }))).toBe('Conflict');
	expect(await outcome(fixAll(await as('driss'), next, { code: 'email_typo' }))).toBe('NotFound');
});

test('a line left out stays out; an import thrown away is gone with its file', async () => {
	const yamina = await as('yamina');
	const id = await send(yamina, people(2, 'x'));
	await fixLine({ ...yamina }, id, { line: 2, column: [], cells: [], skip: 'on' });
	await launch({ ...yamina }, id, {});
	await work('house', id);
	expect((await showImport(yamina, id)).counts).toEqual({ created: 1, skipped: 1 });
	const other = await send(yamina, people(2, 'y'));
	const before = await rowVersions();
	await drop({ ...yamina }, other);
	expect(await outcome(showImport(yamina, other))).toBe('NotFound');
	expect(await rowVersions()).toBe(before);
});
