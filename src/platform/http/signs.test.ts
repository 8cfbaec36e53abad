import type { Cookies } from '@sveltejs/kit';
import { describe, expect, test } from 'vitest';
import type { Viewer } from '../viewer.ts';
import { readFields } from './form.ts';
import { refuseUnwritable } from './signs.ts';

const cookies = (value: string) => ({ getAll: () => [{ name: 'note', value }] }) as unknown as Cookies;
const asked =
	(path: string, params = {}, cookie = '') =>
	() =>
		refuseUnwritable({ url: new URL(path, 'http://here.invalid'), params, cookies: cookies(cookie) });

describe('signs that no database keeps are refused at the door', () => {
	test('a plain address passes, whatever its letters', () => {
		expect(asked('/recherche?q=Fr%C3%A9d%C3%A9rique%20%F0%9F%91%A9', { id: 'é' }, 'à')).not.toThrow();
	});

	test('a NUL in the path is a page that does not exist; in the query or a cookie, a wrong value', () => {
		expect(asked('/x', { token: 'a\0' })).toThrow('NotFound');
		expect(asked('/x?q=a%00')).toThrow('Invalid');
		expect(asked('/x?%00=a')).toThrow('Invalid');
		expect(asked('/x', {}, 'a\0')).toThrow('Invalid');
		expect(asked('/x', {}, '\uD800')).toThrow('Invalid');
	});

	test('in a form, the field is told; a file named so is told too', async () => {
		const send = (name: string, value: string | File) => {
			const body = new FormData();
			body.set(name, value);
			return readFields(
				{ request: new Request('http://here.invalid', { method: 'POST', body }) } as never,
				{} as Viewer,
			);
		};
		await expect(send('name', 'Odile')).resolves.toEqual({ name: 'Odile' });
		await expect(send('name', 'Odile\0')).rejects.toMatchObject({
			name: 'Invalid',
			problems: [{ field: 'name', key: 'app.invalid_value' }],
		});
		await expect(send('_key', 'k\0')).rejects.toMatchObject({ name: 'Invalid' });
		await expect(send('na\0me', 'Odile')).rejects.toMatchObject({ name: 'Invalid' });
	});
});
