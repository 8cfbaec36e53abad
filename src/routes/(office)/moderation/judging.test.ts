import { beforeEach, describe, expect, test } from 'vitest';
import { feedStage, said, to } from '#domains/feed/stage.fixture.ts';
import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as } from '#tests/stage.ts';

feedStage();

let post: string;
beforeEach(async () => {
	await asSystem('test', async (tx) => {
		for (const table of ['appeal', 'hidden', 'review', 'report', 'decision'])
			await tx.run(sql`delete from ${sql.raw(`safety.${table}`)}`);
		await tx.run(sql`update people.person set created_at = '2025-01-01'`);
		await tx.run(sql`delete from people.suspension where person_id = ${idOf('mathis')}`);
	});
	post = await said(await as('mathis'), 'Des mots durs');
});
const report = async (who: CastName, fields: Record<string, string> = {}) =>
	(await browser(who)).post(`/securite/signaler?kind=post&id=${post}&/report`, {
		kind: 'post',
		id: post,
		reason: 'attack',
		note: '',
		...fields,
	});
const page = () => `/moderation/cas/post/${post}`;
const verdict = { outcome: 'hide', rule: 'attack', note: 'On discute les idées.', days: '7' };
const decide = async (who: CastName, fields: Record<string, string> = {}) =>
	(await browser(who)).post(`${page()}?/decide`, { ...verdict, ...fields });
const decision = async () =>
	await asSystem('test', (tx) =>
		tx.one<{ id: string; outcome: string }>(
			sql`select id, outcome from safety.decision order by at desc limit 1`,
		),
	);

describe('reporting', () => {
	test('names what is reported, thanks, and leads back; the author hears nothing', async () => {
		const odile = await browser('odile');
		expect((await odile.get(`/securite/signaler?kind=post&id=${post}`)).main).toContain(
			'Signaler le message de Mathis Lanoëz',
		);
		const sent = await odile.through(`/securite/signaler?kind=post&id=${post}&/report`, {
			kind: 'post',
			id: post,
			reason: 'attack',
			note: 'Ligne 1',
		});
		expect(sent.text).toContain('Merci. La réponse arrivera dans tes avis.');
		expect(sent.main).toContain('Des mots durs');
		await drainJobs();
		expect((await (await browser('mathis')).get('/avis')).main).toContain('Rien de neuf');
		expect((await (await browser('samuel')).get('/avis')).main).toContain(
			'Un signalement attend la modération.',
		);
	});

	test.each<[string, Record<string, string>, string]>([
		['without a rule', { reason: '' }, 'reason safety.reason_needed'],
		['by a rule that is none', { reason: 'goût' }, 'reason safety.reason_needed'],
		['with a novel', { note: 'a'.repeat(2001) }, 'note safety.note_too_long'],
	])('%s is refused at its field and reaches nobody', async (_, fields, problem) => {
		expect((await report('odile', fields)).form!.problems).toEqual([problem]);
		expect((await (await browser('samuel')).get('/moderation')).main).toContain('Rien à regarder');
	});

	test('one’s own words are told apart; unseen ones do not exist', async () => {
		expect((await report('mathis')).form!.problems).toEqual([' safety.own_words']);
		expect((await report('ines')).status).toBe(404);
		expect((await (await browser('ines')).get(`/securite/signaler?kind=post&id=${post}`)).status).toBe(404);
		expect((await (await browser('odile')).get(`/securite/signaler?kind=mail&id=${post}`)).status).toBe(404);
	});
});

