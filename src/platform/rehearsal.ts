/** What the matrix run (`npm run test:matrix`) may ask of the program. Inert unless `COOPOL_MUTANTS=on` when the process starts. */
export interface Rehearsal {
	/** The ability that answers yes to everybody (`feed.post.see`); `*` for all: what then still holds is row-level security. */
	mutant: string | null;
	/** Every transaction does its work, answers, and is rolled back: a cell leaves no trace for the next one. */
	rollback: boolean;
	/** Every ability that a policy declared, as `table.ability`. */
	abilities: Set<string>;
}

const asked = process.env.COOPOL_MUTANTS === 'on';
const shared = globalThis as { coopolRehearsal?: Rehearsal };
const inert: Rehearsal = { mutant: null, rollback: false, abilities: new Set() };

/** Shared by the built server and the run that drives it in the same process. */
export function rehearsal(): Rehearsal {
	if (!asked) return inert;
	shared.coopolRehearsal ??= { mutant: null, rollback: false, abilities: new Set() };
	return shared.coopolRehearsal;
}
