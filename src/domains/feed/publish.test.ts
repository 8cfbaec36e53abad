import { describe, expect, test } from 'vitest';
import { asSystem, read } from '#platform/db.ts';
import { parse } from '#platform/http/form.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';
import { as, outcome } from '#tests/stage.ts';
import { keepDraft } from './draft.ts';
import { edit, toEdit } from './edit.ts';
import { composer, home } from './home.ts';
import { PublishForm } from './publish.ts';
import { remove, restore, undo } from './remove.ts';
import { feedStage, later, said, say, to } from './stage.fixture.ts';
import { thread } from './thread.ts';

feedStage();

const problemsOf = (work: Promise<unknown>) =>
	work.then(
		() => [],
		(refusal: { problems?: { field: string; key: string }[] }) =>
			(refusal.problems ?? []).map(({ field, key }) => `${field} ${key}`),
	);
const problemsOfForm = (input: object) =>
	problemsOf(Promise.resolve().then(() => parse(PublishForm, { audience: 'network', ...input })));
const shows = async (who: Parameters<typeof as>[0], id: string) =>
	(await home(await as(who))).cards.some((card) => card.id === id);
const postCount = () =>
	asSystem('test', (tx) => tx.one<{ n: number }>(sql`select count(*)::int as n from feed.post`)).then(
		(row) => row!.n,
	);

describe('publishing', () => {
	test('Odile sees her post at once, Mathis ten seconds later', async () => {
		const id = await say(await as('odile'), 'Bonjour la section');
		expect([await shows('odile', id), await shows('mathis', id)]).toEqual([true, false]);
		await later(id);
		expect(await shows('mathis', id)).toBe(true);
		expect(await shows('ines', id)).toBe(false);
	});

	test('a double click publishes once, even at the same instant', async () => {
		const before = await postCount();
		const twice = async () => say({ ...(await as('odile')), requestKey: 'one-key' }, 'Une seule fois');
		const ids = await Promise.all([twice(), twice(), twice()]);
		expect(new Set(ids).size).toBe(1);
		expect(await postCount()).toBe(before + 1);
	});

	test('the button counts the people reached, and no audience that is not hers', async () => {
		const { places } = await composer(await as('odile'));
		expect(places.choices.map(({ value, size }) => [value.slice(0, 7), size])).toEqual([
			[`unit:${idOf('villebrume').slice(0, 2)}`, places.choices[0]!.size],
			['members', places.choices[1]!.size],
			['network', places.choices[2]!.size],
			['public', places.choices[3]!.size],
		]);
		expect(places.choices[0]!.size).toBe(7);
		expect((await composer(await as('mathis'))).places.choices.map(({ audience }) => audience)).toEqual([
			'unit',
			'network',
			'public',
		]);
		expect((await composer(await as('samuel'))).places.speaksFor.map(({ name }) => name)).toEqual([
			'Section de Villebrume',
		]);
	});

	test('a place, an audience or a voice that is not one’s own is refused at its field', async () => {
		const odile = await as('odile');
		expect(
			await problemsOf(say(odile, 'x', { audience: { audience: 'unit', unitId: idOf('montclairval') } })),
		).toEqual(['audience feed.audience_refused']);
		expect(await problemsOf(say(odile, 'x', { as: idOf('villebrume') }))).toEqual(['as feed.voice_refused']);
		expect(await problemsOf(say(await as('gerard'), 'x', { as: idOf('villebrume') }))).toEqual([
			'as feed.voice_refused',
		]);
		expect(
			await problemsOf(say(await as('samuel', { factor: false }), 'x', { as: idOf('villebrume') })),
		).toEqual(['as feed.voice_refused']);
		expect(await problemsOf(say(await as('mathis'), 'x', to('members')))).toEqual([
			'audience feed.audience_refused',
		]);
		expect(
			await problemsOf(say(await as('samuel'), 'x', { as: idOf('villebrume'), ...to('friends') })),
		).toEqual(['as feed.voice_refused'].slice(1).concat('audience feed.audience_not_unit'));
		for (const name of ['thibaud', 'josiane', 'awa', 'visitor'] as const)
			expect(await outcome(say(await as(name), 'x'))).toBe('Forbidden');
	});

	test('a phone number asks a question, and the answer publishes', async () => {
		const text = 'Appelez Inès au 06 12 34 56 78';
		expect(await problemsOf(say(await as('odile'), text))).toEqual(['personal_ok feed.personal_question']);
		expect(await outcome(say(await as('odile'), text, { personal_ok: 'on' }))).toMatch(/^[0-9a-f-]{36}$/);
	});

	test('a new sympathiser writes three posts a day, however many tabs are open', async () => {
		await asSystem('test', (tx) =>
			tx.run(
				sql`update people.person set created_at = now() where id in (${idOf('tidiane')}, ${idOf('ines')})`,
			),
		);
		const here = { audience: { audience: 'unit' as const, unitId: idOf('pontsarvan') } };
		const tidiane = await as('tidiane');
		const answers = await Promise.all(
			[1, 2, 3, 4, 5].map((n) => outcome(say(tidiane, `Message ${n}`, here))),
		);
		expect(answers.filter((answer) => answer === 'TooMany')).toHaveLength(2);
		expect(await problemsOf(say(tidiane, 'Encore', here))).toEqual(['text feed.too_many_posts']);
		for (let n = 0; n < 4; n++) await say(await as('ines'), 'Membre', to('network'));
	});

	test('whom a decision slows down writes one post a day until it ends or is overturned', async () => {
		const ines = await as('ines');
		const slowed = (change: string) =>
			asSystem('test', (tx) =>
				tx.run(
					sql`update safety.decision set ${sql.raw(change)} where decision.author_id = ${idOf('ines')}::uuid`,
				),
			);
		await asSystem('test', (tx) =>
			tx.run(sql`insert into safety.decision (id, kind, subject_id, place_id, author_id, by_id, outcome, rule, slow_until)
				values (${idOf('slow')}, 'post', ${idOf('gone')}, ${idOf('gone')}, ${idOf('ines')}, ${idOf('paulo')}, 'slow', 'spam',
					now() + interval '7 days')`),
		);
		await asSystem('test', (tx) => tx.run(sql`delete from feed.post where author_id = ${idOf('ines')}`));
		const both = await Promise.all([1, 2].map((n) => outcome(say(ines, `Lentement ${n}`, to('network')))));
		expect(both.filter((answer) => answer === 'TooMany')).toHaveLength(1);
		expect(await problemsOf(say(ines, 'Encore', to('network')))).toEqual(['text feed.slowed_posts']);
		await slowed('reversed_at = now()');
		await say(ines, 'Rétablie', to('network'));
		await slowed(`reversed_at = null, slow_until = now() - interval '1 minute'`);
		await say(ines, 'Le temps est passé', to('network'));
	});

	test('a megabyte, one answer, eleven answers, an odd link or an unknown audience are said kindly', async () => {
		expect(await problemsOfForm({ text: 'a'.repeat(1_000_000) })).toEqual(['text feed.text_too_long']);
		expect(
			await problemsOfForm({ text: 'ok', options: Array.from({ length: 11 }, (_, n) => `${n}`) }),
		).toEqual(['options feed.options_too_many']);
		expect(await problemsOfForm({ text: 'ok', link_url: 'javascript:alert(1)' })).toEqual([
			'link_url feed.link_shape',
		]);
		expect(await problemsOfForm({ text: 'ok', audience: 'unit:x' })).toEqual([
			'audience feed.audience_needed',
		]);
		expect(await problemsOfForm({ text: 'ok', photos: ['not a file'] })).toEqual([
			'photos.0 feed.file_unreadable',
		]);
		expect(await problemsOf(say(await as('odile'), ''))).toEqual(['text feed.text_needed']);
		expect(await problemsOf(say(await as('odile'), 'Quand ?', { options: ['mardi'] }))).toEqual([
			'options feed.options_two',
		]);
		expect(await problemsOf(say(await as('odile'), 'Quand ?', { options: ['mardi', 'mardi'] }))).toEqual([
			'options feed.options_twice',
		]);
	});
});

