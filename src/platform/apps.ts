import type { App } from './domain.ts';

interface Known {
	/** Every app, in menu order. */
	apps: readonly App[];
	/** Every power that an office may be given. */
	powers: readonly string[];
}

let known: Known | null = null;

/** Tells which apps and powers the house has; the registry, which alone knows every domain, calls it once at start. */
export function declareApps(all: Known): void {
	known = all;
}

/** All that the house has, for the domain that keeps gates and offices. Before it is declared, nobody may ask. */
export function declaredApps(): Known {
	if (!known) throw new Error('nobody declared the apps');
	return known;
}
