import { beforeAll, describe, expect, test } from 'vitest';
import type { Viewer } from '#platform/viewer.ts';
import { as, stage } from '#tests/stage.ts';
import { refused } from '#tests/traces.ts';
import { answer } from './answer.ts';
import { create } from './create.ts';
import { addShift, dropShift, leaveShift, takeShift } from './shifts.ts';
import { showEvent } from './show.ts';
import { planned, said } from './stage.fixture.ts';

stage();

let samuel: Viewer;
let odile: Viewer;
let mathis: Viewer;
beforeAll(async () => {
	[samuel, odile, mathis] = [await as('samuel'), await as('odile'), await as('mathis')];
});

const why = (work: () => Promise<unknown>) =>
	refused(['events.shift', 'events.taker', 'events.answer', 'events.event'], work);
const comes = (who: Viewer, id: string) => answer(who, id, { presence: 'coming', guests: 0 });
const help = (name: string, rest = {}) => ({ name, starts: '', ends: '', needed: 1, ...rest });

describe('a shift', () => {
	test('ends after it begins, and has no end without a beginning', async () => {
		const id = await create(samuel, said());
		for (const hours of [{ starts: '20:00', ends: '19:30' }, { ends: '20:00' }])
			expect(await why(() => addShift(samuel, id, help('Accueil', hours)))).toBe(
				'Invalid: ends events.end_before',
			);
		expect(await why(() => addShift(samuel, id, help('Accueil', { starts: '28:00' })))).toBe(
			'Invalid: starts events.time_needed',
		);
	});

	test('is one of fifty at most', async () => {
		const id = await planned();
		for (let n = 0; n < 50; n++) await addShift(samuel, id, help(`Coup de main ${n}`));
		expect(await why(() => addShift(samuel, id, help('Un de trop')))).toBe(
			'Invalid: name events.shifts_many',
		);
	});

	test('full, takes nobody more; who has it takes it again without loss, and leaves it to the next', async () => {
		const id = await planned();
		const shift = await addShift(samuel, id, help('Tenir la table'));
		await takeShift(odile, id, { shift });
		await takeShift(odile, id, { shift });
		expect(await why(() => takeShift(mathis, id, { shift }))).toBe('Invalid: events.shift_full');
		await leaveShift(odile, id, { shift });
		expect((await showEvent(odile, id)).answer).toBe('coming');
		await takeShift(mathis, id, { shift });
		expect((await showEvent(mathis, id)).answer).toBe('coming');
	});

	test('of an event with no seat left is not for who waits, who does not join the line by it', async () => {
		const id = await planned({ capacity: 1 });
		const shift = await addShift(samuel, id, help('Tenir la table'));
		await comes(odile, id);
		expect(await why(() => takeShift(mathis, id, { shift }))).toBe('Invalid: events.shift_no_seat');
		expect((await showEvent(mathis, id)).answer).toBeNull();
	});

	test('of another event does not exist here', async () => {
		const [id, other] = [await planned(), await planned()];
		const shift = await addShift(samuel, other, help('Ailleurs'));
		for (const act of [takeShift, leaveShift, dropShift])
			expect(await why(() => act(samuel, id, { shift }))).toBe('NotFound');
		await dropShift(samuel, other, { shift });
		expect(await why(() => takeShift(odile, other, { shift }))).toBe('NotFound');
	});

	test('is added and taken out by who organises alone', async () => {
		const id = await planned();
		const shift = await addShift(samuel, id, help('Tenir la table'));
		expect(await why(() => addShift(odile, id, help('Le mien')))).toBe('Forbidden');
		expect(await why(() => dropShift(odile, id, { shift }))).toBe('Forbidden');
	});
});
