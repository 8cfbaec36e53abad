import { describe, expect, test } from 'vitest';
import { readEndDate, readPastDate } from './dates.ts';
import { readEmail } from './email.ts';
import { foldHeader } from './fold.ts';
import { readFullName, readName } from './names.ts';
import { readPhone } from './phone.ts';
import { readCommuneCode, readPostcode, readWebsite } from './places.ts';
import { readNumberText, readText } from './reading.ts';
import { recognise } from './recognise.ts';
import { tallyValues } from './values.ts';

const today = '2026-11-22';
const guess = (header: string, values: string[] = []) =>
	recognise(
		'members',
		[header],
		values.map((value) => [value]),
	)[0]!;

describe('what spreadsheets do to numbers', () => {
	test.each([
		['1004.0', '01004'],
		['1004,00', '01004'],
		['75056.0', '75056'],
	])('commune %s is %s, not another commune', (written, code) =>
		expect(readCommuneCode(written)).toEqual({ value: code }),
	);
	test.each([
		['612345678.0', '+33612345678'],
		['33612345678,0', '+33612345678'],
		['01.99.00.12.00', '+33199001200'],
	])('phone %s is %s', (written, number) => expect(readPhone(written)).toEqual({ value: number }));
	test.each([
		['42.0', '42'],
		['00042', '00042'],
		["'00042", '00042'],
		['4,2', '4,2'],
		['000', '000'],
		['1E5', '1E5'],
		['12 34', '12 34'],
	])('member number %s is %s', (written, number) =>
		expect(readNumberText(written)).toEqual({ value: number }),
	);
	test.each(['1E+05', '6,12E+08', '6.12e+08'])('%s lost its end: nobody guesses it', (written) =>
		expect(readNumberText(written)).toEqual({
			value: null,
			problem: { code: 'number_spoilt', fix: null, otherwise: 'without' },
		}),
	);
	test.each(['#N/A', '#REF!', 'NC', 'n/a', '-', 'néant', 'NULL'])('%s says nothing', (written) => {
		expect(readNumberText(written)).toEqual({ value: null });
		expect(readText(written)).toEqual({ value: null });
	});
});

describe('a day with two figures for its year', () => {
	test.each([
		['12/03/69', '1969-03-12'],
		['01/05/45', '1945-05-01'],
		['12/03/70', '1970-03-12'],
		['31/12/99', '1999-12-31'],
		['12/03/19', '2019-03-12'],
	])('who joined on %s joined on %s', (written, day) =>
		expect(readPastDate(written, today)).toEqual({ value: day }),
	);
	test('a year soon to come is asked about rather than put a century back', () =>
		expect(readPastDate('12/03/27', today)).toEqual({
			value: '2027-03-12',
			problem: { code: 'date_future', fix: null, otherwise: 'as_written' },
		}));
	test('an end in years to come stays there', () => {
		expect(readEndDate('31/12/31')).toEqual({ value: '2031-12-31' });
		expect(readEndDate('31/12/69')).toEqual({ value: '2069-12-31' });
	});
	test('today is past, tomorrow is not', () => {
		expect(readPastDate('22/11/2026', today)).toEqual({ value: today });
		expect(readPastDate('23/11/2026', today).problem?.code).toBe('date_future');
	});
	test.each(['00/00/0000', '0000-00-00', '0', '--'])('%s is no day at all', (written) =>
		expect(readEndDate(written)).toEqual({ value: null }),
	);
	test.each(['29/02/2023', '32/01/2020', '13/2019', '2019-02-30', '31/06/2027'])(
		'%s is on no calendar',
		(written) =>
			expect(readEndDate(written)).toMatchObject({ value: null, problem: { code: 'date_impossible' } }),
	);
	test.each(['12/3', '12 mars', '99999', '12/03/20199', '12 brumaire 2019', 'bientôt'])(
		'%s is not guessed',
		(written) =>
			expect(readPastDate(written, today)).toMatchObject({ value: null, problem: { code: 'date_format' } }),
	);
});

describe('a civility in a name', () => {
	test.each([
		['Mme Sauvelac', 'Sauvelac'],
		['M. SAUVELAC', 'Sauvelac'],
		['Mr. de Sauvelac', 'de Sauvelac'],
		['mademoiselle sauvelac', 'Sauvelac'],
		['MADAME', 'Madame'],
		['Mlleret', 'Mlleret'],
		['Marie', 'Marie'],
	])('%s is the name %s', (written, name) => expect(readName(written)).toEqual({ value: name }));
	test('is never a first name', () => {
		expect(readFullName('Mme Anne').value).toBeNull();
		expect(readFullName('Monsieur DUPUY Paul')).toEqual({
			value: { familyName: 'Dupuy', givenName: 'Paul' },
		});
		expect(readFullName('DUPUY, Mme Paule')).toEqual({ value: { familyName: 'Dupuy', givenName: 'Paule' } });
	});
});

