import { describe, expect, test } from 'vitest';
import { catalogueFiles, loadedCatalogues } from './catalogues.ts';
import { checkCatalogues, duplicateKeys } from './check.ts';
import { lexicons } from './lexicons.ts';
import { argumentsOf } from './sample.ts';
import { forgottenArguments, messageUse, missingKeys, readSources, unusedKeys } from './scan.ts';

const entries = new Set(Object.values(lexicons).flatMap((lexicon) => Object.keys(lexicon)));

describe('everything the program says', () => {
	const catalogues = loadedCatalogues();
	const use = messageUse(readSources());
	const keys = new Set(Object.keys(catalogues.fr));

	test('reads well in each language, address, lexicon and way of writing', () => {
		const problems = [...duplicateKeys(catalogueFiles()), ...checkCatalogues(catalogues, lexicons)];
		expect(
			problems.map(({ kind, catalogue, key, detail }) => `${catalogue} ${key}: ${kind}: ${detail}`),
		).toEqual([]);
	});

	test('is written in a catalogue', () => {
		expect(missingKeys(use, keys).map(({ path, key }) => `${path}: ${key}`)).toEqual([]);
	});

	test('is said somewhere', () => expect(unusedKeys(use, keys)).toEqual([]));

	test('is said with all its arguments', () => {
		const needed = (key: string) => argumentsOf(catalogues.fr[key] ?? '', entries);
		expect(forgottenArguments(use, needed)).toEqual([]);
	});
});

describe('the reading of the sources', () => {
	const use = messageUse([
		{
			path: 'a.ts',
			text: `say('a.one'); words.say("a.two", { n: 1, name, at: f({ x: 1 }) }); spoken('a.gone', {n})
				const label = 'a.three'; // words: b.*
				say('a.two', { ...all }); say('a.two', values); say(\`b.\${kind}\`); say('a.two', { text: 'x, n: }' })`,
		},
	]);
	const keys = new Set(['a.one', 'a.two', 'a.three', 'a.four', 'b.any']);

	test('sees what is said but not written', () => {
		expect(missingKeys(use, keys).map(({ key }) => key)).toEqual(['a.gone']);
	});

	test('sees what is written but not said', () => expect(unusedKeys(use, keys)).toEqual(['a.four']));

	test('sees a forgotten argument', () => {
		const needed = (key: string) => (key === 'a.two' ? ['n'] : []);
		expect(forgottenArguments(use, needed)).toEqual(['a.ts: a.two without {n}']);
	});
});

test('native Node reads the same catalogues from the folder', async () => {
	const { execFileSync } = await import('node:child_process');
	const script = `import('./catalogues.ts').then((m) => console.log(JSON.stringify(m.loadedCatalogues())))`;
	const printed = execFileSync(process.execPath, ['-e', script], {
		cwd: import.meta.dirname,
		encoding: 'utf8',
	});
	expect(JSON.parse(printed)).toEqual(loadedCatalogues());
	expect(loadedCatalogues().fr).toHaveProperty('app.save');
});
