import { beforeEach, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { program } from '#tests/program.ts';
import { outcome, stage } from '#tests/stage.ts';

stage();
beforeEach(() =>
	asSystem('test', async (tx) => {
		for (const table of ['safety.block', 'safety.mute', 'safety.appeal', 'safety.decision'])
			await tx.run(sql`delete from ${sql.raw(table)}`);
	}),
);

interface Apart {
	blocked: { id: string }[];
	muted: { id: string }[];
}
const apart = async (who: CastName) => {
	const { blocked, muted } = await program<Apart>('GET /apart', who);
	return [blocked.map(({ id }) => id), muted.map(({ id }) => id)];
};
const on = (act: string, who: CastName, person: CastName) =>
	program(act.replace(' ', ' /people/[id]/'), who, { id: idOf(person) });

test('a program keeps somebody apart, and no more; the other does not read it', async () => {
	await on('PUT block', 'samuel', 'odile');
	await on('PUT block', 'samuel', 'odile');
	await on('PUT mute', 'samuel', 'mathis');
	expect(await apart('samuel')).toEqual([[idOf('odile')], [idOf('mathis')]]);
	expect(await apart('odile')).toEqual([[], []]);
	// Only one's own: the other's try changes nothing.
	await on('DELETE block', 'odile', 'samuel');
	expect((await apart('samuel'))[0]).toEqual([idOf('odile')]);
	await on('DELETE block', 'samuel', 'odile');
	await on('DELETE mute', 'samuel', 'mathis');
	expect(await apart('samuel')).toEqual([[], []]);
});

test('trying it does not tell who exists; oneself is refused', async () => {
	for (const id of [idOf('awa'), idOf('nobody at all')])
		for (const act of ['block', 'mute'])
			expect(await outcome(program(`PUT /people/[id]/${act}`, 'odile', { id }))).toBe('NotFound');
	expect(await outcome(on('PUT block', 'odile', 'odile'))).toBe('Invalid');
});

test('one reads what was decided about one’s words, and asks once for another look', async () => {
	const id = newId();
	await asSystem('test', (tx) =>
		tx.run(sql`insert into safety.decision (id, kind, subject_id, place_id, author_id, unit_id, outcome, rule, note, words, by_id)
			values (${id}, 'post', ${newId()}, ${newId()}, ${idOf('odile')}, ${idOf('villebrume')}, 'hide', 'attack', 'Non', 'Mots', ${idOf('paulo')})`),
	);
	const decided = (who: CastName) => program('GET /decisions/[id]', who, { id });
	const appeal = (who: CastName, text = 'Je conteste') =>
		program('POST /decisions/[id]/appeal', who, { id }, { text });
	expect((await program<{ items: object[] }>('GET /decisions', 'odile')).items).toMatchObject([
		{ id, rule: 'attack', words: 'Mots', mayAppeal: true },
	]);
	expect((await program<{ items: object[] }>('GET /decisions', 'samuel')).items).toEqual([]);
	expect(await outcome(decided('mathis'))).toBe('NotFound');
	expect(await outcome(appeal('mathis'))).toBe('NotFound');
	expect(await outcome(appeal('odile', ' '))).toBe('Invalid');
	await appeal('odile');
	expect(await outcome(appeal('odile'))).toBe('Invalid');
	expect(await decided('odile')).toMatchObject({ mayAppeal: false });
});
