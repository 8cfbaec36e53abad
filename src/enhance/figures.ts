/** `form[data-figures]`, the map's: its own script is asked for, by that page alone. */
export function followFigures(): void {
	if (!document.querySelector('form[data-figures]')) return;
	import(/* @vite-ignore */ `/enhance-map.js${new URL(import.meta.url).search}`);
}
