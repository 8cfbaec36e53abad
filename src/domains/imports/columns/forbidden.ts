import type { ForbiddenSubject } from './fields.ts';
import { foldHeader, foldText } from './fold.ts';

/** Words that give the subject away wherever they stand in the name of a column (folded). */
const ANYWHERE: readonly (readonly [ForbiddenSubject, RegExp])[] = [
	['civility', /\b(civilite|civ|sexe|sex|genre|gender|salutation|appellation|politesse)\b/],
	[
		'marital_status',
		/\b(maritale?s?|marital|matrimonial\w*|conjoint\w*|epou(x|se)|spouse|jeune fille|maiden|pacs\w*|mariee?|married|situation famil\w+|situation famille|etat civil)\b/,
	],
	['children', /\b(enfants?|children|kids?|personnes? a? ?charge|dependents?)\b/],
	[
		'nationality',
		/\b(nationalites?|nationality|citizenship|citoyennete|ethni\w+|pays naissance|lieu naissance|birth ?place)\b/,
	],
	['religion', /\b(religio\w+|confession\w*|culte|croyances?|faith)\b/],
	[
		'health',
		/\b(sante|health|handicap\w*|disabilit\w+|maladies?|allerg\w+|regime alimentaire|regime|diet\w*|groupe sanguin|medical\w*|vaccin\w*)\b/,
	],
	[
		'profession',
		/\b(professions?|professionnelle|situation pro|metiers?|csp|pcs|emploi|employeur|employer|occupation|job|entreprise|company|secteur activite|salaire|revenus?|income)\b/,
	],
	['birth', /\b(naissance|naiss|ddn|dob|birth\w*|ne e?|nee?|ages?|anniversaire|tranche age)\b/],
	['union', /\b(syndicat|syndicale?|syndique|trade union)\b/],
	['sexuality', /\b(orientation sexuelle|sexualite|sexuality|sexual\w*)\b/],
	[
		'identity_number',
		/\b(securite sociale|secu|nir|ssn|iban|rib|bic|passeport|passport|carte identite|cni|carte bancaire|cb)\b/,
	],
];

/** Names that mean it only when they are alone. */
const ALONE: readonly (readonly [ForbiddenSubject, RegExp])[] = [
	['civility', /^(titre|title|m mme|mme m|m mme mlle|mr mme|h f|f h|m f)$/],
	['nationality', /^origines?$/],
];

/** Looks forbidden, is a name or a means of contact. */
const ALLOWED =
	/^(nom naissance|birth name|(email|telephone|adresse email) (pro|professionnel(le)?|job|entreprise))$/;

/** The forbidden subject that the name of a column announces; null when none. */
export function forbiddenByHeader(header: string): ForbiddenSubject | null {
	const folded = foldHeader(header);
	if (ALLOWED.test(folded)) return null;
	return [...ANYWHERE, ...ALONE].find(([, pattern]) => pattern.test(folded))?.[0] ?? null;
}

const VALUES: readonly (readonly [ForbiddenSubject, RegExp])[] = [
	[
		'civility',
		/^(m|mr|mme|mlle|mle|monsieur|madame|mademoiselle|mx|mrs|ms|miss|h|f|homme|femme|masculin|feminin)$/,
	],
	[
		'marital_status',
		/^(mariee?|celibataire|divorcee?|veuf|veuve|pacsee?|concubin\w*|union libre|separee?|single|married|divorced|widow\w*)$/,
	],
	[
		'nationality',
		/^(francaise?|belge|suisse|italien(ne)?|espagnole?|portugais?e?|allemande?|algerien(ne)?|marocaine?|tunisien(ne)?)$/,
	],
	['religion', /^(catholique|protestante?|musulmane?|juive?|bouddhiste|athee|chretien(ne)?|agnostique)$/],
	['identity_number', /^([12]\d{12}(\d{2})?|fr\d{2}[\da-z]{23})$/],
];

/** The forbidden subject that most values of a column show, under whatever name; null when none. */
export function forbiddenByContent(values: readonly string[]): ForbiddenSubject | null {
	const folded = values.map(foldText).filter(Boolean);
	if (folded.length === 0) return null;
	for (const [subject, pattern] of VALUES) {
		const joined = subject === 'identity_number';
		const hits = folded.filter((value) => pattern.test(joined ? value.replaceAll(' ', '') : value));
		if (hits.length >= folded.length * 0.8) return subject;
	}
	return null;
}
