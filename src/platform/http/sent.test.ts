import { describe, expect, test } from 'vitest';
import { hasWords, sentWith } from './sent.ts';

type Part = string | File;

/** Bytes of the last form that were asked for. */
let at = 0;

/** A form as it arrives, cut in pieces of this many bytes. */
async function arriving(fields: [string, Part][], piece: number, cut = Number.POSITIVE_INFINITY) {
	const form = new FormData();
	for (const [name, value] of fields) form.append(name, value);
	const made = new Response(form);
	const whole = new Uint8Array(await made.arrayBuffer()).subarray(0, cut);
	at = 0;
	const body = new ReadableStream<Uint8Array>({
		pull(controller) {
			if (at >= whole.length) return controller.close();
			controller.enqueue(whole.subarray(at, at + piece));
			at += piece;
		},
	});
	const headers = { 'content-type': made.headers.get('content-type')! };
	return new Request('http://coopol.test/', { method: 'POST', body, headers, duplex: 'half' } as RequestInit);
}
const read = async (request: Request) => {
	const sent = await sentWith({ request, locals: {} as never });
	return sent && [...(await new Response(sent.body, { headers: { 'content-type': sent.type } }).formData())];
};
const photo = (bytes: number) =>
	new File([Buffer.alloc(bytes, '\r\n--')], 'marché "1".png', { type: 'image/png' });
const typed: [string, Part][] = [
	['text', 'Une « longue » histoire\r\n\r\n--fin--'],
	['photos[]', photo(3_000_000)],
	['descriptions[]', ''],
	['photos[]', photo(0)],
	['descriptions[]', 'Le stand'],
];
const texts = typed.filter(([, value]) => typeof value === 'string');

describe('the words of a form that is refused at the door', () => {
	test.each([65_536, 1000, 7])('are read whatever its photos weigh, in pieces of %i bytes', async (piece) => {
		const light = typed.map(([name, value]): [string, Part] => [
			name,
			typeof value === 'string' ? value : photo(piece < 100 ? 3000 : value.size),
		]);
		expect(await read(await arriving(light, piece))).toEqual(texts);
	});

	test('are those that arrived, when the way was cut in a photo', async () => {
		expect(await read(await arriving(typed, 10_000, 200_000))).toEqual(texts.slice(0, 1));
	});

	test('are read to the end even when there are too many: a body let go half way takes the answer with it', async () => {
		const request = await arriving(
			[
				['text', 'a'.repeat(1_100_000)],
				['more', 'b'.repeat(500_000)],
			],
			65_536,
		);
		expect(await read(request)).toBeNull();
		expect(at).toBeGreaterThan(1_600_000);
	});

	test('are not looked for in what is no form', async () => {
		for (const [type, body] of [
			['text/plain', 'text=a'],
			['multipart/form-data', 'text=a'],
			['multipart/form-data; boundary=b', 'no such mark'],
		] as const)
			expect(
				await read(
					new Request('http://coopol.test/', { method: 'POST', body, headers: { 'content-type': type } }),
				),
			).toBeNull();
		expect(await read(new Request('http://coopol.test/'))).toBeNull();
	});

	test('are told from what the page sends of itself, and from secrets', async () => {
		const says = async (fields: Record<string, string>) =>
			hasWords(
				(await sentWith({ request: await arriving(Object.entries(fields), 50), locals: {} as never }))!,
			);
		expect(await says({ text: 'Bonjour' })).toBe(true);
		expect(await says({ audience: 'me', _key: 'abc', password: 'un mot de passe' })).toBe(false);
	});
});
