import { beforeAll, expect, test } from 'vitest';
import { broughtBy, checkedBy, lineForm } from '#domains/imports/pages.fixture.ts';
import { zoneId } from '#domains/territory/index.ts';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type Answer, type Browser, browser } from '#tests/browse.ts';
import { cast } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';

stage();

let yamina: Browser;
beforeAll(async () => {
	yamina = await browser('yamina');
});

/** The lines that the preview shows, as read: what it is, what is said of it, what becomes of it. */
const shown = ({ html }: Answer): string[] => {
	const [, card = ''] = html.split('id="exemples"');
	return [...card.split('</ul>')[0]!.matchAll(/<li>(.*?)<\/li>/gs)].map(([, line]) =>
		line!
			.replaceAll(/<\/?(?:b|span)[^>]*>/g, ' ')
			.replaceAll(/<[^>]*>/g, '')
			.replaceAll(/\s+/g, ' ')
			.trim(),
	);
};
const preview = async (at: string) => shown(await yamina.get(`${at}/apercu`));
const head = 'Matricule;Nom;Prénom;Courriel;Section;À jour jusqu’au\n';

test('the preview shows the first lines of each kind of change as they will be, and no more', async () => {
	await scene(sql`delete from platform.bucket`);
	const many = Array.from(
		{ length: 5 },
		(_, n) => `V${n};ROCHEVENT;lia-${'abcde'[n]};v${n}@rive.example;Villebrume;31/12/2027`,
	);
	const elsewhere = 'V9;Ambrune;Noé;noe.v9@rive.example;Port-Brumel;';
	const at = await checkedBy(yamina, `${head}${many.join('\n')}\n${elsewhere}\nV8;;;;;\n`);
	expect(await preview(at)).toEqual([
		'Lia-A Rochevent ligne 2 · Section de Villebrume · V0 · v0@rive.example · à jour jusqu’au 31 décembre 2027 à créer',
		'Lia-B Rochevent ligne 3 · Section de Villebrume · V1 · v1@rive.example · à jour jusqu’au 31 décembre 2027 à créer',
		'Lia-C Rochevent ligne 4 · Section de Villebrume · V2 · v2@rive.example · à jour jusqu’au 31 décembre 2027 à créer',
		'Noé Ambrune ligne 7 · Section de Port-Brumel · V9 · noe.v9@rive.example à proposer ailleurs',
	]);
});

test('a line that is left out or corrected is shown as it is by then; the same list again says what is already there', async () => {
	const text = `${head}W1;Vaubrun;Abe;abe.w1@rive.example;Villebrume;\nW2;Vaubrun;Zoé;zoe.w2@rive.example;Villebrume;\n`;
	const at = await checkedBy(yamina, `${text}W3;Vaubrun;Léa;lea.w3@rive,example;Villebrume;\n`);
	const doubt = lineForm(await yamina.get(`${at}/corrections`), 4);
	const cells = doubt.cells.map((cell) => cell.replace('rive,', 'rive.'));
	await yamina.post(`${at}/corrections?/line`, {
		line: '4',
		'column[]': doubt.column,
		'cells[]': cells,
		skip: 'on',
	});
	expect((await preview(at)).join()).not.toContain('Léa');
	await yamina.post(`${at}/corrections?/line`, { line: '4', 'column[]': doubt.column, 'cells[]': cells });
	expect((await preview(at)).at(-1)).toContain(
		'Léa Vaubrun ligne 4 · Section de Villebrume · W3 · lea.w3@rive.example',
	);
	await broughtBy(yamina, text);
	const again = await preview(await checkedBy(yamina, text.replace('Zoé', 'Zoé Lise')));
	expect(again.map((line) => line.slice(-12))).toEqual([' déjà à jour', 'ettre à jour']);
});

test('who comes in without a place is said so; who is here already stays where they are', async () => {
	const bertrand = await browser('bertrand');
	const line = (place: string, mail: string) => `X1;Vaubrun;Noé;${mail}@rive.example;${place};\n`;
	await broughtBy(bertrand, head + line('Villebrume', 'noe.x1'));
	const moved = `${head}${line('Nulle part', 'noe.x1bis')}X2;Vaubrun;Ève;eve.x2@rive.example;Nulle part;\n`;
	const [here, newcomer] = shown(await bertrand.get(`${await checkedBy(bertrand, moved)}/apercu`));
	expect(here).toMatch(/^Noé Vaubrun ligne 2 · X1 · .* à mettre à jour$/);
	expect(newcomer).toMatch(/^Ève Vaubrun ligne 3 · sans lieu de rattachement · X2 · /);
});

test('somebody with an account is shown under the name they have', async () => {
	const known = await asSystem('test', (tx) =>
		tx.one<{ number: string; email: string }>(sql`select membership.member_number as number, contact.email
			from people.membership join people.contact on contact.person_id = membership.person_id
			join people.person on person.id = membership.person_id
			where person.name = ${cast.odile.name} and membership.ended_at is null`),
	);
	const [given = '', ...family] = cast.odile.name.split(' ');
	const line = `${known!.number ?? ''};${family.join(' ')};${given} Marie;${known!.email};Villebrume;`;
	const [first] = await preview(await checkedBy(yamina, `${head}${line}\n`));
	expect(first).toMatch(new RegExp(`^${cast.odile.name} ligne 2 `));
});

test('a structure is shown under what is above it, in the network or in the same file', async () => {
	await scene(sql`insert into territory.zone (id, kind, code, name, folded_name)
		values (${zoneId('commune', '59350')}, 'commune', '59350', 'Lille', 'lille')`);
	const units = [
		'Code;Nom;Type;Code parent;Communes',
		'S1;Section des Écluses;Section;F9;Lille',
		'F9;Fédération des Écluses;Fédération;R9;',
		'R9;Région des Écluses;Région;;',
		'R8;Région des Halages;Région;ZZ;',
	].join('\n');
	const bertrand = await browser('bertrand');
	const at = await checkedBy(bertrand, units, { kind: 'units' });
	expect(shown(await bertrand.get(`${at}/apercu`))).toEqual([
		'Section des Écluses ligne 2 · section · sous Fédération des Écluses · une commune · S1 à créer',
		'Fédération des Écluses ligne 3 · fédération · sous Région des Écluses · F9 à créer',
		expect.stringMatching(/^Région des Écluses ligne 4 · région · sous [^·]+ · R9 à créer$/),
	]);
});
