import { beforeEach, expect, test } from 'vitest';
import { asSystem, read } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { journal, scene } from '#tests/traces.ts';
import { bring, people, personBy, send } from './imports.fixture.ts';
import { doubtfulLines, followImport, launch, leftBehind, myImports, showImport, undo } from './index.ts';
import { work } from './run/engine.ts';

stage();

const endTerm = (who: CastName) =>
	sql`update territory.term set ends_at = now() - interval '1 minute' where person_id = ${idOf(who)}`;
beforeEach(() =>
	scene(
		sql`delete from people.suspension where person_id = ${idOf('yamina')}`,
		sql`update territory.term set ends_at = null where person_id in (${idOf('yamina')}, ${idOf('sabrina')}, ${idOf('driss')})`,
		sql`update imports.import set state = 'dropped' where state <> 'undone'`,
	),
);
const listed = async (who: CastName) => (await leftBehind(await as(who))).map(({ id }) => id);

test('while who launched it is in office, an import is nobody else’s, not even above', async () => {
	const { id } = await bring(await as('yamina'), people(1, 'la'));
	const sabrina = await as('sabrina');
	expect(await listed('sabrina')).toEqual([]);
	expect(await outcome(followImport(sabrina, id))).toBe('NotFound');
	expect(await outcome(undo(sabrina, id))).toBe('NotFound');
	expect(await followImport(await as('yamina'), id)).toMatchObject({ mine: true, state: 'done' });
	expect(await listed('yamina')).toEqual([]);
});

test('once their term ended, whoever imports there or above undoes it, in their own name; the launcher reaches nothing', async () => {
	const { id } = await bring(await as('yamina'), people(2, 'lb'));
	await scene(endTerm('yamina'));
	const [yamina, sabrina] = [await as('yamina'), await as('sabrina')];
	expect(await listed('sabrina')).toEqual([id]);
	expect(await listed('bertrand')).toEqual([id]);
	expect(await myImports(yamina)).toEqual([]);
	expect(await outcome(followImport(yamina, id))).toBe('NotFound');
	expect(await outcome(undo(yamina, id))).toBe('NotFound');
	await Promise.all([undo({ ...sabrina }, id), undo({ ...(await as('bertrand')) }, id)].map(outcome));
	await work('house', id);
	expect(await followImport(sabrina, id)).toMatchObject({
		state: 'undone',
		counts: { removed: 2 },
		mine: false,
	});
	expect(await personBy('lb0@rive.example')).toBeUndefined();
	const [asked] = await journal('imports.undo');
	expect([idOf('sabrina'), idOf('bertrand')]).toContain(asked!.actor);
	expect((await journal('imports.undone')).map(({ actor }) => actor)).toEqual([asked!.actor]);
	expect(await listed('sabrina')).toEqual([]);
});

test('it does not exist for an office beside, below or of another kind, nor for who gave no second factor', async () => {
	const { id } = await bring(await as('yamina'), people(1, 'lc'));
	await scene(endTerm('yamina'));
	for (const who of [
		'odile',
		'samuel',
		'leontine',
		'driss',
		'fanny',
		'paulo',
		'gerard',
		'visitor',
	] as const) {
		const other = await as(who);
		const tries = [followImport(other, id), undo(other, id)].map((one) => outcome<unknown>(one));
		expect([who, ...(await Promise.all(tries))]).toEqual([who, 'NotFound', 'NotFound']);
		expect(await leftBehind(other)).toEqual([]);
	}
	const tired = await as('sabrina', { factor: false });
	expect(await leftBehind(tired)).toEqual([]);
	expect(await outcome(undo(tired, id))).toBe('NotFound');
});

test('the file stays with who sent it: no line, no column, no launch for who takes over, under the database’s own rule too', async () => {
	const { id } = await bring(await as('yamina'), `${people(1, 'ld')}\nld9;;;;Villebrume;`);
	await scene(endTerm('yamina'));
	const sabrina = await as('sabrina');
	expect(await followImport(sabrina, id)).toMatchObject({ columns: [], choices: [] });
	expect(await outcome(showImport(sabrina, id))).toBe('NotFound');
	expect(await outcome(doubtfulLines(sabrina, id, { code: null, after: 0 }))).toBe('NotFound');
	expect(await outcome(launch(sabrina, id, {}))).toBe('NotFound');
	const rows = (table: string) =>
		read(sabrina, (tx) =>
			tx.many(sql`select 1 from ${sql.ref(`imports.${table}`)} as row where row.import_id = ${id}`),
		);
	expect([await rows('line'), await rows('change')]).toEqual([[], []]);
	const changed = await read(sabrina, (tx) =>
		tx.run(sql`update imports.import set state = 'dropped' where id = ${id}`).catch(() => 0),
	);
	expect(changed).toBe(0);
});

test('what a command brought is followed and undone by whoever holds that power there, not by others', async () => {
	const { id } = await bring(await as('yamina'), people(2, 'lk'));
	await scene(sql`update imports.import set by_id = null where id = ${id}`);
	expect([await listed('yamina'), await listed('sabrina'), await listed('driss')]).toEqual([[id], [id], []]);
	await undo({ ...(await as('yamina')) }, id);
	await work('house', id);
	expect(await followImport(await as('yamina'), id)).toMatchObject({ state: 'undone', mine: false });
	expect((await journal('imports.undone')).at(-1)!.actor).toBe(idOf('yamina'));
});

