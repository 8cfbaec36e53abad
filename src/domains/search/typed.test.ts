import { beforeEach, expect, test } from 'vitest';
import { sql } from '#platform/sql.ts';
import { browser } from '#tests/browse.ts';
import { program } from '#tests/program.ts';
import { stage } from '#tests/stage.ts';
import { scene, told } from '#tests/traces.ts';

stage();
beforeEach(() => scene(sql`delete from platform.bucket`));

const find = (q: string, more = {}) => told(program<object>('GET /search', 'odile', {}, { q, ...more }));

test('a program searches some words: none is refused, nor more than two hundred signs, nor a drawer that is none', async () => {
	expect(await find('')).toBe('Invalid: q search.empty');
	expect(await find('   ')).toBe('Invalid: q search.empty');
	expect(await find('a'.repeat(201))).toBe('Invalid: q search.too_long');
	expect(await find('odile', { in: 'mailboxes' })).toBe('Invalid: in app.invalid_value');
	expect(await find('a'.repeat(200))).toBe('done');
});

test('the same through the address: the refusal is said, and nobody signed out is answered', async () => {
	const odile = await browser('odile');
	const empty = await odile.send('GET', '/api/v1/search?q=');
	expect([empty.status, JSON.parse(empty.html).errors[0].code]).toEqual([422, 'search.empty']);
	expect((await odile.send('GET', '/api/v1/search?q=Samuel')).status).toBe(200);
	expect((await (await browser('visitor')).send('GET', '/api/v1/search?q=Samuel')).status).not.toBe(200);
});

test('on the page, nothing typed and ten thousand signs are pages like others; an unwritable sign is refused', async () => {
	const odile = await browser('odile');
	for (const q of ['', '%20', 'a'.repeat(10_000), '%25_%5C', "';--"])
		expect([q.slice(0, 9), (await odile.get(`/recherche?q=${q}`)).status]).toEqual([q.slice(0, 9), 200]);
	expect((await odile.get('/recherche?q=%00')).status).toBe(422);
});
