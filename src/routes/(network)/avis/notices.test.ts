import { beforeEach, describe, expect, test } from 'vitest';
import { notify } from '#domains/notices/index.ts';
import { stopToken } from '#domains/notices/stop.ts';
import { asSystem } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import { browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';

stage();

beforeEach(() => asSystem('test', (tx) => tx.run(sql`delete from notices.notice`)));
const tell = (to: CastName, by: CastName) =>
	asSystem('test', (tx) =>
		notify(tx, {
			type: 'welcomed',
			to: [idOf(to)],
			byId: idOf(by),
			unitId: idOf('villebrume'),
			subjectId: newId(),
		}),
	);
const idIn = (html: string) => /href="\/avis\/([0-9a-f-]{36})"/.exec(html)![1]!;

describe('the page', () => {
	test('nothing new: it says what arrives here, and offers nothing to mark', async () => {
		const { main, text } = await (await browser('odile')).get('/avis');
		expect(main).toContain('Rien de neuf');
		expect(main).not.toContain('Tout marquer comme lu');
		expect(text).toContain('rien de nouveau');
	});

	test('one, then two: counted in words, here and on the bell of any page', async () => {
		const odile = await browser('odile');
		await tell('odile', 'samuel');
		expect((await odile.get('/avis')).main).toContain('1 avis à lire');
		await tell('odile', 'ines');
		const { main } = await odile.get('/avis');
		expect(main).toContain('2 avis à lire');
		expect(main).toContain('Samuel Oudraine te souhaite la bienvenue : Section de Villebrume.');
		expect((await odile.get('/contacts')).html).toMatch(/data-live-count=""[^>]*>2</);
	});

	test('opened, a line leads to its thing and is new no more; somebody else’s does not exist', async () => {
		const odile = await browser('odile');
		await tell('odile', 'samuel');
		const id = idIn((await odile.get('/avis')).html);
		expect((await (await browser('mathis')).get(`/avis/${id}`)).status).toBe(404);
		expect((await odile.get(`/avis/${id}`)).to).toBe(`/unites/${idOf('villebrume')}`);
		const { main } = await odile.get('/avis');
		expect(main).not.toContain('à lire');
		expect(main).toContain('Samuel Oudraine te souhaite la bienvenue');
		expect((await odile.get(`/avis/${id}`)).status).toBe(303);
	});

	test('all marked read: said so; a moment that is none is refused', async () => {
		const odile = await browser('odile');
		await tell('odile', 'samuel');
		const shown_at = (await odile.get('/avis')).field('shown_at')!;
		expect((await odile.post('/avis?/readAll', { shown_at: 'hier' })).form!.problems).toEqual([
			'shown_at app.invalid_value',
		]);
		expect((await odile.get('/avis')).main).toContain('1 avis à lire');
		const done = await odile.through('/avis?/readAll', { shown_at });
		expect(done.text).toContain('Tout est lu.');
		expect(done.main).not.toContain('Tout marquer comme lu');
	});

	test('a suspended person reads theirs: a decision about them waits there; a visitor signs in first', async () => {
		expect((await (await browser('thibaud')).get('/avis')).status).toBe(200);
		expect((await (await browser('visitor')).get('/avis')).to).toBe('/connexion?next=%2Favis');
	});
});

describe('what is mailed', () => {
	const chosenIn = (html: string, row: string) =>
		[...new RegExp(`<tr id="${row}".*?</tr>`, 's').exec(html)![0].matchAll(/value="([\w.]+)" selected/g)].map(
			([, value]) => value,
		);

	test('is chosen cell by cell, kept, and said', async () => {
		const odile = await browser('odile');
		const done = await odile.through('/avis/reglages?/choose', {
			scope: 'all',
			'choices[]': ['friends.mail.daily', 'thanks.app.none'],
		});
		expect(done.text).toContain('C’est noté.');
		expect(chosenIn(done.html, 'friends')).toEqual([
			'friends.app.each',
			'friends.mail.daily',
			'friends.push.each',
		]);
		expect(chosenIn(done.html, 'thanks')[0]).toBe('thanks.app.none');
		expect(done.main).toContain('Toujours');
		const apart = await odile.through('/avis/reglages?/choose', {
			scope: `unit:${idOf('villebrume')}`,
			'choices[]': ['thanks.app.each'],
		});
		expect(apart.main).toContain('1 réglage à part');
	});

	test('a cell nobody declared is refused, and nothing changes; somebody else’s unit does not exist', async () => {
		const odile = await browser('odile');
		await odile.post('/avis/reglages?/choose', { scope: 'all', 'choices[]': ['unit.mail.each'] });
		const refused = await odile.post('/avis/reglages?/choose', {
			scope: 'all',
			'choices[]': ['unit.mail.none', 'secrets.mail.each'],
		});
		expect(refused.status).toBe(422);
		expect(refused.main).toContain('Cette réponse n’a pas la forme attendue.');
		expect(chosenIn((await odile.get('/avis/reglages')).html, 'unit')[1]).toBe('unit.mail.each');
		const elsewhere = { scope: `unit:${idOf('pontsarvan')}`, 'choices[]': ['unit.mail.none'] };
		expect((await odile.post('/avis/reglages?/choose', elsewhere)).status).toBe(404);
	});

	test('quiet hours are two different hours, or none', async () => {
		const odile = await browser('odile');
		const problems = async (from: string, until: string) =>
			(await odile.post('/avis/reglages?/quiet', { quiet_from: from, quiet_until: until })).form?.problems ??
			[];
		expect(await problems('22:00', '')).toEqual(['quiet_until notices.quiet_both']);
		expect(await problems('22:00', '22:00')).toEqual(['quiet_until notices.quiet_same']);
		expect(await problems('25:00', '08:00')).toEqual(['quiet_from notices.quiet_time']);
		expect(await problems('22:00', '08:00')).toEqual([]);
		expect((await odile.get('/avis/reglages')).html).toMatch(/value="22:00"/);
		expect(await problems('', '')).toEqual([]);
		expect((await odile.get('/avis/reglages')).html).not.toMatch(/value="22:00"/);
	});

	test('is stopped from the mail without signing in: the page asks, then says it is done; twice is harmless', async () => {
		const visitor = await browser('visitor');
		const page = `/desabonnement/${stopToken(idOf('ines'), 'thanks')}`;
		expect((await visitor.get(page)).main).toContain('Tu ne recevras plus de mails pour : Remerciements.');
		for (const _ of [1, 2])
			expect((await visitor.post(page)).main).toContain('C’est arrêté : Remerciements.');
		expect((await visitor.get(page)).main).not.toContain('Inès');
	});

	test('a word that nobody wrote opens nothing', async () => {
		const visitor = await browser('visitor');
		const forged = `/desabonnement/${stopToken(idOf('ines'), 'thanks').replace('thanks', 'office')}`;
		expect([(await visitor.get(forged)).status, (await visitor.post(forged)).status]).toEqual([404, 404]);
	});
});
