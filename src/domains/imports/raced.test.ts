import { setImmediate } from 'node:timers/promises';
import { beforeEach, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { type Sql, sql } from '#platform/sql.ts';
import { as, stage } from '#tests/stage.ts';
import { scene, told, waited, waiters } from '#tests/traces.ts';
import { personBy, send } from './imports.fixture.ts';
import { drop, fixLine, launch, mapValues, showImport } from './index.ts';
import { work } from './run/engine.ts';

stage();
beforeEach(() => scene(sql`delete from imports.remembered`));

const head = 'Matricule;Nom;Prénom;Courriel;Section;Type adhésion\n';
const yamina = () => as('yamina');
const out = { line: 2, column: [], cells: [], skip: 'on' as const };
const rowOf = (id: string, line: number) =>
	asSystem('test', (tx) =>
		tx.one<{ cells: string[]; skipped: boolean }>(
			sql`select cells, skipped from imports.line where import_id = ${id} and line = ${line}`,
		),
	);

const lines = sql`lock table imports.line in share mode`;
const places = sql`lock table territory.coverage in access exclusive mode`;
const kinds = sql`lock table people.membership_type in access exclusive mode`;

/** The second one acts while the first one is held up where it meets a table: it goes through, or waits for it. */
async function during(table: Sql, first: () => Promise<unknown>, second: () => Promise<unknown>) {
	let both: Promise<string>[] = [];
	await asSystem('test', async (tx) => {
		await tx.run(table);
		both = [told(first())];
		await waited();
		let isOver = false;
		both.push(told(second()).finally(() => (isOver = true)));
		while (!isOver && (await waiters()) < 2) await setImmediate();
	});
	return Promise.all(both);
}

test('a line left out at the moment the list is launched stays out, and the count of what leaves knows it', async () => {
	const id = await send(
		await yamina(),
		`${head}Q1;Brumal;Ada;ada.q@rive.example;Villebrume;\nQ2;Brumal;Bea;bea.q@rive.example;Villebrume;\n`,
	);
	const said = await during(
		lines,
		async () => fixLine(await yamina(), id, out),
		async () => launch(await yamina(), id, {}),
	);
	expect(said).toEqual(['done', 'done']);
	expect((await showImport(await yamina(), id)).total).toBe(1);
	await work('house', id);
	expect((await showImport(await yamina(), id)).counts).toEqual({ created: 1, skipped: 1 });
	expect(await personBy('ada.q@rive.example')).toBeUndefined();
});

test('who is told "already launched" changed nothing: the line leaves as it was', async () => {
	const id = await send(await yamina(), `${head}Q3;Brumal;Cleo;cleo.q@rive.example;Villebrume;\n`);
	const viewer = await yamina();
	const said = await during(
		places,
		() => fixLine(viewer, id, out),
		() => launch({ ...viewer }, id, {}),
	);
	expect(said).toEqual(['Conflict: imports.already_launched', 'done']);
	expect((await rowOf(id, 2))!.skipped).toBe(false);
	expect((await showImport(await yamina(), id)).total).toBe(1);
	await work('house', id);
	expect((await personBy('cleo.q@rive.example'))!.number).toBe('Q3');
});

test('a cell corrected while the list is launched goes in corrected', async () => {
	const id = await send(await yamina(), `${head}Q4;Brumal;Dina;dina.q@gmial.com;Villebrume;\n`);
	const said = await during(
		lines,
		async () => fixLine(await yamina(), id, { line: 2, column: [3], cells: ['dina.q@rive.example'] }),
		async () => launch(await yamina(), id, {}),
	);
	expect(said).toEqual(['done', 'done']);
	await work('house', id);
	expect(await personBy('dina.q@gmial.com')).toBeUndefined();
	expect((await personBy('dina.q@rive.example'))!.number).toBe('Q4');
});

test('a list thrown away while one of its lines is corrected is gone whole', async () => {
	const id = await send(await yamina(), `${head}Q5;Brumal;Elsa;elsa.q@rive.example;Villebrume;\n`);
	const said = await during(
		lines,
		async () => fixLine(await yamina(), id, out),
		async () => drop(await yamina(), id),
	);
	expect(said).toEqual(['done', 'done']);
	expect(await rowOf(id, 2)).toBeUndefined();
});

test('a line left out of a list of places is left out in one go too', async () => {
	const id = await send(
		await yamina(),
		'Code;Nom;Niveau;Rattachée à\nF01;Fédération du Val-d’Orsande;Fédération;\nS0991;Section de Brumal;Section;F01\n',
		{ kind: 'units' },
	);
	const said = await during(
		lines,
		async () => fixLine(await yamina(), id, { ...out, line: 3 }),
		async () => launch(await yamina(), id, {}),
	);
	expect(said).toEqual(['done', 'done']);
	await work('house', id);
	expect((await showImport(await yamina(), id)).counts).toMatchObject({ skipped: 1 });
});

test('what a word means, said as the list leaves, is not remembered for the next one', async () => {
	const line = (n: number) => `${head}Q${n};Brumal;Fey;fey.q${n}@rive.example;Villebrume;Grande amie\n`;
	const id = await send(await yamina(), line(6));
	const viewer = await yamina();
	const said = await during(
		kinds,
		() => mapValues(viewer, id, { key: ['sympathiser'] }),
		() => launch({ ...viewer }, id, {}),
	);
	expect(said).toEqual(['Conflict: imports.already_launched', 'done']);
	await work('house', id);
	const next = await showImport(await yamina(), await send(await yamina(), line(7)));
	expect(next.choices).toMatchObject([{ written: 'Grande amie' }]);
	expect(next.choices[0]).not.toHaveProperty('key');
});
