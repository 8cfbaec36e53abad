import { describe, expect, it } from 'vitest';
import { oneAddress } from './address.ts';

describe('exactly one address', () => {
	it.each([
		["o'brien+x@mail.example.co.uk", "o'brien+x@mail.example.co.uk"],
		['Zoe.B@Exemple.FR', 'Zoe.B@exemple.fr'],
		['a@élysée.fr', 'a@xn--lyse-9oad.fr'],
	])('%s', (raw, clean) => expect(oneAddress(raw)).toBe(clean));

	it.each([
		'',
		'zoe',
		'@a.fr',
		'zoe@',
		'a@b.fr,c@d.fr',
		'a@b.fr, c@d.fr',
		'a@b.fr;c@d.fr',
		'a@b.fr c@d.fr',
		'a@b.fr\nc@d.fr',
		'a@b.fr\r\nBcc: c@d.fr',
		'a@b.fr\n',
		' a@b.fr',
		'<a@b.fr>',
		'Zoé <a@b.fr>',
		'"a@c.fr,"@b.fr',
		'"a b"@b.fr',
		'a(x)@b.fr',
		'a@b.fr(x)',
		'a@[127.0.0.1]',
		'a@localhost',
		'a@b..fr',
		'.a@b.fr',
		'a.@b.fr',
		'a..b@b.fr',
		'a@-b.fr',
		'a@b.fr-',
		'a@b.1',
		'a@127.0.0.1',
		'a@b.fr/x',
		'a@b.fr?x',
		'a@b.fr#x',
		'a@b.fr:25',
		'a@b\\.fr',
		'a%b@c@d.fr,',
		'é@b.fr',
		'a@b.fr\0',
		'a@b%2efr',
		'x:a@b.fr',
		`${'a'.repeat(65)}@b.fr`,
		`a@${'b'.repeat(64)}.fr`,
		`a@${'b.'.repeat(130)}fr`,
		`${'a'.repeat(60)}@${'b.'.repeat(98)}fr`,
		'undisclosed-recipients:;',
	])('%.40j is not', (raw) =>
		expect(() => oneAddress(raw)).toThrow(expect.objectContaining({ code: 'bad_address' })),
	);
});
