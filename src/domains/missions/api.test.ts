import { expect, test } from 'vitest';
import { type CastName, idOf } from '#tests/party.ts';
import { program } from '#tests/program.ts';
import { as, stage } from '#tests/stage.ts';
import { told } from '#tests/traces.ts';
import { dayIn, officialBy, past, round } from './missions.fixture.ts';

stage();

const on = <T = { id: string }>(act: string, who: CastName, id: string, input = {}) =>
	program<T>(act.replace(' ', ' /missions/[id]/'), who, { id }, input);
interface Shown {
	names: { id: string; came: boolean | null }[] | null;
	enrolled: number;
	state: string;
	result: { people: number } | null;
	version: number;
}
const show = (who: CastName, id: string) => program<Shown>('GET /missions/[id]', who, { id });

test('a program calls for a mission, people come and leave, and it is moved; others neither come nor move it', async () => {
	const { day, ...said } = round();
	expect(await told(program('POST /missions', 'odile', {}, { ...said, day: 'demain' }))).toBe(
		'Invalid: day missions.day_needed',
	);
	const { id } = await program('POST /missions', 'odile', {}, { ...said, day });
	await on('PUT enrolment', 'mathis', id);
	await on('PUT enrolment', 'gerard', id);
	await on('DELETE enrolment', 'gerard', id);
	const before = await show('odile', id);
	expect([before.enrolled, before.names?.map((one) => one.id)]).toEqual([1, [idOf('mathis')]]);
	expect((await show('mathis', id)).names).toBeNull();
	expect(await told(on('PUT enrolment', 'ines', id))).toBe('NotFound');
	const { unit: _, ...moved } = { ...said, day: dayIn(8), version: before.version };
	const move = (who: CastName) => program('PATCH /missions/[id]', who, { id }, moved);
	expect([await told(move('mathis')), await told(move('ines'))]).toEqual(['Forbidden', 'NotFound']);
	await move('odile');
	expect(await told(move('odile'))).toMatch(/^Conflict/);
	expect(await told(on('POST cancellation', 'mathis', id, { reason: 'Pluie' }))).toBe('Forbidden');
	expect(await told(on('POST cancellation', 'odile', id, { reason: ' ' }))).toBe(
		'Invalid: reason missions.reason_needed',
	);
	await on('POST cancellation', 'odile', id, { reason: 'Pluie' });
	expect((await show('mathis', id)).state).toBe('cancelled');
});

test('who came is said by who leads, before or with what was counted; nobody else says it', async () => {
	const id = await officialBy(await as('samuel'));
	await on('PUT enrolment', 'odile', id);
	await on('PUT enrolment', 'mathis', id);
	const attend = (who: CastName, came: CastName[] = ['odile']) =>
		on('PUT attendance', who, id, { came: came.map(idOf) });
	expect(await told(attend('samuel'))).not.toBe('done');
	await past(id);
	expect([await told(attend('odile')), await told(attend('ines'))]).toEqual(['Forbidden', 'NotFound']);
	expect(await told(on('PUT attendance', 'samuel', id, { came: ['x'] }))).toBe(
		'Invalid: came.0 app.invalid_value',
	);
	await attend('samuel');
	const came = async () =>
		Object.fromEntries((await show('samuel', id)).names!.map((one) => [one.id, one.came]));
	expect(await came()).toEqual({ [idOf('odile')]: true, [idOf('mathis')]: false });
	expect(await told(on('POST report', 'samuel', id, { people: '' }))).toBe(
		'Invalid: people missions.people_needed',
	);
	await on('POST report', 'samuel', id, { people: 3, came: [idOf('mathis')] });
	expect(await came()).toEqual({ [idOf('odile')]: false, [idOf('mathis')]: true });
	expect(await show('odile', id)).toMatchObject({ state: 'closed', result: { people: 3 } });
});