describe('a name from elsewhere', () => {
	test('capitals with a dot above become plain letters', () => {
		const { value } = readName('ÇELİK');
		expect(value).toBe('Çelik');
		expect([...value!]).toHaveLength(5);
	});
	test.each([
		['NGUYỄN', 'Nguyễn'],
		['ΣΊΣΥΦΟΣ', 'Σίσυφος'],
		["M'BAPPÉ", "M'Bappé"],
		['VON TRAPP', 'von Trapp'],
		['LOPEZ Y GARCIA', 'Lopez y Garcia'],
		['عمر', 'عمر'],
	])('%s is %s', (written, name) => expect(readName(written)).toEqual({ value: name }));
	test('two first names after a comma stay first names', () =>
		expect(readFullName('Dupuy, Jean, Marie')).toEqual({
			value: { familyName: 'Dupuy', givenName: 'Jean Marie' },
		}));
	test.each(['Jean-Marie 2', 'Dupuy*', 'a@b.example', '<b>Dupuy</b>', '{friend_many}', '=Dupuy'])(
		'%s is not a name',
		(written) => expect(readName(written)).toMatchObject({ problem: { otherwise: 'refused' } }),
	);
	test('signs that turn the text around or hide are gone', () =>
		expect(readName('Du\u202epuy\u200b\u0000')).toEqual({ value: 'Dupuy' }));
});

describe('an address with letters that pass for others', () => {
	test('wide letters are offered as plain ones', () => {
		const { problem } = readEmail('ｊean@gmail.com');
		expect(problem).toMatchObject({ code: 'email_typo', fix: 'jean@gmail.com' });
	});
	test('a foreign letter is asked about; we offer nothing rather than the same again', () => {
		const { problem } = readEmail('j\u0435an@gmail.com');
		expect(problem).toEqual({ code: 'email_typo', fix: null, otherwise: 'as_written' });
	});
	test.each([
		'a@b.fr, c@d.fr',
		'jean@[1.2.3.4]',
		'jean@1.2.3.4',
		'jean@-x.fr',
		'jean@gmail.com\nbcc:x@y.fr',
		'"jean d"@x.fr',
	])('%j is no address, and nothing is guessed', (written) =>
		expect(readEmail(written)).toEqual({
			value: null,
			problem: { code: 'email_format', fix: null, otherwise: 'without' },
		}),
	);
	test('somebody’s own domain is left alone, however close to a provider’s', () => {
		for (const own of ['jo@yahoo.com.br', 'jo@mail.gmail.com', 'jo@gmx.de', 'jo@mairie-sfr.example'])
			expect(readEmail(own)).toEqual({ value: own });
	});
});

describe('places', () => {
	test.each([
		['75 001', '75001'],
		['75001,00', '75001'],
		['1000', '01000'],
		['97400', '97400'],
		['75001 PARIS CEDEX 01', '75001'],
	])('postcode %s is %s', (written, code) => expect(readPostcode(written)).toEqual({ value: code }));
	test.each(['00000', '123', '750010', 'B-1000', '2A000'])(
		'postcode %s is asked about, not bent',
		(written) =>
			expect(readPostcode(written)).toEqual({
				value: null,
				problem: { code: 'postcode_format', fix: null, otherwise: 'without' },
			}),
	);
	test.each([
		'javascript:alert(1)',
		'jAvAsCrIpT:x',
		'data:text/html,x',
		'ftp://x.example',
		'//x.example',
		'https://x.example/a b',
		'localhost',
	])('%s is no site to lead people to', (written) =>
		expect(readWebsite(written)).toMatchObject({ value: null, problem: { code: 'website_format' } }),
	);
});

describe('columns under the names that exports give them', () => {
	test.each([
		['e_mail', 'email'],
		['E_MAIL', 'email'],
		['NUM_ADHERENT', 'numero adherent'],
		['NumAdherent', 'numero adherent'],
		['Prénom(s)', 'prenom'],
	])('%s reads as "%s"', (header, folded) => expect(foldHeader(header)).toBe(folded));
	test('an address under its database name is recognised for sure', () =>
		expect(guess('e_mail')).toMatchObject({ field: 'email', certainty: 'sure' }));
	test.each([
		['Date naiss.', 'birth'],
		['naiss', 'birth'],
		['Situation pro', 'profession'],
		['Situation professionnelle', 'profession'],
		['Carte bancaire', 'identity_number'],
		['N° CB', 'identity_number'],
		["Nom d'épouse", 'marital_status'],
		['Appellation', 'civility'],
		['Origine', 'nationality'],
	])('%s is never taken (%s)', (header, subject) =>
		expect(guess(header, ['12/03/2004', '01/02/2005'])).toMatchObject({
			field: null,
			reason: { code: 'forbidden', subject },
		}),
	);
	test.each(['Carte', 'Numéro de carte', 'Section pro', 'Renaissance'])('%s is not forbidden', (header) =>
		expect(guess(header).reason.code).not.toBe('forbidden'),
	);
	test('a column of birthdays under no name is left aside', () => {
		expect(guess('', ['12/03/1957', '01/02/1948'])).toMatchObject({
			field: null,
			reason: { code: 'looks_like_birth_date' },
		});
		expect(guess('Date', ['12/03/1957', '01/02/1948']).field).toBeNull();
		expect(guess('Date', ['12/03/2007', '01/02/2018']).field).toBe('memberSince');
	});
});

test('a column of free text is no list of choices: we stop at two hundred values and say so', () => {
	const tally = tallyValues();
	for (let n = 0; n < 200; n++) tally.add(`valeur ${n}`);
	expect(tally.list().tooMany).toBe(false);
	tally.add('VALEUR 7');
	expect(tally.list()).toMatchObject({ tooMany: false });
	expect(tally.list().values[0]).toMatchObject({ folded: 'valeur 7', lines: 2 });
	tally.add('une de trop');
	expect(tally.list().tooMany).toBe(true);
});
