export type ZoneKind = 'region' | 'department' | 'arrondissement' | 'commune' | 'municipal_arrondissement';

/** A place of the administrative territory, unique by kind and code: codes are shared between kinds. */
export type Zone = {
	/** INSEE code; codes that start with X are invented. */
	code: string;
	kind: ZoneKind;
	name: string;
	parentKind: ZoneKind | null;
	parentCode: string | null;
	/** Inhabitants; 0 where nobody lives all year. Sum of the communes for what contains them. */
	population: number;
	/** Only for communes and municipal arrondissements; one postcode may serve several communes, and the reverse. */
	postcodes: string[];
};

/** A commune that became part of another one: people still write its name. */
export type FormerCommune = { code: string; name: string; communeCode: string };

/**
 * The name as people search it: no accent, case, hyphen or apostrophe, Saint and Sainte in full.
 * Fold what a person types in the same way, with `foldName`.
 */
export function foldedName(zone: Pick<Zone, 'name'>): string {
	return foldName(zone.name);
}

/** Folds any name of place: "ST-ETIENNE s/ Orsande" gives "saint etienne sur orsande". */
export function foldName(name: string): string {
	return name
		.toLowerCase()
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.replaceAll('œ', 'oe')
		.replaceAll('æ', 'ae')
		.replace(/(^|[\s-])s\/\s*(?=\p{L})/gu, '$1sur ')
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim()
		.replace(/\bst(?= )/g, 'saint')
		.replace(/\bste(?= )/g, 'sainte');
}
