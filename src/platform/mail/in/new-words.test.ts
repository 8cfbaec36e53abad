import { describe, expect, test } from 'vitest';
import { newWords } from './new-words.ts';

const mine = 'D’accord pour samedi.\n\nJ’apporte les graines, et une bêche.';

describe('the new words of an answer', () => {
	test.each([
		[
			'marks',
			`${mine}\n\nLe lun. 30 nov. 2026 à 10:12, Odile <a@rive.example> a écrit :\n> Bonjour\n>\n> Qui vient ?`,
		],
		[
			'a broken line',
			`${mine}\n\nLe lun. 30 nov. 2026 à 10:12, Odile Fabrègat\n<a@rive.example> a écrit :\n\n> Bonjour`,
		],
		[
			'no mark, French',
			`${mine}\n\nDe : Odile <a@rive.example>\nEnvoyé : lundi\nÀ : moi\nObjet : [Jardins]\n\nBonjour, qui vient ?`,
		],
		['no mark, original', `${mine}\n\n-----Message d'origine-----\nDe : Odile\n\nBonjour`],
		['English', `${mine}\n\nOn Mon, Nov 30, 2026 at 10:12 AM Odile <a@rive.example> wrote:\n> Hello`],
		['a signature', `${mine}\n\n-- \nOdile\n06 12 34 56 78`],
		['a phone', `${mine}\n\nEnvoyé de mon iPhone`],
		['line ends of another kind', `${mine.replace(/\n/g, '\r\n')}\r\n\r\n-- \r\nOdile`],
	])('stay alone: %s', (_, text) => {
		expect(newWords(text)).toBe(mine);
	});

	test('written among the quotes, they are kept', () => {
		const text =
			'Le 30 nov. 2026, Odile <a@rive.example> a écrit :\n> Qui vient ?\n\nMoi.\n\n> Et la bêche ?\n\nJe l’ai.';
		const words = newWords(text);
		expect(words).toContain('Moi.');
		expect(words).toContain('Je l’ai.');
		expect(words).not.toContain('Qui vient');
		expect(words).not.toContain('a écrit');
	});

	test('when there are only quotes, nothing is left', () => {
		expect(newWords('> Bonjour\n> Qui vient ?\n')).toBe('');
		expect(newWords('Le lun. 30 nov. 2026 à 10:12, Odile <a@rive.example> a écrit :\n> Bonjour')).toBe('');
	});

	test('a list in the text and a word like “Le chat a écrit” in a sentence are not taken for a quote', () => {
		const text = 'Voici :\n- des tomates\n- du basilic\n\nLe journal de la ville a écrit hier un article.';
		expect(newWords(text)).toBe(text);
	});

	test('a text made to be searched for hours is done in a moment', () => {
		for (const trap of ['\nOp x', '\nabc. x skrev y', 'On a ', '\nDnia x', '\nLe a b']) {
			const text = trap.repeat(Math.floor(90_000 / trap.length));
			const from = performance.now();
			newWords(text);
			expect(performance.now() - from).toBeLessThan(3_000);
		}
	});
});
