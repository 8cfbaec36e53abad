import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { layVillebrume } from '../sheet/towns.fixture.ts';
import { keepPictures } from './kept-pictures.ts';

stage();

/** A pencil that counts its drawings, and a sheet for some bytes of them. */
function atelier(room?: number, size = 10) {
	const drawn: string[] = [];
	const pencil = async (svg: string) => {
		drawn.push(svg);
		await new Promise((done) => setTimeout(done, 5));
		if (svg === 'torn') throw new Error('torn');
		return Buffer.alloc(size, svg);
	};
	return { drawn, show: keepPictures(pencil, room) };
}

describe('pictures', () => {
	test('are drawn once for all who see the same, however many ask at once', async () => {
		const { drawn, show } = atelier();
		const [first, ...others] = await Promise.all(Array.from({ length: 20 }, () => show('a')));
		expect(drawn).toEqual(['a']);
		for (const other of others) expect(other).toBe(first);
		expect(await show('a')).toBe(first);
		expect(await show('b')).not.toBe(first);
		expect(drawn).toEqual(['a', 'b']);
	});

	test('that nobody asked for lately leave their room to others', async () => {
		const { drawn, show } = atelier(25);
		for (const one of ['a', 'b', 'a', 'c', 'a', 'b']) await show(one);
		expect(drawn).toEqual(['a', 'b', 'c', 'b']);
	});

	test('larger than all the room are given, and not kept', async () => {
		const { drawn, show } = atelier(5);
		expect((await show('a')).length).toBe(10);
		await show('a');
		expect(drawn).toEqual(['a', 'a']);
	});

	test('that failed are tried again by the next one, not remembered as failed', async () => {
		const { drawn, show } = atelier();
		const both = await Promise.allSettled([show('torn'), show('torn')]);
		expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
		await expect(show('torn')).rejects.toThrow('torn');
		expect(drawn).toEqual(['torn', 'torn']);
	});
});

describe('the picture of the map', () => {
	const at = '/carte.png?ou=X01001';
	let odile: Browser;
	let yamina: Browser;
	beforeAll(async () => {
		await layVillebrume();
		[odile, yamina] = [await browser('odile'), await browser('yamina')];
	});
	beforeEach(() => scene(sql`delete from platform.bucket`));

	test('is not sent twice to who has it, by its mark, weak or among others', async () => {
		const first = await odile.get(at);
		const etag = first.headers.get('etag')!;
		expect([first.status, first.headers.get('content-type')]).toEqual([200, 'image/png']);
		for (const mark of [etag, `W/${etag}`, `"other", ${etag}`]) {
			const again = await odile.get(at, { 'if-none-match': mark });
			expect([mark, again.status, again.html]).toEqual([mark, 304, '']);
			expect(again.headers.get('etag')).toBe(etag);
		}
		expect((await odile.get(at, { 'if-none-match': '"other"' })).status).toBe(200);
		expect(first.headers.get('cache-control')).toBe('private, no-cache');
	});

	test('has another mark once it shows something else, and the same for who sees the same', async () => {
		const mark = async (who: Browser, path = at) => (await who.get(path)).headers.get('etag');
		const before = await mark(odile);
		expect(await mark(yamina)).toBe(before);
		expect(await mark(odile, `${at}&but=tractage`)).not.toBe(before);
	});

	test('in a browser that kept it is asked for again once the right is lost', async () => {
		const etag = (await odile.get(at)).headers.get('etag')!;
		const ines = await browser('ines');
		expect((await ines.get(at, { 'if-none-match': etag })).status).toBe(404);
		const visitor = await browser('visitor');
		expect((await visitor.get(at, { 'if-none-match': etag })).status).not.toBe(304);
	});
});
