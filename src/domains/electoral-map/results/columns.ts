/** The name of a column without accents, capitals or punctuation; `%` stays, for shares are never read. */
export function fold(name: string): string {
	return name
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/[^a-z0-9%]+/g, ' ')
		.trim();
}

// Names as published since 2014, folded: the Ministry (2017 to 2026), data.gouv (before and after January 2026),
// normalised copies, the portal of Paris.
const names = {
	election: ['id election'],
	identifier: ['id brut miom'],
	parisStation: ['id bvote'],
	department: ['code du departement', 'code departement', 'departement'],
	constituency: [
		'code de la circonscription',
		'code circonscription legislative',
		'code circonscription',
		'circonscription',
	],
	commune: ['code de la commune', 'code commune', 'commune'],
	station: ['code du b vote', 'code b vote', 'code bv', 'code du bureau de vote', 'bureau de vote', 'bureau'],
	registered: ['inscrits', 'nb inscr'],
	voters: ['votants', 'nb votant'],
	blank: ['blancs', 'nb bl'],
	spoilt: ['nuls', 'nb nul'],
	valid: ['exprimes', 'nb expr'],
} as const;

export type Column = keyof typeof names;

/** Where the columns of a table of results are, from 0; those it lacks are absent. */
export type Columns = Partial<Record<Column, number>>;

/** Finds the columns of `header` by name. */
export function columnsOf(header: string[]): Columns {
	const folded = header.map(fold);
	const found: Columns = {};
	for (const [column, known] of Object.entries(names) as [Column, readonly string[]][]) {
		const at = known.map((name) => folded.indexOf(name)).find((place) => place >= 0);
		if (at !== undefined) found[column] = at;
	}
	return found;
}

/** How the Ministry writes the first of the names of `column`, to say which one is missing. */
export const shownName = (column: Column) => names[column][0];

const voiceNames = {
	board: ['n panneau', 'numero de panneau', 'no panneau', 'numero panneau', 'n liste', 'numero liste'],
	votes: ['voix'],
	nuance: ['nuance', 'nuance candidat', 'nuance liste', 'code nuance', 'nuance binome'],
	lastName: ['nom', 'nom candidat'],
	firstName: ['prenom', 'prenom candidat'],
	shortTitle: ['libelle abrege liste', 'libelle abrege de liste'],
	title: ['libelle etendu liste', 'libelle etendu de liste', 'libelle de liste', 'libelle liste', 'liste'],
	pair: ['binome', 'libelle binome', 'composition du binome'],
	head: ['nom tete de liste', 'tete de liste', 'nom tete liste'],
} as const;

export type VoiceColumn = keyof typeof voiceNames;
export type VoiceColumns = Partial<Record<VoiceColumn, number>>;

/** The columns about a candidate among folded names; places count from `from`. */
export function voiceColumnsOf(folded: string[], from = 0): VoiceColumns {
	const found: VoiceColumns = {};
	for (const [column, known] of Object.entries(voiceNames) as [VoiceColumn, readonly string[]][]) {
		const at = known.map((name) => folded.indexOf(name)).find((place) => place >= 0);
		if (at !== undefined) found[column] = at + from;
	}
	return found;
}

/** True for a name that says something of a candidate. */
export const isVoiceColumn = (folded: string) => Object.keys(voiceColumnsOf([folded])).length > 0;
