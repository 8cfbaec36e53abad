import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from './postmaster.ts';

let comings = 0;

/** Notes that this process uses the database; the answer takes the note away. One process may use it twice. */
export function enter(folder: string): () => void {
	mkdirSync(join(folder, 'occupants'), { recursive: true });
	comings += 1;
	const note = join(folder, 'occupants', `${process.pid}.${comings}`);
	writeFileSync(note, '');
	return () => rmSync(note, { force: true });
}

/** True while a living process uses the database; forgets those that died without a word. */
export function isOccupied(folder: string): boolean {
	const notes = readdirSync(join(folder, 'occupants'));
	const living = notes.filter((note) => isAlive(Number.parseInt(note, 10)));
	for (const note of notes) {
		if (!living.includes(note)) rmSync(join(folder, 'occupants', note), { force: true });
	}
	return living.length > 0;
}
