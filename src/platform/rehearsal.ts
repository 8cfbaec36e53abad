import { AsyncLocalStorage } from 'node:async_hooks';

/** One knock of the matrix run, as the program sees it. */
export interface Knock {
	/** The ability that answers yes to everybody (`feed.post.see`); `*` for all: what then still holds is row-level security. */
	mutant: string | null;
	/** Every row is open to it: what then still holds are the rules alone. */
	rowsOff: boolean;
	/** Every gate lets it in. */
	doorsOff: boolean;
	/** Abilities whose rule was asked on the way. */
	asked: Set<string>;
}

/** What the matrix run (`npm run test:matrix`) may ask of the program. Inert unless `COOPOL_MUTANTS=on` when the process starts. */
export interface Rehearsal {
	/** The knock being answered: each has its own mutant, so that many are answered at once. */
	knock: Pick<AsyncLocalStorage<Knock>, 'getStore' | 'run'>;
	/** Every transaction does its work, answers, and is rolled back: a cell leaves no trace for the next one. */
	rollback: boolean;
	/** Looks at what a transaction did, before it is rolled back. */
	look?: (tx: { raw(text: string): Promise<Record<string, unknown>[]> }) => Promise<void>;
	/** Every ability that a policy declared, as `table.ability`. */
	abilities: Set<string>;
}

const asked = process.env.COOPOL_MUTANTS === 'on';
const shared = globalThis as { coopolRehearsal?: Rehearsal };
const begin = (): Rehearsal => ({
	knock: new AsyncLocalStorage<Knock>(),
	rollback: false,
	abilities: new Set(),
});
const inert = begin();

/** Shared by the built server and the run that drives it in the same process. */
export function rehearsal(): Rehearsal {
	if (!asked) return inert;
	shared.coopolRehearsal ??= begin();
	return shared.coopolRehearsal;
}
