import { describe, expect, test } from 'vitest';
import { communeCode, constituencyCode } from './places.ts';
import { keysOf } from './stations.ts';

const code = (department: string, commune: string) => communeCode(department, commune)?.code ?? null;

describe('the commune of a station', () => {
	test.each([
		['01', '004', '01004'],
		['2A', '004', '2A004'],
		['2B', '2B033', '2B033'],
		['ZA', '101', '97101'],
		['ZB', '201', '97201'],
		['ZC', '301', '97301'],
		['ZD', '401', '97401'],
		['ZS', '501', '97501'],
		['ZM', '501', '97601'],
		['ZM', '601', '97601'],
		['976', '501', '97601'],
		['ZX', '701', '97701'],
		['ZX', '801', '97801'],
		['977', '801', '97801'],
		['ZW', '001', '98601'],
		['ZP', '011', '98711'],
		['ZP', '711', '98711'],
		['987', '011', '98711'],
		['ZN', '801', '98801'],
		['988', '818', '98818'],
		['971', '97101', '97101'],
		['ZA', 'ZA101', '97101'],
		['', 'ZN818', '98818'],
		['ZZ', '001', 'ZZ001'],
		['ZZ', 'ZZ231', 'ZZ231'],
		['75', '056', '75056'],
		['75', '75119', '75056'],
		['69', '383', '69123'],
		['13', '13215', '13055'],
	])('%s %s is %s', (department, commune, expected) => expect(code(department, commune)).toBe(expected));

	test('zeros lost are put back where there is one way', () => {
		expect(communeCode('1', '1004')).toEqual({ code: '01004', isMended: true });
		expect(communeCode('1', '4')).toEqual({ code: '01004', isMended: true });
		expect(communeCode('01', '01004')).toEqual({ code: '01004', isMended: false });
	});

	test('and refused where the department contradicts, or nothing tells', () => {
		expect(code('10', '1004')).toBeNull();
		expect(code('02', '01004')).toBeNull();
		expect(code('ZA', '97201')).toBeNull();
		expect(code('', '004')).toBeNull();
		expect(code('2', 'A004')).toBeNull();
		expect(code('01', '1,5')).toBeNull();
	});

	test('constituencies are the same in 2022 and 2024', () => {
		const pairs = [
			['01', '01', '1', '101'],
			['75', '18', '75', '7518'],
			['2A', '02', '2A', '2A02'],
			['ZA', '03', '971', '97103'],
			['ZX', '01', 'ZX', 'ZX01'],
			['ZZ', '11', 'ZZ', 'ZZ11'],
		] as const;
		for (const [a, b, c, d] of pairs) expect(constituencyCode(a, b)?.code).toBe(constituencyCode(c, d)?.code);
		expect(constituencyCode('1', '201')).toBeNull();
	});
});

describe('the number of a station', () => {
	const keys = (...numbers: string[]) =>
		keysOf(numbers.map((number) => ({ commune: '14118', number, isMended: false })));

	test('is padded when it is all digits, and kept as it is otherwise', () => {
		const { keys: found } = keys('0001', '01.1', '0A01', 'BV01', 'JUS1', '01.10');
		expect(found.map((key) => key.split('_')[1])).toEqual(['0001', '01.1', '0A01', 'BV01', 'JUS1', '01.10']);
	});

	test('"1.1" and "A01" get their zero back in a file that lost its zeros, never in another', () => {
		expect(keys('1', '1.1', 'A01').keys).toEqual(['14118_0001', '14118_01.1', '14118_0A01']);
		expect(keys('0001', '1.1', 'A01').keys).toEqual(['14118_0001', '14118_1.1', '14118_A01']);
	});

	test('a zero that could make two stations one is left out, and said', () => {
		const { keys: found, remarks } = keys('1', 'A01', '0A01');
		expect(found).toEqual(['14118_0001', '14118_A01', '14118_0A01']);
		expect(remarks).toContainEqual({
			key: 'electoral-map.remark_zeros_unclear',
			args: { count: 1, example: '14118_A01' },
		});
	});
});
