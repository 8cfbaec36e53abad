import { beforeEach, describe, expect, test } from 'vitest';
import {
	create,
	follow,
	mergeSubject,
	retireSubject,
	showAtHome,
	subjectsOf,
} from '#domains/groups/index.ts';
import { asSystem, counters } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, outcome } from '#tests/stage.ts';
import { aboutSubject } from './about-subject.ts';
import { fairShare } from './from-afar.ts';
import { composer, home } from './home.ts';
import type { Audience } from './policy.ts';
import { publishAs } from './seed.ts';
import { block, feedStage, hide, said, to } from './stage.fixture.ts';

feedStage();
beforeEach(() =>
	asSystem('test', async (tx) => {
		for (const table of [
			'feed.mention',
			'feed.post',
			'groups.follow',
			'safety.hidden',
			'safety.block',
			'platform.bucket',
		])
			await tx.run(sql`delete from ${sql.raw(table)}`);
		await tx.run(sql`update groups.subject set retired_at = null, merged_into = null`);
	}),
);

const hour = 3_600_000;
const speak = (
	author: CastName,
	unit: string,
	text: string,
	hoursAgo: number,
	subject?: string,
	audience: Audience = 'network',
) =>
	asSystem('test', (tx) =>
		publishAs(tx, {
			authorId: idOf(author),
			unitId: idOf(unit),
			audience,
			text,
			at: new Date(Date.now() - hoursAgo * hour),
			...(subject && { subject }),
		}),
	);
const lines = async (who: CastName, before: string | null = null) =>
	(await home(await as(who), null, before)).cards.map(({ text, reason }) => `${reason} ${text}`);
const wants = async (who: CastName, slug: string) =>
	follow(await as(who), slug, { brings: '', in_feed: 'on' });

describe('what is said elsewhere of a subject', () => {
	test('comes home to who follows it and asked for it, and to nobody else, with why', async () => {
		await speak('samuel', 'villebrume', 'ici', 1);
		const afar = await speak('fanny', 'pontsarvan', 'loyers à Port-Brumel', 2, 'logement');
		expect(await lines('odile')).toEqual(['unit ici']);
		await follow(await as('odile'), 'logement', { brings: '' });
		expect(await lines('odile')).toEqual(['unit ici']);
		await showAtHome(await as('odile'), 'logement', true);
		expect(await lines('odile')).toEqual(['unit ici', 'subject loyers à Port-Brumel']);
		expect(await lines('gerard')).toEqual(['unit ici']);
		const { cards } = await home(await as('odile'));
		expect(cards.find(({ id }) => id === afar)).toMatchObject({
			subject: { slug: 'logement' },
			far: { distance: 3, place: 'Région de la Côte-Sarvane' },
		});
		const page = await (await browser('odile')).get('/fil');
		expect(page.main).toContain(
			'Ici parce que tu suis « Logement », et que c’est dit ailleurs : Région de la Côte-Sarvane.',
		);
	});

	test('stops from the post itself, and comes back by undoing; the subject is still followed', async () => {
		await speak('samuel', 'villebrume', 'ici', 1);
		await speak('fanny', 'pontsarvan', 'loyers', 2, 'logement');
		await wants('odile', 'logement');
		const people = await browser('odile');
		await people.get('/fil');
		expect((await people.through('/sujets?/quiet', { subject: 'logement' })).main).not.toContain('loyers');
		expect((await people.get('/sujets')).main).toContain('Ne plus suivre');
		expect((await people.through('/sujets?/show', { subject: 'logement' })).main).toContain('loyers');
	});

	test('is read under the same rule as anywhere: nothing said to members, hidden, blocked, or to a unit alone', async () => {
		await speak('samuel', 'villebrume', 'ici', 1);
		await speak('fanny', 'pontsarvan', 'members', 2, 'logement', 'members');
		await wants('mathis', 'logement');
		await wants('odile', 'logement');
		expect(await lines('mathis')).toEqual(['unit ici']);
		expect(await lines('odile')).toEqual(['unit ici', 'subject members']);
		await block('odile', 'fanny');
		expect(await lines('odile')).toEqual(['unit ici']);
		await speak('driss', 'hautsarvan', 'unit alone', 2, 'logement', 'unit');
		const hidden = await speak('driss', 'hautsarvan', 'hidden', 2, 'logement');
		await hide('post', hidden);
		await speak('driss', 'hautsarvan', 'between friends', 2, 'logement', 'friends');
		expect(await lines('odile')).toEqual(['unit ici']);
	});

	test('is one post in six at most, never two within five, whatever is said; the farthest first', async () => {
		for (let n = 0; n < 45; n++) {
			await speak('samuel', 'villebrume', `ici ${n}`, n * 2 + 1);
			await speak('ines', 'montclairval', `près ${n}`, n * 2 + 1.5, 'logement');
			if (n % 4 === 0) await speak('fanny', 'pontsarvan', `loin ${n}`, n * 2 + 1.6, 'logement');
		}
		await wants('odile', 'logement');
		const odile = await as('odile');
		const first = await home(odile);
		const second = await home(odile, null, first.next);
		const third = await home(odile, null, second.next);
		const all = [first, second, third].flatMap(({ cards }) => cards);
		expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
		expect(all.map(({ id }) => id)).toEqual(
			all
				.map(({ id }) => id)
				.toSorted()
				.toReversed(),
		);
		expect(all.filter(({ reason }) => reason === 'unit')).toHaveLength(45);
		for (const { cards } of [first, second]) {
			const places = cards.flatMap(({ reason }, at) => (reason === 'subject' ? [at] : []));
			expect(places.length).toBeGreaterThan(1);
			expect(places.length).toBeLessThanOrEqual(cards.length / 6);
			expect(places.slice(1).every((at, n) => at - places[n]! > 5)).toBe(true);
			expect(cards[places[0]!]!.text).toMatch(/^loin/);
		}
	});

	test('leaves alone the other scopes, and costs a page no query more', async () => {
		await speak('samuel', 'villebrume', 'ici', 1);
		await speak('fanny', 'pontsarvan', 'loyers', 2, 'logement');
		const count = async (view: string | null) => {
			const odile = await as('odile');
			const start = counters.queries;
			await home(odile, view);
			return counters.queries - start;
		};
		const without = await count(null);
		await wants('odile', 'logement');
		expect((await count(null)) - without).toBe(0);
		const { cards } = await home(await as('odile'), 'amis');
		expect(cards).toEqual([]);
	});

	test('of a subject that left the list comes no more; merged, it comes under its new name', async () => {
		await speak('samuel', 'villebrume', 'ici', 1);
		await speak('fanny', 'pontsarvan', 'bus', 2, 'transports');
		await wants('odile', 'transports');
		await wants('odile', 'ecologie');
		const bertrand = await as('bertrand');
		const [transports, ecologie] = ['transports', 'ecologie'].map(
			(slug) => subjects.find((one) => one.slug === slug)!.id,
		) as [string, string];
		await mergeSubject(bertrand, transports, ecologie);
		await drainJobs();
		const { cards } = await home(await as('odile'));
		expect(cards.map(({ subject }) => subject?.slug ?? '')).toEqual(['', 'ecologie']);
		await retireSubject(bertrand, { id: ecologie });
		expect(await lines('odile')).toEqual(['unit ici']);
	});
});

