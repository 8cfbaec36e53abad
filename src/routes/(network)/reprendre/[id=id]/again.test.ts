import sharp from 'sharp';
import { beforeEach, describe, expect, test } from 'vitest';
import { createSession } from '#domains/people/index.ts';
import { asSystem } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import { type Answer, type Browser, browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';

stage();

beforeEach(() => scene(sql`delete from platform.bucket`, sql`delete from platform.unsent`));

const dot = await sharp({ create: { width: 40, height: 30, channels: 3, background: 'red' } })
	.png()
	.toBuffer();
const text = 'Trois pages écrites « sans » script, d’une traite.';
const rows = () =>
	asSystem('test', (tx) =>
		tx.many<{ person_id: string; sealed: string }>(sql`select * from platform.unsent`),
	);
const unsentOf = (answer: Answer) => {
	const next = new URL(answer.to ?? '', 'http://coopol.test').searchParams.get('next') ?? '';
	return next.startsWith('/reprendre/') ? next : null;
};
const ended = sql`update people.session set expires_at = now() - interval '1 minute'`;
const signInAgain = async (who: Browser, name: CastName, factor = true) => {
	const { secret } = await asSystem('test', (tx) => createSession(tx, idOf(name), 'Firefox', { factor }));
	who.cookies.set('coopol', secret);
};
/** What the page's own button sends. */
const sendAgain = (who: Browser, page: Answer) => {
	const action = /<form method="post" action="([^"?]+\?[^"]+)"/.exec(page.html)![1]!.replaceAll('&amp;', '&');
	return who.post(
		action,
		Object.fromEntries(
			['text', 'audience', 'why', '_key', 'term'].map((name) => [name, page.field(name) ?? '']),
		),
	);
};

describe('a session that comes to its end while somebody writes', () => {
	const audience = `unit:${idOf('villebrume')}`;
	const writeTooLate = async () => {
		const odile = await browser('odile');
		await scene(ended);
		const refused = await odile.post('/fil/publier?/publish', { text, audience, _key: 'once-and-for-all' });
		return { odile, refused, page: unsentOf(refused) };
	};

	test('leads to sign in, and then the words are there, sent by one button', async () => {
		const { odile, refused, page } = await writeTooLate();
		expect(refused.to).toContain('/connexion?next=%2Freprendre%2F');
		expect((await odile.get(page!)).to).toContain('/connexion');
		await signInAgain(odile, 'odile');
		const kept = await odile.get(page!);
		expect(kept.main).toContain('Ton texte est toujours là');
		expect(kept.main).toContain(text);
		const sent = await sendAgain(odile, kept);
		expect([sent.status, sent.form, sent.to]).toEqual([303, null, expect.stringContaining('/fil')]);
		expect((await odile.get('/fil')).main).toContain('Trois pages écrites');
		await sendAgain(odile, kept);
		const posts = await asSystem('test', (tx) =>
			tx.many(sql`select 1 from feed.post where post.text like 'Trois pages%'`),
		);
		expect(posts).toHaveLength(1);
	});

	test('gives them to nobody else, and not in clear in the database', async () => {
		const { odile, page } = await writeTooLate();
		await signInAgain(odile, 'mathis');
		expect((await odile.get(page!)).status).toBe(404);
		expect((await odile.post(`${page}?/drop`)).status).toBe(404);
		const [row] = await rows();
		expect(row!.person_id).toBe(idOf('odile'));
		expect(JSON.stringify(row)).not.toContain('pages');
	});

	test('is not a session that was revoked: that secret may be in other hands', async () => {
		const odile = await browser('odile');
		await scene(sql`update people.session set revoked_at = now(), expires_at = now() - interval '1 minute'`);
		const refused = await odile.post('/fil/publier?/publish', { text, audience });
		// Who sent it is told so at once, on a page that gives the words back: it is not known whose they are.
		expect([refused.status, refused.to, await rows()]).toEqual([401, null, []]);
	});

	test('keeps one plain word, which is not one of the page’s own', async () => {
		const odile = await browser('odile');
		await scene(ended);
		const page = unsentOf(await odile.post('/fil/publier?/publish', { text: 'Bonjour', audience }));
		await signInAgain(odile, 'odile');
		const kept = await odile.get(page!);
		expect(kept.html.match(/<textarea/g)).toHaveLength(1);
		expect(kept.main).toContain('Bonjour');
		expect((await sendAgain(odile, kept)).to).toContain('/fil');
	});

	test('keeps nothing of a visitor, nothing that nobody wrote, no password, no code', async () => {
		const visitor = await browser('visitor');
		expect((await visitor.post('/fil/publier?/publish', { text })).status).toBe(401);
		expect((await visitor.post('/fil/publier?/publish', { audience, text: '' })).to).toBe(
			'/connexion?next=%2Ffil%2Fpublier',
		);
		expect(await rows()).toEqual([]);
		const odile = await browser('odile');
		await scene(ended);
		expect(unsentOf(await odile.post('/contacts?/ask', { person: idOf('ines') }))).toBeNull();
		const page = unsentOf(
			await odile.post('/fil/publier?/publish', {
				text,
				password: 'un long mot de passe',
				code: '123 456',
			}),
		);
		await signInAgain(odile, 'odile');
		const kept = await odile.get(page!);
		expect(kept.html).not.toMatch(/mot de passe|123 456/);
	});

	describe('with files', () => {
		const photo = () => new File([dot], 'marché.png', { type: 'image/png' });
		const document = () => new File(['Le plan du stand.'], 'plan.txt', { type: 'text/plain' });
		const writeWithFiles = async () => {
			const odile = await browser('odile');
			await scene(ended, sql`delete from feed.post where author_id = ${idOf('odile')}`);
			const fields = {
				text,
				audience,
				_key: newId(),
				document: document(),
				'descriptions[]': ['', 'Le stand'],
			};
			const refused = await odile.post('/fil/publier?/publish', {
				...fields,
				'photos[]': [new File([], ''), photo()],
			});
			await signInAgain(odile, 'odile');
			const page = await odile.get(unsentOf(refused)!);
			return { odile, page, path: unsentOf(refused)! };
		};
		const ids = (page: Answer) =>
			[...page.html.matchAll(/name="_kept\[\]"[^>]*value="([^"]+)"/g)].map(([, id]) => id!);
		const send = (who: Browser, page: Answer, files = ids(page)) =>
			who.post('/fil/publier?/publish', {
				text,
				audience,
				_key: page.field('_key')!,
				_unsent: page.field('_unsent')!,
				'descriptions[]': ['', 'Le stand'],
				'_kept[]': files,
			});
		const media = () =>
			asSystem('test', (tx) =>
				tx.many<{ name: string; description: string }>(sql`select file.name, media.description from feed.media
					join feed.post on post.id = media.post_id join platform.file on file.id = media.file_id
					where post.author_id = ${idOf('odile')} order by media.position`),
			);

		test('they go with the words in one press, each with its description; pressed twice, one post', async () => {
			const { odile, page, path } = await writeWithFiles();
			expect(page.main).toContain('plan.txt');
			expect(page.main).toContain('marché.png');
			expect(page.main).toContain('gardés une heure');
			const [one, other] = await Promise.all([send(odile, page), send(odile, page)]);
			expect([one!.to, other!.to]).toEqual([expect.stringContaining('/fil#p-'), one!.to]);
			expect((await media()).map(({ name, description }) => [name, description])).toEqual([
				['marché.png', 'Le stand'],
				['plan.txt', ''],
			]);
			const after = await odile.get(path);
			expect(after.main).toContain('C’est déjà envoyé.');
			expect(after.main).not.toContain('Envoyer maintenant');
		});

		test('one that is unticked is not sent', async () => {
			const { odile, page } = await writeWithFiles();
			await send(odile, page, ids(page).slice(0, 1));
			expect((await media()).length).toBe(1);
		});

		test('somebody else’s are not sent: the form is not theirs', async () => {
			const { page } = await writeWithFiles();
			const mathis = await browser('mathis');
			expect((await send(mathis, page)).status).toBe(404);
		});

		test('gone after an hour, it is said, and nothing is sent without them unless one says so', async () => {
			const { odile, page, path } = await writeWithFiles();
			await scene(
				sql`update platform.file set created_at = now() - interval '61 minutes' where holder = 'platform.unsent'`,
			);
			const late = await send(odile, page);
			expect(late.form!.problems).toEqual([' app.files_gone']);
			expect(late.field('text')).toBe(text);
			expect(await media()).toEqual([]);
			const read = await odile.get(path);
			expect(read.main).toContain('Ces fichiers ne sont pas gardés : plan.txt et marché.png.');
		});
	});

	test('five at most, for a day, or until thrown away', async () => {
		const { odile, page } = await writeTooLate();
		for (let n = 0; n < 6; n++)
			await odile.post('/fil/publier?/publish', { text: `Encore, et encore ${n}`, audience });
		expect(await rows()).toHaveLength(5);
		await signInAgain(odile, 'odile');
		expect((await odile.get(page!)).status).toBe(404);
		await scene(sql`update platform.unsent set kept_at = now() - interval '25 hours'`);
		const [row] = await asSystem('test', (tx) =>
			tx.many<{ id: string }>(sql`select id from platform.unsent`),
		);
		expect((await odile.get(`/reprendre/${row!.id}`)).status).toBe(404);
		await scene(sql`update platform.unsent set kept_at = now()`);
		expect((await odile.through(`/reprendre/${row!.id}?/drop`)).text).toContain('Le texte est jeté.');
		expect(await rows()).toHaveLength(4);
	});
});

describe('a second factor that grows old while somebody writes', () => {
	test('is asked again, and then the words are there', async () => {
		const samuel = await browser('samuel');
		await scene(sql`update people.session set factor_at = now() - interval '11 minutes'`);
		const path = `/unites/${idOf('villebrume')}/bureau?/end`;
		const refused = await samuel.post(path, { term: idOf('samuel term'), why: 'Je déménage à Port-Brumel' });
		expect(refused.to).toContain('/compte/verification?next=%2Freprendre%2F');
		await scene(sql`update people.session set factor_at = now()`);
		const kept = await samuel.get(unsentOf(refused)!);
		expect(kept.main).toContain('Je déménage à Port-Brumel');
		expect((await sendAgain(samuel, kept)).status).toBe(303);
		const term = await asSystem('test', (tx) =>
			tx.one<{ why: string }>(
				sql`select ended_why as why from territory.term where id = ${idOf('samuel term')}`,
			),
		);
		expect(term!.why).toBe('Je déménage à Port-Brumel');
	});
});
