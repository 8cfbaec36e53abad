import { beforeEach, expect, test } from 'vitest';
import { addMembership, confirmImported } from '#domains/people/index.ts';
import { joinUnit, repairCounts } from '#domains/territory/index.ts';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { bring, personBy, send } from './imports.fixture.ts';
import { launch, preview, showImport, undo } from './index.ts';
import { privacy } from './privacy.ts';
import { work } from './run/engine.ts';

stage();

const head = 'Matricule;Nom;Prénom;Courriel;Section;À jour jusqu’au\n';
const yamina = () => as('yamina');
beforeEach(() => scene(sql`update imports.import set undo_until = null where state = 'done'`));

const takeBack = async (id: string, who: CastName = 'yamina') => {
	await undo(await as(who), id);
	await work('house', id);
	return (await showImport(await as(who), id)).counts;
};
const byHand = <T>(act: Parameters<typeof asSystem<T>>[1]) => asSystem('test', act);

test('who moved since by hand stays where they went, and is in no second place', async () => {
	const line = (place: string) => `${head}H1;Brèsle;Iva;iva@rive.example;${place};\n`;
	await bring(await yamina(), line('Villebrume'));
	const done = await bring(await yamina(), line('Montclairval'));
	const { id } = (await personBy('iva@rive.example'))!;
	await byHand((tx) => joinUnit(tx, id, idOf('castelmauve')));
	await takeBack(done.id);
	expect((await personBy('iva@rive.example'))!.units).toEqual(['S0104']);
	expect(await byHand(repairCounts)).toBe(0);
});

test('who left their place since is not put back into the one before', async () => {
	const line = (place: string) => `${head}H2;Brèsle;Oona;oona@rive.example;${place};\n`;
	await bring(await yamina(), line('Villebrume'));
	const { id } = (await personBy('oona@rive.example'))!;
	await byHand((tx) => confirmImported(tx, id));
	const done = await bring(await yamina(), line('Montclairval'));
	await scene(sql`update territory.attachment set until = now() where person_id = ${id} and until is null`);
	await takeBack(done.id);
	expect((await personBy('oona@rive.example'))!.units).toEqual([]);
});

test('somebody the file moved goes back to where they were', async () => {
	const line = (place: string) => `${head}H3;Brèsle;Ugo;ugo@rive.example;${place};\n`;
	await bring(await yamina(), line('Villebrume'));
	const done = await bring(await yamina(), line('Montclairval'));
	expect(await takeBack(done.id)).toMatchObject({ restored: 1 });
	expect((await personBy('ugo@rive.example'))!.units).toEqual(['S0101']);
	expect(await byHand(repairCounts)).toBe(0);
});

test('a name changed by its owner since is theirs: neither the file nor its undoing takes it back', async () => {
	const line = (until: string) => `${head}H4;Cassaigne;Noa;noa@rive.example;Villebrume;${until}\n`;
	await bring(await yamina(), line('31/12/2026'));
	const done = await bring(await yamina(), line('31/12/2027'));
	const { id } = (await personBy('noa@rive.example'))!;
	await byHand((tx) => confirmImported(tx, id));
	await scene(
		sql`update people.person set name = 'Noa Valmorin', folded_name = 'noa valmorin' where id = ${id}`,
	);
	await takeBack(done.id);
	expect(await personBy('noa@rive.example')).toMatchObject({
		name: 'Noa Valmorin',
		confirmed: true,
		paid: '2026-12-31',
	});
});

test('a membership that an officer changed since is theirs to decide, and is not undone with the file', async () => {
	const line = (until: string) => `${head}H5;Cassaigne;Lio;lio@rive.example;Villebrume;${until}\n`;
	await bring(await yamina(), line('31/12/2026'));
	const done = await bring(await yamina(), line('31/12/2027'));
	const { id } = (await personBy('lio@rive.example'))!;
	const youth = (await byHand((tx) =>
		tx.one<{ id: string }>(sql`select id from people.membership_type where key = 'youth'`),
	))!;
	await byHand((tx) =>
		addMembership(tx, id, { typeId: youth.id, memberNumber: 'H5', verifiedBy: idOf('samuel') }),
	);
	await takeBack(done.id);
	const spells = await byHand((tx) =>
		tx.many(sql`select membership_type.key, ended_at is null as runs from people.membership
			join people.membership_type on membership_type.id = type_id where person_id = ${id} order by membership.id`),
	);
	expect(spells).toEqual([
		{ key: 'member', runs: false },
		{ key: 'youth', runs: true },
	]);
});