describe('the queue', () => {
	test('is for who moderates there, with a second factor; it never says who reported', async () => {
		await report('odile', { note: 'Ligne 1' });
		await report('gerard', { reason: 'hate' });
		const samuel = await browser('samuel');
		const { main } = await samuel.get('/moderation');
		expect(main).toContain('Message de Mathis Lanoëz');
		expect(main).toContain('2 signalements');
		expect((await samuel.get(page())).main).toContain('Ligne 1');
		for (const text of [main, (await samuel.get(page())).main]) {
			expect(text).not.toContain('Odile');
			expect(text).not.toContain('Gérard');
		}
		expect((await (await browser('odile')).get('/moderation')).status).toBe(404);
		expect((await (await browser('samuel', { factor: false })).get('/moderation')).to).toContain(
			'/compte/verification',
		);
		expect((await (await browser('fanny')).get('/moderation')).main).toContain('Rien à regarder');
		expect((await (await browser('fanny')).get(page())).status).toBe(404);
	});

	test('a case taken by one says so to the others, by name', async () => {
		await report('odile');
		await (await browser('samuel')).post('/moderation?/take', { kind: 'post', id: post });
		const yamina = await browser('yamina');
		expect((await yamina.get('/moderation')).main).toContain('Samuel Oudraine s’en occupe');
		const refused = await yamina.post('/moderation?/take', { kind: 'post', id: post });
		expect([refused.status, refused.form!.problems]).toEqual([409, [' safety.taken']]);
		expect(refused.main).toContain('Samuel Oudraine s’en occupe en ce moment. Reviens dans dix minutes.');
		expect((await decide('yamina')).status).toBe(409);
		expect(await decision()).toBeUndefined();
	});
});

describe('deciding', () => {
	test('hides at once, tells the author the rule, and who reported that it was followed', async () => {
		await report('odile');
		expect((await decide('samuel')).to).toBe('/moderation');
		await drainJobs();
		expect((await (await browser('odile')).get(`/publications/${post}`)).status).toBe(404);
		expect((await (await browser('mathis')).get('/avis')).main).toContain(
			'Ce que tu as publié est masqué : règle « Attaque contre une personne ».',
		);
		expect((await (await browser('odile')).get('/avis')).main).toContain(
			'Ton signalement a été suivi : la règle « Attaque contre une personne » s’applique.',
		);
		expect((await (await browser('samuel')).get(page())).status).toBe(404);
	});

	test.each<[string, Record<string, string>, string]>([
		['nothing chosen', { outcome: '' }, 'outcome safety.outcome_needed'],
		['no rule quoted', { rule: '' }, 'rule safety.rule_needed'],
		['a length of one’s own', { outcome: 'suspend', days: '3650' }, 'days safety.days_needed'],
		['an endless explanation', { note: 'a'.repeat(2001) }, 'note safety.note_too_long'],
	])('%s is refused at its field; the words stay, the case waits', async (_, fields, problem) => {
		await report('odile');
		const refused = await decide('samuel', fields);
		expect([refused.status, refused.form!.problems]).toEqual([422, [problem]]);
		expect(refused.field('note')?.length).toBe((fields.note ?? verdict.note).length);
		expect(await decision()).toBeUndefined();
		expect((await (await browser('odile')).get(`/publications/${post}`)).status).toBe(200);
	});

	test('an officer above is not suspended from below, and the page says whom to ask', async () => {
		post = await said(await as('yamina'), 'De la fédération', to('network'));
		await asSystem('test', (tx) =>
			tx.run(sql`update feed.post set unit_id = ${idOf('villebrume')} where id = ${post}::uuid`),
		);
		await report('odile');
		const refused = await decide('samuel', { outcome: 'suspend' });
		expect([refused.status, refused.form!.problems]).toEqual([403, [' safety.suspension_above']]);
		expect(refused.main).toContain('demande au niveau au-dessus');
		expect((await as('yamina')).standing).toBe('member');
	});

	test('sent twice from the same page, it is one decision', async () => {
		await report('odile');
		const samuel = await browser('samuel');
		const key = (await samuel.get(page())).field('_key')!;
		const both = await Promise.all(
			[1, 2].map(() => samuel.post(`${page()}?/decide`, { ...verdict, _key: key })),
		);
		expect(both.map(({ to: place }) => place)).toEqual(['/moderation', '/moderation']);
		expect(await asSystem('test', (tx) => tx.many(sql`select 1 from safety.decision`))).toHaveLength(1);
	});
});