let subjects: Awaited<ReturnType<typeof subjectsOf>> = [];
beforeEach(async () => {
	subjects = await subjectsOf(await as('odile'));
});

describe('saying what a post is about', () => {
	test('puts it on the subject’s page, within one’s own unit too; a subject that is not of the list is refused', async () => {
		const [odile, logement] = [await as('odile'), subjects.find(({ slug }) => slug === 'logement')!.id];
		await said(odile, 'Fuite au 3e', { subject: logement });
		await said(odile, 'Encadrer les loyers', { ...to('network'), subject: logement });
		const heard = async (who: CastName) =>
			(await aboutSubject(await as(who), logement)).map(({ text }) => text).toSorted();
		expect(await heard('mathis')).toEqual(['Encadrer les loyers', 'Fuite au 3e']);
		expect(await heard('fanny')).toEqual(['Encadrer les loyers']);
		await retireSubject(await as('bertrand'), { id: logement });
		expect(await outcome(said(odile, 'Trop tard', { subject: logement }))).toBe('Invalid');
		expect(await outcome(said(odile, 'Nulle part', { subject: idOf('no subject') }))).toBe('Invalid');
	});

	test('is offered by the form, with the subject of the group one comes from', async () => {
		const culture = subjects.find(({ slug }) => slug === 'culture')!.id;
		const id = await create(await as('odile'), {
			name: 'Chorale',
			aim: 'Chanter le jeudi soir, ensemble.',
			rules: '',
			visibility: 'secret',
			subjects: [culture],
			unit: '',
			seen: 'on',
		});
		expect((await composer(await as('odile'), id)).subject).toBe(culture);
		expect((await composer(await as('mathis'), id)).subject).toBe('');
		const page = await (await browser('odile')).get(`/fil/publier?groupe=${id}`);
		expect(page.field('subject')).toBe(culture);
	});
});

test('the share: none on a later page that has less than five others, one alone on a first page', () => {
	const own = (n: number) => Array.from({ length: n }, (_, at) => ({ id: `${9 - at}0` }));
	const best = [{ id: '95' }, { id: '85' }, { id: '35' }];
	expect(fairShare(own(3), best, true)).toEqual([{ id: '95' }]);
	expect(fairShare(own(3), best, false)).toEqual([]);
	expect(fairShare(own(5), best, false)).toEqual([{ id: '85' }]);
	expect(fairShare([...own(9), { id: '05' }], best, true)).toEqual([{ id: '95' }, { id: '35' }]);
});
