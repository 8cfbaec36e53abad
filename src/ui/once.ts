import { getContext, setContext } from 'svelte';

const key = Symbol('once');

/** Signs of one page are drawn once; called by the root layout. Without it every sign is drawn whole. */
export const provideOnce = () => setContext(key, new Set<string>());

/**
 * A sign that comes back is drawn the first time and pointed at after: icons, levels and portraits would be half the weight of a page
 * of posts. `id` names the drawing on the page; `shapes` is what stands in an `<svg>`, without colour of its own.
 */
export function useOnce(): (id: string, shapes: string) => string {
	const drawn = getContext<Set<string> | undefined>(key);
	if (!drawn) return (_, shapes) => shapes;
	return (id, shapes) => {
		if (drawn.has(id)) return `<use href="#${id}"/>`;
		drawn.add(id);
		return `<g id="${id}">${shapes}</g>`;
	};
}
