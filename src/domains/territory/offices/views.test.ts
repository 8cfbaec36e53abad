import { beforeAll, describe, expect, test } from 'vitest';
import { stage } from '#tests/stage.ts';
import { fillOffices, pages } from './views.fixture.ts';

stage();
beforeAll(fillOffices);

describe.each(Object.entries(pages))('%s', (_, page) => {
	test('escapes what people wrote, has one title, no id twice, and every reference leads somewhere', async () => {
		const html = await page();
		expect(html).not.toContain('<img src=x');
		expect(html).not.toMatch(/\sstyle=|<script|\son\w+=|javascript:/);
		expect(html).not.toMatch(/undefined|\[object|territory\.[a-z_]+/);
		expect(html.match(/<h1/g)).toHaveLength(1);
		const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
		expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
		const wanted = [...html.matchAll(/\s(?:aria-describedby|aria-labelledby|for)="([^"]+)"/g)].flatMap(
			([, list = '']) => list.split(' '),
		);
		expect(wanted.filter((id) => !ids.includes(id))).toEqual([]);
		const anchors = [...html.matchAll(/class="errors">([\s\S]*?)<\/ul>/g)].flatMap(([, list = '']) =>
			[...list.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id),
		);
		expect(anchors.filter((id) => !ids.includes(id))).toEqual([]);
		for (const [form] of html.matchAll(/<form method="post"[\s\S]*?<\/form>/g))
			expect(form).toContain('name="_key"');
	});
});
