/** Lower case, no accent, words parted by one space. */
export function foldText(text: string): string {
	return text
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replaceAll('œ', 'oe')
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();
}

const EMPTY_WORDS = new Set([
	'de',
	'd',
	'du',
	'des',
	'l',
	'la',
	'le',
	'les',
	'the',
	'of',
	'et',
	'and',
	's',
	'votre',
	'your',
]);

const SAME_WORDS: Readonly<Record<string, string>> = {
	n: 'numero',
	no: 'numero',
	num: 'numero',
	nr: 'numero',
	number: 'numero',
	nb: 'nombre',
	nbre: 'nombre',
	tel: 'telephone',
	tph: 'telephone',
	phone: 'telephone',
	port: 'portable',
	mob: 'mobile',
	mail: 'email',
	courriel: 'email',
	mel: 'email',
	courrier: 'email',
	adr: 'adresse',
	address: 'adresse',
	adherente: 'adherent',
	adherents: 'adherent',
	adherant: 'adherent',
	adh: 'adherent',
	member: 'membre',
	membership: 'adhesion',
	fede: 'federation',
	dt: 'date',
	prenoms: 'prenom',
	id: 'identifiant',
};

/** The name of a column reduced to what it means: "N° d'adhérent·e", "NumAdherent" and "num_adh" fold alike. */
export function foldHeader(header: string): string {
	const plain = foldText(
		header
			.replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
			.replace(/[nN][°º]/g, 'numero ')
			.replace(/\be[-_\u2010\u2011\s.]?mail/gi, 'email ')
			.replace(/[·.]e(?:[·.]?s)?(?=\W|$)|\(e\)s?/giu, '')
			.replace(/code\s*postal/gi, 'code postal')
			.replace(/code\s*insee/gi, 'code insee'),
	);
	const words = plain.split(' ').filter((word) => !EMPTY_WORDS.has(word));
	const same = words.map((word) => SAME_WORDS[word] ?? word);
	return same.filter((word, at) => word !== same[at - 1]).join(' ');
}
