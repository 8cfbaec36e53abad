import sharp from 'sharp';
import { beforeEach, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { QUOTA } from '#platform/files/keep.ts';
import { getBytes } from '#platform/files/stored.ts';
import { drainJobs } from '#platform/jobs.ts';
import { keepMail } from '#platform/mail/in/keep.ts';
import { sql } from '#platform/sql.ts';
import { browser } from '#tests/browse.ts';
import { type CastName, cast, idOf } from '#tests/party.ts';
import { feedStage } from '../stage.fixture.ts';
import {
	answerAddress,
	commentsOf,
	emailOf,
	freshOutbox,
	groupAddress,
	groupWith,
	mails,
	postsOf,
	tell,
	ticks,
} from './list.fixture.ts';

feedStage();
freshOutbox();
// Somebody who has been there for long writes as they like.
beforeEach(() => asSystem('test', (tx) => tx.run(sql`update people.person set created_at = '2025-01-01'`)));

interface Part {
	name: string;
	type: string;
	bytes: Buffer;
	/** Set within the text, as programs do with the pictures of a signature. */
	inline?: boolean;
}
const photo = async (name = 'jardin.jpg', size = 320): Promise<Part> => ({
	name,
	type: 'image/jpeg',
	bytes: await sharp({ create: { width: size, height: 200, channels: 3, background: '#357' } })
		.withExif({ IFD0: { Artist: 'canary-camera' } })
		.jpeg()
		.toBuffer(),
});
const attached = (name: string, type: string, text: string): Part => ({
	name,
	type,
	bytes: Buffer.from(text),
});

let n = 0;
/** A mail with files, as a program writes it, comes in and is read. */
async function comes(
	who: CastName,
	to: string,
	text: string,
	parts: Part[],
	subject = 'La récolte',
): Promise<void> {
	n++;
	const from = await emailOf(who);
	const body = parts.map(
		({ name, type, bytes, inline }) =>
			`--m\r\nContent-Type: ${type}; name="${name}"\r\nContent-Transfer-Encoding: base64\r\n${
				inline
					? `Content-Disposition: inline\r\nContent-ID: <${name}>`
					: `Content-Disposition: attachment; filename="${name}"`
			}\r\n\r\n${bytes.toString('base64').replace(/(.{76})/g, '$1\r\n')}\r\n`,
	);
	const kind = parts.some(({ inline }) => inline) ? 'related' : 'mixed';
	const head = [
		`From: ${cast[who].name} <${from}>`,
		`Subject: ${subject}`,
		`Message-ID: <picture-${n}@rive.example>`,
		'MIME-Version: 1.0',
		`Content-Type: multipart/${kind}; boundary=m`,
	];
	const words = `--m\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text}\r\n`;
	const raw = Buffer.from(`${head.join('\r\n')}\r\n\r\n${words}${body.join('')}--m--\r\n`);
	await keepMail([{ to, from, raw }]);
	await drainJobs();
}
interface Medium {
	id: string;
	description: string;
	state: string;
	kind: string;
}
const mediaOf = (group: string) =>
	asSystem('test', (tx) =>
		tx.many<Medium>(sql`select file.id, media.description, file.state, file.kind from feed.media
			join feed.post on post.id = media.post_id join platform.file on file.id = media.file_id
			where post.group_id = ${group}::uuid order by media.position`),
	);
const scene = async () => {
	const group = await groupWith('closed', 'mathis', 'ines');
	await ticks(group, 'mathis');
	return { group, to: await groupAddress('mathis', group) };
};
const toldBack = async () =>
	(await mails('feed.list_answer')).map(({ message }) => message.text.replace(/\s+/g, ' '));

describe('pictures of a mail that begins a discussion', () => {
	test('are those of the post, redrawn without what the camera wrote, and said to have no description', async () => {
		const { group, to } = await scene();
		await comes('mathis', to, 'Regardez !\r\n\r\n[image: jardin.jpg]', [
			await photo(),
			await photo('serre.jpg'),
		]);
		expect(await postsOf(group)).toMatchObject([
			{ text: 'La récolte\n\nRegardez !', author: idOf('mathis') },
		]);
		const media = await mediaOf(group);
		expect(media.map(({ state, description }) => [state, description])).toEqual([
			['ready', ''],
			['ready', ''],
		]);
		expect(await toldBack()).toEqual([]);
		const kept = await asSystem('test', (tx) =>
			tx.many<{
				storedId: string;
				bytes: number;
				sealedKey: null;
			}>(sql`select stored_id as "storedId", bytes::float8 as bytes,
				sealed_key as "sealedKey" from platform.rendition where file_id = ${media[0]!.id}`),
		);
		expect(kept.length).toBeGreaterThan(0);
		for (const one of kept) {
			const chunks: Buffer[] = [];
			for await (const chunk of await getBytes(one)) chunks.push(chunk as Buffer);
			expect(Buffer.concat(chunks).includes('canary-camera')).toBe(false);
		}
		await asSystem('test', (tx) =>
			tx.run(sql`update feed.post set publish_after = now() - interval '1 minute'`),
		);
		const page = await (await browser('ines')).get(`/groupes/${group}`);
		expect(page.html).toContain(`/fichiers/${media[0]!.id}`);
		expect(page.html).toContain('Photo sans description');
		expect((await (await browser('fanny')).get(`/fichiers/${media[0]!.id}`)).status).toBe(404);
	});

	test('alone are enough; the drawing of a signature is none of them', async () => {
		const { group, to } = await scene();
		const logo = { ...(await photo('logo.jpg', 20)), inline: true };
		const big = { ...(await photo('vue.jpg')), bytes: await large(), inline: true };
		await comes('mathis', to, '', [logo, big]);
		expect(await mediaOf(group)).toHaveLength(1);
		expect((await postsOf(group))[0]?.text).toBe('La récolte');
		expect(await toldBack()).toEqual([]);
	});

	test('that are none, broken, too many, or of another kind are left out, each with why', async () => {
		const { group, to } = await scene();
		const five = await Promise.all([1, 2, 3, 4, 5].map((at) => photo(`${at}.jpg`)));
		await comes('mathis', to, 'Voilà', [
			attached('tract.pdf', 'application/pdf', '%PDF-1.4 rien'),
			attached('faux.jpg', 'image/jpeg', '\u0000\u0001\u0002 pas une image'),
			attached('page.html', 'text/html', '<script>alert(1)</script>'),
			...five,
		]);
		expect(await mediaOf(group)).toHaveLength(4);
		const [told] = await toldBack();
		for (const name of ['tract.pdf', 'faux.jpg', 'page.html', '5.jpg']) expect(told).toContain(`${name} :`);
		expect(told).toContain('5.jpg : Quatre photos au plus.');
		expect(told).toContain('4 fichiers n’ont pas été gardés');
		expect(told).not.toContain('1.jpg');
	});

	test('beyond the space of who sends them are left out and said; with nothing else to say, the mail is refused', async () => {
		const { group, to } = await scene();
		await asSystem('test', (tx) =>
			tx.run(sql`insert into platform.file (id, owner_id, holder, kind, name, bytes, description, state)
				values (${idOf('a big file')}, ${idOf('mathis')}, 'profiles.photo', 'application/pdf', 'x', ${QUOTA}, '', 'ready')`),
		);
		await comes('mathis', to, 'Voilà', [await photo()]);
		expect([(await postsOf(group)).length, await mediaOf(group)]).toEqual([1, []]);
		expect((await toldBack())[0]).toContain('jardin.jpg : Ton espace est plein');
		await comes('mathis', to, '', [await photo()]);
		expect((await toldBack())[0]).toContain('Ton espace est plein');
		expect(await postsOf(group)).toHaveLength(1);
		await comes('mathis', to, '', [attached('tract.pdf', 'application/pdf', '%PDF-1.4 rien')]);
		expect(await toldBack()).toHaveLength(1);
		expect(await postsOf(group)).toHaveLength(1);
		const from = await emailOf('mathis');
		const photoOf = (await photo()).bytes.toString('base64');
		const raw = Buffer.from(
			`From: <${from}>\r\nSubject: Plein\r\nMessage-ID: <full@rive.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nVoici\r\n--b\r\nContent-Type: image/jpeg; name=a.jpg\r\nContent-Disposition: attachment; filename=a.jpg\r\nContent-Transfer-Encoding: base64\r\n\r\n${photoOf}\r\n--b--\r\n`,
		);
		await keepMail([
			{ to, from, raw },
			{ to, from, raw },
		]);
		await drainJobs();
		// The same mail twice is one post, without its pictures too.
		expect(await postsOf(group)).toHaveLength(2);
		await asSystem('test', (tx) => tx.run(sql`delete from platform.file where id = ${idOf('a big file')}`));
	});

	test('the same mail twice is one post, with its pictures once', async () => {
		const { group, to } = await scene();
		const from = await emailOf('mathis');
		const part = await photo();
		const raw = Buffer.from(
			`From: <${from}>\r\nSubject: Une fois\r\nMessage-ID: <twice@rive.example>\r\nMIME-Version: 1.0\r\nContent-Type: image/jpeg; name=a.jpg\r\nContent-Disposition: attachment; filename=a.jpg\r\nContent-Transfer-Encoding: base64\r\n\r\n${part.bytes.toString('base64')}\r\n`,
		);
		await keepMail([
			{ to, from, raw },
			{ to, from, raw },
		]);
		await drainJobs();
		expect([(await postsOf(group)).length, (await mediaOf(group)).length]).toEqual([1, 1]);
	});
});

const large = () =>
	sharp({
		create: {
			width: 600,
			height: 600,
			channels: 3,
			background: '#fff',
			noise: { type: 'gaussian', mean: 128, sigma: 60 },
		},
	})
		.jpeg({ quality: 90 })
		.toBuffer();

test('files of an answer are left out, and each is named', async () => {
	const { group } = await scene();
	const post = await tell('odile', group, 'Qui vient ?');
	await comes('mathis', await answerAddress('mathis', group, post), 'Moi', [await photo()]);
	expect(await commentsOf(post)).toMatchObject([{ text: 'Moi' }]);
	expect((await toldBack())[0]).toContain('jardin.jpg : Une réponse par mail ne garde que son texte.');
	expect(await mediaOf(group)).toEqual([]);
});
