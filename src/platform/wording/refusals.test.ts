import { expect, test } from 'vitest';
import { catalogueMessages } from './catalogues.ts';
import { readSources } from './scan.ts';

const refusing = /\b(?:v\.\w+|invalidField|conflict|forbidden|minLength|maxLength|nonEmpty)\(|\bkey: '/;

test('every sentence that refuses something is written: nobody reads a key instead', () => {
	const fr = catalogueMessages('fr');
	const domains = new Set(Object.keys(fr).map((key) => key.split('.')[0]));
	const missing = readSources().flatMap(({ path, text }) =>
		text
			.split('\n')
			.filter((line) => refusing.test(line))
			.flatMap((line) => [...line.matchAll(/'([a-z]+)\.[a-z_]+(?:\.[a-z_.]+)?'/g)])
			.filter(([key, domain]) => domains.has(domain) && !(key.slice(1, -1) in fr))
			.map(([key]) => `${path} ${key}`),
	);
	expect(missing).toEqual([]);
});
