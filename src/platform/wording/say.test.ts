import { expect, test } from 'vitest';
import { cpuTime } from '#tests/cpu.ts';
import type { Catalogues } from './catalogues.ts';
import { type House, lexicons, wording } from './index.ts';

const person = {
	fr: {
		one_m: 'voisin',
		one_f: 'voisine',
		one_n: '',
		many_m: 'voisins',
		many_f: 'voisines',
		many_n: '',
		gender: 'n',
	},
	en: { one: 'neighbour', many: 'neighbours' },
} as const;
const house: House = {
	name: "L'Essai",
	language: 'fr',
	address: 'tu',
	inclusive: 'epicene',
	lexicon: { friend: person },
};
const catalogues: Catalogues = {
	fr: {
		't.plain': "C'est noté !",
		't.friends':
			"{Friend_many} : {n, plural, =0 {personne} one {# présence} other {# présences}} aujourd'hui ?",
		't.hello': "Bonjour {name} ! L'équipe de l'{place}.",
		't.when': 'Rappel {at, date, long} à {at, time} ({at, date, ago})',
		't.far': 'À {n} km, {n, plural, one {tout près} other {plus loin}}',
		't.from': 'De {from} à {to} : on attend l’accord de {to}, et que {name} le dise.',
		't.many': '{n, plural, one {un mot de {name}} other {# mots de {name}, grande {name}}}',
		't.house': 'Bienvenue à {house_name}',
		't.unlisted': 'Pour {member_my}',
		't.choice': "{kind, select, a {l'un ?} other {l'autre ?}}",
	},
	'fr-vous': { 't.plain': "C'est noté pour vous !" },
	en: { 't.plain': "It's noted !", 't.friends': '{n, plural, one {# friend} other {# friends}}' },
};
const say = (key: `t.${string}`, args = {}, change: Partial<House> = {}) =>
	wording({ ...house, ...change }, catalogues).say(key, args);

test('the organisation is followed: its address, its words, its language', () => {
	expect(say('t.plain')).toBe('C’est noté\u202f!');
	expect(say('t.plain', {}, { address: 'vous' })).toBe('C’est noté pour vous\u202f!');
	expect(say('t.plain', {}, { language: 'en' })).toBe("It's noted !");
	expect(say('t.friends', { n: 1234 })).toBe(
		'Voisins et voisines\u00a0: 1\u00a0234 présences aujourd’hui\u202f?',
	);
	expect(say('t.friends', { n: 0 }, { inclusive: 'middot' })).toContain('Voisin·es\u00a0: personne');
	expect(say('t.house')).toBe("Bienvenue à L'Essai");
	expect(say('t.unlisted')).toBe(`Pour mes ${lexicons.association.member?.fr.many_m}`);
});

test('a branch of a message is set too', () => {
	expect(say('t.choice', { kind: 'a' })).toBe('l’un\u202f?');
	expect(say('t.choice')).toBe('l’autre\u202f?');
});

test('what people write is neither read nor rewritten', () => {
	const name = "D'{n, plural} <b> ? a-tu 'x' ''";
	expect(say('t.hello', { name, place: 'an-là !' })).toBe(`Bonjour ${name}\u202f! L’équipe de l’an-là !.`);
});

test('numbers, dates and absences inside a message', () => {
	const at = new Date('2026-11-24T18:30:00Z');
	const text = say('t.when', { at, now: new Date('2026-11-24T19:00:00Z') });
	expect(text.replaceAll('\u00a0', ' ')).toBe('Rappel mardi 24 novembre à 19 h 30 (il y a 30 min)');
	expect(say('t.far', { n: 1500 })).toBe('À 1\u00a0500\u00a0km, plus loin');
	expect(say('t.hello', { name: null, place: 'x' })).toBe('Bonjour \u202f! L’équipe de l’x.');
	expect(say('t.hello', { place: 'x' })).toContain('{name}');
});

test('a name for screen readers has no middle dot', () => {
	const words = wording({ ...house, inclusive: 'middot' }, catalogues);
	expect(words.spoken('t.friends', { n: 2 })).toContain('Voisins et voisines');
});

test('a missing message falls back to French, then to its key', () => {
	expect(say('t.house', {}, { language: 'en' })).toContain('Bienvenue');
	expect(say('t.nothing')).toBe('t.nothing');
});

test('the noun of a level comes from data', () => {
	expect(wording(house, catalogues).noun(person, 'to')).toBe('au voisin ou à la voisine');
	expect(wording(house, catalogues, 'en').noun(person, 'a')).toBe('a neighbour');
});

test('saying a plain message costs less than a microsecond', () => {
	const words = wording(house, catalogues);
	let length = words.say('t.plain').length;
	const times = Array.from({ length: 5 }, () => {
		const start = cpuTime();
		for (let i = 0; i < 100_000; i++) length += words.say('t.plain').length;
		return (cpuTime() - start) / 100;
	});
	expect(length).toBeGreaterThan(0);
	expect(Math.min(...times)).toBeLessThan(1);
});

test('a name that begins by a vowel takes the one before it away, wherever it stands, and only in French', () => {
	expect(say('t.from', { from: 'Odile', to: 'Émile', name: 'Inès' })).toBe(
		'D’Odile à Émile\u00a0: on attend l’accord d’Émile, et qu’Inès le dise.',
	);
	expect(say('t.from', { from: 'Samuel', to: 'Yamina', name: 'Paulo' })).toBe(
		'De Samuel à Yamina\u00a0: on attend l’accord de Yamina, et que Paulo le dise.',
	);
	expect(say('t.many', { n: 1, name: 'Anaïs' })).toBe('un mot d’Anaïs');
	expect(say('t.many', { n: 2, name: 'Anaïs' })).toBe('2 mots d’Anaïs, grande Anaïs');
	expect(say('t.many', { n: 1, name: 'Hassan' })).toBe('un mot de Hassan');
	for (const name of ['Ouattara', 'Ouardène', 'Iannis', '« Odile »', '8', ''])
		expect(say('t.many', { n: 1, name })).toBe(`un mot de ${name}`);
	expect(say('t.many', { n: 1, name: 'Oudraine' })).toBe('un mot d’Oudraine');
	expect(say('t.many', { n: 1, name: 'Anaïs' }, { language: 'en' })).toBe('un mot de Anaïs');
});
