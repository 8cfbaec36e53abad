import { beforeEach, expect, test } from 'vitest';
import type { GateRule } from '#platform/domain.ts';
import { house, wordsOf } from '#platform/house.ts';
import { listen } from '#platform/listen.ts';
import { sql } from '#platform/sql.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { faults, journal, refused, scene } from '#tests/traces.ts';
import { gateName } from './gate-name.ts';
import { editGate, GateForm, gateList, previewGate, ruleFrom } from './gates.ts';
import { officersNamed } from './rights.ts';
import { kindNames } from './structure.ts';

stage();

const typed = { app: 'week', open: 'office' as GateRule['open'], kinds: [] as string[], power: '' };
const edit = async (who: CastName, change: Partial<typeof typed>) =>
	editGate(await as(who), { ...typed, ...change });
const gate = async (name: string) =>
	(await gateList(await as('bertrand'))).find(({ app }) => app.name === name)!;

beforeEach(() => scene(sql`delete from territory.gate`));

test('each refusal says why, and the gates stay as they were', async () => {
	const by = (who: CastName, change: Partial<typeof typed>) =>
		refused(['territory.gate'], () => edit(who, change));
	expect(await by('bertrand', { kinds: ['galaxy'] })).toBe('Invalid: kinds territory.kind_unknown');
	expect(await by('bertrand', { power: 'root' })).toBe('Invalid: power territory.power_unknown');
	expect(await by('bertrand', { app: 'gates', open: 'nobody' })).toBe(
		'Conflict: territory.gate_shuts_you_out',
	);
	expect(await by('bertrand', { app: 'gates', power: 'claims.decide' })).toBe(
		'Conflict: territory.gate_shuts_you_out',
	);
	expect(await by('bertrand', { app: 'nothing' })).toBe('NotFound');
	expect(await by('sabrina', {})).toBe('NotFound');
});

test('a gate chosen is kept with its author and its rule in the journal, and every open page hears of it', async () => {
	const heard: string[] = [];
	const stop = await listen('roles', (id) => heard.push(id));
	await edit('bertrand', { kinds: ['region'], power: 'claims.decide' });
	expect((await journal('territory.edit_gate')).at(-1)).toMatchObject({
		actor: idOf('bertrand'),
		detail: { app: 'week', rule: '{"open":"office","kinds":["region"],"power":"claims.decide"}' },
	});
	expect(await gate('week')).toMatchObject({ chosen: true, passing: 1 });
	expect((await gate('responsibilities')).chosen).toBe(false);
	await expect.poll(() => heard).toEqual(['*']);
	await stop();
	await edit('bertrand', { open: 'nobody', kinds: ['region'] });
	expect(await gate('week')).toMatchObject({ rule: { open: 'nobody' }, passing: 0 });
});

test('who is suspended, gone, unconfirmed or without membership passes no gate', async () => {
	const count = async (open: GateRule['open']) => previewGate(await as('bertrand'), { open });
	const [network, members] = [await count('network'), await count('members')];
	expect(await count('anyone')).toBe(network);
	await scene(
		sql`insert into people.suspension (id, person_id) values (${idOf('fanny pause')}, ${idOf('fanny')})`,
		sql`update people.person set left_at = now() where id = ${idOf('driss')}`,
		sql`update people.membership set ended_at = now() where person_id = ${idOf('tidiane')}`,
		sql`update people.membership set paid_until = current_date - 1 where person_id = ${idOf('ines')}`,
	);
	expect([await count('network'), await count('members')]).toEqual([network - 3, members - 3]);
	await scene(
		sql`delete from people.suspension where id = ${idOf('fanny pause')}`,
		sql`update people.person set left_at = null where id = ${idOf('driss')}`,
		sql`update people.membership set ended_at = null where person_id = ${idOf('tidiane')}`,
		sql`update people.membership set paid_until = null where person_id = ${idOf('ines')}`,
	);
});

test('levels and powers count for offices only', () => {
	const rule = (open: GateRule['open'], kinds: string[] = [], power = '') => ruleFrom({ open, kinds, power });
	expect(rule('network', ['region'], 'unit.edit')).toEqual({ open: 'network' });
	expect(rule('office')).toEqual({ open: 'office' });
	expect(rule('office', ['region'], 'unit.edit')).toEqual({
		open: 'office',
		kinds: ['region'],
		power: 'unit.edit',
	});
	expect(faults(GateForm, { app: 'week' })).toEqual(['open territory.gate_choose']);
	expect(faults(GateForm, { app: 'week', open: 'friends' })).toEqual(['open territory.gate_choose']);
});

test('a gate is said in the organisation’s words, in both languages', async () => {
	const kinds = Object.fromEntries((await kindNames(await as('odile'))).map(({ key, name }) => [key, name]));
	const said = async (rule: GateRule, language: 'fr' | 'en' = 'fr') =>
		gateName(wordsOf(await house(), language), rule, kinds);
	expect(await said({ open: 'nobody' })).toBe('personne');
	expect(await said({ open: 'office' })).toBe('les personnes en mandat');
	expect(await said({ open: 'office', kinds: ['region', 'federation'] })).toBe(
		'les personnes en mandat\u00a0: région et fédération',
	);
	expect(await said({ open: 'office', power: 'unit.edit' })).toBe(
		'les personnes en mandat avec ce pouvoir\u00a0: modifier la page',
	);
	expect(await said({ open: 'office', kinds: ['region', 'gone'] }, 'en')).toContain('region');
	expect(await said({ open: 'office', kinds: ['gone'] })).toBe('les personnes en mandat');
});

test('officers are found by name for who holds an office, and for nobody else', async () => {
	const found = async (who: CastName, text: string) =>
		(await officersNamed(await as(who), text)).map(({ id }) => id);
	expect(await found('samuel', 'belkassaud')).toEqual([idOf('yamina')]);
	expect(await found('samuel', 'valmorin')).toEqual([]);
	expect(await found('samuel', 'Fabrègat')).toEqual([]);
	expect((await found('samuel', '')).length).toBe(8);
	expect(await found('samuel', '%_')).toEqual(await found('samuel', ''));
	expect(await refused([], () => found('odile', 'belkassaud'))).toBe('NotFound');
});
