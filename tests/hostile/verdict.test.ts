import { expect, test } from 'vitest';
import { type Answer, faultsOf } from './verdict.ts';

const answer = (part: Partial<Answer>): Answer => ({
	status: 200,
	ms: 20,
	text: '<!doctype html><p>Bonjour</p>',
	...part,
});

test('a page, a refusal and a way elsewhere are what a standing house answers', () => {
	for (const status of [200, 204, 303, 400, 401, 403, 404, 405, 413, 422, 429])
		expect(faultsOf(answer({ status }), 2)).toEqual([]);
});

test('a handler that throws is seen by its status', () => {
	expect(faultsOf(answer({ status: 500 }), 2)).toEqual(['status 500']);
	expect(faultsOf(answer({ status: 503 }), 2)).toEqual(['status 503']);
});

test('a server that dies, or that takes its time, is seen', () => {
	expect(faultsOf(answer({ status: 0 }), 2)).toEqual(['no answer']);
	expect(faultsOf(answer({ ms: 2001 }), 2)).toEqual(['slow']);
});

test('what the program is made of is seen in a body', () => {
	const text = (words: string) => faultsOf(answer({ text: words }), 2);
	expect(text('Error: no\n    at load (file:///app/build/server/index.js:12:3)')).toEqual([
		'a stack trace',
		'a path of the program',
	]);
	expect(text('{"message":"insert into feed.post (id) values ($1)"}')).toEqual(['SQL']);
	expect(text('select person.id, person.name from people.person where')).toEqual(['SQL']);
	expect(text('invalid input syntax for type uuid: "x"')).toEqual(['words of the database']);
	expect(text('invalid byte sequence for encoding "UTF8": 0x00')).toEqual(['words of the database']);
});

test('what a person typed is not mistaken for the inside of the program', () => {
	const typed = "' or 1=1 -- select your section from the list, at noon 12:30:00";
	expect(faultsOf(answer({ status: 422, text: typed }), 2)).toEqual([]);
});
