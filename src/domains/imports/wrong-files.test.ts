import { beforeAll, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { journal, refused, scene, told } from '#tests/traces.ts';
import { count, fileOf, people, send } from './imports.fixture.ts';
import { drop, keepColumns, launch, showImport, startImport, undo } from './index.ts';
import { start } from './pages.fixture.ts';
import { work } from './run/engine.ts';

stage();

let yamina: Browser;
beforeAll(async () => {
	yamina = await browser('yamina');
});
const tables = ['imports.import', 'imports.line', 'people.person'];
const sends = (file: File, kind = 'members') => yamina.post(`${start}?/start`, { kind, file });

describe('what is no list is said for what it is, in a sentence that helps, and nothing is kept', () => {
	const bytes = (hex: string) => Buffer.from(hex, 'hex');
	test.each<[string, string | Buffer, string]>([
		['a PDF', '%PDF-1.7\n', 'C’est un PDF. Demande la liste au format CSV.'],
		['a workbook of old', bytes('d0cf11e0a1b11ae1000000000000'), 'C’est un classeur.'],
		['an archive', bytes('504b0304140000000800'), 'C’est une archive.'],
		['a photo', bytes('ffd8ffe000104a46494600'), 'C’est une image. Il faut un fichier CSV.'],
		['a web page', '<html><body><table></table></body></html>', 'C’est une page web.'],
		['notes of a program', '[{"nom":"A"}]', 'Il faut un CSV.'],
		['cards', 'BEGIN:VCARD\nVERSION:3.0\nFN:Rose\nEND:VCARD\n', 'Ce sont des fiches de contact.'],
		['bytes', Buffer.from(Array.from({ length: 400 }, (_, i) => (i * 37) % 256)), 'Il faut un CSV.'],
		['nothing at all', '', 'Ce fichier est vide.'],
		['blank lines', '\n\n  \n', 'Ce fichier est vide.'],
		['a mark of encoding', '\ufeff', 'Ce fichier est vide.'],
		['titles alone', 'Matricule;Nom;Prénom\n', 'aucune ligne après les titres'],
	])('%s, though it is called .csv', async (_, content, sentence) => {
		const file = fileOf(content, 'liste.csv');
		let page = { status: 0, main: '' };
		const why = await refused(tables, async () => {
			page = await sends(file);
		});
		expect([why, page.status]).toEqual(['done', 422]);
		expect(page.main).toContain(sentence);
	});

	test('no file is not an empty one: it asks for one', async () => {
		expect((await sends(new File([], ''))).form!.problems).toEqual(['file imports.file_missing']);
		expect((await sends(fileOf('', 'liste.csv'))).form!.problems).toEqual(['file imports.file_is_empty']);
	});
});

describe('too much', () => {
	const tries = async (content: string) =>
		told(
			startImport(await as('sabrina'), {
				kind: 'members',
				unit: '',
				file: fileOf(content, 'grande.csv'),
				pasted: '',
			}),
		);

	test('over fifty megabytes, or four hundred thousand people, is cut by who sends it, and said at once', async () => {
		const why = await refused(tables, async () => {
			const began = performance.now();
			expect(await tries('a'.repeat(50 * 1024 * 1024 + 1))).toBe('Invalid: file imports.file_is_too_large');
			expect(await tries(`N;P;M\n${'a;b;c\n'.repeat(400_001)}`)).toBe('Invalid: file imports.too_many_lines');
			expect(performance.now() - began).toBeLessThan(20_000);
		});
		expect(why).toBe('done');
	});
});

test('a column alone makes nobody, and its page says which words it lacks', async () => {
	const { to } = await sends(fileOf('Courriel\na@b.example\nc@d.example\n', 'liste.csv'));
	const before = await count();
	const page = await yamina.post(`${to}?/choose`, { 'field[]': ['email'] });
	expect(page.status).toBe(422);
	expect(page.form!.problems).toHaveLength(1);
	expect(await count()).toBe(before);
});

describe('an officer whose term ends while their list goes in', () => {
	const ends = (at: string) =>
		scene(sql`update territory.term set ends_at = ${sql.raw(at)} where id = ${idOf('yamina term')}`);

	test('before it is launched: nothing goes, and the list is not there for them any more', async () => {
		const id = await send(await as('yamina'), people(3, 'w'));
		const before = await count();
		await ends('now()');
		const why = await refused(tables, async () => {
			const yamina = await as('yamina');
			expect(await told(launch({ ...yamina }, id, {}))).toBe('NotFound');
			expect(await told(drop({ ...yamina }, id))).toBe('NotFound');
			expect(await told(showImport({ ...yamina }, id))).toBe('NotFound');
		});
		expect(why).toBe('done');
		await work('house', id);
		expect(await count()).toBe(before);
		await ends('null');
		expect(await showImport(await as('yamina'), id)).toMatchObject({ state: 'checked' });
		expect(await told(keepColumns(await as('yamina'), id, []))).not.toBe('NotFound');
	});

	test('after: what they launched ends whole, once, and is said in the journal; they read and undo no more', async () => {
		const id = await send(await as('yamina'), people(250, 'x'));
		const before = await count();
		await launch(await as('yamina'), id, {});
		let batches = 0;
		let ended: Promise<unknown> | undefined;
		await work('house', id, () => {
			if (++batches === 1) ended = ends('now()');
		});
		await ended;
		expect(await count()).toBe(before + 250);
		expect((await journal('imports.done')).at(-1)).toMatchObject({ actor: idOf('yamina') });
		await ends('now()');
		const gone = await as('yamina');
		expect([await told(showImport(gone, id)), await told(undo(gone, id))]).toEqual(['NotFound', 'NotFound']);
		const kept = await asSystem('test', (tx) =>
			tx.one(sql`select state, done from imports.import where id = ${id}`),
		);
		expect(kept).toEqual({ state: 'done', done: 250 });
		await ends('null');
	});
});
