import { expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { fetchFile } from '#platform/files/fetch.ts';
import { store } from '#platform/files/keep.ts';
import * as sounds from '#platform/files/sound/sounds.fixture.ts';
import { sql } from '#platform/sql.ts';
import { browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, outcome } from '#tests/stage.ts';
import { seesMedia } from './media.ts';
import { privacy } from './privacy.ts';
import { feedStage, later, said } from './stage.fixture.ts';
import { thread } from './thread.ts';

feedStage();

const recorded = (bytes: Buffer = sounds.mp3(), name = 'parole.mp3') =>
	new File([new Uint8Array(bytes)], name, { type: 'text/html' });
const words = 'On se retrouve samedi devant la mairie.';
const soundOf = async (id: string) => (await thread(await as('odile'), id)).card.media[0]!;
const asked = async (who: CastName | 'visitor', id: string, range: string | null = null) =>
	outcome(fetchFile(await as(who as never), { 'feed.post': seesMedia }, id, { width: 960, range }));
const form = { text: 'Écoutez', audience: `unit:${idOf('villebrume')}` };

test('a sound is published with its words, bare of what its file told, and heard in the page', async () => {
	const odile = await browser('odile');
	const sent = await odile.post('/fil/publier?/publish', { ...form, sound: recorded(), sound_words: words });
	const id = sent.to!.split('#p-')[1]!;
	const sound = await soundOf(id);
	expect(sound).toMatchObject({ kind: 'audio/mpeg', state: 'ready', seconds: 1, description: words });
	const page = await odile.get(`/publications/${id}`);
	expect(page.html).toMatch(new RegExp(`<audio[^>]* preload="none"[^>]* src="/fichiers/${sound.id}"`));
	expect(page.main).toContain(`parole.mp3 · 0:01 ${words}`);

	const heard = (await asked('odile', sound.id)) as Response;
	expect(Object.fromEntries(heard.headers)).toMatchObject({
		'content-type': 'audio/mpeg',
		'content-disposition': 'inline',
		'accept-ranges': 'bytes',
		'x-content-type-options': 'nosniff',
	});
	expect(Buffer.from(await heard.arrayBuffer()).includes('CANARY')).toBe(false);
	const kept = await asSystem('test', (tx) =>
		tx.many<{ stored_id: string }>(
			sql`select stored_id from platform.rendition where file_id = ${sound.id}::uuid`,
		),
	);
	expect(kept).toHaveLength(1);
	const bytes = await (await store().get(kept[0]!.stored_id)).toArray();
	expect(Buffer.concat(bytes as Buffer[]).includes('CANARY')).toBe(false);
});

test('nobody outside its audience fetches it, nor a part of it', async () => {
	const id = await said(await as('odile'), 'À la section', { sound: recorded() });
	const sound = await soundOf(id);
	for (const range of [null, 'bytes=0-1']) {
		expect(await asked('mathis', sound.id, range)).toBeInstanceOf(Response);
		for (const name of ['ines', 'visitor', 'thibaud', 'awa'] as const)
			expect(await asked(name, sound.id, range)).toBe('NotFound');
	}
});

test('a telephone asks for it part by part', async () => {
	const id = await said(await as('odile'), 'Par morceaux', { sound: recorded() });
	const { id: file } = await soundOf(id);
	const whole = Buffer.from(await ((await asked('odile', file)) as Response).arrayBuffer());
	const part = async (range: string) => {
		const { status, headers, body } = (await asked('odile', file, range)) as Response;
		const bytes = Buffer.from(await new Response(body).arrayBuffer());
		return {
			status,
			bytes,
			told: headers.get('content-range'),
			length: Number(headers.get('content-length')),
		};
	};
	const last = whole.length - 1;
	for (const [range, from, to] of [
		['bytes=0-1', 0, 1],
		['bytes=100-', 100, last],
		['bytes=-50', whole.length - 50, last],
		['bytes=5-999999', 5, last],
	] as const)
		expect(await part(range)).toEqual({
			status: 206,
			bytes: whole.subarray(from, to + 1),
			told: `bytes ${from}-${to}/${whole.length}`,
			length: to + 1 - from,
		});
	expect(await part(`bytes=${whole.length}-`)).toMatchObject({
		status: 416,
		told: `bytes */${whole.length}`,
	});
	for (const odd of ['bytes=0-1,4-5', 'bytes=9-3', 'bytes=-', 'lines=1-2'])
		expect(await part(odd)).toMatchObject({ status: 200, bytes: whole });
	const browsing = await (await browser('odile')).get(`/fichiers/${file}`, { range: 'bytes=0-9' });
	expect([browsing.status, browsing.headers.get('content-range')]).toEqual([
		206,
		`bytes 0-9/${whole.length}`,
	]);
});

test('a film, a hidden archive or a broken sound is refused at its field, and the words wait', async () => {
	const odile = await browser('odile');
	for (const [bytes, problem] of [
		[sounds.m4a({ handler: 'vide' }), 'sound feed.file.video'],
		[sounds.mp3({ tail: '<html>' }), 'sound feed.file.two_kinds'],
		[sounds.m4a().subarray(0, 300), 'sound feed.file.broken'],
		[Buffer.from('bonjour'), 'sound feed.sound_not_sound'],
	] as const) {
		const again = await odile.post('/fil/publier?/publish', {
			...form,
			sound: recorded(bytes),
			sound_words: words,
		});
		expect(again.form?.problems).toEqual([problem]);
		expect([again.field('text'), again.field('sound_words')]).toEqual([form.text, words]);
	}
	const { main } = await odile.post('/fil/publier?/publish', { ...form, sound_words: words });
	expect(main).toContain('Ajoute le son dont tu as écrit les mots.');
});

test('a good sound of a post that was refused waits, and takes the words corrected meanwhile', async () => {
	const mathis = await browser('mathis');
	const sent = { text: '', audience: 'nowhere', sound: recorded(), sound_words: 'Brouillon' };
	const refused = await mathis.post('/fil/publier?/publish', sent);
	expect(refused.main).toContain('parole.mp3');
	const held =
		/name="held\[\]" value="([^"]+)"/.exec(refused.html)?.[1] ??
		/value="([0-9a-f-]{36})"[^>]*name="held/.exec(refused.html)![1]!;
	const done = await mathis.post('/fil/publier?/publish', {
		text: '',
		audience: form.audience,
		'held[]': [held],
		sound_words: words,
	});
	const id = done.to!.split('#p-')[1]!;
	await later(id);
	expect(await soundOf(id)).toMatchObject({ name: 'parole.mp3', description: words });
});

test('a phone number among its words is asked about, as in a text', async () => {
	const refusal = await said(await as('odile'), 'x', {
		sound: recorded(),
		sound_words: 'Au 06 12 34 56 78',
	}).catch((problem) => problem);
	expect(refusal.problems).toMatchObject([{ field: 'personal_ok' }]);
});

test('a sound leaves with its author, bytes included', async () => {
	const id = await said(await as('mathis'), 'Ma voix', { sound: recorded(), sound_words: words });
	const { id: file } = await soundOf(id);
	const stored = () =>
		asSystem('test', (tx) =>
			tx.many<{ stored_id: string }>(
				sql`select stored_id from platform.rendition where file_id = ${file}::uuid`,
			),
		);
	const [{ stored_id }] = (await stored()) as [{ stored_id: string }];
	const taken = (await asSystem('test', (tx) => privacy.gather!(tx, idOf('mathis')))).media;
	expect(taken).toContainEqual(expect.objectContaining({ file_id: file, description: words }));
	await asSystem('test', (tx) => privacy.erase!(tx, idOf('mathis')));
	expect(await stored()).toEqual([]);
	expect(await outcome(store().size(stored_id))).not.toBeTypeOf('number');
});
