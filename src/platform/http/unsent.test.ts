import { beforeEach, expect, test } from 'vitest';
import { idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { scene, told } from '#tests/traces.ts';
import { asSystem } from '../db.ts';
import { sql } from '../sql.ts';
import { dropUnsent, keepUnsent, textsOf, unsentOf } from './unsent.ts';
import { isSecret, isWritten } from './written.ts';

stage();
beforeEach(() => scene(sql`delete from platform.unsent`));

const form = (fields: Record<string, string | File>) => {
	const sent = new FormData();
	for (const [name, value] of Object.entries(fields)) sent.append(name, value);
	return sent;
};
const keep = (fields: Record<string, string | File>, who = 'odile') =>
	keepUnsent(idOf(who), '/fil/publier?/publish', form(fields));
const kept = () =>
	asSystem('test', (tx) =>
		tx.many<{ id: string; sealed: string }>(sql`select id, sealed from platform.unsent order by kept_at, id`),
	);

test('what somebody was writing when the session ended waits for them, word for word, with where it goes', async () => {
	const id = (await keep({ text: 'Réunion « jeudi »\n\nà 19 h', audience: 'unit:x' }))!;
	const waiting = await unsentOf(await as('odile'), id);
	expect(waiting.action).toBe('/fil/publier?/publish');
	expect(waiting.fields).toEqual([
		['text', 'Réunion « jeudi »\n\nà 19 h'],
		['audience', 'unit:x'],
	]);
	expect(textsOf(waiting)).toEqual(['Réunion « jeudi »\n\nà 19 h']);
});

test('nobody else reads it, nor throws it away, nor sees that it is there', async () => {
	const id = (await keep({ text: 'Entre nous, jeudi.' }))!;
	for (const name of ['samuel', 'sabrina', 'bertrand', 'visitor'] as const) {
		expect([name, await told(unsentOf(await as(name), id))]).toEqual([name, 'NotFound']);
		expect([name, await told(dropUnsent(await as(name), id))]).toEqual([name, 'NotFound']);
	}
	expect((await unsentOf(await as('odile'), id)).fields).toHaveLength(1);
});

test('in the database it is sealed for its person: put in somebody else’s row it does not open', async () => {
	const id = (await keep({ text: 'Entre nous, jeudi.' }))!;
	const [row] = await kept();
	expect(row!.sealed).not.toContain('jeudi');
	expect(Buffer.from(row!.sealed, 'base64').toString('latin1')).not.toContain('jeudi');
	await scene(sql`update platform.unsent set person_id = ${idOf('samuel')}::uuid where id = ${id}::uuid`);
	await expect(unsentOf(await as('samuel'), id)).rejects.toThrow();
});

test('a password, a code, a secret are never kept; of files only the names', async () => {
	const id = (await keep({
		text: 'Voici la photo du marché.',
		password: 'hunter2',
		new_password: 'x y',
		code: '123 456',
		recovery_code: 'a b',
		photo: new File(['x'], 'photo.jpg'),
	}))!;
	const waiting = await unsentOf(await as('odile'), id);
	expect(waiting.fields.map(([name]) => name)).toEqual(['text']);
	expect(waiting.files).toEqual(['photo.jpg']);
	expect(['password', 'code', 'token', 'client_secret'].every(isSecret)).toBe(true);
});

test('a form in which nobody wrote anything is not worth a row', async () => {
	expect(await keep({ _key: 'anything at all', unit: idOf('villebrume'), open: 'yes', text: '' })).toBeNull();
	expect(await keep({ password: 'correct horse battery' })).toBeNull();
	expect(await keep({ text: 'mot '.repeat(80_000) })).toBeNull();
	expect(await kept()).toEqual([]);
	expect(['été', 'on', ''].map((value) => isWritten('text', value))).toEqual([true, false, false]);
});

test('five wait for one person, the oldest goes first, and those of others stay', async () => {
	const others = await keep({ text: 'Bonjour à tous' }, 'samuel');
	const mine: (string | null)[] = [];
	for (let n = 0; n < 7; n++) mine.push(await keep({ text: `Message numéro ${n}` }));
	const ids = (await kept()).map(({ id }) => id);
	expect(ids.toSorted()).toEqual([others, ...mine.slice(2)].toSorted());
});

test('after a day it is gone, whether or not the night’s cleaning came', async () => {
	const id = (await keep({ text: 'Demain matin' }))!;
	await scene(sql`update platform.unsent set kept_at = now() - interval '23 hours 59 minutes'`);
	expect((await unsentOf(await as('odile'), id)).fields).toHaveLength(1);
	await scene(sql`update platform.unsent set kept_at = now() - interval '24 hours'`);
	expect(await told(unsentOf(await as('odile'), id))).toBe('NotFound');
});

test('sent at last, it is forgotten, once', async () => {
	const id = (await keep({ text: 'Le voici' }))!;
	await dropUnsent(await as('odile'), id);
	expect(await told(dropUnsent(await as('odile'), id))).toBe('NotFound');
	expect(await kept()).toEqual([]);
});
