/**
 * What a `load` gives its page and nobody else. SvelteKit writes every loaded value as script text even when the page is
 * never hydrated; held values are left out of that work (see the transport in `src/hooks.ts`).
 */
export class Held<T> {
	readonly value: T;
	constructor(value: T) {
		this.value = value;
	}
}

/** Holds a value for the page: `feed: held(feed)`, read as `data.feed.value`. Needed for functions, worth it for long lists. */
export const held = <T>(value: T) => new Held(value);
