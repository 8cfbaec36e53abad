import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readDate, readEndDate, readPastDate } from './dates.ts';
import { readEmail } from './email.ts';
import { readPhone } from './phone.ts';
import { readCommune, readCommuneCode, readCommunes, readPostcode, readWebsite } from './places.ts';

describe('an e-mail address', () => {
	test.each([
		'jo@courrier.example',
		'jo.p+a@ymail.com',
		"o'brien@mail.com",
		'jo@bbox.fr',
		'jo@live.be',
		'jo@mairie-villebrume.fr',
	])('%s is kept', (address) => expect(readEmail(address)).toEqual({ value: address }));
	test.each([
		['gerard@courrier,example', 'gerard@courrier.example'],
		['jo@gmial.com', 'jo@gmail.com'],
		['jo@gmail.con', 'jo@gmail.com'],
		['jo@gmail', 'jo@gmail.com'],
		['jo@gamil.com', 'jo@gmail.com'],
		['jo@wanado.fr', 'jo@wanadoo.fr'],
		['jo@hotmial.fr', 'jo@hotmail.fr'],
		['jo@orangefr', 'jo@orange.fr'],
		['jo @ orange.fr', 'jo@orange.fr'],
		['jo(at)free.fr', 'jo@free.fr'],
		['jo@@free.fr', 'jo@free.fr'],
		['jo.@free..fr.', 'jo@free.fr'],
		['josé@free.fr', 'jose@free.fr'],
	])('%s: did you mean %s?', (written, fix) => {
		expect(readEmail(written).problem?.fix).toBe(fix);
		expect(readEmail(fix)).toEqual({ value: fix });
	});
	test.each(['mailto:Jo@Free.fr', 'Jo P <jo@free.fr>', ' JO@FREE.FR '])('%s needs no question', (written) =>
		expect(readEmail(written)).toEqual({ value: 'jo@free.fr' }),
	);
	test.each(['jo', 'jo@', '@free.fr', 'a@b@c.fr'])('%s has no correction', (written) =>
		expect(readEmail(written)).toEqual({
			value: null,
			problem: { code: 'email_format', fix: null, otherwise: 'without' },
		}),
	);
	test.each(['', '-', 'néant', 'N/A', '#REF!'])('%j is none', (written) =>
		expect(readEmail(written)).toEqual({ value: null }),
	);
});

describe('a telephone number', () => {
	test.each([
		['06 39 98 00 00', '+33639980000'],
		['0612345678', '+33612345678'],
		['612345678', '+33612345678'],
		['01.99.00.12.34', '+33199001234'],
		['+33 (0)6 12 34 56 78', '+33612345678'],
		['0033612345678', '+33612345678'],
		['33612345678', '+33612345678'],
		["'+33612345678", '+33612345678'],
		['0690 12 34 56', '+590690123456'],
		['+33 690 12 34 56', '+590690123456'],
		['0596 12 34 56', '+596596123456'],
		['0594123456', '+594594123456'],
		['0692123456', '+262692123456'],
		['0639 12 34 56', '+262639123456'],
		['0508 41 23 45', '+508412345'],
		['+687 12 34 56', '+687123456'],
		['+32 470 12 34 56', '+32470123456'],
		['01 99 00 12 34 / 06 39 98 00 00', '+33639980000'],
		['Tél : 06 39 98 00 00', '+33639980000'],
	])('%s is %s', (written, number) => expect(readPhone(written)).toEqual({ value: number }));
	test.each([
		['12', 'phone_format'],
		['0836656565', 'phone_special'],
		['6,12E+08', 'number_spoilt'],
		['sur liste rouge', 'phone_format'],
		['0000000000', 'phone_format'],
	])('%s is not one', (written, code) =>
		expect(readPhone(written)).toMatchObject({ value: null, problem: { code } }),
	);
});

describe('a date', () => {
	test.each([
		['12/03/2019', '2019-03-12'],
		['1.3.2019', '2019-03-01'],
		['12-03-19', '2019-03-12'],
		['03-2021', '2021-03-01'],
		['2021-03', '2021-03-01'],
		['2019-03-12T10:00:00Z', '2019-03-12'],
		['12/03/2019 14:30', '2019-03-12'],
		['20190312', '2019-03-12'],
		['43536', '2019-03-12'],
		['1er mars 2019', '2019-03-01'],
		['12 févr. 2019', '2019-02-12'],
		['March 12, 2019', '2019-03-12'],
		['mars 2021', '2021-03-01'],
		['2019', '2019-01-01'],
		['29/02/2024', '2024-02-29'],
	])('%s is %s', (written, date) => expect(readPastDate(written, '2026-11-22')).toEqual({ value: date }));
	test('a month or a year alone ends on its last day', () => {
		expect(readEndDate('02/2024').value).toBe('2024-02-29');
		expect(readEndDate('2025').value).toBe('2025-12-31');
		expect(readEndDate('31/12/2027').value).toBe('2027-12-31');
	});
	test.each([
		['31/02/2019', 'date_impossible', null],
		['03/25/2019', 'date_order', '25/03/2019'],
		['hier', 'date_format', null],
		['12/03/2031', 'date_future', null],
		['12/03/1019', 'date_too_old', null],
	])('%s is asked about', (written, code, fix) => {
		expect(readPastDate(written, '2026-11-22').problem).toMatchObject({ code, fix });
	});
	test('every day since 1900 is read in every writing', () => {
		const days = fc.date({ min: new Date('1955-01-01'), max: new Date('2060-01-01'), noInvalidDate: true });
		fc.assert(
			fc.property(days, (date) => {
				const iso = date.toISOString().slice(0, 10);
				const [year, month, day] = iso.split('-');
				const serial = String(Math.floor(date.getTime() / 86_400_000) + 25_569);
				for (const text of [iso, `${day}/${month}/${year}`, `${year}${month}${day}`, serial]) {
					expect([text, readDate(text, 'start').value]).toEqual([text, iso]);
				}
			}),
		);
	});
});

describe('a place', () => {
	test.each([
		['07 999', '07999'],
		['7999', '07999'],
		['F-07999', '07999'],
		['07999 Villebrume', '07999'],
		['75116', '75116'],
	])('postcode %s is %s', (written, postcode) => expect(readPostcode(written)).toEqual({ value: postcode }));
	test('a letter passing for a digit is corrected', () =>
		expect(readPostcode('O7999').problem?.fix).toBe('07999'));
	test('foreign postcodes are asked about', () =>
		expect(readPostcode('SW1A 1AA').problem?.code).toBe('postcode_format'));
	test('codes and names of communes', () => {
		expect(['1004', '2a004', 'X01001', '75 056'].map((code) => readCommuneCode(code).value)).toEqual([
			'01004',
			'2A004',
			'X01001',
			'75056',
		]);
		expect(
			['VILLEBRUME CEDEX 3', '07999 Villebrume', 'Villebrume (07)'].map((name) => readCommune(name).value),
		).toEqual(['VILLEBRUME', 'Villebrume', 'Villebrume']);
		expect(readCommunes("X01001, Pont-Sarvan ; Val d'Orsande\nX01001").value).toEqual([
			'X01001',
			'Pont-Sarvan',
			"Val d'Orsande",
		]);
	});
	test('web sites', () => {
		expect(readWebsite('villebrume.example/a').value).toBe('https://villebrume.example/a');
		expect(readWebsite('javascript:alert(1)').problem?.code).toBe('website_format');
		expect(readWebsite('https://x@y.example').problem?.code).toBe('website_format');
	});
});
