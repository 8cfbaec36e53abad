import { expect, test } from 'vitest';
import { record } from '#platform/audit.ts';
import { asSystem } from '#platform/db.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { program } from '#tests/program.ts';
import { stage } from '#tests/stage.ts';
import { journal, told } from '#tests/traces.ts';

stage();

interface Page {
	items: { act: string; actor: { id: string } | null; seq: string }[];
	next: string | null;
}
const read = (who: CastName, input: object = {}) => program<Page>('GET /journal', who, {}, input);

test('a program reads the acts of officers by their kind, by pages; the reading is an act itself', async () => {
	await asSystem('test', async (tx) => {
		for (let n = 0; n < 60; n += 1)
			await record(tx, {
				...{ actorId: idOf('samuel'), act: 'territory.welcome', subject: 'person' },
				...{ subjectId: idOf('mathis'), unitId: idOf('villebrume') },
			});
	});
	const first = await read('bertrand', { act: 'territory.welcome' });
	expect([first.items.length, first.items[0]!.actor?.id]).toEqual([50, idOf('samuel')]);
	const second = await read('bertrand', { act: 'territory.welcome', cursor: first.next! });
	expect(new Set([...first.items, ...second.items].map(({ seq }) => seq)).size).toBe(60);
	expect(second.next).toBeNull();
	expect(await journal('audit.read')).toHaveLength(2);
});

test('who may read none finds nothing, and a cursor made up is refused', async () => {
	for (const who of ['odile', 'samuel', 'yamina'] as const)
		expect([who, await told(read(who))]).toEqual([who, 'NotFound']);
	expect(await told(read('bertrand', { cursor: '1 or 1=1' }))).toBe('Invalid: cursor app.invalid_value');
	// Longer than any entry's: the first page would come again, and a program would turn for ever.
	const far = { cursor: '1'.repeat(16) };
	expect(await told(read('bertrand', far))).toBe('Invalid: cursor app.invalid_value');
	expect(await told(read('bertrand', { unit: 'x' }))).toBe('Invalid: unit app.invalid_value');
});
