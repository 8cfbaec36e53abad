import { beforeAll, beforeEach, expect, test } from 'vitest';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { flatPicture } from '#tests/flat-picture.ts';
import { stage } from '#tests/stage.ts';
import { refused, scene } from '#tests/traces.ts';
import { inHours, planned } from '../stage.fixture.ts';

stage();

let samuel: Browser;
let id: string;
let photo: File;
beforeAll(async () => {
	samuel = await browser('samuel');
	photo = await flatPicture('quai.png', 900, 600);
});
beforeEach(async () => {
	await scene(sql`delete from platform.bucket`);
	id = await planned({ visibility: 'public', startsAt: inHours(-5) });
});
const at = () => `/evenements/${id}/compte-rendu`;
const signs = (n: number) => 'é'.repeat(n);
const send = (more: Record<string, string | string[] | File | File[]>) =>
	samuel.post(`${at()}/ecrire?/publish`, { text: 'Sur le quai.', ...more } as Record<string, string>);

test('what is said of a photo has five hundred signs; one more is said at its field, and the report waits', async () => {
	const why = await refused(['events.report'], async () => {
		const page = await send({ 'photos[]': photo, 'descriptions[]': [signs(501)] });
		expect(page.form!.problems).toEqual(['descriptions.0 events.report_description_long']);
		expect(page.field('text')).toBe('Sur le quai.');
		expect(page.html).toContain(signs(501));
	});
	expect(why).toBe('done');
	expect((await send({ 'photos[]': photo, 'descriptions[]': [signs(500)] })).to).toBe(at());
	await drainJobs();
	expect((await samuel.get(at())).html).toContain(`alt="${signs(500)}"`);
});

test('a photo that is there already is described anew, within the same limit', async () => {
	await send({ 'photos[]': photo, 'descriptions[]': ['Le quai'] });
	await drainJobs();
	const page = await samuel.get(`${at()}/ecrire`);
	const [picture, version] = [page.field('pictures[]')!, page.field('version')!];
	const again = (words: string) => send({ 'pictures[]': [picture], 'described[]': [words], version });
	expect((await again(signs(501))).form!.problems).toEqual(['described.0 events.report_description_long']);
	expect((await again('Le quai au soir')).to).toBe(at());
	expect((await samuel.get(at())).html).toContain('alt="Le quai au soir"');
});

test('five photos at once are too many, a number of people is a number, and publishing needs words', async () => {
	const problems = async (more: Parameters<typeof send>[0]) => (await send(more)).form!.problems;
	expect(await problems({ 'photos[]': Array.from({ length: 5 }, () => photo) })).toEqual([
		'photos events.report_photos_many',
	]);
	expect(await problems({ counted: 'beaucoup' })).toEqual(['counted events.report_counted_shape']);
	expect(await problems({ counted: '-1' })).toEqual(['counted events.report_counted_shape']);
	expect(await problems({ text: '' })).toEqual(['text events.report_text_needed']);
	expect(await problems({ text: signs(10_001) })).toEqual(['text events.report_long']);
});