describe('appealing', () => {
	const decided = async (outcome: string) => {
		await report('odile');
		await decide('samuel', { outcome });
		return `/securite/decisions/${(await decision())!.id}`;
	};

	test('suspended, its author still reads the decision and asks; another moderator answers, and all comes back', async () => {
		const place = await decided('suspend');
		const mathis = await browser('mathis');
		expect((await mathis.get('/fil')).status).toBe(404);
		expect((await mathis.get(place)).main).toMatch(/Ton compte est suspendu.*Jusqu’au \d+/s);
		expect((await mathis.post(`${place}?/appeal`, { text: ' ' })).form!.problems).toEqual([
			'text safety.appeal_needed',
		]);
		expect((await mathis.through(`${place}?/appeal`, { text: 'Une citation' })).text).toContain(
			'La réponse arrive sous sept jours.',
		);
		const again = await mathis.post(`${place}?/appeal`, { text: 'Encore' });
		expect([again.status, again.form!.problems]).toEqual([422, ['text safety.appealed_already']]);
		expect((await (await browser('samuel')).get('/moderation')).main).not.toContain('Recours');
		const yamina = await browser('yamina');
		const hearing = /\/moderation\/recours\/[0-9a-f-]{36}/.exec((await yamina.get('/moderation')).html)![0];
		expect((await (await browser('samuel')).get(hearing)).status).toBe(404);
		expect((await yamina.get(hearing)).main).toContain('Une citation');
		expect((await yamina.post(`${hearing}?/hear`, { outcome: '', answer: '' })).form!.problems).toEqual([
			'outcome safety.outcome_needed',
			'answer safety.answer_needed',
		]);
		expect((await yamina.post(`${hearing}?/hear`, { outcome: 'reversed', answer: 'Oui' })).to).toBe(
			'/moderation',
		);
		expect((await mathis.get('/fil')).status).toBe(200);
		expect((await mathis.get(place)).main).toContain('Cette décision a été annulée');
		expect((await (await browser('odile')).get(`/publications/${post}`)).status).toBe(200);
	});

	test('who may hear it is told that it waits; reversed, who reported is told by which rule it was', async () => {
		const place = await decided('hide');
		const mathis = await browser('mathis');
		await mathis.post(`${place}?/appeal`, { text: 'Une citation' });
		await drainJobs();
		const [samuel, yamina] = [await browser('samuel'), await browser('yamina')];
		const waits = 'Un recours attend la modération : réponse due sous sept jours.';
		expect((await samuel.get('/avis')).main).not.toContain(waits);
		expect((await yamina.get('/avis')).main).toContain(waits);
		const hearing = /\/moderation\/recours\/[0-9a-f-]{36}/.exec((await yamina.get('/moderation')).html)![0];
		const { main } = await yamina.get(hearing);
		expect(main).toContain('Masqué · Attaque contre une personne');
		expect(main).not.toContain('Ce que tu as publié');
		await yamina.post(`${hearing}?/hear`, { outcome: 'reversed', answer: 'Oui' });
		await drainJobs();
		expect((await mathis.get('/avis')).main).toContain('Ton recours a abouti : la décision est annulée.');
		expect((await (await browser('odile')).get('/avis')).main).toContain(
			'Après un recours, la décision prise sur ton signalement est annulée : règle « Attaque contre une personne ».',
		);
	});

	test('heard by two at once, it has one answer', async () => {
		const place = await decided('hide');
		await (await browser('mathis')).post(`${place}?/appeal`, { text: 'Pourquoi ?' });
		const [yamina, paulo] = [await browser('yamina'), await browser('paulo')];
		const hearing = /\/moderation\/recours\/[0-9a-f-]{36}/.exec((await yamina.get('/moderation')).html)![0];
		const both = await Promise.all([
			yamina.post(`${hearing}?/hear`, { outcome: 'confirmed', answer: 'Non' }),
			paulo.post(`${hearing}?/hear`, { outcome: 'reversed', answer: 'Oui' }),
		]);
		expect(both.filter(({ status }) => status === 303)).toHaveLength(1);
	});

	test('somebody else’s decision does not exist, nor one that kept the words', async () => {
		const place = await decided('hide');
		expect((await (await browser('odile')).get(place)).status).toBe(404);
		expect((await (await browser('odile')).post(`${place}?/appeal`, { text: 'Moi' })).status).toBe(404);
		await report('gerard');
		const kept = await decided('keep').catch(() => place);
		if (kept !== place) expect((await (await browser('mathis')).get(kept)).status).toBe(404);
	});
});
