import type { Viewer } from './viewer.ts';

/** Somebody who may be called. */
export interface Callable {
	id: string;
	name: string;
	/** The unit they belong to. */
	home: string;
	/** Once opened. */
	phone?: string;
}

/** Who may be called, and how their numbers are opened. One domain says it; those beside and below it ask. */
export interface ToCall {
	/** People of a unit, or of one below, who accept calls and whose number the viewer may open; some left out. */
	callable(viewer: Viewer, unitId: string, except: readonly string[]): Promise<Callable[]>;
	/** Opens their numbers, one by one: each person reads afterwards who did. Who closed theirs meanwhile is not among them. */
	open(viewer: Viewer, people: readonly Callable[]): Promise<Callable[]>;
}

let declared: ToCall | null = null;

/** Tells who may be called; the registry calls it once at start. */
export function declareToCall(one: ToCall): void {
	declared = one;
}

/** What was declared. Before it is, nobody is called. */
export function toCall(): ToCall {
	if (!declared) throw new Error('nobody declared who may be called');
	return declared;
}
