import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { program } from '#tests/program.ts';
import { faults, refused, scene, told } from '#tests/traces.ts';
import { PublishForm } from './publish.ts';
import { feedStage } from './stage.fixture.ts';

feedStage();

const at = '/fil/publier?/publish';
let odile: Browser;
beforeAll(async () => {
	odile = await browser('odile');
});
beforeEach(() => scene(sql`delete from platform.bucket`));
const post = (more: Record<string, string | string[]>) =>
	odile.post(at, { text: 'On vote samedi ?', audience: 'network', ...more });
const signs = (n: number) => 'é'.repeat(n);
const answers = (n: number) => Array.from({ length: n }, (_, i) => `Réponse ${i}`);
const polls = () =>
	asSystem('test', (tx) =>
		tx.many<{ days: number; labels: string[] }>(sql`
			select round(extract(epoch from poll.ends_at - post.published_at) / 86400)::int as days,
				array(select option.label from feed.option where option.post_id = poll.post_id order by option.position) as labels
			from feed.poll join feed.post on post.id = poll.post_id order by post.published_at desc, post.id desc`),
	);

describe('what is too long is said where it is typed, and nothing typed is lost', () => {
	test('an answer of a poll: a hundred and twenty signs, not one more', async () => {
		const why = await refused(['feed.post'], async () => {
			const page = await post({ 'options[]': ['Oui', signs(121)] });
			expect(page.form!.problems).toEqual(['options.1 feed.option_too_long']);
			expect(page.html).toContain(signs(121));
			expect(page.field('text')).toBe('On vote samedi ?');
		});
		expect(why).toBe('done');
		expect(faults(PublishForm, { text: 'a', audience: 'network', options: ['Oui', signs(120)] })).toEqual([]);
	});

	test('how long one votes is one of those offered', async () => {
		for (const days of ['2', '0', '-1', '365', 'toujours', '']) {
			const page = await post({ 'options[]': ['Oui', 'Non'], poll_days: days });
			expect([days, page.form?.problems]).toEqual([days, ['poll_days feed.poll_days_shape']]);
		}
		for (const days of ['1', '3', '7', '14', '30'])
			expect(faults(PublishForm, { text: 'a', audience: 'network', poll_days: days })).toEqual([]);
	});

	test('what is said of a photo: five hundred signs', () => {
		const typed = { text: 'a', audience: 'network' };
		expect(faults(PublishForm, { ...typed, descriptions: [signs(500)] })).toEqual([]);
		expect(faults(PublishForm, { ...typed, descriptions: ['Un chat', signs(501)] })).toEqual([
			'descriptions.1 feed.description_too_long',
		]);
	});

	test('ten answers are ten, empty ones left out; an eleventh is one too many', async () => {
		const ten = await post({ 'options[]': [...answers(10), '', '  '], poll_days: '3' });
		expect(ten.form?.problems ?? []).toEqual([]);
		expect((await polls())[0]).toEqual({ days: 3, labels: answers(10) });
		const more = await post({ 'options[]': answers(11) });
		expect(more.form!.problems).toEqual(['options feed.options_too_many']);
	});
});

test('a program is refused in the same words as a page', async () => {
	const send = (more: object) =>
		told(program('POST /posts', 'odile', {}, { text: 'Bonjour', audience: 'network', ...more }));
	expect(await send({ options: ['Oui', signs(121)] })).toBe('Invalid: options.1 feed.option_too_long');
	expect(await send({ options: ['Oui', 'Non'], poll_days: '2' })).toBe(
		'Invalid: poll_days feed.poll_days_shape',
	);
	expect(await send({ options: answers(11) })).toBe('Invalid: options feed.options_too_many');
});
