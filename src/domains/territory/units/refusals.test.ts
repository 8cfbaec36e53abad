import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { refused, scene } from '#tests/traces.ts';
import { contactUnit } from './contact.ts';
import { putUnits, type UnitRow } from './put.ts';

stage();

const tables = ['territory.unit', 'territory.coverage', 'platform.mail'];
const row = (code: string, kind: string, parent: string | null, rest: Partial<UnitRow> = {}): UnitRow => ({
	...{ code, kind, parent, name: `Lieu ${code}` },
	...rest,
});
/** Why a file of places does not go in, with the codes that it names. */
async function whyNot(rows: UnitRow[]): Promise<string> {
	let codes = '';
	const why = await refused(tables, () =>
		asSystem('import', (tx) => putUnits(tx, rows)).catch((refusal) => {
			codes = `${refusal.problems?.[0]?.args?.n} ${refusal.problems?.[0]?.args?.codes}`;
			throw refusal;
		}),
	);
	return `${why} (${codes})`;
}

describe('a file of places is refused whole, and names the lines that are wrong', () => {
	test.each<[string, UnitRow[], string]>([
		['a level that is none', [row('B1', 'cell', 'F01'), row('B2', 'section', 'F01')], 'kind (1 B1)'],
		['a place above that is none', [row('B1', 'section', 'Nulle')], 'parent (1 B1)'],
		['a section right below the top', [row('B1', 'section', 'N')], 'misplaced (1 B1)'],
		['a commune nobody knows', [row('B1', 'section', 'F01', { zones: ['commune:none'] })], 'zone (1 B1)'],
	])('%s', async (_, rows, said) => {
		expect(await whyNot(rows)).toBe(`Invalid: code territory.unit_import_${said}`);
	});

	test('places that hang from one another in a ring', async () => {
		await asSystem('import', (tx) =>
			tx.run(sql`insert into territory.unit_kind_child (parent_id, child_id)
				select unit_kind.id, unit_kind.id from territory.unit_kind where key = 'section'`),
		);
		const ring = [row('B1', 'section', 'B2'), row('B2', 'section', 'B1')];
		expect(await whyNot(ring)).toBe('Invalid: code territory.unit_import_circle (2 B1, B2)');
		await scene(sql`delete from territory.unit_kind_child where parent_id = child_id`);
	});

	test('many wrong lines: ten are named, all are counted', async () => {
		const rows = Array.from({ length: 14 }, (_, n) => row(`C${10 + n}`, 'cell', 'F01'));
		const said = await whyNot(rows);
		expect(said).toMatch(/unit_import_kind \(14 (?:C\d\d, ){9}C\d\d\)$/);
	});
});

describe('a letter to a place', () => {
	const letter = {
		name: 'Lou Marchebois',
		email: 'lou@courrier.example',
		text: 'Bonjour, quand vous voyez-vous ?',
		website: '',
	};
	const leaders = sql`office_id in (select id from territory.office where leads)`;
	beforeEach(() =>
		scene(sql`delete from platform.bucket`, sql`update territory.term set ends_at = now() where ${leaders}`),
	);
	afterEach(() =>
		scene(sql`update territory.term set ends_at = null where ${leaders} and person_id <> ${idOf('gerard')}`),
	);

	test('where nobody answers, nor above, does not leave, and is kept on the page', async () => {
		const write = async () => contactUnit(await as('visitor'), 'section-de-villebrume', letter, '192.0.2.7');
		expect(await refused(tables, write)).toBe('Invalid: text territory.unit_contact_nobody');
		const page = await (await browser('visitor')).post('/sections/section-de-villebrume?/write', letter);
		expect([page.status, page.form?.problems]).toEqual([422, ['text territory.unit_contact_nobody']]);
		expect(page.html).toContain('quand vous voyez-vous ?');
	});
});
