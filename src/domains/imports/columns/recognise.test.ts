import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FileKind } from './fields.ts';
import { foldHeader } from './fold.ts';
import { checkMapping } from './mapping.ts';
import { recognise } from './recognise.ts';

function one(kind: FileKind, header: string, values: string[] = []) {
	const [guess] = recognise(
		kind,
		[header],
		values.map((value) => [value]),
	);
	return guess;
}

describe('the columns of a list of people', () => {
	test('the file of the mock-up is understood', () => {
		const header = ['NOM', 'PRENOM', 'courriel', 'Tel portable', 'CP', 'Date', 'Civilité'];
		const samples = [
			[
				'Pélissonne',
				'Josiane',
				'josiane.p@courrier.example',
				'06 39 98 00 00',
				'07 999',
				'12/03/2019',
				'Mme',
			],
			['Valmorin', 'Gérard', 'g.valmorin@courrier,example', '0639980001', '07999', '03-2021', 'M.'],
		];
		expect(recognise('members', header, samples).map(({ field, certainty }) => [field, certainty])).toEqual([
			['familyName', 'sure'],
			['givenName', 'sure'],
			['email', 'sure'],
			['phone', 'sure'],
			['postcode', 'sure'],
			['memberSince', 'check'],
			[null, 'ignored'],
		]);
	});

	const sure: [string, string][] = [
		['familyName', 'Nom de famille|NOM_USAGE|Last name|lastName|Nom d’usage|Surname'],
		['givenName', 'Prénom usuel|PRENOM(S)|First Name|prénom :'],
		['fullName', 'Nom et prénom|NOM PRENOM|Nom/Prénom|Full name'],
		[
			'email',
			'E-mail|e.mail|Mail|MAIL|Adresse e-mail|adresse mail|Courriel|Adresse électronique|emailAddress',
		],
		['phone', 'Tél.|Tél portable|Mobile|N° de téléphone|GSM|Phone number|Téléphone mobile'],
		['postcode', 'CP|C.P.|Code postal|CodePostal|CODE_POSTAL|ZIP code|Postcode'],
		['commune', 'Ville|Commune|City|VILLE DE RESIDENCE'],
		['communeCode', 'code INSEE|Code Insee commune|INSEE|code_commune'],
		[
			'memberNumber',
			'N° adhérent|Numéro d’adhérent·e|num_adherent|Matricule|Member ID|N°Adherent|Membership number',
		],
		['unit', 'Section|Fédération|Comité local|Branch|fédé'],
		['unitCode', 'Code section|N° section|code_fede'],
		['membershipType', "Type d'adhésion|Statut adhérent|Membership type"],
		['memberSince', "Date d'adhésion|DATE ADHESION|Adhérent(e) depuis|Member since|Join date"],
		['paidUntil', "À jour jusqu'au|A JOUR JUSQU’AU|Date d’échéance|Fin d'adhésion|Valid until"],
	];
	test.each(sure)('%s is recognised under its many names', (field, names) => {
		for (const name of names.split('|'))
			expect([name, one('members', name)]).toEqual([
				name,
				expect.objectContaining({ field, certainty: 'sure' }),
			]);
	});

	test.each(['Type', 'Statut', 'Identifiant', 'Nom de naissance'])(
		'%s is proposed, to be checked',
		(name) => {
			expect(one('members', name)).toMatchObject({
				certainty: 'check',
				reason: { code: 'header_ambiguous' },
			});
		},
	);

	test('without names, values speak', () => {
		const samples = [['a@b.example', '06 39 98 00 00', '12/03/2019', '07999', 'hum', '2A004', '12/03/1957']];
		const fields = recognise('members', Array(7).fill(''), samples).map(({ field, certainty }) => [
			field,
			certainty,
		]);
		expect(fields).toEqual([
			['email', 'check'],
			['phone', 'check'],
			['memberSince', 'check'],
			['postcode', 'check'],
			[null, 'ignored'],
			['communeCode', 'check'],
			[null, 'ignored'],
		]);
	});

	test('when the name and the values disagree, the person is asked', () => {
		expect(one('members', 'Courriel', ['oui', 'non'])).toMatchObject({
			certainty: 'check',
			reason: { code: 'content_differs' },
		});
		expect(one('members', 'Adresse', ['a@b.example'])).toMatchObject({ field: 'email', certainty: 'check' });
		expect(one('members', 'Téléphone', ['a@b.example'])).toMatchObject({
			field: 'email',
			certainty: 'check',
		});
	});

	test('two columns for one field: the better name wins, the other is left to decide', () => {
		const guesses = recognise('members', ['Fédération', 'Section', 'Email 2', 'Email'], []);
		expect(guesses.map(({ field }) => field)).toEqual([null, 'unit', null, 'email']);
		expect(guesses[0]?.reason).toEqual({ code: 'field_taken', field: 'unit', by: 1 });
	});
});

describe('what we never take', () => {
	const names =
		'Civilité|CIV.|Sexe|Titre|M./Mme|Situation maritale|Situation de famille|Situation familiale|État civil|Nom de jeune fille|Nom du conjoint|Enfants|Nb enfants|Nombre d’enfants|Nationalité|Lieu de naissance|Religion|Santé|Handicap|Régime alimentaire|Profession|Métier|CSP|Employeur|Date de naissance|DateNaissance|date_of_birth|Né(e) le|DDN|Âge|Birthdate|Année naissance|Marital status|Children|Nationality|Occupation|Gender|N° de sécurité sociale|IBAN|Syndicat';
	test.each(names.split('|'))('%s is ignored and cannot be chosen', (name) => {
		for (const kind of ['members', 'units'] as const) {
			const guesses = recognise(kind, [name, 'Nom'], []);
			expect(guesses[0]).toMatchObject({ field: null, certainty: 'ignored', reason: { code: 'forbidden' } });
			const result = checkMapping(kind, guesses, ['email', kind === 'members' ? 'familyName' : 'name']);
			expect(result).toMatchObject({ ok: false, problems: [{ code: 'forbidden_column', column: 0 }] });
		}
	});

	test('nor when the column hides under another name', () => {
		expect(one('members', 'Type', ['Mme', 'M.', 'Mlle'])).toMatchObject({
			reason: { code: 'forbidden', subject: 'civility' },
		});
		expect(one('members', 'Statut', ['mariée', 'célibataire'])).toMatchObject({
			reason: { subject: 'marital_status' },
		});
		expect(one('members', 'Numéro', ['2 57 03 07 999 001 23'])).toMatchObject({
			reason: { subject: 'identity_number' },
		});
	});
});

test('case, accents and punctuation change nothing; no field is given twice', () => {
	const names = fc.constantFrom(
		"Date d'adhésion",
		'Prénom',
		'Code postal',
		'Téléphone',
		'Nationalité',
		'Mail',
		'x',
		'Section',
	);
	fc.assert(
		fc.property(fc.array(names, { maxLength: 8 }), (header) => {
			const shouted = header.map(
				(name) => ` ${name.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase().replaceAll(' ', '_')} : `,
			);
			const guesses = recognise('members', header, []);
			expect(recognise('members', shouted, []).map(({ field }) => field)).toEqual(
				guesses.map(({ field }) => field),
			);
			const fields = guesses.flatMap(({ field }) => field ?? []);
			expect(new Set(fields).size).toBe(fields.length);
		}),
	);
	expect(foldHeader('N° d’adhérent·e')).toBe('numero adherent');
});
