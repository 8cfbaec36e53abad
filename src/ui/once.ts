/** Drawings that the page being drawn holds already. A page is drawn in one go: no other one begins meanwhile. */
let held: Set<string> | null = null;

/** Signs of one page are drawn once; called by the root layout. Before the first page every sign is drawn whole. */
export function beginPage(): void {
	held = new Set();
}

/**
 * A sign that comes back is drawn the first time and pointed at after: icons, levels and portraits would be half the weight of a page
 * of posts. `id` names the drawing on the page; `shapes` is what stands in an `<svg>`, without colour of its own.
 */
export function once(id: string, shapes: string): string {
	if (!held) return shapes;
	if (held.has(id)) return `<use href="#${id}"/>`;
	held.add(id);
	return `<g id="${id}">${shapes}</g>`;
}