test('an address or a number given to somebody else since is not taken from them', async () => {
	const line = (number: string, email: string) =>
		`${head}${number};Cassaigne;Ode;${email}@rive.example;Villebrume;31/12/2026\n`;
	await bring(await yamina(), line('H50', 'ode'));
	const { id } = (await personBy('ode@rive.example'))!;
	const done = await bring(await yamina(), line('H50', 'ode.neuve'));
	await scene(
		sql`update people.membership set member_number = 'H51' where person_id = ${id}`,
		sql`update people.membership set member_number = 'H50' where person_id = ${idOf('ines')} and ended_at is null`,
		sql`update people.contact set email = 'ode@rive.example', email_key = 'ode@rive.example' where person_id = ${idOf('ines')}`,
	);
	expect(await takeBack(done.id)).toMatchObject({ restored: 1 });
	expect(await personBy('Ode Cassaigne')).toMatchObject({ email: null, number: 'H51' });
	expect(await personBy('ode@rive.example')).toMatchObject({ id: idOf('ines'), number: 'H50' });
});

test('another kind of membership that the file brought goes, and the one before runs again', async () => {
	const typed = (type: string) =>
		`Matricule;Nom;Prénom;Courriel;Section;Type adhésion\nH60;Cassaigne;Gia;gia@rive.example;Villebrume;${type}\n`;
	await bring(await yamina(), typed('member'));
	const done = await bring(await yamina(), typed('youth'));
	expect((await personBy('gia@rive.example'))!.type).toBe('youth');
	await takeBack(done.id);
	expect(await personBy('gia@rive.example')).toMatchObject({ type: 'member', number: 'H60', verified: true });
	const spells = await byHand((tx) =>
		tx.many(
			sql`select 1 as spell from people.membership join people.contact using (person_id) where email = 'gia@rive.example'`,
		),
	);
	expect(spells).toHaveLength(1);
});

test('an account folded into another one since is not woken: no membership, no place', async () => {
	const line = (place: string) => `${head}H6;Cassaigne;Zia;zia@rive.example;${place};\n`;
	await bring(await yamina(), line('Villebrume'));
	const { id } = (await personBy('zia@rive.example'))!;
	const done = await bring(await yamina(), line('Montclairval'));
	await scene(
		sql`update people.membership set ended_at = now(), ended_why = 'merged' where person_id = ${id}`,
		sql`update territory.attachment set until = now() where person_id = ${id} and until is null`,
		sql`delete from people.contact where person_id = ${id}`,
		sql`update people.person set left_at = now() where id = ${id}`,
	);
	await takeBack(done.id);
	expect(await personBy('Zia Cassaigne')).toMatchObject({ number: null, units: [], email: null });
});

test('who opened their account since keeps it, their place and their membership', async () => {
	const done = await bring(await yamina(), `${head}H7;Cassaigne;Eva;eva@rive.example;Villebrume;\n`);
	const { id } = (await personBy('eva@rive.example'))!;
	await byHand((tx) => confirmImported(tx, id));
	expect(await takeBack(done.id)).toEqual({ created: 1, kept: 1 });
	expect(await personBy('eva@rive.example')).toMatchObject({
		confirmed: true,
		number: 'H7',
		units: ['S0101'],
	});
});

test('who was named to an office since is awaited there, and stays', async () => {
	const done = await bring(await yamina(), `${head}H8;Cassaigne;Abe;abe@rive.example;Villebrume;\n`);
	const { id } = (await personBy('abe@rive.example'))!;
	await scene(sql`insert into territory.term (id, person_id, unit_id, office_id, starts_at)
		select ${idOf('abe term')}, ${id}, unit.id, office.id, now() from territory.unit
		join territory.office on office.kind_id = unit.kind_id where unit.id = ${idOf('castelmauve')} and office.key = 'secretary'`);
	expect(await takeBack(done.id)).toEqual({ created: 1, kept: 1 });
	expect((await personBy('abe@rive.example'))!.units).toEqual(['S0101']);
});

test('an unfinished list does not hold back the undoing of one that is over', async () => {
	const text = `${head}H9;Cassaigne;Ian;ian@rive.example;Villebrume;\n`;
	const done = await bring(await yamina(), text);
	const waiting = await send(await yamina(), text.replace(';\n', ';31/12/2027\n'));
	expect(await takeBack(done.id)).toEqual({ created: 1, removed: 1 });
	await launch(await yamina(), waiting, {});
	await work('house', waiting);
	expect((await showImport(await yamina(), waiting)).counts).toEqual({ created: 1 });
	expect((await personBy('ian@rive.example'))!.paid).toBe('2027-12-31');
});

test('an officer whose term ended since undoes nothing any more; back in office, they do', async () => {
	const done = await bring(await yamina(), `${head}H10;Cassaigne;Pia;pia@rive.example;Villebrume;\n`);
	await scene(sql`update territory.term set ends_at = now() where person_id = ${idOf('yamina')}`);
	expect(await outcome(undo(await yamina(), done.id))).toBe('NotFound');
	await scene(sql`update territory.term set ends_at = null where person_id = ${idOf('yamina')}`);
	expect(await takeBack(done.id)).toEqual({ created: 1, removed: 1 });
});

