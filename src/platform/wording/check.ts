import type { Catalogue, CatalogueFile, CatalogueName, Catalogues } from './catalogues.ts';
import { type Address, type House, type Inclusive, type Key, type Lexicon, wording } from './index.ts';
import { ordinaryWords } from './lexicons.ts';
import { parseMessage } from './message.ts';
import { argumentsOf, literalText, sampleValues, slotIn, walk } from './sample.ts';

export type ProblemKind =
	| 'missing'
	| 'orphan'
	| 'duplicate'
	| 'bad_key'
	| 'empty'
	| 'unparsable'
	| 'unknown_slot'
	| 'article_before_slot'
	| 'other_arguments'
	| 'hard_coded_word'
	| 'leftover'
	| 'tu_in_vous'
	| 'french_in_english';
export type Problem = { kind: ProblemKind; catalogue: CatalogueName; key: string; detail: string };

type Lexicons = Record<string, Lexicon>;
type Report = (kind: ProblemKind, key: string, detail: string) => void;

const manners: Inclusive[] = ['epicene', 'doublets', 'middot', 'masculine'];
const tu = /(?<!\p{L})(?:tu|ton|ta|tes|toi|te)(?!\p{L})|(?<!\p{L})t['’](?=\p{L})/iu;
const tuOrder =
	/(?:^|[.!?:…]\s+)(?:Ajoute|Attends|Choisis|Clique|Coche|Confirme|Corrige|Crée|Dis|Donne|Écris|Entre|Envoie|Essaie|Indique|Invite|Mets|Ouvre|Partage|Prends|Propose|Publie|Réessaie|Regarde|Rejoins|Relis|Remplis|Reviens|Saisis|Sélectionne|Supprime|Utilise|Va|Vérifie|Vois)(?!\p{L})/iu;
const french =
	/[«»œ\u00a0\u202f]|(?<!\p{L})(?:le|la|les|des|du|une|est|pour|avec|dans|sur|vous|votre|tu|ton|tes|pas|ne|qui|que)(?!\p{L})|\p{L}*[éèêàùç]\p{L}*/iu;
/** Determiners that a slot should bring itself, because they change with the noun. */
const looseArticle =
	/(?:^|[\s(])(?:l['’]|(?:le|la|du|au|un|une|ce|cet|cette|ton|ta|votre|aucun|aucune)\s)$/iu;
const looseDe = /(?:^|[\s(])(?:d['’]|de\s)$/iu;

/**
 * Every mistake that can be seen without a reader: keys, arguments, words of one organisation, *tu* in the *vous*
 * catalogue, French in English. Each message is rendered with every lexicon, address, way of writing and branch.
 */
// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: cases of the language stand side by side, read as a table
export function checkCatalogues(catalogues: Catalogues, lexicons: Lexicons): Problem[] {
	const problems: Problem[] = [];
	const entries = new Set(Object.values(lexicons).flatMap((lexicon) => Object.keys(lexicon)));
	for (const name of ['fr', 'fr-vous', 'en'] as const) {
		const report: Report = (kind, key, detail) => problems.push({ kind, catalogue: name, key, detail });
		const reference = catalogues[name === 'fr' ? 'en' : 'fr'];
		checkKeys(catalogues[name], reference, name, report);
		for (const [key, message] of Object.entries(catalogues[name])) {
			if (!readable(key, message, report)) continue;
			checkSlots(key, message, entries, name, report);
			checkArguments(key, message, reference[key], entries, report);
			checkHardCoded(key, message, lexicons, name === 'en' ? 'en' : 'fr', report);
		}
	}
	return [...problems, ...checkRendering(catalogues, lexicons)];
}

/** Keys that two files of the same language both define. */
export function duplicateKeys(files: CatalogueFile[]): Problem[] {
	const owners = new Map<string, string>();
	return files.flatMap(({ path, catalogue, messages }) =>
		Object.keys(messages).flatMap((key): Problem[] => {
			const owner = owners.get(`${catalogue} ${key}`);
			owners.set(`${catalogue} ${key}`, path);
			return owner ? [{ kind: 'duplicate', catalogue, key, detail: `${owner} and ${path}` }] : [];
		}),
	);
}

function checkKeys(own: Catalogue, reference: Catalogue, name: CatalogueName, report: Report): void {
	for (const key of Object.keys(own)) {
		// A domain may be named by two words: `electoral-map`.
		if (!/^[a-z][a-z0-9_]*(?:-[a-z0-9]+)*(?:\.[a-z0-9_]+)+$/.test(key))
			report('bad_key', key, 'domain.name in snake_case');
		if (name === 'fr-vous' && !(key in reference)) report('orphan', key, 'not in the fr catalogue');
	}
	if (name === 'fr-vous') return;
	for (const key of Object.keys(reference)) if (!(key in own)) report('missing', key, `no ${name} message`);
}

function readable(key: string, message: string, report: Report): boolean {
	if (message.trim() === '') report('empty', key, 'nothing to say');
	try {
		parseMessage(message);
		return true;
	} catch (error) {
		report('unparsable', key, String(error));
		return false;
	}
}

function checkSlots(
	key: string,
	message: string,
	entries: Set<string>,
	name: CatalogueName,
	report: Report,
): void {
	// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: cases of the language stand side by side, read as a table
	walk(parseMessage(message), (node, before) => {
		const found = node.type === 1 ? slotIn(node.value, entries) : undefined;
		if (!found || node.type !== 1) return;
		if (!entries.has(found.entry)) report('unknown_slot', key, `{${node.value}}`);
		const text = before?.type === 0 ? before.value : '';
		const bare = found.slot === 'one' || found.slot === 'many';
		const loose = (found.slot === 'one' && looseArticle.test(text)) || (bare && looseDe.test(text));
		if (name !== 'en' && loose) report('article_before_slot', key, `${text}{${node.value}}`);
	});
}

function checkArguments(
	key: string,
	message: string,
	other: string | undefined,
	entries: Set<string>,
	report: Report,
): void {
	if (other === undefined) return;
	try {
		const [mine, theirs] = [argumentsOf(message, entries).join(), argumentsOf(other, entries).join()];
		if (mine !== theirs) report('other_arguments', key, `{${mine}} here, {${theirs}} there`);
	} catch {
		// The other message cannot be read: reported where it is written.
	}
}

function houseWords(lexicons: Lexicons, language: 'fr' | 'en'): Set<string> {
	const forms = Object.values(lexicons).flatMap((lexicon) =>
		Object.values(lexicon).map((entry) => entry[language]),
	);
	const names = /^(?:one|many)(?:_|$)/;
	const words = forms.flatMap((form) =>
		Object.entries(form).flatMap(([name, word]) => (names.test(name) ? [word] : [])),
	);
	return new Set(words.map((word) => String(word).toLowerCase()).filter((word) => word !== ''));
}

function checkHardCoded(
	key: string,
	message: string,
	lexicons: Lexicons,
	language: 'fr' | 'en',
	report: Report,
): void {
	const text = literalText(message).toLowerCase();
	const allowed = Object.entries(ordinaryWords).flatMap(([prefix, words]) => {
		return prefix === '*' || key.startsWith(prefix) ? words : [];
	});
	for (const word of houseWords(lexicons, language)) {
		if (allowed.includes(word)) continue;
		if (new RegExp(`(?<!\\p{L})${RegExp.escape(word)}(?!\\p{L})`, 'u').test(text))
			report('hard_coded_word', key, word);
	}
}

function checkRendering(catalogues: Catalogues, lexicons: Lexicons): Problem[] {
	const seen = new Map<string, Problem>();
	for (const lexicon of Object.values(lexicons)) {
		for (const inclusive of manners) {
			for (const address of ['tu', 'vous'] as const) {
				const house: House = { name: 'Essai', language: 'fr', address, inclusive, lexicon };
				renderAll(house, catalogues, (problem) =>
					seen.set(`${problem.kind} ${problem.catalogue} ${problem.key}`, problem),
				);
			}
		}
	}
	return [...seen.values()];
}

// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: cases of the language stand side by side, read as a table
function renderAll(house: House, catalogues: Catalogues, report: (problem: Problem) => void): void {
	for (const language of ['fr', 'en'] as const) {
		const words = wording(house, catalogues, language);
		for (const key of Object.keys(catalogues[language])) {
			const polite = language === 'fr' && house.address === 'vous' && key in catalogues['fr-vous'];
			const catalogue = polite ? 'fr-vous' : language;
			const message = catalogues[catalogue][key] ?? '';
			for (const text of renderings(message, (values) => words.say(key as Key, values))) {
				const kind = mistakeIn(text, language, house.address);
				if (kind) report({ kind, catalogue, key, detail: text });
			}
		}
	}
}

type Sample = Record<string, string | number | Date | null>;

function renderings(message: string, say: (values: Sample) => string): string[] {
	try {
		return sampleValues(message).map((values) => say(values as Sample));
	} catch {
		return []; // Reported as unparsable.
	}
}

function mistakeIn(text: string, language: 'fr' | 'en', address: Address): ProblemKind | undefined {
	if (/[{}]|(?<!\p{L})(?:undefined|NaN|Invalid Date)(?!\p{L})|\[object/u.test(text)) return 'leftover';
	if (language === 'fr')
		return address === 'vous' && (tu.test(text) || tuOrder.test(text)) ? 'tu_in_vous' : undefined;
	return french.test(text.replace(/“[^”]*”|"[^"]*"/gu, '')) ? 'french_in_english' : undefined;
}
