// What a process does that is asked to import: it says its progress, then what came out.
import { importFile } from '#domains/imports/index.ts';
import '#registry.ts';

/** A file to bring in. */
export interface Asked {
	kind: 'units' | 'members';
	path: string;
}

/** Imports, and says to whom asked: `{ said }` at each step, `{ report }` at the end. */
export async function importAsked({ kind, path }: Asked): Promise<void> {
	const report = await importFile(null, { kind, path, onProgress: () => process.send?.({ said: true }) });
	process.send?.({ report });
}
