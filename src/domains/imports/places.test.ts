import { beforeEach, expect, test } from 'vitest';
import { inventedZones, loadZones, repairCounts } from '#domains/territory/index.ts';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { bring, personBy, send } from './imports.fixture.ts';
import { problemsOf, showImport, undo } from './index.ts';
import { work } from './run/engine.ts';

stage();

const people = 'Matricule;Nom;Prénom;Courriel;Section;Code section;Code INSEE;Commune;CP\n';
const units = 'Code;Nom;Type;Code parent;Communes;Courriel;Site\n';
let last = 0;
beforeEach(() => scene(sql`delete from imports.remembered`));

/** Brings one person who says where they belong in some way; gives the codes of their units and what was asked. */
async function placed(where: string, who = 'yamina' as 'yamina' | 'sabrina' | 'driss') {
	last++;
	const viewer = await as(who);
	const line = `${people}PL${last};Corvaisier;Al;al${last}@rive.example;${where}\n`;
	const asked = (await problemsOf(viewer, await send(viewer, line))).map(({ code }) => code);
	const { counts } = await bring(viewer, line);
	return { asked, counts, units: (await personBy(`al${last}@rive.example`))?.units };
}
const unitBy = (code: string) =>
	asSystem('test', (tx) =>
		tx.one<{
			id: string;
			name: string;
			kind: string;
			parent: string;
			email: string | null;
			text: string;
			zones: string[];
			closed: boolean;
		}>(sql`
			select unit.id, unit.name, unit_kind.key as kind, parent.code as parent, unit.contact_email as email, unit.public_text as text,
				unit.closed_at is not null as closed, array(select zone_id from territory.coverage where unit_id = unit.id order by 1) as zones
			from territory.unit join territory.unit_kind on unit_kind.id = unit.kind_id left join territory.unit as parent on parent.id = unit.parent_id where unit.code = ${code}`),
	);

test('a place is found by its code, its whole name, its name alone, in any case and accent', async () => {
	for (const where of [
		'S0101;;;;',
		';s0101;;;',
		'Section de Villebrume;;;;',
		'VILLEBRUME;;;;',
		'  villebrume ;;;;',
		'SECTION DE VILLEBRUME;;;;',
	])
		expect([where, await placed(where)]).toEqual([
			where,
			{ asked: [], counts: { created: 1 }, units: ['S0101'] },
		]);
});

test('a place nobody knows is asked about; unanswered, the person goes to the file’s own territory', async () => {
	expect(await placed('Section d’Atlantide;;;;')).toEqual({
		asked: ['unit_unknown'],
		counts: { created: 1 },
		units: ['F01'],
	});
	expect(await placed(';NULLE;;;')).toMatchObject({ asked: ['unit_unknown'], units: ['F01'] });
	expect(await placed(';;;;')).toEqual({ asked: [], counts: { created: 1 }, units: ['F01'] });
	expect(await placed(';;;;', 'sabrina')).toMatchObject({ units: [] });
});

test('two places of one name are not guessed between, unless one is in the file’s own territory', async () => {
	await scene(sql`insert into territory.unit (id, kind_id, parent_id, ancestors, code, slug, name, folded_name)
		select ${idOf('twin')}, kind_id, ${idOf('hautsarvan')}, array[${idOf('national')}, ${idOf('sarvan')}, ${idOf('hautsarvan')}, ${idOf('twin')}]::uuid[],
			'S0799', 'section-de-villebrume-2', name, folded_name from territory.unit where id = ${idOf('villebrume')}`);
	expect(await placed('Villebrume;;;;', 'sabrina')).toMatchObject({ asked: ['unit_ambiguous'], units: [] });
	expect(await placed('Villebrume;;;;')).toMatchObject({ asked: [], units: ['S0101'] });
	expect(await placed('Villebrume;;;;', 'driss')).toMatchObject({ asked: [], units: ['S0799'] });
	await scene(sql`update territory.unit set closed_at = now() where id = ${idOf('twin')}`);
	expect(await placed('Villebrume;;;;', 'sabrina')).toMatchObject({ asked: [], units: ['S0101'] });
});

test('without a section, where somebody lives finds it: by code, by name and postcode; a place not covered is asked about', async () => {
	const zones = inventedZones();
	const [one, other] = zones.filter(({ kind, code }) => kind === 'commune' && code.startsWith('X01'));
	await asSystem('test', (tx) => loadZones(tx, zones));
	await scene(
		sql`insert into territory.coverage (unit_id, zone_id) select ${idOf('castelmauve')}::uuid, id from territory.zone where code = ${one!.code}`,
	);
	expect(await placed(`;;${one!.code};;`)).toMatchObject({ asked: [], units: ['S0104'] });
	expect(await placed(`;;;${one!.name.toUpperCase()};`)).toMatchObject({ asked: [], units: ['S0104'] });
	expect(await placed(`;;;${other!.name};`)).toMatchObject({ asked: ['unit_uncovered'], units: ['F01'] });
	expect(await placed(`Villebrume;;${one!.code};;`)).toMatchObject({ asked: [], units: ['S0101'] });
});

