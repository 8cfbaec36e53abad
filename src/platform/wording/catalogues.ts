/// <reference types="vite/client" />
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Catalogue = Record<string, string>;
/** `fr` says *tu*; `fr-vous` holds only the messages that differ; `en` is whole. */
export type Catalogues = Record<'fr' | 'fr-vous' | 'en', Catalogue>;
export type CatalogueName = keyof Catalogues;
/** One `words.*.json` of a domain, and where it was found. */
export type CatalogueFile = { path: string; catalogue: CatalogueName; messages: Catalogue };

/** Vite replaces the glob by the files; native Node has neither `env` nor `glob` and reads the folder. */
const bundled = import.meta.env
	? import.meta.glob<Catalogue>(
			['/src/domains/*/words.*.json', '/src/platform/*/words.*.json', '/src/routes/words.*.json'],
			{ eager: true, import: 'default' },
		)
	: undefined;

function readFolder(): Record<string, Catalogue> {
	const source = join(import.meta.dirname, '../..');
	const paths = globSync(['domains/*/words.*.json', 'platform/*/words.*.json', 'routes/words.*.json'], {
		cwd: source,
	});
	const entries = paths.map((path) => {
		const messages = JSON.parse(readFileSync(join(source, path), 'utf8')) as Catalogue;
		return [`/src/${path.replaceAll('\\', '/')}`, messages] as const;
	});
	return Object.fromEntries(entries);
}

/** Every catalogue of the program, in the order of their paths. Throws when a file name is not understood. */
export function catalogueFiles(found = bundled ?? readFolder()): CatalogueFile[] {
	return Object.entries(found)
		.toSorted(([a], [b]) => (a < b ? -1 : 1))
		.map(([path, messages]) => ({ path, catalogue: catalogueOf(path), messages }));
}

function catalogueOf(path: string): CatalogueName {
	const name = /words\.(fr|fr-vous|en)\.json$/.exec(path)?.[1];
	if (!name) throw new Error(`${path}: a catalogue is words.fr.json, words.fr-vous.json or words.en.json`);
	return name as CatalogueName;
}

/** All files as one catalogue per language. */
export function mergeCatalogues(files: CatalogueFile[]): Catalogues {
	const merged: Catalogues = { fr: {}, 'fr-vous': {}, en: {} };
	for (const { catalogue, messages } of files) Object.assign(merged[catalogue], messages);
	return merged;
}

let loaded: Catalogues | undefined;

/** The catalogues of the program, read once. */
export function loadedCatalogues(): Catalogues {
	loaded ??= mergeCatalogues(catalogueFiles());
	return loaded;
}

/** Every message of a language, to be read as examples. */
export const catalogueMessages = (language: 'fr' | 'en'): Readonly<Catalogue> => loadedCatalogues()[language];