test('places brought in are left to who may make places there; a lent power counts as long as the loan does', async () => {
	const text = 'Code;Nom;Type;Code parent\nLB1;Section du Bief;section;F01\n';
	const { id } = await bring(await as('yamina'), text, { kind: 'units' });
	await scene(endTerm('yamina'));
	expect([await listed('sabrina'), await listed('samuel'), await listed('leontine')]).toEqual([[id], [], []]);
	await scene(sql`insert into territory.loan (id, lender_id, borrower_id, unit_id, powers, starts_at, ends_at)
		values (${idOf('left loan')}, ${idOf('sabrina')}, ${idOf('yamina')}, ${idOf('valdorsande')}, '{units.create}', now() - interval '1 hour', now() + interval '1 day')`);
	expect(await listed('sabrina')).toEqual([]);
	expect(await followImport(await as('yamina'), id)).toMatchObject({ mine: true });
	await scene(sql`update territory.loan set ended_at = now() where id = ${idOf('left loan')}`);
	expect(await listed('sabrina')).toEqual([id]);
	expect(await outcome(followImport(await as('yamina'), id))).toBe('NotFound');
});

test('a file that was never launched is left to nobody', async () => {
	const id = await send(await as('yamina'), people(1, 'le'));
	await scene(endTerm('yamina'));
	expect(await listed('sabrina')).toEqual([]);
	expect(await outcome(followImport(await as('sabrina'), id))).toBe('NotFound');
});

test('who launched it is suspended: it is undone without them, and theirs again when the suspension is lifted', async () => {
	const { id } = await bring(await as('yamina'), people(1, 'lf'));
	await scene(sql`insert into people.suspension (id, person_id, ends_at, by_id, reason)
		values (${idOf('left suspension')}, ${idOf('yamina')}, now() + interval '3 days', ${idOf('paulo')}, 'Essai')`);
	expect(await listed('sabrina')).toEqual([id]);
	expect(await outcome(undo(await as('yamina'), id))).toBe('NotFound');
	await scene(sql`update people.suspension set lifted_at = now() where id = ${idOf('left suspension')}`);
	expect(await listed('sabrina')).toEqual([]);
	expect(await followImport(await as('yamina'), id)).toMatchObject({ mine: true });
});

test('after the seven days it is no longer listed, and undoing says why', async () => {
	const { id } = await bring(await as('yamina'), people(1, 'lg'));
	await scene(
		endTerm('yamina'),
		sql`update imports.import set undo_until = now() - interval '1 second' where id = ${id}`,
	);
	expect(await listed('sabrina')).toEqual([]);
	expect(await outcome(undo(await as('sabrina'), id))).toBe('Conflict');
});

test('a successor finds it beside their own files, reads whose it is not, and puts all back by one press', async () => {
	const { id } = await bring(await as('yamina'), `${people(1, 'lh')}\nlh9;;;;Villebrume;`);
	const sabrina = await browser('sabrina');
	expect((await sabrina.get('/membres/importer')).main).not.toContain('Imports laissés par d’autres');
	expect((await sabrina.get(`/membres/importer/${id}/suivi`)).status).toBe(404);
	await scene(endTerm('yamina'));
	const page = await sabrina.get('/membres/importer');
	expect(page.main).toContain('Imports laissés par d’autres');
	expect(page.html).toContain(`href="/membres/importer/${id}"`);
	expect((await sabrina.get(`/membres/importer/${id}`)).to).toBe(`/membres/importer/${id}/suivi`);
	const follow = await sabrina.get(`/membres/importer/${id}/suivi`);
	expect(follow.main).toContain('Tu peux l’annuler jusqu’à la fin de ses 7 jours');
	expect(follow.html).not.toContain('/erreurs');
	expect((await sabrina.get(`/membres/importer/${id}/erreurs`)).status).toBe(404);
	expect((await (await browser('yamina')).post(`/membres/importer/${id}/suivi?/undo`)).status).toBe(404);
	await sabrina.post(`/membres/importer/${id}/suivi?/undo`);
	await work('house', id);
	const over = (await sabrina.get(`/membres/importer/${id}/suivi`)).main;
	expect([over.includes('Import annulé'), over.includes('Tu peux l’annuler')]).toEqual([true, false]);
});

test('who undid it and was erased leaves no name in it', async () => {
	const { id } = await bring(await as('yamina'), people(1, 'li'));
	await scene(endTerm('yamina'));
	await undo({ ...(await as('sabrina')) }, id);
	await work('house', id);
	const { privacy } = await import('./privacy.ts');
	await asSystem('privacy', (tx) => privacy.erase!(tx, idOf('sabrina')));
	expect(
		await asSystem('test', (tx) => tx.one(sql`select by_id, undone_by from imports.import where id = ${id}`)),
	).toEqual({
		by_id: idOf('yamina'),
		undone_by: null,
	});
});
