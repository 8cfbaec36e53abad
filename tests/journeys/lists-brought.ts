import type { Person } from './person.ts';

/** A list as a spreadsheet on Windows saves it. */
export const saved = (name: string, text: string) => ({
	name,
	mimeType: 'text/csv',
	buffer: Buffer.from(text.replaceAll('’', "'"), 'latin1'),
});

/** Sends a list and takes the columns as they were recognised; `look` at them first. */
export async function sendList(
	founder: Person,
	kind: string,
	file: ReturnType<typeof saved>,
	look = async () => {},
): Promise<void> {
	await founder.open('/membres/importer');
	await founder.pick(kind);
	await founder.field('Fichier CSV').setInputFiles(file);
	await founder.press('Lire la liste');
	await look();
	await founder.press(/Continuer : vérifier/);
}

/** Waits until the page says so, as one who reads it again, then looks at it. */
export async function untilSaid(founder: Person, words: string): Promise<void> {
	await founder.until(async () => {
		await founder.page.reload();
		return (await founder.text()).includes(words);
	}, 40);
	await founder.look();
}
