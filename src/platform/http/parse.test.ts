import * as v from 'valibot';
import { expect, test } from 'vitest';
import { faults } from '#tests/traces.ts';
import { parse } from './parse.ts';

const Form = v.object({
	name: v.pipe(
		v.string('test.name_needed'),
		v.trim(),
		v.minLength(2, 'test.name_short'),
		v.regex(/^\p{L}/u, 'test.name_letter'),
	),
	rows: v.optional(v.array(v.object({ day: v.pipe(v.string(), v.isoDate('test.day_shape')) })), []),
	age: v.optional(v.number()),
});

test('what is well written comes out tidied', () => {
	expect(parse(Form, { name: ' Odile ', rows: [{ day: '2026-12-31' }], sent_besides: 'x' })).toEqual({
		name: 'Odile',
		rows: [{ day: '2026-12-31' }],
	});
});

test('a field has one problem at a time, the first; each field has its own', () => {
	expect(faults(Form, { name: '', rows: [{ day: 'demain' }] })).toEqual([
		'name test.name_short',
		'rows.0.day test.day_shape',
	]);
});

test('a field that was not sent at all is asked for by its own sentence', () => {
	expect(faults(Form, {})).toEqual(['name test.name_needed']);
});

test('a problem that has no sentence of ours says that the value is not right, and never a word of the library', () => {
	expect(faults(Form, { name: 'Odile', age: 'seventy' })).toEqual(['age app.invalid_value']);
	expect(faults(Form, ['a text'])).toEqual(['name test.name_needed']);
	expect(() => parse(Form, null)).toThrow('Invalid');
});

test('names that are no field of the form fill nothing and break nothing', () => {
	const sent = JSON.parse('{"name":"Odile","__proto__":{"age":7},"constructor":"x"}');
	expect(parse(Form, sent)).toEqual({ name: 'Odile', rows: [] });
});