test('who is erased between the file and its undoing leaves no trace in it, and does not come back', async () => {
	const line = (until: string) => `${head}H11;Cassaigne;Mo;mo@rive.example;Villebrume;${until}\n`;
	await bring(await yamina(), line('31/12/2026'));
	const done = await bring(await yamina(), line('31/12/2027'));
	const { id } = (await personBy('mo@rive.example'))!;
	await byHand(async (tx) => {
		await privacy.erase!(tx, id);
		await tx.run(sql`delete from people.person where id = ${id}`);
	});
	expect(await takeBack(done.id)).toEqual({ updated: 1 });
	expect(await personBy('mo@rive.example')).toBeUndefined();
	const left = await byHand((tx) =>
		tx.many(sql`select 1 as left from imports.line where subject_id = ${id}
			union all select 1 from imports.change where subject_id = ${id} union all select 1 from imports.known where subject_id = ${id}`),
	);
	expect(left).toEqual([]);
});

test('members whom a complete list left out have their end date back when it is undone', async () => {
	const driss = await as('driss');
	const port = (n: number) => `L${n};Ambrune;Fa${'abc'[n]};fa${n}@rive.example;Port-Brumel;31/12/2099\n`;
	await bring(driss, head + port(0) + port(1));
	const id = await send(driss, head + port(0));
	expect((await preview(driss, id)).absent).toBeGreaterThan(0);
	await launch(await as('driss'), id, { lapse: 'on' });
	await work('house', id);
	expect((await personBy('fa1@rive.example'))!.paid! < '2099').toBe(true);
	await takeBack(id, 'driss');
	expect((await personBy('fa1@rive.example'))!.paid).toBe('2099-12-31');
	expect((await bring(driss, head + port(0) + port(1))).counts).toEqual({ same: 2 });
});

test('after seven days the file and its lines are thrown away, and only counts stay', async () => {
	const done = await bring(await yamina(), `${head}H12;Cassaigne;Lu;lu@rive.example;Villebrume;\n`);
	const kept = () =>
		byHand((tx) =>
			tx.one<{
				stored: string | null;
				columns: unknown[];
				lines: number;
				changes: number;
			}>(sql`select stored_id as stored, columns,
				(select count(*)::int from imports.line where import_id = import.id) as lines,
				(select count(*)::int from imports.change where import_id = import.id) as changes from imports.import where id = ${done.id}`),
		);
	const retain = (days: number) =>
		byHand((tx) => privacy.retain!(tx, new Date(Date.now() + days * 86_400_000), false));
	await retain(6);
	expect(await kept()).toMatchObject({ lines: 1, changes: 1, stored: expect.any(String) });
	await retain(8);
	expect(await kept()).toEqual({ stored: null, columns: [], lines: 0, changes: 0 });
	expect((await showImport(await yamina(), done.id)).counts).toEqual({ created: 1 });
	await scene(sql`update imports.import set undo_until = now() - interval '1 second' where id = ${done.id}`);
	expect(await outcome(undo(await yamina(), done.id))).toBe('Conflict');
	expect((await personBy('lu@rive.example'))!.number).toBe('H12');
});

test('a list that was never launched is thrown away after thirty days, with what it says of people', async () => {
	const id = await send(await yamina(), `${head}H13;Cassaigne;Bo;bo@rive.example;Villebrume;\n`);
	const over = new Date(Date.now() + 31 * 86_400_000);
	const before = await byHand((tx) => privacy.retain!(tx, over, true));
	expect(before['imports.line']).toBeGreaterThan(0);
	expect((await showImport(await yamina(), id)).state).toBe('checked');
	await byHand((tx) => privacy.retain!(tx, over, false));
	expect(await outcome(showImport(await yamina(), id))).toBe('NotFound');
	expect(await outcome(launch(await yamina(), id, {}))).toBe('Conflict');
	expect(await personBy('bo@rive.example')).toBeUndefined();
});

test('somebody asks what we hold of them: their line in the file is there, and nobody else’s', async () => {
	await bring(
		await yamina(),
		`${head}H14;Cassaigne;Cléo;cleo@rive.example;Villebrume;\nH15;Cassaigne;Dan;dan@rive.example;Villebrume;\n`,
	);
	const { id } = (await personBy('cleo@rive.example'))!;
	const held = JSON.stringify(await byHand((tx) => privacy.gather!(tx, id)));
	expect(held).toContain('cleo@rive.example');
	expect(held).not.toContain('dan@rive.example');
	expect(JSON.stringify(await byHand((tx) => privacy.gather!(tx, idOf('yamina'))))).toContain(
		'adherents.csv',
	);
});
