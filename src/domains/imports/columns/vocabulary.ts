import type { FileKind, MemberField, UnitField } from './fields.ts';
import { foldHeader } from './fold.ts';

/** Names of columns that leave no doubt, the best first; then those to have checked by the person. */
type Words<F extends string> = Record<F, readonly [sure: string, check: string]>;

const MEMBERS: Words<MemberField> = {
	memberNumber: [
		'numéro adhérent, numéro adhésion, adhésion numéro, numéro membre, membre numéro, numéro carte, numéro carte adhérent, matricule, code adhérent, identifiant adhérent, identifiant membre, adhérent numéro, membre identifiant, référence adhérent',
		'numéro, identifiant, code, référence, ref, carte',
	],
	familyName: [
		'nom, nom usage, nom usuel, nom famille, nom adhérent, last name, family name, surname, lastname',
		'nom naissance, birth name',
	],
	givenName: [
		'prénom, prénom usuel, prénom usage, prénom adhérent, first name, given name, forename, firstname',
		'',
	],
	fullName: [
		'nom prénom, prénom nom, nom complet, full name, nom prénom adhérent, nom usage prénom, fullname',
		'name, identité, adhérent, membre, contact, personne, nom contact',
	],
	email: [
		'email, adresse email, adresse électronique, email personnel, email perso, email 1, email principal, email adhérent, email contact, email adresse, boîte email',
		'email 2, email pro, email professionnel, email secondaire, adresse internet',
	],
	phone: [
		'téléphone portable, portable, mobile, téléphone mobile, mobile téléphone, gsm, cell, cell téléphone, téléphone, numéro téléphone, téléphone numéro, portable numéro, numéro portable, téléphone 1, téléphone principal',
		'téléphone fixe, fixe, téléphone domicile, téléphone 2, téléphone pro, téléphone bureau',
	],
	postcode: [
		'code postal, cp, postcode, post code, zip, zip code, zipcode, postal code, code post, c p, cp ville',
		'',
	],
	commune: [
		'commune, ville, city, town, localité, commune résidence, ville résidence, nom commune, adresse ville, commune domicile, libellé commune',
		'bureau distributeur, lieu, domicile',
	],
	communeCode: [
		'code insee, insee, code commune, code insee commune, code commune insee, insee code, cog, numéro insee commune',
		'',
	],
	unit: [
		'section, section locale, nom section, comité local, groupe local, antenne, comité, groupe, cellule, unité, unit, branch, local branch, structure, fédération, fédération départementale',
		'rattachement, local, équipe, team, group, département, territoire',
	],
	unitCode: [
		'code section, numéro section, identifiant section, section code, code unité, unit code, code groupe, code structure, code comité, code fédération, numéro fédération, identifiant fédération',
		'',
	],
	membershipType: [
		'type adhésion, type adhérent, type membre, statut adhésion, statut adhérent, catégorie adhérent, formule adhésion, adhésion type, type cotisation',
		'type, statut, status, catégorie, formule, collège, qualité',
	],
	memberSince: [
		'date adhésion, date première adhésion, première adhésion, adhérent depuis, membre depuis, membre since, date inscription, date entrée, année adhésion, join date, joined, date joined, joined on, adhésion date, adhère depuis',
		'date, adhésion, inscription, depuis, date création, année, date début, start date, since',
	],
	paidUntil: [
		"à jour jusqu'au, à jour jusque, jour jusqu'au, date fin adhésion, fin adhésion, date expiration, expiration, échéance, date échéance, valable jusqu'au, valid until, paid until, fin validité, cotisation jusqu'au, date fin cotisation, expires, expiry date, expiration date",
		'cotisation, année cotisation, dernière cotisation, date dernière cotisation, date fin, end date, à jour, à jour cotisation, renewal date, date renouvellement',
	],
};

const UNITS: Words<UnitField> = {
	code: [
		'code, code unité, code section, code structure, code groupe, code comité, unit code, numéro section, identifiant section, identifiant unité',
		'identifiant, numéro, référence, ref',
	],
	name: [
		'nom, nom section, nom unité, nom groupe, nom comité, nom structure, name, unit name, intitulé, libellé, dénomination',
		'section, unité, unit, groupe, comité, structure, antenne',
	],
	kind: [
		'type unité, type structure, type, nature, échelon, niveau, kind, level, unit type, type section',
		'catégorie, category',
	],
	parentCode: [
		'code parent, parent code, code unité mère, code rattachement, parent identifiant, identifiant parent, code unité parente, code supérieur',
		'code fédération, numéro fédération',
	],
	parentName: [
		'parent, nom parent, parent name, unité mère, unité parente, rattachement, rattaché à, rattachée à, nom fédération',
		'fédération, supérieur, département',
	],
	communes: [
		'communes, communes couvertes, codes insee, communes codes insee, liste communes, code insee, communes insee, code commune, territoire, périmètre, cities, towns covered',
		'commune, villes, ville, zone, zones, secteur, couverture',
	],
	email: ['email, adresse email, email contact, adresse électronique, email section', ''],
	website: [
		'site, site web, site internet, website, web, url, adresse site, web site, page web',
		'lien, page, page facebook',
	],
};

/** Common columns that nothing here needs. */
const NOT_NEEDED = split(
	'adresse, adresse 1, adresse 2, rue, voie, numéro voie, complément, complément adresse, pays, country, street, commentaire, commentaires, notes, note, remarque, remarques, observations, montant, montant cotisation, mode paiement, paiement, source, date modification, mis à jour le, langue',
);

export type HeaderMeaning = { field: MemberField | UnitField; certain: boolean; rank: number };

const MEANINGS: Record<FileKind, Map<string, HeaderMeaning>> = {
	members: index(MEMBERS),
	units: index(UNITS),
};

/** What the name of a column means in this kind of file; null when it is not one that we know. */
export function meaningOf(kind: FileKind, header: string): HeaderMeaning | null {
	return MEANINGS[kind].get(foldHeader(header)) ?? null;
}

/** Whether the column is one that people often have and that we do not need. */
export function isNotNeeded(header: string): boolean {
	return NOT_NEEDED.includes(foldHeader(header));
}

function index<F extends MemberField | UnitField>(words: Words<F>): Map<string, HeaderMeaning> {
	const meanings = new Map<string, HeaderMeaning>();
	for (const [field, [sure, check]] of Object.entries<Words<F>[F]>(words)) {
		const names = [...split(sure), ...split(check)];
		for (const [rank, name] of names.entries()) {
			if (meanings.has(name)) continue;
			meanings.set(name, { field: field as F, certain: split(sure).includes(name), rank });
		}
	}
	return meanings;
}

function split(names: string): string[] {
	return names.split(', ').filter(Boolean).map(foldHeader);
}
