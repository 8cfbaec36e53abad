import { beforeAll, describe, expect, test } from 'vitest';
import { comment, publishSent } from '#domains/feed/index.ts';
import { savePhoto } from '#domains/profiles/index.ts';
import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { browser } from '#tests/browse.ts';
import { flatPicture } from '#tests/flat-picture.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';

stage();

const faceOf = async (name: CastName) =>
	(await asSystem('test', (tx) =>
		tx.one<{ file: string }>(sql`select field.value->>'file' as file from profiles.field
			where field.kind = 'photo' and field.person_id = ${idOf(name)}`),
	))!.file;
/** Pages on which this picture stands beside a name. */
const shownOn = async (who: CastName | 'visitor', file: string, pages: string[], headers = {}) => {
	const one = await browser(who);
	const found: string[] = [];
	for (const page of pages)
		if ((await one.get(page, headers)).html.includes(`src="/fichiers/${file}?w=96"`)) found.push(page);
	return found;
};

let post = '';
const face = { samuel: '', mathis: '' };
const pages = () => ['/fil', `/publications/${post}`, `/unites/${idOf('villebrume')}`, '/avis'];

// Samuel shows his picture to the whole network, Mathis to his friends alone; both speak, and tell Odile something.
beforeAll(async () => {
	const [odile, samuel, mathis] = [await as('odile'), await as('samuel'), await as('mathis')];
	await savePhoto(samuel, { photo: await flatPicture(), description: '', audience: 'network' });
	await savePhoto(mathis, { photo: await flatPicture(), description: '', audience: 'friends' });
	post = (await publishSent(odile, {
		text: 'Qui vient samedi ?',
		audience: 'public',
		public_ok: 'on',
		photos: [await flatPicture()],
		descriptions: ['Le marché'],
	})) as string;
	await publishSent(mathis, { text: 'Je suis nouveau', audience: 'network' });
	await scene(sql`update feed.post set publish_after = now() - interval '1 second'`);
	await comment(samuel, post, { text: 'Moi', reply_to: '' });
	await drainJobs();
	Object.assign(face, { samuel: await faceOf('samuel'), mathis: await faceOf('mathis') });
});

describe('the picture of a person', () => {
	test('stands beside their name wherever they speak, answer for a unit or are told of', async () => {
		expect(await shownOn('odile', face.samuel, pages())).toEqual(pages());
	});

	test('stands nowhere when it is for their friends alone', async () => {
		expect(await shownOn('odile', face.mathis, pages())).toEqual([]);
	});

	test('is not shown to visitors, who read the post', async () => {
		await scene(sql`update people.person set photo_id = ${face.samuel}::uuid where id = ${idOf('odile')}`);
		const { html } = await (await browser('visitor')).get(`/publications/${post}`);
		expect(html).toContain('Qui vient samedi');
		expect(html).not.toContain(face.samuel);
	});
});

describe('where data are spared', () => {
	const bare = (html: string) => html.replace(/<!--.*?-->/g, '');
	const media = /<a [^>]*href="\/fichiers\/[^"]+\?w=480"[^>]*data-picture="Le marché"/;

	test.each([
		['by choice', { cookie: 'data=low' }],
		['as the browser asks of every site', { 'save-data': 'on' }],
	])('%s: pictures wait for a touch, described meanwhile, and names have initials', async (_, asked) => {
		const odile = await browser('odile');
		if ('cookie' in asked) odile.cookies.set('data', 'low');
		const { html } = await odile.get('/fil', asked);
		expect(bare(html)).toMatch(media);
		expect(html).toMatch(/<p class="meta">Le marché<\/p>/);
		expect(html.match(/<img [^>]*fichiers/)).toBeNull();
	});

	test('otherwise nothing is folded', async () => {
		const { html } = await (await browser('odile')).get('/fil');
		expect(bare(html).match(media)).toBeNull();
		expect(html).toMatch(/<img [^>]*alt="Le marché"/);
	});
});
