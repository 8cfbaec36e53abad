import fc from 'fast-check';

/** Texts that broke programs before ours. */
const known = [
	'', ' ', '\0', 'a\0b', '\t\r\n', '\uFEFF', '\u202Egnp.exe', '\u2066\u2069\u200F', '\u0007\u001b[31m', '\uD800', 'a\uDFFFb', '\uFFFF', 'Z\u0351\u0348\u0353'.repeat(80),
	'👩‍👩‍👧‍👦'.repeat(200), 'ﷺ'.repeat(400), 'İıſK', '１２３', '٠١٢', 'paypаl',
	'0', '-0', '-1', '1.5', '1e309', 'NaN', 'Infinity', '0x10', '1_000', '2147483648', '-2147483649', '9223372036854775808', '9'.repeat(400), '1e-400',
	'true', 'null', 'undefined', '[object Object]', '[]', '{}', '{"a":', '"', '__proto__', 'constructor', 'toString', 'hasOwnProperty',
	'2026-02-30', '2026-13-45T99:99', '0000-00-00', '-271821-04-20', '+275760-09-13T00:00:00.001Z', '9999999-01-01', 'infinity', '24:00', '1969-12-31',
	'../../etc/passwd', '..\\..\\x', '/etc/passwd%00.png', 'C:\\con', '%', '%00', '%zz', '%s%n%x', '${7*7}', '{{7*7}}', '{n, plural, other{', '$1', '\\', "'", "';--", "' or 1=1--", '"><b>', '<script>alert(1)</script>', ']]>', '&#0;',
	'javascript:alert(1)', 'data:text/html,x', 'http://169.254.169.254/', 'http://[::1', 'https://a@b:99999/', '//elsewhere.example', '/\\elsewhere.example', 'mailto:x',
	'@', 'a@b', 'a@b@c.d', `${'a'.repeat(300)}@rive.example`, '"a b"@rive.example', 'x@xn--.example', 'odile@rive.example\r\nbcc: x@y.z', 'ODILE@RIVE.EXAMPLE',
	'00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff', '00000000-0000-7000-8000-00000000000G', 'unit:', 'unit:x', 'unit:00000000-0000-7000-8000-000000000001',
	'a\r\nset-cookie: coopol=x', '=1+1', '+33 6 39 98 12 34', '*'.repeat(3000), '['.repeat(5000), '> '.repeat(2000), '`'.repeat(999), '@[x](y)', '![x](javascript:y)', '[a]: b\n'.repeat(500),
];

/** A text nobody wants, kept as how to make it: a megabyte is made when it leaves. */
export type Nasty = string | { times: number; of: string };

export const textOf = (nasty: Nasty): string => (typeof nasty === 'string' ? nasty : nasty.of.repeat(nasty.times));

const long = fc.record({ times: fc.constantFrom(101, 300, 2001, 10_001, 66_000), of: fc.constantFrom('x', 'é', '😀', ' ', '\n', '1', '<', 'ab ') });
const huge = fc.record({ times: fc.constant(250_000), of: fc.constantFrom('abcd', 'é1', '😀', '\0\0\0\0', '[[[[', '**a ', '\n\n> ') });

/** Texts, most of them known to hurt, some made by chance, few of them large. */
export const nasty: fc.Arbitrary<Nasty> = fc.oneof(
	{ weight: 60, arbitrary: fc.constantFrom(...known) },
	{ weight: 20, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
	{ weight: 8, arbitrary: fc.uuid() },
	{ weight: 8, arbitrary: long },
	{ weight: 1, arbitrary: huge },
);

const spelled = (byte: number) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;

/** Percent-encodes any text, what no page could send included. */
export const escaped = (text: string) => [...Buffer.from(text)].map((byte) => (/[\w.-]/.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : spelled(byte))).join('');

/** Pieces of an address that are wrong before anybody reads them. */
export const crooked = ['%', '%zz', '%E0%A4', '%ED%A0%80', '%C0%AF', '%2e%2e%2f', '%2F', '%5C', '%00', '%0d%0aset-cookie:x', '%u0041', ';', '+', '..', '.', '~', '%F0%9F%98%80', '__data.json', '(network)', '[id=id]'];
