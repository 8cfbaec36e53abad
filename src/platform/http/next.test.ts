import { expect, test } from 'vitest';
import { ownPath } from './next.ts';

test('a link that leads elsewhere leads home instead', () => {
	for (const next of [
		'//evil.example',
		'/\\evil.example',
		'https://evil.example',
		'javascript:alert(1)',
		'/\t/evil.example',
		'/%0d',
		'',
		null,
		'\\/x',
	]) {
		expect(['/', '/%0d']).toContain(ownPath(next));
	}
});

test('a path of the site is kept with its query', () => {
	expect(ownPath('/fil?vue=section')).toBe('/fil?vue=section');
});
