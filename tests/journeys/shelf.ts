import { basename } from 'node:path';
import { expect } from 'vitest';
import type { Person } from './person.ts';

/** Where an officer loads the map's files. */
export const shelf = '/carte/donnees';

/** Chooses a file and sends it; the page that follows it is in front. */
export async function send(officer: Person, path: string): Promise<void> {
	await officer.field('Fichier').setInputFiles(path);
	await pressToRead(officer, 'Lire ce fichier');
	expect(officer.path).toMatch(/^\/carte\/donnees\/.+/);
	expect(await officer.text()).toContain(basename(path));
}

/** The page it leads to asks for itself again with the script: it is looked at once it rests. */
async function pressToRead(officer: Person, name: string): Promise<void> {
	if (!officer.way.script) return officer.press(name);
	const moved = officer.page.waitForEvent('load');
	await officer.touch(officer.page.getByRole('button', { name }), { stays: true });
	await moved;
}

/** Waits until the file is read: with the script the page says it by itself, without it one asks again. */
export async function settled(officer: Person): Promise<void> {
	const main = officer.page.locator('main');
	await officer.until(async () => {
		// Between two pages there is nothing to read.
		const read = await officer.text(main).catch(() => '');
		if (/Ce fichier est lu|Il manque une réponse|n'est pas pris/.test(read)) return true;
		if (!officer.way.script) await officer.page.reload();
		return false;
	}, 60);
	await officer.look();
}

/** Sends a file, answers what it does not say, puts it in place; gives the report that was read before. */
export async function bring(
	officer: Person,
	path: string,
	answers: Record<string, string> = {},
): Promise<string> {
	await send(officer, path);
	await settled(officer);
	for (const [label, value] of Object.entries(answers)) {
		if ((await officer.page.getByRole('button', { name: 'Relire le fichier' }).count()) === 0) break;
		await officer.fill(label, value);
		await pressToRead(officer, 'Relire le fichier');
		await settled(officer);
	}
	const report = await officer.text(officer.page.locator('main'));
	expect(report).toContain('Ce fichier est lu en entier');
	await officer.press('Mettre en place');
	expect(await officer.text()).toContain("C'est en place.");
	await officer.open(shelf);
	return report;
}
