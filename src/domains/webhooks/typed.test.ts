import { beforeAll, beforeEach, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { stage } from '#tests/stage.ts';
import { faults, refused, scene } from '#tests/traces.ts';
import { HookForm } from './create.ts';

stage();

const at = '/administration/webhooks';
let bertrand: Browser;
beforeAll(async () => {
	bertrand = await browser('bertrand');
});
beforeEach(() => scene(sql`delete from platform.bucket`));
const kinds = () =>
	asSystem('test', (tx) => tx.one<{ n: number }>(sql`select count(*)::int as n from webhooks.hook`));
const typed = (more: object = {}) => ({
	...{ name: 'Le site', url: 'https://exemple.fr/recevoir', kinds: ['event.published'] },
	...more,
});
const long = (n: number) => `https://exemple.fr/${'a'.repeat(n - 'https://exemple.fr/'.length)}`;

test('a name of sixty signs and an address of five hundred are taken, one more is not', () => {
	const shape = (more: object) => faults(HookForm, typed(more)).filter((one) => !one.startsWith('kinds'));
	expect(shape({ name: 'é'.repeat(60) })).toEqual([]);
	expect(shape({ name: 'é'.repeat(61) })).toEqual(['name webhooks.name_long']);
	expect(shape({ url: long(500) })).toEqual([]);
	expect(shape({ url: long(501) })).toEqual(['url webhooks.url_long']);
	expect(shape({ name: '   ', url: '  ' })).toEqual([
		'name webhooks.name_missing',
		'url webhooks.url_missing',
	]);
});

test('on the page each is said at its field, what was typed stays, and no site is joined', async () => {
	const before = await kinds();
	const why = await refused(['webhooks.hook'], async () => {
		const page = await bertrand.post(`${at}?/create`, {
			name: 'é'.repeat(61),
			url: long(501),
			'kinds[]': [],
		});
		expect(page.status).toBe(422);
		expect(page.form!.problems).toEqual(
			expect.arrayContaining(['name webhooks.name_long', 'url webhooks.url_long']),
		);
		expect(page.field('name')).toBe('é'.repeat(61));
		expect(page.field('url')).toBe(long(501));
	});
	expect(why).toBe('done');
	expect(await kinds()).toEqual(before);
});
