import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cpuTime } from '#tests/cpu.ts';
import { detectPersonal } from './personal.ts';

const kinds = (text: string) => detectPersonal(text).map(({ kind }) => kind);

describe('private details pasted in a text', () => {
	it.each([
		'06 12 34 56 78',
		'0612345678',
		'06.12.34.56.78',
		'06-12-34-56-78',
		'06\u202F12\u202F34\u202F56\u202F78',
		'+33 6 12 34 56 78',
		'+33 (0)6 12 34 56 78',
		'0033612345678',
		'+262 692 12 34 56',
		'+41 79 123 45 67',
		'Appelle-moi au 01/23/45/67/89 !',
		'(06 12 34 56 78)',
	])('phone: %s', (text) => expect(kinds(text)).toEqual(['phone']));

	it.each(['a.b@exemple.fr', 'écris à zoé@maison.example,', '<o.brien+x@mail.co.uk>', 'mailto:a@b.org'])(
		'e-mail: %s',
		(text) => expect(kinds(text)).toEqual(['email']),
	);

	it.each([
		'12 rue de la République',
		'au 3 bis, avenue Jean-Jaurès 69007 Lyon',
		'10, place du Marché',
		'7 impasse des Lilas',
		'221 Chemin des Dames',
		'4 allée des Tilleuls',
		'18 bd Voltaire',
	])('address: %s', (text) => expect(kinds(text)).toEqual(['address']));

	it.each([
		'Réunion le 12/06/2026 à 20 h',
		'1 234 567 890 habitants',
		'SIREN 123 456 789',
		'https://a.fr/0612345678/x',
		'75011 Paris',
		'le 06 12 34 56',
		'ref. 0612 3456 7890 1',
		'article 49 alinéa 3',
		'@[Zoé](person:0198c0de-0000-7000-8000-000000000001)',
		'3,14159265358',
		'suivez-moi @zoe',
		'IBAN FR76 3000',
		'2026-11-22',
		'12 places',
		'500 000 000 €',
	])('nothing private: %s', (text) => expect(kinds(text)).toEqual([]));

	it('says where, in reading order', () => {
		const text = 'Zoé, 12 rue des Lilas, 06 12 34 56 78, zoe@ex.fr';
		const found = detectPersonal(text);
		expect(found.map(({ kind }) => kind)).toEqual(['address', 'phone', 'email']);
		for (const one of found) expect(text.slice(one.at, one.at + one.found.length)).toBe(one.found);
	});

	it('answers within 50 ms on any text', () => {
		const pieces = fc.constantFrom('06', ' ', '.', '@', 'a', '1 rue ', '+33', '-', 'é', '(0)', '/', '12 ');
		fc.assert(
			fc.property(pieces, pieces, pieces, (a, b, c) => {
				const began = cpuTime();
				detectPersonal((a + b + c).repeat(4_000).slice(0, 10_000));
				expect(cpuTime() - began).toBeLessThan(50);
			}),
		);
	});
});
