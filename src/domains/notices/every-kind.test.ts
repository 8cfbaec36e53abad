import { beforeEach, describe, expect, test } from 'vitest';
import { ask, mailsTo } from '#domains/people/people.fixture.ts';
import { asSystem } from '#platform/db.ts';
import { type HouseSettings, house, wordsOf } from '#platform/house.ts';
import { sql } from '#platform/sql.ts';
import { browser } from '#tests/browse.ts';
import { plain } from '#tests/draw.ts';
import { idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { mailNotice } from './jobs.ts';
import { categories, kinds } from './kinds.ts';
import { notify } from './notify.ts';
import { sentenceOf } from './sentence.ts';

stage();

/** What may have come of each kind; the others have one end only. */
const outcomes: Record<string, string[]> = {
	claim_decided: ['granted', 'stands', 'refused'],
	sanctioned: ['warn', 'hide', 'remove', 'slow', 'suspend'],
	report_answered: ['keep', 'hide', 'warn'],
	appeal_answered: ['reversed', 'upheld'],
};
const all = Object.keys(kinds).flatMap((type) =>
	(outcomes[type] ?? ['']).flatMap((outcome) => [0, 1, 4].map((others) => ({ type, outcome, others }))),
);
const tongues: [string, 'fr' | 'en', HouseSettings['address']][] = [
	['in French, tu', 'fr', 'tu'],
	['in French, vous', 'fr', 'vous'],
	['in English', 'en', 'tu'],
];
async function sentences(
	language: 'fr' | 'en',
	address: HouseSettings['address'],
	name = 'Yamina Belkassaud',
) {
	const words = wordsOf({ ...(await house()), address }, language);
	return all.map(({ type, outcome, others }) => ({
		type,
		others,
		text: sentenceOf(words, {
			type,
			by: { id: idOf('yamina'), name, photoId: null },
			others,
			unit: 'Section de Villebrume',
			payload: {
				...(type.startsWith('group_') && { group: 'Jardins partagés' }),
				...(/^(event|mission)_/.test(type) && { title: 'Débat du jeudi' }),
				...(outcome && { outcome }),
				...(/sanctioned|report_(answered|reversed)/.test(type) && { rule: 'attack' }),
			},
		}),
	}));
}

beforeEach(() =>
	scene(
		sql`delete from notices.notice`,
		sql`delete from notices.choice`,
		sql`update people.person set language = 'fr'`,
	),
);

describe.each(tongues)('every kind of line, %s', (_, language, address) => {
	test('is a whole sentence, with every word in its place', async () => {
		const odd = (await sentences(language, address)).filter(
			({ text }) =>
				!/^[\p{Lu}“«].*[.!?]$/u.test(plain(text)) || /[{}#]|undefined|null|notices\.|safety\.|NaN/.test(text),
		);
		expect(odd).toEqual([]);
	});

	test('counts the other people, one or several, never “0 others”', async () => {
		const counted = (await sentences(language, address)).filter(({ type }) =>
			/^(commented|replied|thanked|joined)$/.test(type),
		);
		for (const { others, text } of counted) {
			expect([text, /\b4\b/.test(text)]).toEqual([text, others === 4]);
			expect([text, /une autre personne|another person/.test(text)]).toEqual([text, others === 1]);
		}
	});

	test('takes a name as it is, even one that looks like a slot or a tag', async () => {
		const name = 'Zoé {unit} <b>Ann</b> # d’Été';
		const told = (await sentences(language, address, name)).filter(({ type }) =>
			/^(commented|asked|welcomed)$/.test(type),
		);
		for (const { text } of told) expect(text).toContain(name);
	});
});

test('who is addressed as vous is never told tu, nor the other way round', async () => {
	const wrong = {
		vous: /(?<!\p{L})(?:(?:tu|te|toi|ton|ta|tes)(?!\p{L})|t')/iu,
		tu: /(?<!\p{L})(?:votre|vos)(?!\p{L})/iu,
	};
	for (const address of ['tu', 'vous'] as const) {
		const said = (await sentences('fr', address)).map(({ text }) => plain(text));
		expect([address, said.filter((text) => wrong[address].test(text))]).toEqual([address, []]);
	}
});

test('English is English: no line was left in French', async () => {
	const [french, english] = [await sentences('fr', 'tu'), await sentences('en', 'tu')];
	expect(english.filter(({ text }, at) => text === french[at]!.text)).toEqual([]);
	expect(english.filter(({ text }) => /[«»]| (le|la|les|des|est|une|ton) /.test(text))).toEqual([]);
});

test('each kind belongs to a choice a person is offered, and leads to a page of ours', () => {
	const lead = {
		subjectId: idOf('a thing'),
		placeId: idOf('a post'),
		unitId: idOf('villebrume'),
		byId: idOf('yamina'),
	};
	const astray = Object.entries(kinds).filter(
		([, { category, href }]) =>
			!categories.includes(category) || !/^\/[a-z][\w/-]*(\?\w+=[\w-]+)?(#[\w-]+)?$/.test(href(lead)),
	);
	expect(astray).toEqual([]);
});

describe('the mail of a line', () => {
	/** Kinds that speak of nothing one could lose sight of. */
	const plainKinds = [
		'welcomed',
		'confirmed',
		'term_started',
		'loan_started',
		'export_ready',
		'erasure_asked',
	];
	const tell = async (type: string) => {
		await asSystem('test', (tx) =>
			notify(tx, {
				type,
				to: [idOf('mathis')],
				byId: idOf('samuel'),
				unitId: idOf('villebrume'),
				subjectId: idOf(`about ${type}`),
			}),
		);
		const row = await asSystem('test', (tx) =>
			tx.one<{ id: string }>(
				sql`select id from notices.notice where type = ${type} order by at desc limit 1`,
			),
		);
		await mailNotice({ personId: idOf('mathis'), id: row!.id });
		return (await mailsTo('mathis@rive.example')).at(-1)!;
	};
	const wantAll = () =>
		scene(
			...categories.map(
				(category) => sql`insert into notices.choice (person_id, category, channel, rhythm)
					values (${idOf('mathis')}, ${category}, 'mail', 'each') on conflict do nothing`,
			),
		);

	test('speaks the reader’s language, says one thing, leads there and tells how to stop', async () => {
		await wantAll();
		for (const language of ['fr', 'en'] as const) {
			await scene(sql`update people.person set language = ${language} where id = ${idOf('mathis')}`);
			for (const type of plainKinds) {
				const { kind, message } = await tell(type);
				const { say } = wordsOf(await house(), language);
				expect([language, kind]).toEqual([language, `notices.${type}`]);
				expect(plain(message.text)).toContain(plain(message.subject));
				expect(message.text).toMatch(/https?:\/\/\S+\/desabonnement\/\S+/);
				expect(plain(message.text)).toContain(plain(say('notices.mail_why')));
				await scene(sql`update notices.notice set read_at = now()`);
			}
		}
	});

	test('does not leave for who was told twice, who read it meanwhile, or who wants none', async () => {
		await wantAll();
		const count = async () => (await mailsTo('mathis@rive.example')).length;
		await tell('welcomed');
		const before = await count();
		const row = await asSystem('test', (tx) => tx.one<{ id: string }>(sql`select id from notices.notice`));
		await mailNotice({ personId: idOf('mathis'), id: row!.id });
		expect(await count()).toBe(before);
		await scene(sql`update notices.notice set mailed_at = null, read_at = now()`);
		await mailNotice({ personId: idOf('mathis'), id: row!.id });
		expect(await count()).toBe(before);
		await scene(
			sql`update notices.choice set rhythm = 'none'`,
			sql`update notices.notice set read_at = null`,
		);
		await mailNotice({ personId: idOf('mathis'), id: row!.id });
		expect(await count()).toBe(before);
	});

	test('waits once, however many people cause the same line, and anew once it was read', async () => {
		const waiting = () =>
			ask<number>(sql`select count(*)::int as value from jobs.job where name = 'notices.mail'`);
		const thank = (byId: string) =>
			asSystem('test', (tx) =>
				notify(tx, {
					type: 'thanked',
					to: [idOf('mathis')],
					byId,
					subjectId: idOf('a post'),
					placeId: idOf('a post'),
				}),
			);
		await wantAll();
		const before = (await waiting())!;
		for (const name of ['samuel', 'odile', 'gerard', 'lucien']) await thank(idOf(name));
		expect(await waiting()).toBe(before + 1);
		await scene(sql`update notices.notice set read_at = now()`);
		await thank(idOf('samuel'));
		expect(await waiting()).toBe(before + 2);
	});

	test('somebody else’s line is not mailed to me by its id', async () => {
		await wantAll();
		await tell('welcomed');
		const row = await asSystem('test', (tx) => tx.one<{ id: string }>(sql`select id from notices.notice`));
		await scene(sql`update notices.notice set mailed_at = null`);
		await mailNotice({ personId: idOf('ines'), id: row!.id });
		expect(await mailsTo('ines@rive.example')).toEqual([]);
	});

	test('who left is told nothing any more', async () => {
		const tellMathis = () =>
			asSystem('test', (tx) => notify(tx, { type: 'welcomed', to: [idOf('mathis')], byId: idOf('samuel') }));
		await scene(sql`update people.person set left_at = now() where id = ${idOf('mathis')}`);
		await tellMathis();
		await scene(sql`update people.person set left_at = null where id = ${idOf('mathis')}`);
		expect(await ask(sql`select count(*)::int as value from notices.notice`)).toBe(0);
		await tellMathis();
		expect(await ask(sql`select count(*)::int as value from notices.notice`)).toBe(1);
	});
});

test('the page of lines is in the reader’s words: the same line in French and in English', async () => {
	await asSystem('test', (tx) =>
		notify(tx, { type: 'welcomed', to: [idOf('odile')], byId: idOf('samuel'), unitId: idOf('villebrume') }),
	);
	const read = async () => (await (await browser('odile')).get('/avis')).main;
	expect(await read()).toContain('Samuel Oudraine te souhaite la bienvenue');
	await scene(sql`update people.person set language = 'en' where id = ${idOf('odile')}`);
	expect(await read()).toContain('Samuel Oudraine welcomes you');
});
