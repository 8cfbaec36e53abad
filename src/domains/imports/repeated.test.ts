import { beforeEach, expect, test } from 'vitest';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { head, people, personBy } from './imports.fixture.ts';
import { checkedBy, lineForm } from './pages.fixture.ts';

stage();
let yamina: Browser;
beforeEach(async () => {
	await scene(sql`delete from platform.bucket`);
	yamina = await browser('yamina');
});

const line = (number: string, name: string, email: string, place = 'Villebrume') =>
	`${number};${name};Iva;${email};${place};adhérent\n`;
const figures = async (at: string) => (await yamina.get(`${at}/apercu`)).main;

test('a number that was already above: the line is in no figure of the preview, and stays outside', async () => {
	const at = await checkedBy(
		yamina,
		`${head}${line('R1', 'BRÈSLE', 'r1@rive.example')}${line('R1', 'BRÈSLE', 'r2@rive.example', 'Montclairval')}`,
	);
	expect(await figures(at)).toMatch(/personnes à créer 1 /);
	expect(await figures(at)).toContain('Lancer : une ligne');
	await yamina.post(`${at}/apercu?/launch`);
	await drainJobs();
	expect((await yamina.get(`${at}/suivi`)).main).toMatch(/créées 1 refusées 1/);
	expect((await personBy('r1@rive.example'))!.units).toEqual(['S0101']);
	expect(await personBy('r2@rive.example')).toBeFalsy();
});

test('far below in the file too: it does not move who was written by the line above', async () => {
	const many = `${people(120, 'far').slice(head.length)}\n`;
	const again = line('R2', 'BRÈSLE', 'r3@rive.example', 'Montclairval');
	const at = await checkedBy(yamina, `${head}${line('R2', 'BRÈSLE', 'r3@rive.example')}${many}${again}`);
	await yamina.post(`${at}/apercu?/launch`);
	await drainJobs();
	expect((await yamina.get(`${at}/suivi`)).main).toMatch(/refusées 1/);
	expect((await personBy('r3@rive.example'))!.units).toEqual(['S0101']);
});

test('its number corrected, it goes in; the values said meanwhile do not let it in before', async () => {
	const at = await checkedBy(
		yamina,
		`${head}${line('R4', 'BRÈSLE', 'r4@rive.example')}${line('R4', 'OUDART', 'r5@rive.example')}`,
	);
	await yamina.post(`${at}/corrections?/values`, { 'key[]': ['member'] });
	expect(await figures(at)).toContain('Lancer : une ligne');
	const { column, cells } = lineForm(await yamina.get(`${at}/corrections`), 3);
	const right = cells.map((cell) => (cell === 'R4' ? 'R5' : cell));
	await yamina.post(`${at}/corrections?/line`, { line: '3', 'column[]': column, 'cells[]': right });
	expect(await figures(at)).toContain('Lancer : 2 lignes');
});