test('communes of a place are taken by code and by name; one that is unknown is said, the others stay', async () => {
	const zones = inventedZones();
	await asSystem('test', (tx) => loadZones(tx, zones));
	const [one, other] = zones.filter(({ kind, code }) => kind === 'commune' && code.startsWith('X02'));
	const sabrina = await as('sabrina');
	const text = `${units}U1;Section des Ponts;section;F01;${one!.code}, ${other!.name} | Nulle-Part;;\n`;
	const id = await send(sabrina, text, { kind: 'units' });
	expect((await problemsOf(sabrina, id)).map(({ code, example }) => [code, example.given])).toEqual([
		['commune_unknown', 'Nulle-Part'],
	]);
	await bring(sabrina, text, { kind: 'units' });
	expect((await unitBy('U1'))!.zones).toHaveLength(2);
	await bring(sabrina, `${units}U1;Section des Ponts;section;F01;;;\n`, { kind: 'units' });
	expect((await unitBy('U1'))!.zones).toHaveLength(2);
	await bring(sabrina, `${units}U1;Section des Ponts;section;F01;${one!.code};;\n`, { kind: 'units' });
	expect((await unitBy('U1'))!.zones).toHaveLength(1);
});

test('a place follows its list: name, address, parent; its kind is kept, what it is stays reachable, undone it is as before', async () => {
	const sabrina = await as('sabrina');
	await bring(sabrina, `${units}U2;Section du Clos;section;F01;;clos@rive.example;\n`, { kind: 'units' });
	const { id: unitId } = (await unitBy('U2'))!;
	const text = `${units}U2;Section du Grand Clos;fédération;F07;;neuve@rive.example;\n`;
	const asked = await problemsOf(sabrina, await send(sabrina, text, { kind: 'units' }));
	expect(asked.map(({ code }) => code)).toEqual(['kind_kept']);
	const done = await bring(sabrina, text, { kind: 'units' });
	expect(await unitBy('U2')).toMatchObject({
		id: unitId,
		name: 'Section du Grand Clos',
		kind: 'section',
		parent: 'F07',
		email: 'neuve@rive.example',
	});
	await undo({ ...sabrina }, done.id);
	await work('house', done.id);
	expect(await unitBy('U2')).toMatchObject({
		name: 'Section du Clos',
		parent: 'F01',
		email: 'clos@rive.example',
	});
	expect(await asSystem('test', repairCounts)).toBe(0);
});

test('an address or a site that cannot be is left out and said; the place goes in', async () => {
	const sabrina = await as('sabrina');
	const text = `${units}U3;Section du Bief;section;F01;;bief(at)rive,example;javascript:alert(1)\n`;
	const asked = await problemsOf(sabrina, await send(sabrina, text, { kind: 'units' }));
	expect(asked.map(({ code }) => code).toSorted()).toEqual(['email_format', 'website_format']);
	await bring(sabrina, text, { kind: 'units' });
	expect(await unitBy('U3')).toMatchObject({ name: 'Section du Bief', email: null, text: '' });
});

test('a level that goes nowhere there, and no level where several could be, stay out; the only one that fits is taken', async () => {
	const sabrina = await as('sabrina');
	const text = `${units}U4;Perchée;région;F01;;;\nU5;Sans type;;F01;;;\nU6;Sous une section;;S0101;;;\nU7;Étoile;galaxie;F01;;;\n`;
	const asked = await problemsOf(sabrina, await send(sabrina, text, { kind: 'units' }));
	expect(asked.map(({ code, example }) => [example.line, code]).toSorted()).toEqual([
		[2, 'kind_misplaced'],
		[4, 'kind_missing'],
		[5, 'value_unmapped'],
	]);
	const done = await bring(sabrina, text, { kind: 'units' });
	expect(await unitBy('U5')).toMatchObject({ kind: 'section', parent: 'F01' });
	expect([await unitBy('U4'), await unitBy('U6')]).toEqual([undefined, undefined]);
	expect((await showImport(sabrina, done.id)).counts.refused).toBe(2);
});

test('the list of a federation says nothing of the federation’s own place: it stays under its region', async () => {
	const yamina = await as('yamina');
	const text = `${units}F01;Fédération du Val;fédération;R03;;val@rive.example;\nU8;Section du Guet;section;F01;;;\n`;
	const done = await bring(yamina, text, { kind: 'units' });
	expect(done.counts).toMatchObject({ created: 1, updated: 1 });
	expect(await unitBy('F01')).toMatchObject({ parent: 'R01', email: 'val@rive.example' });
	expect(await unitBy('U8')).toMatchObject({ parent: 'F01' });
});
