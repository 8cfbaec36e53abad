import { expect, test } from 'vitest';
import { desktop, leave, phone, someone, story } from './person.ts';

story();

const looks = [phone, desktop].flatMap((size) =>
	(['light', 'dark'] as const).map((mode) => ({ ...size, mode })),
);

test.each(looks)(
	'every component at $width px, $mode: nothing for axe, nothing too wide at 150 %',
	async ({ mode, ...size }) => {
		const person = await someone({ ...size, script: true });
		await person.chooses({ mode, text: '150' });
		await person.open('/ui');
		expect(await person.page.locator('html').getAttribute('data-mode')).toBe(mode);
		expect(await person.page.locator('html').getAttribute('data-text')).toBe('150');
		expect(await leave(person)).toEqual([]);
	},
);