describe('changing one’s mind', () => {
	test('within ten seconds the post was never there, and its text is a draft again', async () => {
		const odile = await as('odile');
		const id = await say(odile, 'Trop vite');
		await undo(odile, id);
		expect(await outcome(thread(odile, id))).toBe('NotFound');
		expect((await composer(odile)).draft).toBe('Trop vite');
		await drainJobs();
	});

	test('after ten seconds it is too late to undo; somebody else never could', async () => {
		const odile = await as('odile');
		const id = await said(odile, 'Parti');
		expect(await problemsOf(undo(odile, id))).toEqual([' feed.too_late']);
		expect(await problemsOf(undo(await as('mathis'), id))).toEqual([' feed.too_late']);
		expect(await outcome(undo(await as('ines'), id))).toBe('NotFound');
	});

	test('a removal is undone at once, not an hour later', async () => {
		const odile = await as('odile');
		const id = await said(odile, 'Supprimé');
		await remove(odile, id);
		expect(await shows('mathis', id)).toBe(false);
		await restore(odile, id);
		expect(await shows('mathis', id)).toBe(true);
		await remove(odile, id);
		await asSystem('test', (tx) =>
			tx.run(sql`update feed.post set deleted_at = now() - interval '1 hour' where post.id = ${id}::uuid`),
		);
		expect(await problemsOf(restore(odile, id))).toEqual([' feed.too_late']);
	});

	test('two people who speak for a unit do not overwrite each other', async () => {
		const id = await said(await as('samuel'), 'Réunion', { as: idOf('villebrume') });
		const { version } = await toEdit(await as('yamina'), id);
		await edit(await as('samuel'), id, { text: 'Réunion mardi', version });
		expect(await outcome(edit(await as('yamina'), id, { text: 'Réunion jeudi', version }))).toBe('Conflict');
		expect((await thread(await as('odile'), id)).card).toMatchObject({ text: 'Réunion mardi', version: 2 });
		expect(await outcome(toEdit(await as('odile'), id))).toBe('Forbidden');
	});

	test('a draft is kept on the server, for its author alone, and leaves with the post', async () => {
		const odile = await as('odile');
		await keepDraft(odile, { place: 'feed', text: 'Je finirai demain' });
		expect((await composer(odile)).draft).toBe('Je finirai demain');
		const stolen = await read(await as('samuel'), (tx) => tx.many(sql`select * from feed.draft`));
		expect(stolen).toEqual([]);
		await say(odile, 'Fini');
		expect((await composer(odile)).draft).toBe('');
	});
});
