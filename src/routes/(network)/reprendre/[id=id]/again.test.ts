import { beforeEach, describe, expect, test } from 'vitest';
import { createSession } from '#domains/people/index.ts';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type Answer, type Browser, browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';

stage();

beforeEach(() => scene(sql`delete from platform.bucket`, sql`delete from platform.unsent`));

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
		expect([refused.to, await rows()]).toEqual(['/connexion?next=%2Ffil%2Fpublier', []]);
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

	test('keeps nothing of a visitor, nothing that nobody wrote, no password, no code, no bytes of a file', async () => {
		expect((await (await browser('visitor')).post('/fil/publier?/publish', { text })).to).toBe(
			'/connexion?next=%2Ffil%2Fpublier',
		);
		const odile = await browser('odile');
		await scene(ended);
		expect(unsentOf(await odile.post('/contacts?/ask', { person: idOf('ines') }))).toBeNull();
		const page = unsentOf(
			await odile.post('/fil/publier?/publish', {
				text,
				password: 'un long mot de passe',
				code: '123 456',
				document: new File(['canari du fichier'], 'plan.txt', { type: 'text/plain' }),
				'photos[]': [new File(['x'], 'marché.jpg'), new File([], '')],
			}),
		);
		await signInAgain(odile, 'odile');
		const kept = await odile.get(page!);
		expect(kept.html).not.toMatch(/mot de passe|123 456|canari/);
		expect(kept.main).toContain('choisis à nouveau : plan.txt et marché.jpg.');
		expect(kept.main).not.toContain('Envoyer maintenant');
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
