import { beforeEach, expect, test } from 'vitest';
import { idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { scene, told } from '#tests/traces.ts';
import { asSystem } from '../db.ts';
import { sql } from '../sql.ts';
import { dropUnsent, filesOf, keepUnsent, markSent, textsOf, unsentOf } from './unsent.ts';
import { forgetOver } from './unsent-files.ts';
import { isSecret, isWritten } from './written.ts';

stage();
beforeEach(() =>
	scene(sql`delete from platform.unsent`, sql`delete from platform.file where holder = 'platform.unsent'`),
);

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

test('a password, a code, a secret are never kept', async () => {
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
	expect([waiting.files, waiting.kept.map(({ name }) => name)]).toEqual([[], ['photo.jpg']]);
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

const bytes = 'canari du fichier';
const keepFile = async (who = 'odile') => {
	const id = (await keep(
		{ text: 'Le plan', document: new File([bytes], 'plan.txt', { type: 'text/plain' }) },
		who,
	))!;
	const [file] = (await unsentOf(await as(who as 'odile'), id)).kept;
	return { id, file: file! };
};
const rows = () =>
	asSystem('test', (tx) =>
		tx.many<{ id: string; name: string }>(
			sql`select id, name from platform.file where holder = 'platform.unsent'`,
		),
	);

test('a file waits an hour with its words, and comes back as it was; its name is not in clear beside it', async () => {
	const { id, file } = await keepFile();
	const [back] = await filesOf(await as('odile'), id, [file.id]);
	expect([back!.field, back!.file.name, back!.file.type, await back!.file.text()]).toEqual([
		'document',
		'plan.txt',
		'text/plain',
		bytes,
	]);
	expect((await rows()).map(({ name }) => name)).toEqual(['unsent']);
	await dropUnsent(await as('odile'), id);
	expect(await rows()).toEqual([]);
});

test('nobody else has it, neither by the form nor by the file', async () => {
	const { id, file } = await keepFile();
	const mine = await keepFile('samuel');
	const samuel = await as('samuel');
	expect(await told(filesOf(samuel, id, [file.id]))).toBe('NotFound');
	expect(await told(filesOf(samuel, mine.id, [file.id]))).toBe('Invalid: app.files_gone');
	expect(await told(filesOf(await as('visitor'), id, [file.id]))).toBe('NotFound');
	await dropUnsent(samuel, mine.id);
	expect(await rows()).toHaveLength(1);
	await dropUnsent(await as('odile'), id);
});

test('after an hour the file is gone, and said so; the words are still there', async () => {
	const { id, file } = await keepFile();
	await forgetOver();
	expect(await rows()).toHaveLength(1);
	await scene(
		sql`update platform.file set created_at = now() - interval '61 minutes' where id = ${file.id}::uuid`,
	);
	const odile = await as('odile');
	const waiting = await unsentOf(odile, id);
	expect([waiting.kept, waiting.files, textsOf(waiting)]).toEqual([[], ['plan.txt'], ['Le plan']]);
	expect(await told(filesOf(odile, id, [file.id]))).toBe('Invalid: app.files_gone');
	expect([await forgetOver(), await rows()]).toEqual([1, []]);
});

test('sent, a form stays a few minutes for a second press, then its files go', async () => {
	const { id, file } = await keepFile();
	const odile = await as('odile');
	await markSent(odile, id);
	expect((await unsentOf(odile, id)).sent).toBe(true);
	await scene(
		sql`update platform.file set created_at = now() - interval '20 minutes' where id = ${file.id}::uuid`,
	);
	expect(await forgetOver()).toBe(0);
	expect(await filesOf(odile, id, [file.id])).toHaveLength(1);
	await scene(sql`update platform.unsent set sent_at = now() - interval '6 minutes'`);
	expect([await forgetOver(), await rows()]).toEqual([1, []]);
});

test('the files of a form that gave its place to newer ones go too', async () => {
	await keepFile();
	for (let n = 0; n < 5; n++) await keep({ text: `Message numéro ${n}` });
	await scene(
		sql`update platform.file set created_at = now() - interval '6 minutes' where holder = 'platform.unsent'`,
	);
	expect([await forgetOver(), await rows()]).toEqual([1, []]);
});

test('what is too large, too many, or past its owner’s room is named, not kept', async () => {
	const sent = form({ text: 'Beaucoup' });
	for (let n = 0; n < 12; n++) sent.append('photos[]', new File(['x'], `photo ${n}.jpg`));
	sent.append('document', new File([new Uint8Array(21 * 1024 * 1024)], 'film.bin'));
	const id = (await keepUnsent(idOf('odile'), '/fil/publier?/publish', sent))!;
	const waiting = await unsentOf(await as('odile'), id);
	expect(waiting.kept.map(({ at }) => at)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
	expect(waiting.files).toEqual(['photo 10.jpg', 'photo 11.jpg', 'film.bin']);
	await scene(
		sql`update platform.file set bytes = 500 * 1024 * 1024 where holder = 'platform.unsent' and owner_id = ${idOf('odile')}::uuid`,
	);
	const full = (await keep({ text: 'Encore', document: new File(['x'], 'plan.txt') }))!;
	expect((await unsentOf(await as('odile'), full)).files).toEqual(['plan.txt']);
});
